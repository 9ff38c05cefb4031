// The lesson `padding` against the numbers of the course, and against a plain computation that shares nothing
// with the engine.
#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "engine/layers/conv2d.h"
#include "lesson/lesson_fixture.h"
#include "lesson/padding.h"

using namespace kg;

namespace {

// From nothing but what state() says: the side, and every value of the output.
struct Plain {
  int n, f, s, before, after, out;
  std::vector<double> in, weights;

  explicit Plain(const Json& state)
      : n(state["n"]),
        f(state["f"]),
        s(state["s"]),
        before(state["border"]["top"]),
        after(state["border"]["bottom"]),
        in(state["input"].get<std::vector<double>>()),
        weights(state["weights"]["values"].get<std::vector<double>>()) {
    out = 0;  // counted, stop by stop
    for (int at = 0; at + f <= n + before + after; at += s) ++out;
  }
  double at(int y, int x) const {
    return y < 0 || x < 0 || y >= n || x >= n ? 0 : in[static_cast<std::size_t>(y * n + x)];
  }
  double sum(int row, int col) const {
    double sum = 0;
    for (int y = 0; y < f; ++y) {
      for (int x = 0; x < f; ++x) {
        sum += at(row * s - before + y, col * s - before + x) * weights[static_cast<std::size_t>(y * f + x)];
      }
    }
    return sum;
  }
};

void set_all(PaddingLesson& lesson, int n, int f, int p, int s) {
  must(lesson, "set_f", 1);
  must(lesson, "set_mode", "valid");
  must(lesson, "set_n", n);
  must(lesson, "set_p", p);
  must(lesson, "set_s", s);
  must(lesson, "set_f", f);
}

bool done(const PaddingLesson& lesson, const std::string& id) {
  for (const Task& task : lesson.tasks()) {
    if (task.id == id) return task.met;
  }
  FAIL("there is no task " << id);
  return false;
}

// Any legal state, by verbs that may be refused on the way.
void shake(PaddingLesson& lesson, Rng& rng, std::string& recipe) {
  static const char* const kFilters[] = {"ones", "blur", "identity"};
  const auto act = [&](const Call& made) {
    recipe += made.text() + "; ";
    (void)refusal(lesson, made);
  };
  act(call("set_digit", between(rng, 0, 9), between(rng, 0, 1000)));
  act(call("set_filter", kFilters[rng.below(3)]));
  for (int i = 0; i < 6; ++i) {
    act(call("set_n", between(rng, 1, rng.below(2) ? 32 : 9)));
    act(call("set_f", between(rng, 1, 11)));
    act(call("set_s", between(rng, 1, rng.below(2) ? 8 : 2)));
    if (rng.below(2)) act(call("set_p", between(rng, 0, 5)));
    if (rng.below(3) == 0) act(call("set_mode", rng.below(2) ? "same" : "valid"));
  }
  act(call("set_layers", between(rng, 1, 16)));
  if (rng.below(3) == 0) act(call("challenge"));
  if (rng.below(3) == 0) act(call("set_view", "chain"));
  if (rng.below(2)) act(call("predict", between(rng, 1, 12)));
  if (rng.below(4)) act(call("seek", between(rng, 0, lesson.timeline().steps() - 1)));
  if (rng.below(2)) act(call("step_product", -between(rng, 0, lesson.timeline().ticks())));
  if (rng.below(4) == 0) act(call("set_speed", 7));
}

}  // namespace

TEST_CASE("lesson/padding: 4×4 with a 3×3 filter and no padding comes first and gives 2×2") {
  const PaddingLesson lesson(3);
  const Json state = lesson.state();
  CHECK(state["n"] == 4);
  CHECK(state["f"] == 3);
  CHECK(state["p"] == 0);
  CHECK(state["s"] == 1);
  CHECK(state["output"] == 2);
  CHECK(state["mode"] == "valid");
  CHECK(state["view"] == "window");
  CHECK(state["formula"] == "floor((4 + 2·0 − 3)/1) + 1 = 2");
  CHECK(lesson.timeline().steps() == 4);
  CHECK(lesson.timeline().step() == 0);
  CHECK(lesson.input().shape() == Shape{1, 4, 4, 1});
  CHECK(lesson.output().shape() == Shape{1, 2, 2, 1});
  for (const Task& task : lesson.tasks()) {
    CAPTURE(task.id);
    CHECK_FALSE(task.met);
  }
}

