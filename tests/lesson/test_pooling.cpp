// The lesson `pooling` against hand-worked numbers, and against a plain computation that shares nothing with
// the engine.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/lesson_fixture.h"
#include "lesson/pooling.h"

using namespace kg;

namespace {

std::vector<float> floats(const Json& list) { return list.get<std::vector<float>>(); }

// Pooling from its definition, in double precision, fed with nothing but what state() says.
struct Plain {
  int h, w, window, stride, out_h, out_w, top, left;
  bool max;
  std::vector<double> in;

  explicit Plain(const Json& state)
      : h(state["input"]["height"]),
        w(state["input"]["width"]),
        window(state["window"]),
        stride(state["stride"]),
        max(state["mode"] == "max"),
        in(state["input"]["values"].get<std::vector<double>>()) {
    const bool same = state["padding"] == "same";
    const auto axis = [&](int n, int& out, int& before) {
      out = same ? (n + stride - 1) / stride : (n - window) / stride + 1;
      before = same ? std::max((out - 1) * stride + window - n, 0) / 2 : 0;
    };
    axis(h, out_h, top);
    axis(w, out_w, left);
  }
  struct Found {
    double value = 0;
    int count = 0, winner = -1;
  };
  Found cell(int row, int col) const {
    Found found;
    double sum = 0, best = -1e300;
    for (int y = row * stride - top; y < row * stride - top + window; ++y) {
      for (int x = col * stride - left; x < col * stride - left + window; ++x) {
        if (y < 0 || x < 0 || y >= h || x >= w) continue;
        const double value = in[static_cast<std::size_t>(y * w + x)];
        sum += value;
        ++found.count;
        if (value > best) best = value, found.winner = y * w + x;
      }
    }
    found.value = max ? best : sum / found.count;
    return found;
  }
};

// A lesson in a random state, reached by legal verbs alone, and those verbs in `recipe`.
class RandomPooling {
 public:
  explicit RandomPooling(std::uint64_t seed) : lesson(seed), rng_(seed) {
    recipe = "PoolingLesson(" + std::to_string(seed) + ")";
    input();
    act(call("set_padding", rng_.below(2) ? "same" : "valid"));
    const Json in = lesson.state()["input"];
    const int fits = lesson.padding() == Padding::same
                         ? 8
                         : std::min({8, in["height"].get<int>(), in["width"].get<int>()});
    act(call("set_window", between(rng_, 1, fits)));
    act(call("set_stride", between(rng_, 1, 8)));
    if (rng_.below(2)) act(call("set_mode", "average"));
    act(call("seek", between(rng_, 0, lesson.timeline().steps() - 1)));
    if (rng_.below(2)) act(call("step_product", -between(rng_, 1, lesson.timeline().ticks())));
    if (rng_.below(3) == 0 && !is_computed(lesson.timeline(), lesson.timeline().step()))
      act(call("predict", static_cast<double>(rng_.uniform(-3, 3))));
    if (rng_.below(8) == 0) act(call("finish"));
  }

  PoolingLesson lesson;
  std::string recipe;

 private:
  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    const std::string sentence = refusal(lesson, made);
    REQUIRE(sentence == "");
  }
  void input() {
    switch (rng_.below(6)) {
      case 0:
        return;
      case 1:
        act(call("set_digit", between(rng_, 0, 9), between(rng_, 0, 1000)));
        return act(call("load_preset", "26x26"));
      case 2:
        act(call("set_colour_digit", between(rng_, 0, 9), between(rng_, 0, 1000)));
        return act(call("set_filter", rng_.below(2) ? "random" : "sobel_x"));
      default: {
        const int h = between(rng_, 2, 12), w = between(rng_, 2, 12);
        act(call("set_input", random_values(rng_, static_cast<std::size_t>(h * w), 3), h, w));
      }
    }
  }

  Rng rng_;
};

}  // namespace

TEST_CASE("lesson/pooling: the course's 4×4: the maxima of its four windows are 9, 8, 6 and 5") {
  PoolingLesson lesson(1);
  must(lesson, "load_preset", "4x4");
  Json state = lesson.state();
  CHECK(state["window"] == 2);
  CHECK(state["stride"] == 2);
  CHECK(state["padding"] == "valid");
  CHECK(state["mode"] == "max");
  CHECK(state["input"]["height"] == 4);
  CHECK(state["input"]["width"] == 4);
  CHECK(state["output"].dump() == R"({"height":2,"width":2,"channels":1,"values":[9.0,8.0,6.0,5.0]})");
  CHECK(state["winners"] == Json::array({4, 3, 8, 15}));  // each in another corner of its window
  must(lesson, "set_mode", "average");
  CHECK(floats(lesson.state()["output"]["values"]) == std::vector<float>{3.75f, 3.5f, 2.25f, 2});
  CHECK(lesson.state()["winners"].empty());
}

