// The lesson `convolution` against hand-worked numbers, and against a plain computation that shares nothing
// with the engine.
#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "data/picture_text.h"
#include "engine/tolerance.h"
#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

// A second conv2d, written from the definition in double precision, fed with nothing but what state() says.
struct Plain {
  int h, w, c, count, stride, out_h, out_w, top, left;
  bool flipped;
  std::vector<double> in;
  std::vector<std::vector<double>> filters;

  explicit Plain(const Json& state)
      : h(state["input"]["height"]),
        w(state["input"]["width"]),
        c(state["input"]["channels"]),
        count(static_cast<int>(state["filters"].size())),
        stride(state["stride"]),
        flipped(state["flipped"]),
        in(state["input"]["values"].get<std::vector<double>>()) {
    for (const Json& filter : state["filters"])
      filters.push_back(filter["values"].get<std::vector<double>>());
    if (state["padding"] == "same") {
      out_h = static_cast<int>(std::ceil(h / static_cast<double>(stride)));
      out_w = static_cast<int>(std::ceil(w / static_cast<double>(stride)));
      top = std::max((out_h - 1) * stride + 3 - h, 0) / 2;
      left = std::max((out_w - 1) * stride + 3 - w, 0) / 2;
    } else {
      out_h = static_cast<int>(std::ceil((h - 2) / static_cast<double>(stride)));
      out_w = static_cast<int>(std::ceil((w - 2) / static_cast<double>(stride)));
      top = left = 0;
    }
  }
  double pixel(int y, int x, int i) const {
    return y < 0 || x < 0 || y >= h || x >= w ? 0 : in[static_cast<std::size_t>((y * w + x) * c + i)];
  }
  double weight(int o, int y, int x, int i) const {
    if (flipped) y = 2 - y, x = 2 - x;
    return filters[static_cast<std::size_t>(o)][static_cast<std::size_t>((y * 3 + x) * c + i)];
  }
  template <class Each>  // each(pixel, weight) in the order of the block
  void window(int row, int col, int o, Each each) const {
    for (int y = 0; y < 3; ++y) {
      for (int x = 0; x < 3; ++x) {
        for (int i = 0; i < c; ++i)
          each(pixel(row * stride - top + y, col * stride - left + x, i), weight(o, y, x, i));
      }
    }
  }
  double sum(int row, int col, int o) const {
    double total = 0;
    window(row, col, o, [&](double p, double q) { total += p * q; });
    return total;
  }
  double largest(const std::vector<double>& values) const {
    double most = 0;
    for (const double v : values) most = std::max(most, std::abs(v));
    return most;
  }
};

std::vector<float> floats(const Json& list) { return list.get<std::vector<float>>(); }

// 5 high, 4 wide: not square, and every row different.
const std::vector<float> kFiveByFour{0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1, 2, 3, 0, 0, 1};

}  // namespace

TEST_CASE("lesson/convolution: hand-worked: the course's top edge on a picture of 5×4") {
  // 0 0 0 0      −1 −1 −1     row 0: −(0+0+0) + (1+1+0) = 2    −(0+0+0) + (1+0+0) = 1
  // 1 1 0 0       1  1  1     row 1: −(1+1+0) + (0+1+1) = 0    −(1+0+0) + (1+1+1) = 2
  // 0 1 1 1       0  0  0     row 2: −(0+1+1) + (0+0+1) = −1   −(1+1+1) + (0+1+2) = 0
  // 0 0 1 2
  // 3 0 0 1
  Convolution lesson(1);
  must(lesson, "set_pixels", kFiveByFour, 5, 4, 1);
  const Json state = lesson.state();
  CHECK(state["output"].dump() ==
        R"({"height":3,"width":2,"channels":1,"values":[2.0,1.0,0.0,2.0,-1.0,0.0]})");
  CHECK(lesson.timeline().steps() == 6);
  CHECK(lesson.timeline().ticks() == 9);
  must(lesson, "seek", 4);
  const Json at = lesson.state();
  CHECK(at["window"].dump() == R"({"row":2,"col":0,"channel":0})");
  CHECK(floats(at["block"]) == std::vector<float>{0, 1, 1, 0, 0, 1, 3, 0, 0});
  CHECK(floats(at["products"]) == std::vector<float>{0, -1, -1, 0, 0, 1, 0, 0, 0});
  CHECK(at["sum"] == -1);
  CHECK(at["shown"] == 4);
  CHECK(at["product"] == 9);
  CHECK(lesson.narrate() ==
        "Output row 2, column 0. The window starts at input row 2, column 0; its 9 products add up to −1, "
        "a negative response.");
  // Flipped by half a turn: 0 0 0 / 1 1 1 / −1 −1 −1.  Row 0: (1+1+0) − (0+1+1) = 0, (1+0+0) − (1+1+1) = −2;
  // …
  must(lesson, "set_flipped", true);
  CHECK(floats(lesson.state()["output"]["values"]) == std::vector<float>{0, -2, 1, 0, -2, 2});
  CHECK(floats(lesson.state()["filters"][0]["values"]) == std::vector<float>{-1, -1, -1, 1, 1, 1, 0, 0, 0});
  CHECK(floats(lesson.state()["products"]) == std::vector<float>{0, 0, 0, 0, 0, 1, -3, 0, 0});
}