TEST_CASE("lesson/padding: for every n, f, p and s the output's side is floor((n + 2p − f)/s) + 1") {
  PaddingLesson lesson(3);
  for (int n = 1; n <= 32; n += 3) {
    for (int f = 1; f <= 11; ++f) {
      for (int p = 0; p <= 5; ++p) {
        if (f > n + 2 * p) continue;
        for (int s = 1; s <= 8; s += 2) {
          set_all(lesson, n, f, p, s);
          const int expected = static_cast<int>(std::floor((n + 2.0 * p - f) / static_cast<double>(s))) + 1;
          INFO("n " << n << ", f " << f << ", p " << p << ", s " << s);
          REQUIRE(lesson.axis().out() == expected);
          REQUIRE(lesson.output().shape() == Shape{1, expected, expected, 1});
        }
      }
    }
  }
}

TEST_CASE(
    "lesson/padding: same gives ceil(n/s), with the odd line of zeros at the bottom and right, as the engine "
    "does") {
  PaddingLesson lesson(3);
  must(lesson, "set_mode", "same");
  for (const int n : {1, 2, 4, 5, 7, 9, 12, 28, 32}) {
    must(lesson, "set_n", n);
    for (int f = 1; f <= 11; ++f) {
      must(lesson, "set_f", f);
      for (int s = 1; s <= 8; ++s) {
        must(lesson, "set_s", s);
        INFO("n " << n << ", f " << f << ", s " << s);
        const PaddedAxis& axis = lesson.axis();
        REQUIRE(axis.out() == static_cast<int>(std::ceil(n / static_cast<double>(s))));
        REQUIRE(axis.after - axis.before >= 0);
        REQUIRE(axis.after - axis.before <= 1);
        REQUIRE(axis.p() <= PaddingLesson::kMaxBorder);
        Conv2DSettings settings;
        settings.stride_y = settings.stride_x = s;
        settings.padding = Padding::same;
        const Tensor keras = conv2d(lesson.input(), lesson.weights(), {}, settings).value();
        REQUIRE(keras.shape() == lesson.output().shape());
        for (std::size_t i = 0; i < keras.values().size(); ++i) {
          REQUIRE(std::abs(keras.values()[i] - lesson.output().values()[i]) <=
                  1e-5f * (1 + std::abs(keras.values()[i])));
        }
      }
    }
  }
  must(lesson, "set_n", 4);
  must(lesson, "set_s", 1);
  must(lesson, "set_f", 2);
  CHECK(lesson.state()["border"] == Json{{"top", 0}, {"left", 0}, {"bottom", 1}, {"right", 1}});
  CHECK(lesson.state()["p"] == 0.5);
  CHECK(lesson.axis().formula() == "floor((4 + 0 + 1 − 2)/1) + 1 = 4");
}

