// The lesson `image`.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "data/digit_generator.h"
#include "lesson/image.h"
#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

bool met(const ImageLesson& lesson, const std::string& id) {
  for (const Task& task : lesson.tasks()) {
    if (task.id == id) return task.met;
  }
  FAIL("no task " << id);
  return false;
}

// A lesson in a random state, reached by legal verbs alone, and those verbs in `recipe`.
class RandomImage {
 public:
  explicit RandomImage(std::uint64_t seed) : lesson(seed), rng_(seed) {
    recipe = "ImageLesson(" + std::to_string(seed) + ")";
    picture();
    const Shape& shape = lesson.input().shape();
    if (rng_.below(3)) {
      const int h = between(rng_, 1, shape.h), w = between(rng_, 1, shape.w);
      act(call("set_zoom", between(rng_, 0, shape.h - h), between(rng_, 0, shape.w - w), h, w));
    }
    if (rng_.below(2)) act(call("look_at", between(rng_, 0, shape.h - 1), between(rng_, 0, shape.w - 1)));
    if (rng_.below(2)) act(call("set_channel", between(rng_, shape.c == 3 ? -1 : 0, shape.c - 1)));
    if (rng_.below(2)) act(call("set_scale", rng_.below(2) ? 255 : 1));
    if (rng_.below(2)) act(call("set_shaded", rng_.below(2) == 1));
    if (rng_.below(2)) act(call("set_bar", between(rng_, -1, 15)));
    if (rng_.below(4) == 0) {
      act(call("set_pixel", between(rng_, 0, shape.h - 1), between(rng_, 0, shape.w - 1),
               between(rng_, 0, 255) / 255.0));
    }
    const bool grey = refusal(lesson, call("challenge")).empty();
    recipe += "; challenge[]";
    if (grey && rng_.below(2)) act(call("predict", between(rng_, 0, 510) / 2.0));
    act(call("seek", between(rng_, 0, lesson.timeline().steps() - 1)));
    if (rng_.below(2)) act(call("step_product", -between(rng_, 0, lesson.timeline().ticks())));
    if (rng_.below(3) == 0) act(call("finish"));
  }

  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    const std::string sentence = refusal(lesson, made);
    REQUIRE(sentence == "");
  }

  ImageLesson lesson;
  std::string recipe;

 private:
  void picture() {
    switch (rng_.below(6)) {
      case 0:
        return act(call("set_digit", between(rng_, 0, 9), between(rng_, 0, 1000)));
      case 1:
        return act(call("set_colour_digit", between(rng_, 0, 9), between(rng_, 0, 1000)));
      case 2:
        return act(call("set_blank", between(rng_, 3, 12)));
      case 3:
        return;
      default: {
        const int h = between(rng_, 1, 12), w = between(rng_, 1, 12), c = between(rng_, 1, 5);
        act(call("set_pixels",
                 random_values(rng_, static_cast<std::size_t>(h * w * c), rng_.below(2) ? 1.0f : 3.0f), h, w,
                 c));
      }
    }
  }
  Rng rng_;
};

}  // namespace

TEST_CASE("lesson/image: it opens with the digit of the course, all of its region as numbers") {
  const ImageLesson lesson(3);
  const Json state = lesson.state();
  CHECK(state["input"]["height"] == 28);
  CHECK(state["input"]["width"] == 28);
  CHECK(state["input"]["channels"] == 1);
  CHECK(state["input"]["source"]["digit"] == 7);
  const Tensor digit = generate_digit(7, 3, Variety::neat);
  CHECK(std::equal(digit.values().begin(), digit.values().end(), lesson.input().values().begin()));
  // The same picture as in the convolution.
  CHECK(state["input"]["values"] == Convolution(3).state()["input"]["values"]);
  CHECK(state["zoom"].dump() == R"({"top":9,"left":9,"height":10,"width":10})");
  CHECK(state["read"] == 100);
  CHECK(state["numbers"] == 784);
  CHECK(state["scale"] == 255);
  const int row = state["pixel"]["row"], col = state["pixel"]["col"];
  CHECK(state["pixel"]["value"] == digit.at(0, row, col, 0));
  CHECK(state["pixel"]["byte"] == std::round(digit.at(0, row, col, 0) * 255));
}