TEST_CASE("lesson/pooling: the course's 26×26: the digit's convolution, pooled to 13×13") {
  PoolingLesson lesson(1);
  must(lesson, "load_preset", "26x26");
  const Json state = lesson.state();
  REQUIRE(state["input"]["height"] == 26);
  REQUIRE(state["output"]["height"] == 13);
  REQUIRE(state["output"]["width"] == 13);
  // Top edge by hand: the row in the middle minus the row above.
  const Tensor& digit = lesson.picture().pixels();
  const std::vector<float> in = floats(state["input"]["values"]), out = floats(state["output"]["values"]);
  const auto edge = [&](int y, int x) {
    double sum = 0;
    for (int k = 0; k < 3; ++k)
      sum +=
          static_cast<double>(digit.at(0, y + 1, x + k, 0)) - static_cast<double>(digit.at(0, y, x + k, 0));
    return sum;
  };
  double most = 0;
  for (int y = 0; y < 13; ++y) {
    for (int x = 0; x < 13; ++x) {
      const double largest = std::max(
          {edge(2 * y, 2 * x), edge(2 * y, 2 * x + 1), edge(2 * y + 1, 2 * x), edge(2 * y + 1, 2 * x + 1)});
      CAPTURE(y);
      CAPTURE(x);
      CHECK(out[static_cast<std::size_t>(y * 13 + x)] == doctest::Approx(largest).epsilon(1e-5));
      most = std::max(most, largest);
    }
  }
  CHECK(most > 1);                                     // there is an edge
  CHECK(*std::min_element(in.begin(), in.end()) < 0);  // and no relu
  must(lesson, "load_preset", "digit");
  const std::vector<float> rectified = floats(lesson.state()["input"]["values"]);
  REQUIRE(rectified.size() == in.size());
  for (std::size_t i = 0; i < in.size(); ++i) CHECK(rectified[i] == std::max(in[i], 0.0f));
}

TEST_CASE("lesson/pooling: numbers that were handed in are pooled exactly, ties go to the first") {
  PoolingLesson lesson(1);
  must(lesson, "set_mode", "average");
  const std::vector<float> values{0.3f, 0.6f, 0.7f, 0.7f, 0, 0.1f,  //
                                  0.6f, 0.2f, 0.7f, 0.5f, 0, 0};
  must(lesson, "load_preset", "26x26");
  must(lesson, "set_input", values, 2, 6);
  const Json state = lesson.state();
  CHECK(floats(state["output"]["values"]) == std::vector<float>{0.6f, 0.7f, 0.1f});
  CHECK(state["winners"] == Json::array({1, 2, 5}));
  CHECK(floats(state["gradient"]["values"]) == std::vector<float>{0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
  CHECK(state["example"] == "own");
  must(lesson, "set_mode", "average");
  must(lesson, "set_window", 1);
  CHECK(floats(lesson.state()["output"]["values"]) == std::vector<float>{0.3f, 0.7f, 0});
}

TEST_CASE("lesson/pooling: output, winners, gradient and the way there agree with a plain computation") {
  int same = 0, overlapping = 0, skipping = 0;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    RandomPooling random(seed);
    INFO(random.recipe);
    PoolingLesson& lesson = random.lesson;
    const Json state = lesson.state();
    const Plain plain(state);
    REQUIRE(state["output"]["height"] == plain.out_h);
    REQUIRE(state["output"]["width"] == plain.out_w);
    REQUIRE(lesson.timeline().steps() == plain.out_h * plain.out_w);
    REQUIRE(lesson.timeline().ticks() == plain.window * plain.window);
    same += state["padding"] == "same", overlapping += lesson.overlapping(),
        skipping += plain.stride > plain.window;
    const std::vector<float> out = floats(state["output"]["values"]);
    std::vector<double> gradient(plain.in.size());
    for (int step = 0; step < lesson.timeline().steps(); ++step) {
      const PoolingLesson::Cell cell = lesson.cell(step);
      REQUIRE(lesson.step_of(cell) == step);
      const Plain::Found found = plain.cell(cell.row, cell.col);
      CAPTURE(step);
      CHECK(out[static_cast<std::size_t>(step)] == doctest::Approx(found.value).epsilon(1e-5));
      const PoolingLesson::SoFar known = lesson.so_far(cell, lesson.timeline().ticks());
      CHECK(known.inside == found.count);
      if (plain.max) {
        CHECK(state["winners"][static_cast<std::size_t>(step)] == found.winner);
        gradient[static_cast<std::size_t>(found.winner)] += 1;
      }
      for (const PoolingLesson::Place& place : lesson.places(cell)) {
        const bool inside = place.row >= 0 && place.col >= 0 && place.row < plain.h && place.col < plain.w;
        REQUIRE(place.inside == inside);
        if (!inside) continue;
        const auto at = static_cast<std::size_t>(place.row * plain.w + place.col);
        CHECK(static_cast<double>(place.value) == plain.in[at]);
        if (!plain.max) gradient[at] += 1.0 / found.count;
      }
    }
    const std::vector<float> flows = floats(state["gradient"]["values"]);
    for (std::size_t i = 0; i < flows.size(); ++i)
      CHECK(flows[i] == doctest::Approx(gradient[i]).epsilon(1e-5));
  }
  CHECK(same > 20);
  CHECK(overlapping > 20);
  CHECK(skipping > 20);
}

TEST_CASE("lesson/pooling: an input knows every output cell whose window it is in") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomPooling random(seed);
    INFO(random.recipe);
    const PoolingLesson& lesson = random.lesson;
    const Shape& shape = lesson.input().shape();
    std::vector<int> windows(shape.size());
    for (int step = 0; step < lesson.timeline().steps(); ++step) {
      for (const auto& place : lesson.places(lesson.cell(step))) {
        if (place.inside) ++windows[static_cast<std::size_t>(place.row * shape.w + place.col)];
      }
    }
    for (int row = 0; row < shape.h; ++row) {
      for (int col = 0; col < shape.w; ++col) {
        const PoolingLesson::Cells users = lesson.cells_using(row, col);
        const int count =
            std::max(users.bottom - users.top + 1, 0) * std::max(users.right - users.left + 1, 0);
        CHECK(count == windows[static_cast<std::size_t>(row * shape.w + col)]);
      }
    }
  }
}