TEST_CASE("lesson/padding: every value of the output, and the windows' zeros, against a plain computation") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Rng rng(seed);
    PaddingLesson lesson(seed);
    std::string recipe = "PaddingLesson(" + std::to_string(seed) + "); ";
    shake(lesson, rng, recipe);
    must(lesson, "set_view", "window");
    must(lesson, "reveal");
    INFO(recipe);
    const Plain plain(lesson.state());
    REQUIRE(lesson.axis().out() == plain.out);
    for (int step = 0; step < lesson.timeline().steps(); ++step) {
      must(lesson, "seek", step);
      const Json state = lesson.state();
      const int row = state["window"]["row"], col = state["window"]["col"];
      REQUIRE(row * plain.out + col == step);
      REQUIRE(state["window"]["top"] == row * plain.s - plain.before);
      const double expected = plain.sum(row, col), found = state["sum"];
      REQUIRE(std::abs(found - expected) <= 1e-5 * (1 + std::abs(expected)));
      int zeros = 0;
      for (int i = 0; i < plain.f * plain.f; ++i) {
        const int y = row * plain.s - plain.before + i / plain.f,
                  x = col * plain.s - plain.before + i % plain.f;
        REQUIRE(std::abs(state["block"][static_cast<std::size_t>(i)].get<double>() - plain.at(y, x)) < 1e-6);
        if (y < 0 || x < 0 || y >= plain.n || x >= plain.n) ++zeros;
      }
      REQUIRE(state["zeros"] == zeros);
    }
    // What no window reaches.
    const int reached = (plain.out - 1) * plain.s + plain.f;
    CHECK(lesson.state()["unused"] == plain.n + plain.before + plain.after - reached);
  }
}

TEST_CASE(
    "lesson/padding: small pictures are whole numbers that stay as the picture grows, large ones the digit") {
  const Tensor five = padding_picture(5, 7, 3), nine = padding_picture(kNumbersUpTo, 7, 3);
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 5; ++x) {
      const float value = five.at(0, y, x, 0);
      CHECK(value == nine.at(0, y, x, 0));
      CHECK(value == std::round(value));
      CHECK(value >= 1);
      CHECK(value <= 9);
    }
  }
  const Tensor whole = padding_picture(28, 7, 3);
  for (const int n : {10, 14, 20, 28, 32}) {
    // Scaling keeps the mean.
    const Tensor picture = padding_picture(n, 7, 3);
    double mean = 0, expected = 0;
    for (const float v : picture.values()) mean += static_cast<double>(v) / (n * n);
    for (const float v : whole.values()) expected += static_cast<double>(v) / (28 * 28);
    CAPTURE(n);
    CHECK(std::abs(mean - expected) < 1e-4);
  }
}

TEST_CASE("lesson/padding: a valid chain shrinks until the filter does not fit, a same chain stays") {
  PaddingLesson lesson(3);
  must(lesson, "set_n", 28);
  must(lesson, "set_filter", "identity");
  must(lesson, "set_view", "chain");
  must(lesson, "set_layers", 16);
  CHECK(lesson.sizes() == std::vector<int>{28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0});
  CHECK(lesson.state()["chain"]["left"] == 0);
  CHECK(lesson.nothing_left());
  // The identity cuts off a rim in each layer: the last 2×2 is the middle of the digit.
  CHECK(lesson.maps().size() == 14);
  const Tensor& last = lesson.maps().back();
  CHECK(last.shape() == Shape{1, 2, 2, 1});
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < 2; ++x) CHECK(last.at(0, y, x, 0) == lesson.input().at(0, 13 + y, 13 + x, 0));
  }
  must(lesson, "set_mode", "same");
  CHECK(lesson.sizes() == std::vector<int>(17, 28));
  CHECK_FALSE(lesson.nothing_left());
  for (std::size_t i = 0; i < lesson.input().values().size(); ++i) {
    REQUIRE(lesson.maps().back().values()[i] == lesson.input().values()[i]);
  }
  must(lesson, "set_s", 2);
  must(lesson, "set_layers", 6);
  CHECK(lesson.sizes() == std::vector<int>{28, 14, 7, 4, 2, 1, 1});
}

