// The lesson `filter` against the course's numbers, and against a plain computation of its outputs.
#include "lesson/filter.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

std::vector<double> doubles(const Json& list) { return list.get<std::vector<double>>(); }

bool met(const FilterLesson& lesson, const std::string& id) {
  for (const Task& task : lesson.tasks()) {
    if (task.id == id) return task.met;
  }
  FAIL("no task " << id);
  return false;
}

// A filter's output by the definition, in double precision, from nothing but what state() says.
std::vector<double> plain_output(const Json& state, std::size_t filter) {
  const Json& in = state["input"];
  const int h = in["height"], w = in["width"], c = in["channels"];
  const std::vector<double> pixels = doubles(in["values"]),
                            weights = doubles(state["filters"][filter]["values"]);
  std::vector<double> sums;
  for (int y = 0; y + 3 <= h; ++y) {
    for (int x = 0; x + 3 <= w; ++x) {
      double sum = 0;
      for (int k = 0; k < 9 * c; ++k) {
        sum += pixels[static_cast<std::size_t>(((y + k / (3 * c)) * w + x + k / c % 3) * c + k % c)] *
               weights[static_cast<std::size_t>(k)];
      }
      sums.push_back(sum);
    }
  }
  return sums;
}

// A lesson in a random state, reached by legal verbs alone.
class RandomFilters {
 public:
  explicit RandomFilters(std::uint64_t seed) : lesson(seed), rng_(seed) {
    if (rng_.below(4) == 0) act(call("set_colour_digit", between(rng_, 0, 9), between(rng_, 0, 99)));
    if (rng_.below(4) == 0) {
      const int h = between(rng_, 3, 9), w = between(rng_, 3, 9), c = between(rng_, 1, 4);
      act(call("set_pixels", random_values(rng_, static_cast<std::size_t>(h * w * c), 3), h, w, c));
    }
    if (rng_.below(3) == 0) act(call("random_filters", between(rng_, 1, 8)));
    for (int edits = between(rng_, 0, 5); edits > 0; --edits) {
      const int count = lesson.bank().count();
      if (rng_.below(3) == 0 && count < 8) act(call("add_filter", rng_.below(2) ? "random" : "sobel_x"));
      if (rng_.below(4) == 0 && count > 1) act(call("remove_filter", between(rng_, 0, count - 1)));
      act(call("set_cell", between(rng_, 0, lesson.bank().count() - 1), between(rng_, 0, 2),
               between(rng_, 0, 2), between(rng_, -40, 40) / 8.0));
    }
    if (rng_.below(2)) act(call("choose", between(rng_, 0, lesson.bank().count() - 1)));
    if (rng_.below(3) == 0) act(call("look", "negative"));
    if (rng_.below(3) == 0) {
      const Shape& out = lesson.output().shape();
      act(call("look_at", between(rng_, 0, out.h - 1), between(rng_, 0, out.w - 1)));
    }
    if (rng_.below(2)) act(call("set_scale", "own"));
    if (rng_.below(2)) act(call("seek", between(rng_, 0, lesson.timeline().steps() - 1)));
    if (rng_.below(3) == 0) act(call("step_product", -between(rng_, 1, lesson.timeline().ticks())));
    if (rng_.below(4) == 0) act(call("set_speed", 3.5));
  }
  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    REQUIRE(refusal(lesson, made) == "");
  }

  FilterLesson lesson;
  std::string recipe = "FilterLesson";

 private:
  Rng rng_;
};

}  // namespace