TEST_CASE("lesson/convolution: hand-worked: same padding, stride 2, two channels, two filters") {
  // Channel 0: 1 2 / 3 4; channel 1 is ten times that. Stride 2 and same: one output cell; one row of zeros
  // at the bottom, one column at the right, so the window begins at the first pixel.
  Convolution lesson(1);
  must(lesson, "set_padding", "same");
  must(lesson, "set_pixels", std::vector<float>{1, 10, 2, 20, 3, 30, 4, 40}, 2, 2, 2);
  must(lesson, "set_stride", 2);
  std::vector<float> ones(18, 1.0f), second(18, 0.0f);
  second[1] = 2;                 // upper left, channel 1
  second[2 * (1 * 3 + 1)] = -1;  // middle, channel 0
  must(lesson, "set_filter", 0, ones);
  must(lesson, "set_filter", 1, second);
  const Json state = lesson.state();
  CHECK(state["output"].dump() == R"({"height":1,"width":1,"channels":2,"values":[110.0,16.0]})");
  must(lesson, "seek", 1);
  CHECK(lesson.state()["window"].dump() == R"({"row":0,"col":0,"channel":1})");
  CHECK(floats(lesson.state()["block"]) ==
        std::vector<float>{1, 10, 2, 20, 0, 0, 3, 30, 4, 40, 0, 0, 0, 0, 0, 0, 0, 0});
  CHECK(floats(lesson.state()["products"]) ==
        std::vector<float>{0, 20, 0, 0, 0, 0, 0, 0, -4, 0, 0, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("lesson/convolution: a step is one output cell, row by row, filter by filter") {
  Convolution lesson(1);
  must(lesson, "set_pixels", std::vector<float>(5 * 6), 5, 6, 1);
  must(lesson, "add_filter", "blur");
  must(lesson, "add_filter", "identity");
  REQUIRE(lesson.timeline().steps() == 3 * 4 * 3);
  int step = 0;
  for (int channel = 0; channel < 3; ++channel) {
    for (int row = 0; row < 3; ++row) {
      for (int col = 0; col < 4; ++col, ++step) {
        must(lesson, "seek", step);
        const Convolution::Cell expected{row, col, channel};
        CAPTURE(step);
        CHECK(lesson.cell(step) == expected);
        CHECK(lesson.step_of(expected) == step);
        const Json window = lesson.state()["window"];
        CHECK(window["row"] == row);
        CHECK(window["col"] == col);
        CHECK(window["channel"] == channel);
        CHECK(lesson.state()["shown"] == step);
        for (int o = 0; o < 3; ++o) CHECK(lesson.written(o) == std::clamp(step - 12 * o, 0, 12));
      }
    }
  }
  must(lesson, "step", 1);
  CHECK(lesson.timeline().at_end());
  CHECK(lesson.state()["shown"] == 36);
  CHECK(lesson.written(2) == 12);
}

TEST_CASE("lesson/convolution: window, block, products, sum and output agree with a plain computation") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomConvolution random(seed);
    Convolution& lesson = random.lesson;
    INFO(random.recipe);
    const Plain plain(lesson.state());
    const Json whole = lesson.state()["output"];
    REQUIRE(whole["height"] == plain.out_h);
    REQUIRE(whole["width"] == plain.out_w);
    REQUIRE(whole["channels"] == plain.count);
    const std::vector<float> output = floats(whole["values"]);
    double weights = 0;
    for (const std::vector<double>& filter : plain.filters)
      weights = std::max(weights, plain.largest(filter));
    const double tolerance = sum_of_products_tolerance(9 * plain.c, plain.largest(plain.in), weights, 0);
    for (int y = 0; y < plain.out_h; ++y) {
      for (int x = 0; x < plain.out_w; ++x) {
        for (int o = 0; o < plain.count; ++o) {
          const double value =
              static_cast<double>(output[static_cast<std::size_t>((y * plain.out_w + x) * plain.count + o)]);
          if (std::abs(value - plain.sum(y, x, o)) > tolerance) {
            FAIL("output (" << y << ", " << x << ", " << o << ") is " << value << ", not "
                            << plain.sum(y, x, o));
          }
        }
      }
    }
    Rng rng(seed);
    for (int look = 0; look < 6; ++look) {
      const int step = between(rng, 0, lesson.timeline().steps() - 1);
      must(lesson, "seek", step);
      const Json state = lesson.state();
      const int row = state["window"]["row"], col = state["window"]["col"], o = state["window"]["channel"];
      INFO("step " << step << ": row " << row << ", column " << col << ", channel " << o);
      CHECK(step == (o * plain.out_h + row) * plain.out_w + col);
      const std::vector<float> block = floats(state["block"]), products = floats(state["products"]);
      REQUIRE(block.size() == static_cast<std::size_t>(9 * plain.c));
      REQUIRE(products.size() == block.size());
      std::size_t k = 0;
      plain.window(row, col, o, [&](double pixel, double weight) {
        CHECK(static_cast<double>(block[k]) == pixel);
        CHECK(products[k] == static_cast<float>(pixel) * static_cast<float>(weight));
        ++k;
      });
      CHECK(state["sum"].get<float>() ==
            output[static_cast<std::size_t>((row * plain.out_w + col) * plain.count + o)]);
      const Convolution::Window window = lesson.window({row, col, o});
      CHECK(window.top == row * plain.stride - plain.top);
      CHECK(window.left == col * plain.stride - plain.left);
      CHECK(window.height == 3);
      CHECK(window.width == 3);
    }
  }
}

TEST_CASE("lesson/convolution: an input pixel knows every output cell that uses it") {
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    RandomConvolution random(seed);
    const Convolution& lesson = random.lesson;
    INFO(random.recipe);
    const Shape in = lesson.input().shape(), out = lesson.output().shape();
    for (int row = 0; row < in.h; ++row) {
      for (int col = 0; col < in.w; ++col) {
        const Convolution::Cells said = lesson.cells_using(row, col);
        for (int y = 0; y < out.h; ++y) {
          for (int x = 0; x < out.w; ++x) {
            const Convolution::Window w = lesson.window({y, x, 0});
            const bool uses = row >= w.top && row < w.top + 3 && col >= w.left && col < w.left + 3;
            const bool listed = y >= said.top && y <= said.bottom && x >= said.left && x <= said.right;
            if (uses != listed) {
              FAIL("pixel (" << row << ", " << col << "), cell (" << y << ", " << x
                             << "): " << (uses ? "uses it, not said" : "said, does not"));
            }
          }
        }
        if (said.top <= said.bottom && said.left <= said.right) {
          REQUIRE((said.top >= 0 && said.left >= 0 && said.bottom < out.h && said.right < out.w));
        }
      }
    }
  }
}