TEST_CASE("lesson/padding: the chain's timeline goes layer by layer, the window's stop by stop") {
  PaddingLesson lesson(3);
  must(lesson, "set_n", 7);
  CHECK(lesson.timeline().steps() == 25);
  CHECK(lesson.timeline().ticks() == 9);
  must(lesson, "seek", 13);
  must(lesson, "set_p", 1);  // row 2, column 3 stays row 2, column 3
  CHECK(lesson.timeline().steps() == 49);
  CHECK(lesson.timeline().step() == 2 * 7 + 3);
  CHECK(lesson.written() == 17);
  must(lesson, "set_view", "chain");
  CHECK(lesson.timeline().steps() == 3);
  CHECK(lesson.timeline().at_end());
  must(lesson, "set_layers", 9);
  CHECK(lesson.timeline().steps() == 9);
  CHECK(lesson.timeline().at_end());
  must(lesson, "seek", 2);
  must(lesson, "set_layers", 2);
  CHECK(lesson.timeline().step() == 1);
  must(lesson, "set_view", "window");
  CHECK(lesson.timeline().step() == 0);
  CHECK(lesson.timeline().steps() == 49);
}

TEST_CASE("lesson/padding: what cannot be is refused in words, and nothing changes") {
  PaddingLesson lesson(3);
  must(lesson, "set_n", 6);
  must(lesson, "seek", 5);
  const struct {
    Call made;
    const char* says;
  } cases[] = {
      {call("set_n", 0), "from 1 to 32; 0 is not"},
      {call("set_n", 33), "from 1 to 32; 33 is not"},
      {call("set_n", 2), "A 3×3 filter does not fit into 2×2 (n = 2, without a border)"},
      {call("set_f", 0), "from 1 to 11; 0 is not"},
      {call("set_f", 12), "from 1 to 11; 12 is not"},
      {call("set_f", 7), "A 7×7 filter does not fit into 6×6"},
      {call("set_p", -1), "from 0 to 5; −1 is not"},
      {call("set_p", 6), "from 0 to 5; 6 is not"},
      {call("set_s", 0), "from 1 to 8; 0 is not"},
      {call("set_s", 9), "from 1 to 8; 9 is not"},
      {call("set_layers", 0), "from 1 to 16; 0 is not"},
      {call("set_layers", 17), "from 1 to 16; 17 is not"},
      {call("set_mode", "reflect"), "valid or same; \"reflect\" is not one of them"},
      {call("set_filter", "sobel"), "ones, blur or identity; \"sobel\" is not one of them"},
      {call("set_view", "map"), "window or chain; \"map\" is not one of them"},
      {call("set_digit", 10), "A digit is 0 to 9; 10 is outside"},
      {call("predict", 4), "in plain sight, it is 4"},
      {call("predict", 43), "cannot be more than 42"},
      {call("seek", 16), "the steps go from 0 to 15"},
      {call("set_n", "six"), "n"},
  };
  const std::string before = everything(lesson);
  for (const auto& [made, says] : cases) {
    const std::string sentence = refusal(lesson, made);
    INFO(made.text() << " → " << sentence);
    CHECK(contains(sentence, says));
    CHECK(difference(everything(lesson), before) == "");
  }
  must(lesson, "set_p", 2);
  must(lesson, "set_f", 9);
  CHECK(contains(refusal(lesson, call("set_p", 1)), "A 9×9 filter does not fit into 8×8 (n + 2p = 8)"));
  CHECK(contains(refusal(lesson, call("set_mode", "valid")), "does not fit into 6×6"));
  CHECK(lesson.can_set(PaddingLesson::Setting::n, 5).ok());
  CHECK_FALSE(lesson.can_set(PaddingLesson::Setting::n, 4).ok());
  CHECK(lesson.axis().n == 6);
}

TEST_CASE("lesson/padding: no border is valid, a border of one's own is neither valid nor same") {
  PaddingLesson lesson(3);
  must(lesson, "set_p", 1);
  CHECK(lesson.state()["mode"] == "custom");
  CHECK(lesson.state()["output"] == 4);
  must(lesson, "set_p", 0);
  CHECK(lesson.state()["mode"] == "valid");
  must(lesson, "set_mode", "same");
  CHECK(lesson.state()["p"] == 1);
  must(lesson, "set_n", 9);
  must(lesson, "set_f", 5);
  CHECK(lesson.state()["p"] == 2);  // same follows the filter
  CHECK(lesson.state()["output"] == 9);
}