TEST_CASE("lesson/image: every pixel is in exactly one bar of the histogram, and in the one that is said") {
  for (std::uint64_t seed = 1; seed <= 80; ++seed) {
    RandomImage random(seed);
    INFO(random.recipe);
    const ImageLesson& lesson = random.lesson;
    const Shape& shape = lesson.input().shape();
    std::map<int, int> counted;
    int all = 0;
    const int channel = lesson.channel();
    for (int row = 0; row < shape.h; ++row) {
      for (int col = 0; col < shape.w; ++col) {
        for (int c = 0; c < shape.c; ++c) {
          if (channel != ImageLesson::kAllChannels && c != channel) continue;
          const float value = lesson.value({row, col}, c);
          const int bar = lesson.bar_of(value);
          ++counted[bar], ++all;
          const ImageLesson::Range range = lesson.bar_range(bar);
          CHECK(value >= range.from - 1e-5f);
          CHECK(value <= range.to + 1e-5f);
          CHECK(lesson.in_bar({row, col}, bar));
        }
      }
    }
    for (int bar = 0; bar < ImageLesson::kBars; ++bar)
      CHECK(lesson.histogram()[static_cast<std::size_t>(bar)] == counted[bar]);
    CHECK(std::accumulate(lesson.histogram().begin(), lesson.histogram().end(), 0) == all);
  }
}

TEST_CASE("lesson/image: each whole number from 0 to 255 falls into its bar of sixteen") {
  ImageLesson lesson(1);
  std::vector<float> values;
  for (int n = 0; n < 256; ++n) values.push_back(static_cast<float>(n) / 255);
  must(lesson, "set_pixels", values, 16, 16, 1);
  for (int n = 0; n < 256; ++n) {
    CHECK(lesson.bar_of(values[static_cast<std::size_t>(n)]) == n / 16);
    CHECK(ImageLesson::text(values[static_cast<std::size_t>(n)], ImageLesson::Scale::bytes) ==
          std::to_string(n));
  }
  CHECK(lesson.state()["histogram"] == Json(std::vector<int>(16, 16)));
  CHECK(lesson.bar_text(0) == "0 to 15");
  CHECK(lesson.bar_text(15) == "240 to 255");
}

TEST_CASE("lesson/image: rows become numbers from above, pixel by pixel, and back") {
  ImageLesson lesson(3);
  must(lesson, "set_zoom", 4, 6, 3, 5);
  must(lesson, "scrub", 0);
  std::vector<std::string> moments;
  int read = 0;
  while (!lesson.timeline().at_end()) {
    moments.push_back(everything(lesson));
    CHECK(lesson.pixels_read() == read);
    for (int i = 0; i < 15; ++i) CHECK(lesson.is_read({4 + i / 5, 6 + i % 5}) == (i < read));
    must(lesson, "step_product", 1);
    if (lesson.timeline().ticks_shown() > 0 && !lesson.timeline().at_end()) ++read;
  }
  CHECK(moments.size() == 3 * 6);
  CHECK(lesson.pixels_read() == 15);
  while (!moments.empty()) {
    must(lesson, "step_product", -1);
    CHECK(difference(everything(lesson), moments.back()) == "");
    moments.pop_back();
  }
}

TEST_CASE("lesson/image: looking moves the region no further than it must") {
  ImageLesson lesson(1);
  must(lesson, "set_zoom", 5, 5, 4, 6);
  const auto corner = [&] { return std::pair(lesson.zoom().top, lesson.zoom().left); };
  must(lesson, "look_at", 8, 10);
  CHECK(corner() == std::pair(5, 5));
  must(lesson, "look_at", 9, 11);
  CHECK(corner() == std::pair(6, 6));
  must(lesson, "look_at", 0, 0);
  CHECK(corner() == std::pair(0, 0));
  must(lesson, "look_at", 27, 27);
  CHECK(corner() == std::pair(24, 22));
  for (int side = 1; side <= 28; ++side) {
    const ImageLesson::Region region = lesson.region_of(side);
    CHECK((region.height == side && region.width == side));
    CHECK((region.top >= 0 && region.left >= 0 && region.top + side <= 28 && region.left + side <= 28));
  }
}