TEST_CASE("lesson/pooling: within a step the values come one by one, and places outside do not count") {
  PoolingLesson lesson(1);
  must(lesson, "seek", 0);
  // The window holds 1 3 / 9 2.
  const float largest[] = {1, 3, 9, 9}, sums[] = {1, 4, 13, 15};
  must(lesson, "step_product", -4);
  CHECK_FALSE(lesson.state().contains("largest"));
  for (int i = 0; i < 4; ++i) {
    must(lesson, "step_product", 1);
    const Json state = lesson.state();
    CHECK(state["compared"] == i + 1);
    CHECK(state["largest"] == largest[i]);
    CHECK(state["sum"] == sums[i]);
  }
  CHECK(lesson.state()["block"] == Json::array({1.0, 3.0, 9.0, 2.0}));
  // 3×3, stride 3, same: Keras puts one row before and one behind 4 of them.
  must(lesson, "set_padding", "same"), must(lesson, "set_window", 3), must(lesson, "set_stride", 3);
  must(lesson, "set_mode", "average"), must(lesson, "seek", 0);
  const Json state = lesson.state();
  CHECK(state["block"].dump() == "[null,null,null,null,1.0,3.0,null,9.0,2.0]");
  CHECK(state["corner"].dump() == R"({"row":-1,"col":-1})");
  CHECK(state["inside"] == 4);
  CHECK(state["value"] == 3.75);
}

TEST_CASE("lesson/pooling: verbs refuse what is impossible with a sentence, and change nothing") {
  PoolingLesson lesson(1);
  must(lesson, "seek", 1);
  const std::string before = everything(lesson);
  struct Row {
    Call made;
    const char* says;
  };
  const Row rows[] = {
      {call("load_preset", "5x5"), "no example \"5x5\"; there are 4x4, 26x26 and digit"},
      {call("set_mode", "min"), "The mode is max or average"},
      {call("set_window", 0), "The window’s side is 1 to 8; 0 is outside"},
      {call("set_window", 9), "1 to 8; 9 is outside"},
      {call("set_window", 5), "A 5×5 window does not fit into a 4×4 image without padding"},
      {call("set_stride", 0), "The stride is 1 to 8; 0 is outside"},
      {call("set_stride", 9), "The stride is 1 to 8; 9 is outside"},
      {call("set_padding", "full"), "The padding is valid or same; \"full\" is neither"},
      {call("set_filter", "nonsense"), "There is no filter \"nonsense\""},
      {call("set_input", Json::array({1, 2, 3}), 2, 2), "has 4 values; 3 came"},
      {call("set_input", Json::array(), 0, 0), "0×0×1 is outside"},
      {call("set_input", Json::array({1, 2, 3}), 1, 3), "A 2×2 window does not fit into a 1×3 image"},
      {call("set_pixels", Json::array({1, 2, 3, 4}), 2, 2, 1), "does not fit into a 2×2 image"},
      {call("set_digit", 10), "A digit is 0 to 9"},
      {call("predict", 8), "This cell is computed already"},
      {call("seek", 4), "There is no step 4"},
  };
  for (const Row& row : rows) {
    INFO(row.made.text());
    const std::string sentence = refusal(lesson, row.made);
    CAPTURE(sentence);
    CHECK(contains(sentence, row.says));
    CHECK(difference(everything(lesson), before) == "");
  }
  must(lesson, "step_product", -1);
  CHECK(contains(refusal(lesson, call("predict", 1e7)), "goes from −1000000 to 1000000"));
}

