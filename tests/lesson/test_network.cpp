// The lesson `network`: it learns, it is the same each time, and what it says of itself is so.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/digit_reader.h"
#include "engine/weights_io.h"
#include "lesson/lesson_fixture.h"
#include "lesson/network.h"

using namespace kg;

namespace {

void finish(Lesson& lesson) {
  lesson.work([&] { return lesson.busy(); });
  REQUIRE_FALSE(lesson.busy());
}

template <class... Values>
void did(Lesson& lesson, const char* verb, Values&&... values) {
  must(lesson, verb, std::forward<Values>(values)...);
  finish(lesson);
}

std::vector<std::uint8_t> weights(NetworkLesson& lesson) {
  must(lesson, "save_weights");
  const Json bytes = lesson.take_answer();
  REQUIRE(bytes.is_binary());
  return bytes.bytes();
}

// An IDX pair of generated digits.
struct Files {
  std::vector<std::uint8_t> images{0, 0, 8, 3}, labels{0, 0, 8, 1};
  explicit Files(int count, int side = 28) {
    const auto put = [](std::vector<std::uint8_t>& file, int n) {
      for (const int shift : {24, 16, 8, 0}) file.push_back(static_cast<std::uint8_t>(n >> shift));
    };
    DigitSet set;
    add_generated(set, 99, count);
    for (const int n : {count, side, side}) put(images, n);
    put(labels, count);
    for (int i = 0; i < count; ++i) {
      const auto pixels = set.pixels(i).first(static_cast<std::size_t>(side * side));
      images.insert(images.end(), pixels.begin(), pixels.end());
      labels.push_back(static_cast<std::uint8_t>(set.label(i)));
    }
  }
};

}  // namespace

TEST_CASE("lesson/network: the layers are those of the course, and there is an answer from the start") {
  NetworkLesson lesson(3);
  const Json state = lesson.state();
  REQUIRE(state["layers"].size() == 6);
  CHECK(state["layers"][0].dump() == R"({"name":"conv2d","output":[28,28,8],"params":80})");
  CHECK(state["layers"][3].dump() == R"({"name":"max_pooling2d_1","output":[7,7,16],"params":0})");
  CHECK(state["layers"][5].dump() == R"({"name":"dense","output":[10],"params":7850})");
  CHECK(state["parameters"] == 9098);
  REQUIRE(state["prediction"]["probabilities"].size() == 10);
  double sum = 0;
  for (const Json& p : state["prediction"]["probabilities"]) sum += p.get<double>();
  CHECK(sum == doctest::Approx(1));
  CHECK(state["training"]["images_seen"] == 0);
  CHECK(state["training"]["loss"].is_null());
  CHECK_FALSE(lesson.working());  // digits are made when they are needed
}

TEST_CASE("lesson/network: from noise it learns to read most digits in 700 batches") {
  for (const std::uint64_t seed : {3u, 8u}) {
    NetworkLesson lesson(seed);
    did(lesson, "train", 700);
    const Json training = lesson.state()["training"];
    CHECK(training["images_seen"] == 700 * 32);
    CHECK(training["validation_accuracy"].get<double>() > 0.94);
    CHECK(training["epoch"] == 1);
    CHECK(training["batch"] == 75);
    CHECK(contains(lesson.narrate(), "22400 images seen"));
  }
}

TEST_CASE("lesson/network: what is drawn is read, and an empty sheet is said to be one") {
  NetworkLesson lesson(3);
  std::vector<float> values(784);
  must(lesson, "draw", values);
  CHECK(lesson.nothing_drawn());
  CHECK(lesson.state()["prediction"]["label"].is_null());
  CHECK(contains(lesson.narrate(), "Nothing is drawn"));
  values[400] = 1;
  must(lesson, "draw", values);
  CHECK_FALSE(lesson.nothing_drawn());
  CHECK(lesson.state()["prediction"]["label"].is_number());
  values.pop_back();
  CHECK(refusal(lesson, call("draw", values)) == "A picture has 28·28 = 784 values; 783 came.");
  CHECK(refusal(lesson, call("set_pixels", std::vector<float>(100), 10, 10, 1)) ==
        "This network takes grey pictures of 28×28 pixels; that one has 10×10.");
}