TEST_CASE("lesson/image: the pencil sets one pixel, in one channel or in all") {
  ImageLesson lesson(3);
  const std::vector<float> before(lesson.input().values().begin(), lesson.input().values().end());
  must(lesson, "set_pixel", 2, 3, 0.5);
  for (std::size_t i = 0; i < before.size(); ++i)
    CHECK(lesson.input().values()[i] == (i == 2 * 28 + 3 ? 0.5f : before[i]));
  CHECK(lesson.pixel() == ImageLesson::Pixel{2, 3});
  CHECK(lesson.zoom().contains({2, 3}));
  must(lesson, "set_colour_digit", 4, 9);
  must(lesson, "set_pixel", 0, 1, 1, 2);
  const Tensor fresh = generate_colour_digit(4, 9);
  CHECK(lesson.value({0, 1}, 0) == fresh.at(0, 0, 1, 0));
  CHECK(lesson.value({0, 1}, 1) == fresh.at(0, 0, 1, 1));
  CHECK(lesson.value({0, 1}, 2) == 1);
  must(lesson, "set_pixel", 0, 1, 0);
  for (int c = 0; c < 3; ++c) CHECK(lesson.value({0, 1}, c) == 0);
}

TEST_CASE("lesson/image: verbs refuse what is impossible with a sentence, and change nothing") {
  ImageLesson lesson(1);
  must(lesson, "seek", 2);
  const std::string before = everything(lesson);
  struct Row {
    Call made;
    const char* says;
  };
  const Row rows[] = {
      {call("look_at", 28, 0), "rows 0 to 27 and the columns 0 to 27; row 28, column 0 is outside"},
      {call("look_at", 0, -1), "row 0, column −1 is outside"},
      {call("set_zoom", 20, 0, 9, 3), "a region of 9×3 from row 20, column 0 is not inside"},
      {call("set_zoom", 0, 0, 0, 3), "a region of 0×3"},
      {call("set_zoom", -1, 0, 3, 3), "from row −1"},
      {call("set_pixel", 0, 0, 1.5), "A pixel goes from 0 to 1, and 1 is written 255; 1.5 is outside"},
      {call("set_pixel", 0, 0, -0.5), "−0.5 is outside"},
      {call("set_pixel", 0, 28, 1), "column 28 is outside"},
      {call("set_pixel", 0, 0, 1, 1), "channels 0 to 0; 1 is outside"},
      {call("set_blank", 2), "3 to 64 rows and columns; 2 is outside"},
      {call("set_blank", 65), "65 is outside"},
      {call("set_channel", 1), "This picture has 1 channel, number 0; 1 is not one of them"},
      {call("set_channel", -1), "−1 is not one of them"},
      {call("set_scale", 100), "255 or 1; 100 is neither"},
      {call("set_bar", 16), "bars 0 to 15, and −1 is none; 16 is outside"},
      {call("set_bar", -2), "−2 is outside"},
      {call("predict", 5), "No number is covered"},
      {call("set_digit", 10), "A digit is 0 to 9"},
      {call("seek", 10), "There is no step 10"},
  };
  for (const Row& row : rows) {
    INFO(row.made.text());
    const std::string sentence = refusal(lesson, row.made);
    CAPTURE(sentence);
    CHECK(contains(sentence, row.says));
    CHECK(difference(everything(lesson), before) == "");
  }
  must(lesson, "set_blank", 5);
  CHECK(contains(refusal(lesson, call("challenge")), "no grey pixel to guess"));
  must(lesson, "set_colour_digit", 5);
  CHECK(contains(refusal(lesson, call("set_channel", 3)), "3 channels, 0 to 2, or −1 for all three; 3"));
  must(lesson, "set_digit", 5), must(lesson, "challenge");
  CHECK(contains(refusal(lesson, call("predict", 256)), "from 0 to 255; 256 is outside"));
}