TEST_CASE("lesson/pooling: an example brings its picture, window and mode with it") {
  PoolingLesson lesson(1);
  must(lesson, "set_pixels", std::vector<float>(25, 0.5f), 5, 5, 1);
  CHECK(lesson.state()["example"] == "digit");  // who brings a picture wants to see it pooled
  must(lesson, "set_window", 3), must(lesson, "set_mode", "average"), must(lesson, "set_filter", "blur");
  must(lesson, "load_preset", "26x26");
  const Json state = lesson.state();
  CHECK(state["input"]["height"] == 26);
  CHECK(state["filter"] == "top_edge");
  CHECK(state["mode"] == "max");
  CHECK(state["window"] == 2);
  must(lesson, "load_preset", "4x4");
  must(lesson, "set_filter", "left_edge");
  CHECK(lesson.state()["example"] == "digit");
  CHECK(lesson.state()["filter"] == "left_edge");
}

TEST_CASE("lesson/pooling: a fresh lesson has met no task, and each is solved by verbs") {
  const auto met = [](const PoolingLesson& lesson, const std::string& id) {
    for (const Task& task : lesson.tasks()) {
      if (task.id == id) return task.met;
    }
    FAIL("no task " << id);
    return false;
  };
  PoolingLesson lesson(1);
  CHECK(lesson.tasks().size() == 4);
  for (const Task& task : lesson.tasks()) CHECK_FALSE(task.met);

  must(lesson, "load_preset", "26x26");
  CHECK_FALSE(met(lesson, "nine_by_nine"));
  must(lesson, "set_stride", 3);
  CHECK(met(lesson, "nine_by_nine"));
  CHECK_FALSE(met(lesson, "overlap"));
  must(lesson, "set_stride", 1);
  CHECK(met(lesson, "overlap"));
  CHECK_FALSE(met(lesson, "keep_the_size"));
  must(lesson, "set_padding", "same");
  CHECK(met(lesson, "keep_the_size"));
  must(lesson, "set_window", 1);
  CHECK_FALSE(met(lesson, "keep_the_size"));

  must(lesson, "load_preset", "4x4"), must(lesson, "seek", 2), must(lesson, "step_product", -1);
  must(lesson, "predict", 5);
  must(lesson, "step_product", 1);
  CHECK_FALSE(met(lesson, "predict"));  // wrong
  must(lesson, "step_product", -1), must(lesson, "predict", 6);
  CHECK_FALSE(met(lesson, "predict"));  // right, but not computed yet
  must(lesson, "step_product", 1);
  CHECK(met(lesson, "predict"));
  must(lesson, "set_mode", "average");  // another question
  CHECK_FALSE(met(lesson, "predict"));
}

TEST_CASE("lesson/pooling: the narration names what is seen") {
  PoolingLesson lesson(1);
  must(lesson, "seek", 0);
  CHECK(
      lesson.narrate() ==
      "Output row 0, column 0. The window starts at input row 0, column 0; the largest of its 4 values is 9, "
      "at input row 1, column 0.");
  must(lesson, "step_product", -2);
  CHECK(contains(lesson.narrate(), "2 of its 4 places are visited, the largest value so far is 3."));
  must(lesson, "predict", 4.5);
  CHECK(contains(lesson.narrate(), "You predicted 4.5."));
  must(lesson, "step_product", 2);
  CHECK(contains(lesson.narrate(), "You predicted 4.5: no."));
  must(lesson, "set_mode", "average");
  CHECK(contains(lesson.narrate(), "its 4 values add up to 15, their mean is 3.75."));
  must(lesson, "step_product", -1);
  CHECK(contains(lesson.narrate(), "their sum so far is 13."));
  must(lesson, "finish");
  CHECK(lesson.narrate() == "All 4 output cells are computed: 2 by 2.");
}