TEST_CASE("lesson/filter: a fresh lesson has the four classic edge detectors, with the course's numbers") {
  const FilterLesson lesson(42);
  const Json state = lesson.state();
  REQUIRE(state["filters"].size() == 4);
  CHECK(state["filters"][0]["name"] == "top_edge");
  CHECK(doubles(state["filters"][0]["values"]) == std::vector<double>{-1, -1, -1, 1, 1, 1, 0, 0, 0});
  CHECK(doubles(state["filters"][1]["values"]) == std::vector<double>{0, 0, 0, 1, 1, 1, -1, -1, -1});
  CHECK(doubles(state["filters"][2]["values"]) == std::vector<double>{-1, 1, 0, -1, 1, 0, -1, 1, 0});
  CHECK(doubles(state["filters"][3]["values"]) == std::vector<double>{0, 1, -1, 0, 1, -1, 0, 1, -1});
  CHECK(state["outputs"].size() == 4);
  CHECK(state["outputs"][0]["height"] == 26);
  CHECK(state["chosen"] == 0);
  CHECK(lesson.timeline().at_end());
  CHECK(lesson.timeline().step_word() == "filter");
}

TEST_CASE("lesson/filter: the catalogue has all that the course lists") {
  FilterLesson lesson(1);
  for (const char* name : {"top_edge", "bottom_edge", "left_edge", "right_edge", "identity", "blur",
                           "sharpen", "sobel_x", "sobel_y", "laplacian", "emboss", "corner", "random"}) {
    must(lesson, "set_preset", 0, name);
    CHECK(lesson.state()["filters"][0]["name"] == name);
  }
}

TEST_CASE("lesson/filter: every output agrees with a plain convolution, and the strongest places are in it") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    RandomFilters random(seed);
    INFO(random.recipe);
    FilterLesson& lesson = random.lesson;
    must(lesson, "finish");
    for (int i = 0; i < lesson.bank().count(); ++i) {
      must(lesson, "choose", i);
      const Json state = lesson.state();
      const std::vector<double> wanted = plain_output(state, static_cast<std::size_t>(i));
      const std::vector<double> values = doubles(state["outputs"][static_cast<std::size_t>(i)]["values"]);
      REQUIRE(values.size() == wanted.size());
      for (std::size_t k = 0; k < wanted.size(); ++k) REQUIRE(std::abs(values[k] - wanted[k]) < 1e-4);
      const double most = *std::max_element(values.begin(), values.end());
      const double least = *std::min_element(values.begin(), values.end());
      const int width = state["outputs"][static_cast<std::size_t>(i)]["width"];
      for (const auto& [sign, extreme] : {std::pair{"positive", most}, std::pair{"negative", least}}) {
        const Json& place = state["strongest"][sign];
        if (place.is_null()) {
          CHECK((sign[0] == 'p' ? extreme : -extreme) < 1e-4);
          continue;
        }
        CHECK(place["value"].get<double>() == doctest::Approx(extreme).epsilon(1e-4));
        const int row = place["row"], col = place["col"];
        CHECK(values[static_cast<std::size_t>(row * width + col)] == place["value"].get<double>());
        CHECK(place["words"].get<std::string>().size() > 20);
      }
      double sum = 0;
      for (const double product : doubles(state["looked_at"]["products"])) sum += product;
      CHECK(std::abs(sum - state["looked_at"]["value"].get<double>()) < 1e-4);
    }
  }
}

TEST_CASE("lesson/filter: hand-worked: a light square and its four edges, in words") {
  std::vector<float> square(64);
  for (const int y : {2, 3, 4, 5})
    for (const int x : {2, 3, 4, 5}) square[static_cast<std::size_t>(y * 8 + x)] = 1;
  FilterLesson lesson(1);
  must(lesson, "set_pixels", square, 8, 8, 1);
  // The first window whose middle row lies on the square's first row, and whose top row is above it.
  Json at = lesson.state()["strongest"]["positive"];
  CHECK((at["row"] == 1 && at["col"] == 2 && at["value"] == 3));
  CHECK(at["words"] ==
        "Dark above, light below: a top edge. The plus weights (middle row) lie on the lighter pixels, 1 on "
        "average; the "
        "minus weights (top row) on darker ones, 0.");
  at = lesson.state()["strongest"]["negative"];
  CHECK((at["row"] == 5 && at["col"] == 2 && at["value"] == -3));
  CHECK(contains(at["words"],
                 "Light above, dark below: a bottom edge. The minus weights (top row) lie on the lighter"));
  const char* const words[][2] = {{"a top edge", "a bottom edge"},
                                  {"a bottom edge", "a top edge"},
                                  {"a left edge", "a right edge"},
                                  {"a right edge", "a left edge"}};
  for (int i = 0; i < 4; ++i) {
    must(lesson, "choose", i);
    CHECK(contains(lesson.state()["strongest"]["positive"]["words"], words[i][0]));
    CHECK(contains(lesson.state()["strongest"]["negative"]["words"], words[i][1]));
  }
  must(lesson, "choose", 0);
  CHECK(lesson.narrate().substr(0, 90) ==
        "Top edge, filter 0 of 4: strongest positive response 3 at row 1, column 2. Dark above, lig");
}