TEST_CASE("lesson/convolution: state() has the keys of its contract, and numbers are numbers") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomConvolution random(seed);
    INFO(random.recipe);
    const Json state = random.lesson.state();
    const auto picture = [](const Json& p) {
      REQUIRE(p.is_object());
      for (const char* key : {"height", "width", "channels"}) {
        CAPTURE(key);
        REQUIRE(p.contains(key));
        CHECK(p[key].is_number_integer());
      }
      REQUIRE(p.contains("values"));
      CHECK(p["values"].size() == p["height"].get<std::size_t>() * p["width"].get<std::size_t>() *
                                      p["channels"].get<std::size_t>());
      for (const Json& value : p["values"])
        REQUIRE((value.is_number() && std::isfinite(value.get<double>())));
    };
    for (const char* key : {"input", "filters", "stride", "padding", "flipped", "window", "block", "products",
                            "sum", "shown", "output"}) {
      CAPTURE(key);
      REQUIRE(state.contains(key));
    }
    picture(state["input"]);
    picture(state["output"]);
    REQUIRE(state["filters"].is_array());
    for (const Json& filter : state["filters"]) {
      picture(filter);
      CHECK(filter["height"] == 3);
      CHECK(filter["width"] == 3);
      CHECK(filter["channels"] == state["input"]["channels"]);
    }
    CHECK(state["stride"].is_number_integer());
    CHECK((state["padding"] == "valid" || state["padding"] == "same"));
    CHECK(state["flipped"].is_boolean());
    for (const char* key : {"row", "col", "channel"}) CHECK(state["window"][key].is_number_integer());
    for (const char* key : {"block", "products"}) {
      CHECK(state[key].size() == 9 * state["input"]["channels"].get<std::size_t>());
      for (const Json& value : state[key]) CHECK(value.is_number());
    }
    CHECK(state["sum"].is_number());
    CHECK(state["shown"].is_number_integer());
    CHECK(state["input"]["source"]["kind"].is_string());
  }
}