TEST_CASE("lesson/network: an answer too large to be one is not shown as one") {
  NetworkLesson lesson(3);
  Result<Network> built = Network::build(SampleShape(28, 28, 1), digit_reader_layers(), 3);
  REQUIRE(built.ok());
  Network huge = std::move(built).value();
  for (const int layer : {0, 2, 5}) {
    for (float& value : huge.parameters(layer)[0].values) value *= 1e20f;
  }
  huge.parameters_changed();
  must(lesson, "load_weights", Json::binary(save_weights(huge)));
  CHECK_FALSE(lesson.has_answer());
  const Json state = lesson.state();
  CHECK(state["prediction"]["probabilities"].empty());
  CHECK(state["prediction"]["label"].is_null());
  CHECK(contains(lesson.narrate(), "too large"));
  must(lesson, "load_preset", "noise");
  CHECK(lesson.has_answer());
}

TEST_CASE("lesson/network: weights come out as they went in") {
  NetworkLesson lesson(3), other(5);
  did(lesson, "train", 20);
  const std::vector<std::uint8_t> file = weights(lesson);
  must(other, "load_weights", Json::binary(file));
  CHECK(weights(other) == file);
  CHECK(other.state()["start"] == "loaded");
  must(other, "rewind");
  CHECK(weights(other) == file);
  std::vector<std::uint8_t> broken = file;
  broken.resize(broken.size() / 2);
  CHECK(refusal(other, call("load_weights", Json::binary(broken))) != "");
  CHECK(weights(other) == file);
  must(other, "load_preset", "noise");
  NetworkLesson fresh(5);
  CHECK(weights(other) == weights(fresh));
  CHECK(refusal(other, call("load_preset", "magic")) != "");
}

TEST_CASE("lesson/network: an evaluation counts what it says it counts") {
  NetworkLesson lesson(3);
  did(lesson, "train", 100);
  did(lesson, "evaluate");
  const auto ends = lesson.jobs().take_ends();
  REQUIRE(ends.size() == 2);
  const Json found = ends[1].value;
  CHECK(found["count"] == NetworkLesson::kValidation);
  int sum = 0, right = 0;
  for (std::size_t row = 0; row < 10; ++row) {
    for (std::size_t col = 0; col < 10; ++col) {
      const int n = found["confusion"][row][col];
      sum += n, right += row == col ? n : 0;
      CHECK(static_cast<int>(
                lesson.examination().in_cell(static_cast<int>(row), static_cast<int>(col), 2000).size()) ==
            n);
    }
  }
  CHECK(sum == found["count"]);
  CHECK(right == found["correct"]);
  CHECK(found["accuracy"].get<double>() == doctest::Approx(static_cast<double>(right) / sum));
  CHECK(lesson.state()["evaluation"]["correct"] == right);
  // The run's own validation, at the same weights, says the same.
  CHECK(lesson.run().validated().correct == right);
  float before = 0;
  for (const int i : lesson.examination().worst(50)) {
    CHECK(lesson.examination().answer(i).given != lesson.examination().set()->label(i));
    CHECK(lesson.examination().answer(i).right >= before);
    before = lesson.examination().answer(i).right;
  }
}