TEST_CASE("lesson/image: a covered number is nowhere told, and the guess uncovers it") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    ImageLesson lesson(seed);
    const ImageLesson::Pixel before = lesson.pixel();
    must(lesson, "challenge");
    const ImageLesson::Pixel at = lesson.pixel();
    CHECK_FALSE(at == before);
    CHECK(lesson.covered(at));
    const float value = lesson.value(at, 0);
    CHECK((value >= 0.2f && value <= 0.8f));
    CHECK(lesson.state()["pixel"]["value"].is_null());
    CHECK(lesson.state()["pixel"]["bytes"][0].is_null());
    CHECK(contains(lesson.narrate(), ": covered. "));
    const double byte = std::round(static_cast<double>(value) * 255);
    must(lesson, "predict", byte > 127 ? byte - 26 : byte + 26);
    CHECK_FALSE(lesson.has_cover());
    CHECK_FALSE(met(lesson, "predict"));
    CHECK(contains(lesson.narrate(), "too far off"));
    must(lesson, "challenge");
    CHECK_FALSE(met(lesson, "predict"));
    const double next = std::round(static_cast<double>(lesson.value(lesson.pixel(), 0)) * 255);
    must(lesson, "predict", next > 127 ? next - 25 : next + 25);
    CHECK(met(lesson, "predict"));
    CHECK(lesson.state()["prediction"]["right"] == true);
    must(lesson, "set_digit", 2);  // another picture, another question
    CHECK_FALSE(met(lesson, "predict"));
  }
}

TEST_CASE("lesson/image: a fresh lesson has met no task, whoever wrote the digit, and each can be solved") {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    ImageLesson lesson(seed);
    for (const Task& task : lesson.tasks()) {
      CAPTURE(task.id);
      CHECK_FALSE(task.met);
    }
    int least = 1000, bar = 0;
    for (int b = 0; b < ImageLesson::kBars; ++b) {
      const int n = lesson.histogram()[static_cast<std::size_t>(b)];
      if (n > 0 && n < least) least = n, bar = b;
    }
    for (int i = 0; i < 784; ++i) {
      if (lesson.bar_of(lesson.value({i / 28, i % 28}, 0)) != bar) continue;
      must(lesson, "look_at", i / 28, i % 28);
      break;
    }
    CHECK(met(lesson, "rare"));
  }
  ImageLesson lesson(3);
  must(lesson, "set_colour_digit", 3);
  CHECK(met(lesson, "three_channels"));
  must(lesson, "set_blank", 8);
  CHECK_FALSE(met(lesson, "three_channels"));
  for (int row = 2; row < 5; ++row) {
    CHECK_FALSE(met(lesson, "line"));
    must(lesson, "set_pixel", row, 4, 1);
  }
  CHECK(met(lesson, "line"));
  must(lesson, "set_pixel", 7, 7, 0.5);
  CHECK_FALSE(met(lesson, "line"));
  must(lesson, "set_blank", 8);
  for (int col = 2; col < 5; ++col) must(lesson, "set_pixel", 4, col, 1);
  CHECK_FALSE(met(lesson, "line"));  // it lies
}

TEST_CASE("lesson/image: another picture of the same size is looked at in the same place") {
  ImageLesson lesson(3);
  must(lesson, "set_zoom", 2, 3, 6, 6), must(lesson, "look_at", 4, 5);
  must(lesson, "set_digit", 2);
  CHECK(lesson.zoom() == ImageLesson::Region{2, 3, 6, 6});
  CHECK(lesson.pixel() == ImageLesson::Pixel{4, 5});
  must(lesson, "set_colour_digit", 2), must(lesson, "set_channel", 2);
  must(lesson, "set_digit", 2);
  CHECK(lesson.channel() == 0);
  must(lesson, "set_blank", 5);
  CHECK(lesson.zoom() == ImageLesson::Region{0, 0, 5, 5});
  CHECK(lesson.timeline().steps() == 5);
  must(lesson, "set_pixels", std::vector<float>(12, -2.0f), 2, 3, 2);
  CHECK(lesson.zoom() == ImageLesson::Region{0, 0, 2, 3});
  CHECK(lesson.channel() == 0);
}