TEST_CASE("lesson/convolution: a moment is a pure function of state and position") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    RandomConvolution random(seed);
    Convolution& lesson = random.lesson;
    INFO(random.recipe);
    Rng rng(seed);
    const int steps = lesson.timeline().steps();
    for (int trial = 0; trial < 4; ++trial) {
      const int k = between(rng, 0, steps - 1);
      must(lesson, "seek", k);
      const std::string once = everything(lesson);
      INFO("step " << k);
      must(lesson, "finish"), must(lesson, "seek", k);
      CHECK(difference(everything(lesson), once) == "");
      must(lesson, "seek", 0), must(lesson, "step", k);
      CHECK(difference(everything(lesson), once) == "");
      must(lesson, "finish"), must(lesson, "step", k - steps);
      CHECK(difference(everything(lesson), once) == "");
      must(lesson, "step_product", 5), must(lesson, "step_product", -5);
      if (k < steps - 1) CHECK(difference(everything(lesson), once) == "");
      must(lesson, "seek", k), must(lesson, "play");
      lesson.advance(0.01 + rng.uniform());
      must(lesson, "pause"), must(lesson, "seek", k);
      CHECK(difference(everything(lesson), once) == "");
      must(lesson, "scrub", k + static_cast<double>(rng.uniform())),
          must(lesson, "scrub", k + Timeline::kRest);
      CHECK(difference(everything(lesson), once) == "");
    }
  }
}

TEST_CASE("lesson/convolution: stepping back through everything shows what stepping forward showed") {
  Convolution lesson(1);
  must(lesson, "set_pixels", kFiveByFour, 5, 4, 1);
  must(lesson, "add_filter", "sobel_x");
  must(lesson, "scrub", 0);
  std::vector<std::string> seen;
  while (!lesson.timeline().at_end()) {
    seen.push_back(everything(lesson));
    must(lesson, "step_product", 1);
    REQUIRE(seen.size() < 1000);
  }
  CHECK(seen.size() == 12 * 10);
  while (!seen.empty()) {
    must(lesson, "step_product", -1);
    INFO(seen.size() << " from the start");
    REQUIRE(difference(everything(lesson), seen.back()) == "");
    seen.pop_back();
  }
}

TEST_CASE("lesson/convolution: a fresh lesson opens at the first filter's strongest response") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Convolution lesson(seed);
    const Json state = lesson.state();
    float strongest = state["output"]["values"][0];
    for (const float v : floats(state["output"]["values"])) strongest = std::max(strongest, v);
    CAPTURE(seed);
    CHECK(state["sum"].get<float>() == strongest);
    CHECK(strongest > 0);
    CHECK(lesson.timeline().ticks_shown() == 9);
    CHECK_FALSE(lesson.timeline().playing());
    CHECK(lesson.seed() == seed);
  }
}

TEST_CASE("lesson/convolution: an edit keeps the place, or the nearest that still exists") {
  Convolution lesson(1);
  must(lesson, "add_filter", "blur");
  must(lesson, "seek", lesson.step_of({20, 7, 1}));
  must(lesson, "set_padding", "same");
  CHECK(lesson.cell(lesson.timeline().step()) == Convolution::Cell{20, 7, 1});
  must(lesson, "step_product", -4);
  must(lesson, "set_cell", 1, 0, 0, 3);
  CHECK(lesson.cell(lesson.timeline().step()) == Convolution::Cell{20, 7, 1});
  CHECK(lesson.timeline().ticks_shown() == 5);
  must(lesson, "set_stride", 2);
  CHECK(lesson.cell(lesson.timeline().step()) == Convolution::Cell{13, 7, 1});
  must(lesson, "remove_filter", 1);
  CHECK(lesson.cell(lesson.timeline().step()) == Convolution::Cell{13, 7, 0});
  must(lesson, "finish");
  must(lesson, "set_stride", 1);
  CHECK(lesson.timeline().at_end());
  must(lesson, "set_digit", 3);
  CHECK(lesson.timeline().at_end());
}

TEST_CASE("lesson/convolution: an edit while it plays does not stop it") {
  Convolution lesson(1);
  must(lesson, "play");
  must(lesson, "set_preset", 0, "blur");
  CHECK(lesson.timeline().playing());
  must(lesson, "seek", 3);
  CHECK(lesson.timeline().playing());
}