TEST_CASE("lesson/filter: the words are about the pixels, not about the filter's name") {
  int edges = 0;
  for (std::uint64_t hand = 0; hand < 10; ++hand) {
    FilterLesson lesson(hand);
    const std::string by_name = lesson.state()["strongest"]["positive"]["words"];
    must(lesson, "set_filter", 0, std::vector<float>{-1, -1, -1, 1, 1, 1, 0, 0, 0});
    CHECK(lesson.state()["filters"][0]["name"] == "own");
    CHECK(lesson.state()["strongest"]["positive"]["words"] == by_name);
    edges += contains(by_name, "a top edge");
  }
  CHECK(edges >= 8);  // a thin or slanting stroke may answer even more strongly, and is called what it is
}

TEST_CASE("lesson/filter: a plain picture has no strongest place, and says so") {
  FilterLesson lesson(1);
  must(lesson, "set_pixels", std::vector<float>(25, 0.5f), 5, 5, 1);
  CHECK(lesson.state()["strongest"]["positive"].is_null());
  CHECK(lesson.state()["strongest"]["negative"].is_null());
  CHECK(lesson.narrate() == "Top edge, filter 0 of 4: no response anywhere.");
  CHECK(contains(lesson.state()["looked_at"]["words"], "As plain as the whole picture."));
  must(lesson, "set_preset", 0, "blur");
  CHECK(lesson.state()["strongest"]["negative"].is_null());
  CHECK((lesson.state()["strongest"]["positive"]["row"] == 0 &&
         lesson.state()["strongest"]["positive"]["col"] == 0));
  must(lesson, "look", "negative");  // there is none: the other one is looked at
  CHECK(lesson.state()["looked_at"]["value"].get<double>() == doctest::Approx(0.5));
}

TEST_CASE("lesson/filter: the filters sweep one after the other; back as forward") {
  FilterLesson lesson(7);
  must(lesson, "scrub", 0);
  CHECK(lesson.state()["outputs"][0]["shown"] == 0);
  std::vector<std::string> seen;
  for (int i = 0; i < 4; ++i) {
    must(lesson, "seek", i);
    CHECK(lesson.chosen() == i);
    for (int k = 0; k < 4; ++k) CHECK(lesson.written(k) == (k <= i ? 676 : 0));
    seen.push_back(everything(lesson));
  }
  for (int i = 3; i >= 0; --i) {
    must(lesson, "seek", i);
    CHECK(difference(everything(lesson), seen[static_cast<std::size_t>(i)]) == "");
  }
  must(lesson, "step_product", -13);
  CHECK(lesson.written(0) == 13 * 26);
  CHECK(lesson.narrate() ==
        "Top edge, filter 0 of 4, sweeps over the picture: 338 of 676 cells are written.");
  must(lesson, "finish");
  must(lesson, "choose", 2);
  CHECK(lesson.chosen() == 2);
  CHECK(lesson.written(3) == 676);
}