TEST_CASE("lesson/padding: every task can be solved through verbs") {
  PaddingLesson lesson(3);
  set_all(lesson, 7, 5, 0, 1);
  CHECK(done(lesson, "seven_to_three"));
  set_all(lesson, 7, 3, 0, 2);
  CHECK(done(lesson, "seven_to_three"));
  CHECK_FALSE(done(lesson, "keep_the_size"));

  set_all(lesson, 9, 5, 1, 1);
  CHECK_FALSE(done(lesson, "keep_the_size"));
  must(lesson, "set_p", 2);
  CHECK(done(lesson, "keep_the_size"));
  must(lesson, "set_mode", "same");
  CHECK_FALSE(done(lesson, "keep_the_size"));

  set_all(lesson, 28, 3, 0, 1);
  must(lesson, "set_view", "chain");
  for (const int layers : {13, 14, 15}) {
    must(lesson, "set_layers", layers);
    CAPTURE(layers);
    CHECK(done(lesson, "nothing_left") == (layers == 14));
  }

  must(lesson, "challenge");
  CHECK(lesson.hidden());
  CHECK_FALSE(done(lesson, "predict"));
  must(lesson, "predict", lesson.axis().out() + 1);
  CHECK_FALSE(done(lesson, "predict"));
  CHECK_FALSE(lesson.hidden());
  must(lesson, "challenge");
  const int answer = lesson.state()["output"];
  must(lesson, "predict", answer);
  CHECK(done(lesson, "predict"));
  CHECK(lesson.state()["predicted"] == answer);
  must(lesson, "set_s", lesson.axis().s == 1 ? 2 : 1);  // another output: nothing was said of it
  CHECK(lesson.state()["predicted"].is_null());
}

TEST_CASE("lesson/padding: riddles differ, are legal, and do not give the answer away") {
  PaddingLesson lesson(3);
  std::string last;
  for (int i = 0; i < 40; ++i) {
    must(lesson, "challenge");
    const std::string now = lesson.axis().numerator();
    CHECK(now != last);
    last = now;
    CHECK(lesson.axis().fits());
    CHECK(lesson.timeline().steps() == 1);
    CHECK(lesson.written() == 0);
    CHECK(contains(lesson.narrate(), "hidden"));
    CHECK(lesson.state()["answer"] == "?");
    CHECK(contains(lesson.state()["formula"], "+ 1 = ?"));
    CHECK_FALSE(contains(lesson.keras_code(), "  # "));
  }
  must(lesson, "set_view", "chain");
  CHECK_FALSE(lesson.hidden());
  must(lesson, "challenge");
  CHECK(lesson.state()["view"] == "window");
  must(lesson, "reveal");
  CHECK_FALSE(lesson.hidden());
  CHECK(lesson.timeline().at_end());
}

TEST_CASE("lesson/padding: a link brings the whole state back") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    Rng rng(seed + 1000);
    PaddingLesson lesson(seed);
    std::string recipe = "PaddingLesson(" + std::to_string(seed) + "); ";
    shake(lesson, rng, recipe);
    INFO(recipe);
    must(lesson, "pause");
    PaddingLesson again(99);
    const std::vector<std::string> notices = again.load(lesson.save());
    INFO((notices.empty() ? std::string() : notices.front()));
    REQUIRE(notices.empty());
    REQUIRE(difference(everything(again), everything(lesson)) == "");
  }
}