TEST_CASE("lesson/image: the narration names what is seen") {
  ImageLesson lesson(3);
  must(lesson, "set_pixels", Json::array({0, 0.2, 0.4, 0.6, 0.8, 1}), 2, 3, 1);
  must(lesson, "seek", 0);
  CHECK(lesson.narrate() == "Row 0, columns 0 to 2: 3 of 3 pixels are numbers: 0; 51; 102.");
  must(lesson, "step_product", -2);
  CHECK(lesson.narrate() == "Row 0, columns 0 to 2: 1 of 3 pixels are numbers: 0.");
  must(lesson, "finish"), must(lesson, "look_at", 1, 2);
  CHECK(lesson.narrate() ==
        "Row 1, column 2: 255 of 255. The numbers shown are rows 0 to 1, columns 0 to 2 of a picture of 2 by "
        "3 pixels.");
  must(lesson, "set_scale", 1), must(lesson, "set_bar", 9);
  CHECK(contains(lesson.narrate(), "Row 1, column 2: 1.00. "));
  CHECK(contains(lesson.narrate(), "1 value lies in the bar from 0.56 to 0.62."));
  must(lesson, "set_colour_digit", 3);
  CHECK(contains(lesson.narrate(), "red "));
}

TEST_CASE("lesson/image: the Keras code reads the same pixels") {
  ImageLesson lesson(3);
  must(lesson, "look_at", 9, 14);
  std::string code = lesson.keras_code();
  CHECK(contains(code, "load_img(\"picture.png\", color_mode=\"grayscale\")"));
  CHECK(contains(code, "print(image.shape)  # (28, 28, 1)"));
  CHECK(contains(code, "print(image[9, 14, 0])  # " + lesson.text(lesson.value({9, 14}, 0)) + "\n"));
  CHECK(contains(code, "print(image[9:19, 9:19, 0])"));
  CHECK(contains(code, "np.histogram(image[:, :, 0], bins=16, range=(0, 256))"));
  CHECK_FALSE(contains(code, "/ 255"));
  must(lesson, "set_colour_digit", 3), must(lesson, "set_scale", 1);
  code = lesson.keras_code();
  CHECK(contains(code, "load_img(\"picture.png\")"));
  CHECK(contains(code, "image = image / 255"));
  CHECK(contains(code, "print(image[9, 14])  # "));
  CHECK(contains(code, "np.histogram(image, bins=16, range=(0, 256 / 255))"));
  must(lesson, "set_blank", 3), must(lesson, "set_pixel", 1, 2, 1);
  code = lesson.keras_code();
  CHECK(
      contains(code, "image = np.array([\n    0, 0, 0,\n    0, 0, 255,\n    0, 0, 0,\n]).reshape(3, 3, 1)"));
}

TEST_CASE("lesson/image: every random setup comes back from its link") {
  int covered = 0, guessed = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomImage random(seed);
    INFO(random.recipe);
    ImageLesson again(99);
    for (const std::string& notice : again.load(random.lesson.save())) CHECK(notice == "");
    CHECK(difference(everything(again), everything(random.lesson)) == "");
    covered += random.lesson.has_cover() ? 1 : 0;
    guessed += random.lesson.prediction() ? 1 : 0;
  }
  CHECK(covered > 20);
  CHECK(guessed > 20);
}

TEST_CASE("lesson/image: a fresh lesson's link names the picture and the position only") {
  const LinkParams params = ImageLesson(5).save();
  REQUIRE(params.size() == 2);
  CHECK(params[0] == std::pair<std::string, std::string>("digit", "7.5"));
  CHECK(params[1] == std::pair<std::string, std::string>("at", "end"));
}

TEST_CASE("lesson/image: each bad value in a link gives one notice and the default") {
  const std::string fresh = everything(ImageLesson(1));
  for (const auto& [key, value] :
       LinkParams{{"zoom", "1.2.3"},      {"zoom", "0.0.29.1"}, {"zoom", "x"},         {"zoom", "1.2.3.4."},
                  {"pixel", "28.0"},      {"pixel", "1"},       {"channel", "1"},      {"channel", "red"},
                  {"scale", "2"},         {"scale", ""},        {"shaded", "maybe"},   {"bar", "16"},
                  {"bar", "1.5"},         {"covered", "-1.0"},  {"guess", "1.1.0"},    {"guess", "1.1.0:256"},
                  {"guess", "1.1.0:nan"}, {"guess", "1.1.1:5"}, {"guess", "28.1.0:5"}, {"at", "10"},
                  {"nonsense", "1"}}) {
    INFO(key << "=" << value);
    ImageLesson lesson(1);
    CHECK(lesson.load({{key, value}}).size() == 1);
    CHECK(difference(everything(lesson), fresh) == "");
  }
}