TEST_CASE("lesson/filter: a filter that is added is looked at; one that goes leaves another chosen") {
  FilterLesson lesson(7);
  must(lesson, "seek", 1);
  must(lesson, "add_filter", "blur");
  CHECK(lesson.chosen() == 4);
  CHECK(lesson.timeline().at_end());
  CHECK(lesson.timeline().steps() == 5);
  must(lesson, "remove_filter", 4);
  CHECK(lesson.chosen() == 3);
  must(lesson, "random_filters", 8);
  CHECK(lesson.state()["filters"].size() == 8);
  const Json all = lesson.state()["filters"];
  for (const Json& filter : all) CHECK(filter["name"] == "random");
  const Json first = lesson.state()["filters"][0]["values"];
  CHECK(first != lesson.state()["filters"][1]["values"]);
  must(lesson, "random_filters", 8);
  CHECK(first != lesson.state()["filters"][0]["values"]);
  must(lesson, "edge_detectors");
  CHECK(lesson.state()["filters"].size() == 4);
}

TEST_CASE("lesson/filter: one scale for all, or each its own") {
  FilterLesson lesson(7);
  must(lesson, "set_preset", 1, "blur");
  const Json common = lesson.state()["outputs"];
  CHECK(common[0]["reach"] == common[1]["reach"]);
  must(lesson, "set_scale", "own");
  const Json own = lesson.state()["outputs"];
  double most = 0;
  for (const Json& output : own) most = std::max(most, output["reach"].get<double>());
  CHECK(common[0]["reach"].get<double>() == most);
  CHECK(own[1]["reach"].get<double>() <= 1);
  CHECK(own[1]["values"] == common[1]["values"]);
}

TEST_CASE("lesson/filter: any cell can be looked at") {
  FilterLesson lesson(7);
  must(lesson, "look_at", 0, 25);
  const Json at = lesson.state()["looked_at"];
  CHECK((at["kind"] == "cell" && at["row"] == 0 && at["col"] == 25));
  CHECK(doubles(at["block"]).size() == 9);
  must(lesson, "set_pixels", std::vector<float>(12, 1), 3, 4, 1);
  CHECK((lesson.state()["looked_at"]["row"] == 0 && lesson.state()["looked_at"]["col"] == 1));
}

TEST_CASE("lesson/filter: refusals are sentences and change nothing") {
  FilterLesson lesson(3);
  const std::string before = everything(lesson);
  const std::vector<Call> calls{call("choose", 4),
                                call("choose", -1),
                                call("look", "up"),
                                call("look_at", 26, 0),
                                call("look_at", 0, -1),
                                call("set_scale", "loud"),
                                call("random_filters", 0),
                                call("random_filters", 9),
                                call("set_preset", 9, "blur"),
                                call("set_preset", 0, "nonsense"),
                                call("add_filter", "nonsense"),
                                call("set_cell", 0, 3, 0, 1),
                                call("set_cell", 0, 0, 0, 1001),
                                call("set_filter", 0, std::vector<float>(8)),
                                call("remove_filter", 4),
                                call("set_pixels", std::vector<float>(4), 2, 2, 1),
                                call("seek", 4)};
  for (const Call& made : calls) {
    const std::string sentence = refusal(lesson, made);
    INFO(made.text() << " → " << sentence);
    CHECK(sentence.size() > 15);
    CHECK(sentence.back() == '.');
    CHECK(difference(everything(lesson), before) == "");
  }
  for (int k = 0; k < 4; ++k) must(lesson, "add_filter", "blur");
  CHECK(contains(refusal(lesson, call("add_filter", "blur")), "0 to 7"));
  for (int k = 0; k < 7; ++k) must(lesson, "remove_filter", 0);
  CHECK(contains(refusal(lesson, call("remove_filter", 0)), "only filter"));
}