TEST_CASE("lesson/convolution: verbs refuse what is impossible with a sentence, and change nothing") {
  const std::vector<float> nine(9), ten(10);
  std::vector<float> large = nine;
  large[4] = 1000.5f;
  const Json bytes = Json::binary({0, 0, 8, 3, 0, 0}), no_bytes = Json::binary({});
  const Call calls[] = {
      call("nonsense"),
      call(""),
      call("Seek", 0),
      call("seek"),
      call("seek", 1, 2),
      call("seek", "1"),
      call("seek", 1.5),
      call("seek", -1),
      call("seek", 676 * 2),
      call("seek", 9e15),
      call("seek", nullptr),
      call("step", 0.5),
      call("step", "1"),
      call("step"),
      call("step_product", "1"),
      call("scrub", "1"),
      call("scrub"),
      call("play", 1),
      call("pause", true),
      call("finish", 0),
      call("set_speed", 0),
      call("set_speed", -1),
      call("set_speed", 1e9),
      call("set_speed", "2"),
      call("set_digit", 10),
      call("set_digit", -1),
      call("set_digit", 3.5),
      call("set_digit", "7"),
      call("set_digit", 9e15),
      call("set_digit", 7, 1.5),
      call("set_digit", 7, "1"),
      call("set_digit", 7, 1, 1),
      call("set_digit", 7, 1e17),
      call("set_digit", 7, -1),
      call("set_colour_digit", 7, -1),
      call("set_colour_digit", 11),
      call("set_pixels", nine, 3, 3),
      call("set_pixels", nine, 3, 3, 2),
      call("set_pixels", nine, 0, 9, 1),
      call("set_pixels", nine, -3, -3, 1),
      call("set_pixels", nine, 9e15, 9e15, 9e15),
      call("set_pixels", "999", 3, 3, 1),
      call("set_pixels", Json::array({1, 2, 3, 4, 5, 6, 7, 8, nullptr}), 3, 3, 1),
      call("set_pixels", std::vector<float>(9, 2e6f), 3, 3, 1),
      call("set_pixels", std::vector<float>(4), 2, 2, 1),  // a 3×3 filter does not fit into it
      call("set_pixels", std::vector<float>(8), 2, 4, 1),
      call("set_pixels", std::vector<float>(300), 300, 1, 1),
      call("set_filter", 0, ten),
      call("set_filter", 0, Json::array()),
      call("set_filter", 3, nine),
      call("set_filter", -1, nine),
      call("set_filter", 9e15, nine),
      call("set_filter", 0, large),
      call("set_filter", 0, std::vector<float>(27)),
      call("set_filter", 0.5, nine),
      call("set_filter", nine, 0),
      call("set_cell", 0, 3, 0, 1),
      call("set_cell", 0, 0, 3, 1),
      call("set_cell", 0, -1, 0, 1),
      call("set_cell", 2, 0, 0, 1),
      call("set_cell", -1, 0, 0, 1),
      call("set_cell", 0, 0, 0, 1001),
      call("set_cell", 0, 0, 0, -1e300),
      call("set_cell", 0, 0, 0, "1"),
      call("set_cell", 0, 0, 0),
      call("set_cell", 0, 0, 0, 1, 1),
      call("set_cell", 0, 0, 0, 1, -1),
      call("set_cell", 0, 0, 0, 1, 0, 0),
      call("set_preset", 0, "none of them"),
      call("set_preset", 3, "blur"),
      call("set_preset", -1, "blur"),
      call("set_preset", 0),
      call("set_preset", "blur", 0),
      call("add_filter", "none of them"),
      call("add_filter"),
      call("add_filter", 1),
      call("remove_filter", 2),
      call("remove_filter", -1),
      call("remove_filter"),
      call("set_stride", 0),
      call("set_stride", -1),
      call("set_stride", 29),
      call("set_stride", 1.5),
      call("set_stride", "2"),
      call("set_stride", 9e15),
      call("set_stride"),
      call("set_padding", "Same"),
      call("set_padding", ""),
      call("set_padding", 1),
      call("set_padding"),
      call("set_flipped", 1),
      call("set_flipped", "true"),
      call("set_flipped"),
      call("add_stroke", Json::array()),
      call("add_stroke", Json::array({0.5})),
      call("add_stroke", Json::array({0.1, 0.2, 0.3})),
      call("add_stroke", Json::array({0.1, 0.2}), Json::array({1, 1})),
      call("add_stroke", "x"),
      call("undo_stroke"),
      call("undo_stroke", 1),
      call("load_idx", "cut", bytes),
      call("load_idx", "empty", no_bytes),
      call("load_idx", "null", nullptr),
      call("load_idx", bytes),
      call("load_idx", bytes, "cut"),
      call("select_image", 0),
      call("select_image", "0"),
      call("load_image", "x", bytes, 1, 2),
      call("load_image", "x", bytes, -1, -1),
      call("load_image", "x", no_bytes, 0, 0),
      call("load_image", "x", bytes, 9e15, 9e15),
      call("set_photo_colour", true),
      call("set_photo_colour", 1),
  };
  for (const Call& made : calls) {
    Convolution lesson(1);
    must(lesson, "add_filter", "blur");
    must(lesson, "seek", 123);
    must(lesson, "step_product", -2);
    must(lesson, "play");
    const std::string before = everything(lesson);
    INFO(made.text());
    const std::string sentence = refusal(lesson, made);
    CAPTURE(sentence);
    CHECK(sentence.size() > 10);
    CHECK(sentence.ends_with("."));
    CHECK(sentence.find("nan") == std::string::npos);
    CHECK(difference(everything(lesson), before) == "");
  }
}