TEST_CASE("lesson/network: sets from files, to be tested on and to learn from") {
  NetworkLesson lesson(3);
  const Files test(70);
  must(lesson, "load_idx", Json::binary(test.images), Json::binary(test.labels), "test");
  did(lesson, "evaluate");
  CHECK(lesson.state()["evaluation"]["count"] == 70);
  CHECK_FALSE(lesson.has_digits());  // no others were needed for that
  const Files train(100);
  must(lesson, "add_idx_file", "train-images", Json::binary(train.images));
  CHECK(lesson.source() == NetworkLesson::Source::generated);
  must(lesson, "add_idx_file", "train-labels", Json::binary(train.labels));
  CHECK(lesson.source() == NetworkLesson::Source::idx);
  CHECK(lesson.training()->count() == 80);
  CHECK(lesson.validation()->count() == 20);
  did(lesson, "train", 3);
  CHECK(lesson.run().images_seen() == 80);  // 32, 32 and 16
  const std::string before = everything(lesson);
  const Files small(3, 20);
  for (const Call& wrong : {call("load_idx", Json::binary(test.labels), Json::binary(test.labels), "test"),
                            call("load_idx", Json::binary(test.images), Json::binary(train.labels), "test"),
                            call("load_idx", Json::binary(small.images), Json::binary(small.labels), "train"),
                            call("load_idx", Json::binary(test.images), Json::binary(test.labels), "exam"),
                            call("set_source", "own"), call("set_source", "nowhere")}) {
    CHECK(refusal(lesson, wrong) != "");
    CHECK(difference(before, everything(lesson)) == "");
  }
}

TEST_CASE("lesson/network: one’s own digits are something to learn from, with the weights there are") {
  NetworkLesson lesson(3);
  did(lesson, "train", 10);
  const std::vector<std::uint8_t> learned = weights(lesson);
  for (int k = 0; k < 10; ++k) {
    must(lesson, "set_digit", k, 7);
    must(lesson, "label_picture", k);
  }
  CHECK(refusal(lesson, call("label_picture", 10)) != "");
  must(lesson, "set_source", "own");
  CHECK(weights(lesson) == learned);
  CHECK(lesson.training()->count() == 8);
  did(lesson, "train", 40);
  std::vector<float> nothing(784);
  must(lesson, "draw", nothing);
  CHECK(refusal(lesson, call("label_picture", 1)) ==
        "Nothing is drawn: there is nothing to give a label to.");
  must(lesson, "forget_own");
  CHECK(lesson.source() == NetworkLesson::Source::generated);
  CHECK(lesson.training()->count() == NetworkLesson::kTraining);
}

TEST_CASE("lesson/network: gradients are what trying out says they are") {
  NetworkLesson lesson(3);
  did(lesson, "train", 30);
  int checked = 0, agreed = 0;
  Rng rng(1);
  for (const int layer : {0, 2, 5}) {
    for (const int parameter : {0, 1}) {
      const auto& p = lesson.run().network().parameters(layer)[static_cast<std::size_t>(parameter)];
      for (int i = 0; i < 3; ++i) {
        must(lesson, "check_gradient", layer, parameter,
             static_cast<int>(rng.below(static_cast<std::uint32_t>(p.values.size()))));
        ++checked, agreed += lesson.checked()->agrees;
        if (layer == 5) CHECK(lesson.checked()->agrees);  // behind it there is no kink
      }
    }
  }
  CHECK(3 * agreed >= 2 * checked);  // some of a convolution's lie on a kink of relu or of a maximum
  CHECK(refusal(lesson, call("check_gradient", 1, 0, 0)) != "");
  CHECK(refusal(lesson, call("check_gradient", 0, 2, 0)) != "");
  CHECK(refusal(lesson, call("check_gradient", 0, 0, 72)) ==
        "This kernel has 72 values, counted from 0; there is no number 72.");
  CHECK(refusal(lesson, call("check_gradient", 0, 0, -1)) != "");
}

TEST_CASE("lesson/network: settings change on the way, and too much is said to be too much") {
  NetworkLesson lesson(3);
  did(lesson, "train", 5);
  must(lesson, "set_learning_rate", 0.01);
  must(lesson, "set_momentum", 0.5);
  must(lesson, "set_l2", 0.001);
  did(lesson, "set_batch_size", 64);
  did(lesson, "train", 1);
  CHECK(lesson.run().last().images == 64);
  CHECK(lesson.run().last().penalty > 0);
  CHECK(contains(lesson.keras_code(), "regularizers.l2(0.001)"));
  CHECK(contains(lesson.keras_code(), "optimizers.SGD(learning_rate=0.01, momentum=0.5)"));
  CHECK(contains(lesson.keras_code(), "batch_size=64"));
  for (const Call& wrong :
       {call("set_learning_rate", 11), call("set_momentum", 1), call("set_l2", -1), call("set_batch_size", 0),
        call("set_batch_size", 257), call("set_batch_size", 1e12), call("select", 0, 28, 0, 0),
        call("select_strongest", 6)}) {
    INFO(wrong.text());
    CHECK(refusal(lesson, wrong) != "");
  }
}