TEST_CASE("lesson/pooling: the Keras code is that of its settings") {
  PoolingLesson lesson(1);
  std::string code = lesson.keras_code();
  CHECK(contains(code, "import MaxPooling2D\n"));
  CHECK(contains(code, "Input(shape=(4, 4, 1))"));
  CHECK(
      contains(code, "MaxPooling2D(pool_size=(2, 2),\n                 strides=(2, 2), padding=\"valid\"),"));
  must(lesson, "set_colour_digit", 3);
  must(lesson, "set_mode", "average"), must(lesson, "set_window", 3), must(lesson, "set_padding", "same");
  code = lesson.keras_code();
  CHECK(contains(code, "import Conv2D, AveragePooling2D\n"));
  CHECK(contains(code, "Input(shape=(28, 28, 3))"));
  CHECK(contains(code, "padding=\"valid\", activation=\"relu\", use_bias=False),"));
  CHECK(contains(code, "AveragePooling2D(pool_size=(3, 3),"));
  CHECK(contains(code, "strides=(2, 2), padding=\"same\"),"));
  must(lesson, "load_preset", "26x26");
  CHECK(contains(lesson.keras_code(), "Input(shape=(26, 26, 1))"));
  CHECK_FALSE(contains(lesson.keras_code(), "Conv2D"));
}

TEST_CASE("lesson/pooling: every random setup comes back from its link") {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    RandomPooling random(seed);
    INFO(random.recipe);
    PoolingLesson again(99);
    for (const std::string& notice : again.load(random.lesson.save())) CHECK(notice == "");
    CHECK(difference(everything(again), everything(random.lesson)) == "");
  }
}

TEST_CASE("lesson/pooling: each bad value in a link gives one notice and the default") {
  const std::string fresh = everything(PoolingLesson(1));
  for (const auto& [key, value] : LinkParams{{"example", "5x5"},
                                             {"numbers", "2x2x3:AAAA"},
                                             {"filter", "top_edge~blur"},
                                             {"filter", "nonsense"},
                                             {"mode", "min"},
                                             {"window", "9"},
                                             {"window", "5"},
                                             {"window", "x"},
                                             {"stride", "0"},
                                             {"padding", "full"},
                                             {"guess", "4:1"},
                                             {"guess", "1"},
                                             {"guess", "0:nan"},
                                             {"at", "4"},
                                             {"nonsense", "1"}}) {
    INFO(key << "=" << value);
    PoolingLesson lesson(1);
    CHECK(lesson.load({{key, value}}).size() == 1);
    CHECK(difference(everything(lesson), fresh) == "");
  }
}

TEST_CASE("lesson/pooling: stepping back through everything shows what stepping forward showed") {
  PoolingLesson lesson(1);
  must(lesson, "set_stride", 1);
  must(lesson, "scrub", 0);
  std::vector<std::string> moments;
  while (!lesson.timeline().at_end()) {
    moments.push_back(everything(lesson));
    must(lesson, "step_product", 1);
  }
  REQUIRE(moments.size() == 9 * 5);
  while (!moments.empty()) {
    must(lesson, "step_product", -1);
    CHECK(difference(everything(lesson), moments.back()) == "");
    moments.pop_back();
  }
}

TEST_CASE("lesson/pooling: one number of the 4×4 example can be changed, and the output follows") {
  PoolingLesson lesson(1);
  must(lesson, "load_preset", "4x4");
  const float first = lesson.output().at(0, 0, 0, 0), last = lesson.output().at(0, 1, 1, 0);
  must(lesson, "set_cell", 1, 0, 12.5);
  CHECK(lesson.output().at(0, 0, 0, 0) == 12.5f);
  CHECK(lesson.winner({0, 0}).row == 1);
  CHECK(lesson.winner({0, 0}).col == 0);
  CHECK(lesson.output().at(0, 1, 1, 0) == last);
  CHECK(first != 12.5f);
  PoolingLesson again(9);
  CHECK(again.load(lesson.save()).empty());
  CHECK(difference(everything(again), everything(lesson)) == "");
  const std::string before = everything(lesson);
  CHECK(contains(refusal(lesson, call("set_cell", 4, 0, 1)), "row 4, column 0 is outside"));
  CHECK(contains(refusal(lesson, call("set_cell", 0, -1, 1)), "outside"));
  CHECK(difference(everything(lesson), before) == "");
  must(lesson, "load_preset", "26x26");
  CHECK(contains(refusal(lesson, call("set_cell", 0, 0, 1)), "from the picture"));
}