TEST_CASE("lesson/convolution: who calls a verb wrongly is told how it is written") {
  Convolution lesson(1);
  CHECK(refusal(lesson, call("set_stride")) == "set_stride(n) takes 1 argument; 0 came.");
  CHECK(refusal(lesson, call("set_stride", "2")) == "set_stride(n): n must be a whole number (1 to 28).");
}

TEST_CASE("lesson/convolution: at the limits, the refusals of nine filters and of the last one") {
  Convolution lesson(1);
  CHECK(refusal(lesson, call("remove_filter", 0)) == "This is the only filter; a convolution needs one.");
  for (int i = 1; i < 8; ++i) must(lesson, "add_filter", "random");
  const std::string before = everything(lesson);
  CHECK(contains(refusal(lesson, call("add_filter", "blur")), "0 to 7"));
  CHECK(contains(refusal(lesson, call("set_filter", 8, std::vector<float>(9))), "0 to 7"));
  CHECK(difference(everything(lesson), before) == "");
  CHECK(lesson.state()["output"]["channels"] == 8);
  std::set<std::string> different;
  const Json state = lesson.state();
  for (const Json& filter : state["filters"]) different.insert(filter["values"].dump());
  CHECK(different.size() == 8);  // each random filter is another one
}

TEST_CASE("lesson/convolution: a stride never exceeds what its picture allows") {
  Convolution lesson(1);
  must(lesson, "set_stride", 20);
  const std::string before = everything(lesson);
  const std::string sentence = refusal(lesson, call("set_pixels", std::vector<float>(9), 3, 3, 1));
  if (sentence.empty()) {
    CHECK(lesson.stride() <= Convolution::kMaxStride);
  } else {
    CHECK(difference(everything(lesson), before) == "");
  }
}

TEST_CASE("lesson/convolution: the narration names what is seen") {
  Convolution lesson(1);
  std::vector<float> values(25);
  values[7] = 1;
  must(lesson, "set_pixels", values, 5, 5, 1);
  must(lesson, "set_filter", 0, std::vector<float>{0, 0, 0, 0, 2, 0, 0, 0, -0.5f});
  must(lesson, "seek", 1);
  CHECK(lesson.narrate() ==
        "Output row 0, column 1. The window starts at input row 0, column 1; its 9 products add up to 2, "
        "a strong positive response.");
  must(lesson, "seek", 8);
  CHECK(contains(lesson.narrate(), "add up to 0, no response."));
  must(lesson, "set_padding", "same");
  must(lesson, "add_filter", "identity");
  must(lesson, "seek", lesson.step_of({0, 0, 1}));
  CHECK(contains(
      lesson.narrate(),
      "Output row 0, column 0, filter 1. The window starts at input row −1, column −1; its 9 products"));
  must(lesson, "set_pixels", std::vector<float>(75), 5, 5, 3);
  CHECK(contains(lesson.narrate(), "its 27 products add up to 0, no response."));
  must(lesson, "finish");
  CHECK(lesson.narrate() == "All 50 output cells are computed: 2 channels of 5 by 5.");
  must(lesson, "remove_filter", 0);
  CHECK(lesson.narrate() == "All 25 output cells are computed: 1 channel of 5 by 5.");
}

TEST_CASE("lesson/convolution: the Keras code is that of its settings") {
  Convolution lesson(1);
  CHECK(contains(lesson.keras_code(), "Input(shape=(28, 28, 1))"));
  CHECK(contains(
      lesson.keras_code(),
      "Conv2D(filters=1, kernel_size=(3, 3),\n           strides=1, padding=\"valid\", use_bias=False)"));
  CHECK_FALSE(contains(lesson.keras_code(), "flip"));
  must(lesson, "set_pixels", std::vector<float>(60), 4, 5, 3);
  must(lesson, "add_filter", "blur");
  must(lesson, "set_stride", 2);
  must(lesson, "set_padding", "same");
  must(lesson, "set_flipped", true);
  CHECK(contains(lesson.keras_code(), "Input(shape=(4, 5, 3))"));
  CHECK(contains(
      lesson.keras_code(),
      "Conv2D(filters=2, kernel_size=(3, 3),\n           strides=2, padding=\"same\", use_bias=False)"));
  CHECK(contains(lesson.keras_code(), "kernel[::-1, ::-1]"));
}