TEST_CASE("lesson/network: a link brings back what it can, batches trained too") {
  Rng rng(5);
  for (int round = 0; round < 6; ++round) {
    NetworkLesson lesson(static_cast<std::uint64_t>(between(rng, 0, 50)));
    if (rng.below(2)) must(lesson, "set_digit", between(rng, 0, 9), between(rng, 0, 99));
    if (rng.below(2)) must(lesson, "set_learning_rate", 0.02);
    if (rng.below(2)) must(lesson, "set_momentum", 0.8);
    if (rng.below(2)) must(lesson, "set_l2", 0.0001);
    if (rng.below(2)) must(lesson, "set_batch_size", 16);
    if (rng.below(2)) must(lesson, "set_pace", 10);
    if (rng.below(2))
      must(lesson, "select", 2, between(rng, 0, 13), between(rng, 0, 13), between(rng, 0, 15));
    if (rng.below(3)) did(lesson, "train", between(rng, 1, 12));
    NetworkLesson again(Session::kSeed);
    CHECK(again.load(lesson.save()).empty());
    finish(again);
    CHECK(weights(again) == weights(lesson));
    CHECK(difference(everything(lesson), everything(again)) == "");
  }
}

TEST_CASE("lesson/network: changed on the way, the link does not promise what it cannot keep") {
  NetworkLesson lesson(3);
  did(lesson, "train", 3);
  must(lesson, "set_learning_rate", 0.02);
  did(lesson, "train", 3);
  for (const auto& [key, value] : lesson.save()) CHECK(key != "batches");
  must(lesson, "rewind");
  did(lesson, "train", 2);
  bool found = false;
  for (const auto& [key, value] : lesson.save()) found = found || (key == "batches" && value == "2");
  CHECK(found);
  NetworkLesson bad(3);
  CHECK(bad.load({{"batches", "0"}, {"rate", "fast"}, {"at", "1"}, {"weights", "magic"}, {"nonsense", "1"}})
            .size() == 5);
}

TEST_CASE("lesson/network: the run before stays to be compared with, until its start is another") {
  NetworkLesson lesson(3);
  did(lesson, "train", 1);
  must(lesson, "rewind");
  CHECK_FALSE(lesson.earlier());  // it had measured nothing but its start
  did(lesson, "train", 100);
  const double before = lesson.run().validated().accuracy();
  must(lesson, "rewind");
  REQUIRE(lesson.earlier());
  CHECK(lesson.earlier_settings().empty());
  CHECK(lesson.state()["before"]["validation_accuracy"] == before);
  must(lesson, "rewind");  // nothing was trained since
  REQUIRE(lesson.earlier());
  must(lesson, "set_learning_rate", 0.001);
  must(lesson, "set_batch_size", 8);
  CHECK(lesson.earlier_settings() == "rate 0.05, batch 32");
  did(lesson, "train", 100);
  CHECK(lesson.run().validated().accuracy() < before - 0.1);  // both curves are there, and differ
  CHECK(lesson.narrate().find("the run before, with rate 0.05, batch 32, came to") != std::string::npos);
  CHECK(lesson.state()["before"]["images_seen"] == 3200);
  must(lesson, "load_preset", "noise");  // the same start
  REQUIRE(lesson.earlier());
  CHECK(lesson.state()["before"]["images_seen"] == 800);
  must(lesson, "load_preset", "trained");
  CHECK_FALSE(lesson.earlier());
  CHECK(lesson.state()["before"].is_null());
}