TEST_CASE("lesson/padding: links of any order, and what they cannot mean") {
  PaddingLesson lesson(3);
  CHECK(lesson.load({{"at", "end"}, {"f", "7"}, {"s", "2"}, {"n", "9"}, {"p", "1"}}).empty());
  CHECK(lesson.axis().formula() == "floor((9 + 2·1 − 7)/2) + 1 = 3");
  CHECK(lesson.timeline().at_end());
  PaddingLesson small(3);
  CHECK(small.load({{"n", "2"}}).empty());  // the usual filter would not fit: the largest that does
  CHECK(small.axis().f == 2);
  PaddingLesson wrong(3);
  const std::string fresh = everything(wrong);
  const std::vector<std::string> notices = wrong.load({{"n", "many"},
                                                       {"f", "9"},
                                                       {"p", "7"},
                                                       {"s", "0"},
                                                       {"padding", "full"},
                                                       {"layers", "99"},
                                                       {"filter", "x"},
                                                       {"view", "x"},
                                                       {"digit", "12"},
                                                       {"hidden", "maybe"},
                                                       {"predicted", "x"},
                                                       {"at", "soon"},
                                                       {"seed", "-1"},
                                                       {"hat", "1"}});
  CHECK(notices.size() == 14);
  CHECK(difference(everything(wrong), fresh) == "");
}

TEST_CASE("lesson/padding: the Keras code makes what is on stage") {
  PaddingLesson lesson(3);
  CHECK(lesson.keras_code() ==
        "from tensorflow.keras import Input, Sequential\n"
        "from tensorflow.keras.layers import Conv2D\n\n"
        "model = Sequential([\n"
        "    Input(shape=(4, 4, 1)),\n"
        "    Conv2D(filters=1, kernel_size=(3, 3), strides=1, padding=\"valid\",\n"
        "           use_bias=False, kernel_initializer=\"ones\"),  # 2×2\n"
        "])\n");
  must(lesson, "set_n", 28);
  must(lesson, "set_mode", "same");
  must(lesson, "set_s", 2);
  must(lesson, "set_filter", "blur");
  CHECK(contains(lesson.keras_code(), "import Constant\n"));
  CHECK(contains(lesson.keras_code(),
                 "strides=2, padding=\"same\",\n           use_bias=False, kernel_initializer=Constant(1 / "
                 "9)),  # 14×14"));
  must(lesson, "set_p", 3);
  must(lesson, "set_filter", "identity");
  CHECK(contains(lesson.keras_code(), "import Conv2D, ZeroPadding2D\n"));
  CHECK(contains(lesson.keras_code(), "    ZeroPadding2D(padding=3),\n    Conv2D("));
  CHECK(contains(lesson.keras_code(), "kernel[1, 1] = 1\n"));
  set_all(lesson, 8, 3, 0, 1);
  must(lesson, "set_view", "chain");
  must(lesson, "set_layers", 8);
  const std::string chain = lesson.keras_code();
  for (const char* part :
       {"  # 6×6\n", "  # 4×4\n", "  # 2×2\n", "    # one more does not fit: Keras refuses it\n])"}) {
    CAPTURE(part);
    CHECK(contains(chain, part));
  }
}

TEST_CASE("lesson/padding: the narration tells what is seen") {
  PaddingLesson lesson(3);
  CHECK(contains(lesson.narrate(),
                 "The input is 4 by 4, the output 2 by 2. For output row 0, column 0, 0 of the window's 9"));
  must(lesson, "set_p", 1);
  must(lesson, "seek", 0);
  CHECK(contains(lesson.narrate(), "5 of the window's 9 places lie on the border of zeros"));
  must(lesson, "finish");
  CHECK(contains(lesson.narrate(),
                 "The border is 1 line of zeros on every side. The window has made all its 16 stops."));
  must(lesson, "set_mode", "same");
  must(lesson, "set_f", 2);
  CHECK(contains(lesson.narrate(), "uneven: 0 at the top and left, 1 at the bottom and right."));
  set_all(lesson, 5, 3, 0, 1);
  must(lesson, "set_view", "chain");
  CHECK(lesson.narrate() ==
        "A chain of 3 layers, padding valid. After 3 layers the sides are 5, 3, 1, nothing: the filter does "
        "not fit any more.");
  must(lesson, "seek", 1);
  CHECK(lesson.narrate() == "A chain of 3 layers, padding valid. After 2 layers the sides are 5, 3, 1.");
}