TEST_CASE("lesson/convolution: every random setup comes back from its link") {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    const RandomConvolution random(seed);
    const LinkParams params = random.lesson.save();
    std::string link;
    for (const auto& [key, value] : params) link += key + "=" + value.substr(0, 80) + "&";
    INFO(random.recipe);
    INFO(link);
    Convolution back(1);
    const std::vector<std::string> notices = back.load(params);
    CHECK((notices.empty() ? "" : notices[0]) == "");
    Json expected = random.lesson.state(), got = back.state();
    for (Json* state : {&expected, &got}) {
      for (Json& filter : (*state)["filters"]) filter.erase("name");  // has its own test in the filter bank
    }
    CHECK(difference(got.dump(), expected.dump()) == "");
    CHECK(back.timeline().ticks_shown() == random.lesson.timeline().ticks_shown());
    CHECK(back.timeline().at_end() == random.lesson.timeline().at_end());
    CHECK(back.keras_code() == random.lesson.keras_code());
    CHECK(back.narrate() == random.lesson.narrate());
  }
}

TEST_CASE("lesson/convolution: the order within a link is free") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const RandomConvolution random(seed);
    LinkParams params = random.lesson.save();
    INFO(random.recipe);
    Convolution straight(1), shuffled(1);
    CHECK(straight.load(params).empty());
    Rng rng(seed);
    for (std::size_t i = params.size(); i > 1; --i)
      std::swap(params[i - 1], params[rng.below(static_cast<std::uint32_t>(i))]);
    std::string order;
    for (const auto& [key, value] : params) order += key + " ";
    INFO(order);
    CHECK(shuffled.load(params).empty());
    REQUIRE(difference(everything(shuffled), everything(straight)) == "");
  }
}

TEST_CASE("lesson/convolution: a smaller picture under a large stride comes back from its link") {
  Convolution lesson(1);
  must(lesson, "set_stride", 20);
  if (!refusal(lesson, call("set_pixels", std::vector<float>(30, 0.5f), 5, 6, 1)).empty()) return;
  Convolution back(1);
  const std::vector<std::string> notices = back.load(lesson.save());
  CHECK((notices.empty() ? "" : notices[0]) == "");
  CHECK(difference(everything(back), everything(lesson)) == "");
}

TEST_CASE("lesson/convolution: any speed comes back from its link") {
  for (const double speed : {2.0, 0.02, 1.0 / 3, 0.0833333333333, 676.0, 20000.0, 19999.999}) {
    Convolution lesson(1), back(1);
    must(lesson, "set_speed", speed);
    CHECK(back.load(lesson.save()).empty());
    CHECK(back.timeline().speed() == lesson.timeline().speed());
  }
}

TEST_CASE("lesson/convolution: each bad value in a link gives one notice and the default") {
  const std::string fresh = everything(Convolution(1));
  const std::pair<const char*, const char*> rows[] = {
      {"stride", "0"},
      {"stride", "-1"},
      {"stride", "29"},
      {"stride", "two"},
      {"stride", ""},
      {"stride", "1.5"},
      {"stride", "2 "},
      {"stride", "99999999999999999999"},
      {"padding", "Same"},
      {"padding", ""},
      {"flip", "maybe"},
      {"flip", ""},
      {"flip", "2"},
      {"speed", "fast"},
      {"speed", ""},
      {"speed", "0"},
      {"speed", "nan"},
      {"speed", "inf"},
      {"speed", "1e400"},
      {"speed", "3x"},
      {"at", "676"},
      {"at", "-1"},
      {"at", "x"},
      {"at", ""},
      {"at", "END"},
      {"at", "5."},
      {"at", "5.x"},
      {"at", "5.10"},
      {"at", "5.-1"},
      {"at", ".3"},
      {"at", "1e2"},
      {"at", "99999999999"},
      {"filters", ""},
      {"filters", "edge"},
      {"filters", "c:1,2"},
      {"filters", "random"},
      {"digit", "77"},
      {"colour", "x"},
      {"pixels", "28x28x1:"},
      {"pixels", "2x2x1:AAAAAA"},
      {"drawing", "*"},
      {"sheet", "*"},
      {"nonsense", "1"},
      {"", ""},
      {"Stride", "2"},
  };
  for (const auto& [key, value] : rows) {
    INFO(std::string(key) << "=" << std::string(value));
    Convolution lesson(1);
    const std::vector<std::string> notices = lesson.load({{key, value}});
    REQUIRE(notices.size() == 1);
    INFO(notices[0]);
    CHECK(contains(notices[0], "\"" + std::string(key) + "\""));
    CHECK(notices[0].ends_with("."));
    CHECK_FALSE(notices[0].ends_with(".."));
    CHECK(difference(everything(lesson), fresh) == "");
  }
  // One bad value takes no good one with it.
  Convolution mixed(1), good(1);
  CHECK(mixed.load({{"stride", "2"}, {"padding", "no"}, {"at", "7"}, {"what", ""}, {"filters", "blur"}})
            .size() == 2);
  CHECK(good.load({{"stride", "2"}, {"at", "7"}, {"filters", "blur"}}).empty());
  CHECK(difference(everything(mixed), everything(good)) == "");
}