TEST_CASE("lesson/filter: tasks are judged by what a filter does") {
  for (std::uint64_t hand = 0; hand < 12; ++hand) {
    for (int digit = 0; digit < 10; ++digit) {
      FilterLesson lesson(hand);
      must(lesson, "set_digit", digit, hand);
      CAPTURE(hand);
      CAPTURE(digit);
      for (const Task& task : lesson.tasks()) CHECK_FALSE(task.met);  // a catalogue's filter is not one's own
      must(lesson, "set_filter", 0, std::vector<float>{-1, -1, -1, 1, 1, 1, 0, 0, 0});
      CHECK(met(lesson, "white_on_plain"));
      CHECK_FALSE(met(lesson, "bottom_edge"));
      must(lesson, "set_filter", 0, std::vector<float>{0, 0, 0, 0, 0, 0, 0, 0, 0});
      CHECK_FALSE(met(lesson, "white_on_plain"));
      must(lesson, "set_filter", 0, std::vector<float>{0, 0, 0, 0, 1, 0, 0, 0, 0});
      CHECK(met(lesson, "as_it_is"));
      CHECK_FALSE(met(lesson, "white_on_plain"));
      must(lesson, "set_filter", 0, std::vector<float>{0, 0, 0, 1, 0, 0, 0, 0, 0});
      CHECK_FALSE(met(lesson, "as_it_is"));
    }
  }
  // Each of these finds bottom edges: the catalogue's own numbers, the same one row further up, and Sobel's.
  FilterLesson lesson(42);
  for (const std::vector<float>& weights :
       {std::vector<float>{0, 0, 0, 1, 1, 1, -1, -1, -1}, std::vector<float>{1, 1, 1, -1, -1, -1, 0, 0, 0},
        std::vector<float>{1, 2, 1, 0, 0, 0, -1, -2, -1}}) {
    must(lesson, "set_filter", 2, weights);
    CHECK(met(lesson, "bottom_edge"));
  }
  must(lesson, "set_cell", 2, 1, 1, 4);  // no longer white on plain areas
  CHECK_FALSE(met(lesson, "bottom_edge"));
}

TEST_CASE("lesson/filter: a link brings back everything") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomFilters random(seed);
    INFO(random.recipe);
    FilterLesson again(7);
    const LinkParams link = random.lesson.save();
    std::string text;
    for (const auto& [key, value] : link) text += key + "=" + value + "&";
    INFO(text);
    const std::vector<std::string> notices = again.load(link);
    CHECK(notices.empty());
    CHECK(difference(everything(again), everything(random.lesson)) == "");
  }
}

TEST_CASE("lesson/filter: what a link cannot mean is told once, and left out") {
  const std::pair<std::string, std::string> bad[] = {
      {"filters", "x"},  {"filters", "random"}, {"chosen", "4"},  {"chosen", "one"},
      {"look", "up"},    {"look", "1,2,3"},     {"look", "99,1"}, {"look", "1.5,1"},
      {"scale", "loud"}, {"at", "99"},          {"nonsense", "1"}};
  for (const auto& param : bad) {
    FilterLesson lesson(1);
    const std::vector<std::string> notices = lesson.load({param});
    INFO(param.first << "=" << param.second);
    REQUIRE(notices.size() == 1);
    CHECK(contains(notices[0], "\"" + param.first + "\""));
    CHECK(difference(everything(lesson), everything(FilterLesson(1))) == "");
  }
}

TEST_CASE("lesson/filter: the Keras code is what is on stage") {
  FilterLesson lesson(1);
  for (int k = 0; k < 2; ++k) must(lesson, "remove_filter", 3 - k);
  must(lesson, "set_cell", 1, 0, 0, 0.5);
  CHECK(lesson.keras_code() ==
        "import numpy as np\n"
        "from tensorflow.keras import Input, Sequential\n"
        "from tensorflow.keras.layers import Conv2D\n\n"
        "model = Sequential([\n"
        "    Input(shape=(28, 28, 1)),\n"
        "    Conv2D(filters=2, kernel_size=(3, 3), use_bias=False),\n"
        "])\n\n"
        "# The filters are random now. These are yours:\n"
        "filters = np.array([\n"
        "    [[-1.0, -1.0, -1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]],  # Top edge\n"
        "    [[0.5, 0.0, 0.0], [1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]],  # Your own\n"
        "])[..., np.newaxis]  # filter, row, column, channel\n"
        "model.layers[0].set_weights([filters.transpose(1, 2, 3, 0)])\n");
  must(lesson, "set_colour_digit", 4);
  CHECK(
      contains(lesson.keras_code(), "[[[-1.0, -1.0, -1.0], [-1.0, -1.0, -1.0], [-1.0, -1.0, -1.0]], [[1.0"));
}