TEST_CASE("lesson/convolution: no link, however hostile, brings in what is not a number") {
  const std::string pixels =
      picture_to_text(Tensor(Shape{1, 3, 3, 1}, std::vector<float>(9, 3e38f)));  // their sums are infinite
  Convolution lesson(1);
  (void)lesson.load(
      {{"pixels", pixels}, {"filters", "c:1000,1000,1000,1000,1000,1000,1000,1000,1000"}, {"at", "end"}});
  const Json state = lesson.state();
  for (const Json& value : state["output"]["values"]) CHECK(std::isfinite(value.get<double>()));
  CHECK_FALSE(contains(lesson.narrate(), "inf"));
}

TEST_CASE("lesson/convolution: random links are survived, with a notice for what is not kept") {
  constexpr char kLetters[] = "0123456789.,:~-_xfcABCz end";
  const char* const keys[] = {"digit",  "colour",  "pixels", "drawing", "sheet", "filters",
                              "stride", "padding", "flip",   "at",      "speed"};
  const char* const values[] = {"7.42",
                                "3.1",
                                "4x4x1:AAAAAAAAAAAAAAAAAAAAAA",
                                "1x1x1:AA",
                                "blur~sobel_x",
                                "c:1,2,3,4,5,6,7,8,9",
                                "3",
                                "27",
                                "same",
                                "valid",
                                "1",
                                "0",
                                "end",
                                "12.3",
                                "12",
                                "300.9",
                                "0.5",
                                ""};
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    Rng rng(seed);
    LinkParams params;
    std::string link;
    for (int i = static_cast<int>(rng.below(7)); i >= 0; --i) {
      std::string value = values[rng.below(std::size(values))];
      if (rng.below(3) == 0) value.clear();
      for (int k = static_cast<int>(rng.below(6)); k > 0 && rng.below(3) == 0; --k)
        value += kLetters[rng.below(sizeof kLetters - 1)];
      params.emplace_back(keys[rng.below(std::size(keys))], value);
      link += params.back().first + "=" + value + "&";
    }
    INFO("seed " << seed << ": " << link);
    Convolution lesson(1);
    CHECK(lesson.load(params).size() <= params.size());
    REQUIRE(lesson.output().shape().size() == static_cast<std::size_t>(lesson.timeline().steps()));
    // What came of it is a lesson like any other: its own link is good.
    Convolution back(1);
    const std::vector<std::string> notices = back.load(lesson.save());
    CHECK((notices.empty() ? "" : notices[0]) == "");
    REQUIRE(difference(back.state().dump(), lesson.state().dump()) == "");
  }
}

TEST_CASE(
    "lesson/convolution: a prediction is said before the last product, judged after it, and travels in the "
    "link") {
  Convolution lesson(1);
  must(lesson, "set_pixels", std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3}, 3, 4, 1);
  must(lesson, "set_preset", 0, "top_edge");
  must(lesson, "seek", 0);
  CHECK(lesson.state()["prediction"].is_null());
  CHECK(contains(refusal(lesson, call("predict", 3)), "back by one product"));
  must(lesson, "step_product", -1);
  CHECK(contains(refusal(lesson, call("predict", 2e6)), "1000000"));
  const double right = static_cast<double>(lesson.sum({0, 0, 0}));
  CHECK(right == -(1 + 2 + 3) + (5 + 6 + 7));
  must(lesson, "predict", right + 0.006);
  CHECK(!lesson.predicted_right());
  must(lesson, "predict", right + 0.004);
  CHECK(lesson.predicted_right());
  CHECK(contains(lesson.narrate(), "You predicted 12."));  // no verdict yet
  CHECK(!lesson.tasks().back().met);
  Convolution again(7);
  CHECK(again.load(lesson.save()).empty());
  CHECK(difference(everything(again), everything(lesson)) == "");
  must(lesson, "step_product", 1);
  CHECK(contains(lesson.narrate(), "You predicted 12: right."));
  CHECK(lesson.tasks().back().met);
  must(lesson, "set_stride", 2);  // other cells now
  CHECK(lesson.state()["prediction"].is_null());
  CHECK(again.load({{"guess", "99:3"}}).size() == 1);
}
