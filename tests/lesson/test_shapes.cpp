// The lesson `shapes`: the three tables of the course, impossible stacks, every verb and its refusals, links.
#include "lesson/shapes.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "engine/network.h"
#include "lesson/lesson_fixture.h"

using namespace kg;

namespace {

struct Row {
  const char* layer;
  std::vector<int> output;
  long long params;
};

void check_table(const char* preset, const std::vector<Row>& rows, long long total) {
  CAPTURE(preset);
  ShapesLesson lesson(1);
  must(lesson, "load_preset", preset);
  const Json state = lesson.state();
  REQUIRE(state["rows"].size() == rows.size());
  for (std::size_t k = 0; k < rows.size(); ++k) {
    CAPTURE(k);
    CHECK(state["rows"][k]["layer"] == rows[k].layer);
    CHECK(state["rows"][k]["output"] == Json(rows[k].output));
    CHECK(state["rows"][k]["params"] == rows[k].params);
  }
  CHECK(state["total"] == total);
  CHECK(state["trainable"] == total);
  CHECK(state["non_trainable"] == 0);
  CHECK(state["error"] == nullptr);
  CHECK(state["input"] == Json::array({20, 20, 3}));
}

std::string bare(std::string text) {  // without the unbreakable spaces of large numbers
  for (std::size_t at; (at = text.find("\u00a0")) != std::string::npos;) text.erase(at, 2);
  return text;
}

// A stack of its own, in the words of the verbs; and what it does to a shape, counted the plain way.
struct Plain {
  std::vector<int> shape;
  long long params = 0, followed = 0;
  bool fits = true;
};

int plain_side(int n, int window, int stride, bool same) {
  int places = 0;
  if (same) {
    for (int at = 0; at < n; at += stride) ++places;
  } else {
    for (int at = 0; at + window <= n; at += stride) ++places;
  }
  return places;
}

Plain plain_layer(const Json& layer, std::vector<int> in) {
  const std::string kind = layer["kind"];
  Plain out{in};
  const int channels = in.back();
  if (kind == "Dense") {
    const int units = layer["units"];
    out.shape.back() = units;
    out.params = static_cast<long long>(channels + 1) * units;
  } else if (kind == "Flatten") {
    int all = 1;
    for (const int n : in) all *= n;
    out.shape = {all};
  } else if (kind == "BatchNormalization") {
    out.params = 4ll * channels;
    out.followed = 2ll * channels;
  } else if (layer.contains("window")) {
    if (in.size() != 3) return {in, 0, 0, false};
    const int window = layer["window"], stride = layer["strides"];
    const bool same = layer["padding"] == "same";
    const int h = plain_side(in[0], window, stride, same), w = plain_side(in[1], window, stride, same);
    if (h < 1 || w < 1) return {in, 0, 0, false};
    out.shape = {h, w, channels};
    if (kind == "Conv2D") {
      const int filters = layer["filters"];
      out.shape[2] = filters;
      out.params = (static_cast<long long>(window) * window * channels + 1) * filters;
    }
  }
  return out;
}

const char* const kKinds[] = {"Dense",   "Conv2D",  "MaxPooling2D",       "AveragePooling2D",
                              "Flatten", "Dropout", "BatchNormalization", "Activation"};

// Any edit at all; what a layer does not have is refused, which must change nothing.
void random_edit(ShapesLesson& lesson, Rng& rng, std::string& recipe) {
  const int at = between(rng, 0, lesson.count() - 1);
  const Call calls[] = {
      call("add_layer", kKinds[rng.below(8)], at),
      call("remove_layer", at),
      call("move_layer", at, between(rng, 0, lesson.count() - 1)),
      call("set_units", at, between(rng, 1, 512)),
      call("set_filters", at, between(rng, 1, 512)),
      call("set_kernel", at, between(rng, 1, 11)),
      call("set_strides", at, between(rng, 1, 4)),
      call("set_padding", at, rng.below(2) ? "same" : "valid"),
      call("set_activation", at, rng.below(2) ? "tanh" : "linear"),
      call("set_rate", at, between(rng, 0, 95)),
      call("set_input", between(rng, 1, 64), between(rng, 1, 64), between(rng, 1, 16)),
  };
  const Call& made = calls[rng.below(std::size(calls))];
  const std::string before = everything(lesson);
  recipe += "; " + made.text();
  if (!refusal(lesson, made).empty()) CHECK(everything(lesson) == before);
}

}  // namespace

TEST_CASE("lesson/shapes: the three tables of the course") {
  check_table("model_valid",
              {{"dense (Dense)", {20, 20, 16}, 64},
               {"conv2d (Conv2D)", {18, 18, 32}, 4640},
               {"conv2d_1 (Conv2D)", {14, 14, 64}, 51264},
               {"conv2d_2 (Conv2D)", {8, 8, 128}, 401536},
               {"flatten (Flatten)", {8192}, 0},
               {"dense_1 (Dense)", {2}, 16386}},
              473890);
  check_table("model_same",
              {{"dense (Dense)", {20, 20, 16}, 64},
               {"conv2d (Conv2D)", {20, 20, 32}, 4640},
               {"conv2d_1 (Conv2D)", {20, 20, 64}, 51264},
               {"conv2d_2 (Conv2D)", {20, 20, 128}, 401536},
               {"flatten (Flatten)", {51200}, 0},
               {"dense_1 (Dense)", {2}, 102402}},
              559906);
  check_table("model_pool",
              {{"dense (Dense)", {20, 20, 16}, 64},
               {"conv2d (Conv2D)", {20, 20, 32}, 4640},
               {"max_pooling2d (MaxPooling2D)", {10, 10, 32}, 0},
               {"conv2d_1 (Conv2D)", {10, 10, 64}, 51264},
               {"flatten (Flatten)", {6400}, 0},
               {"dense_1 (Dense)", {2}, 12802}},
              68770);
}

TEST_CASE("lesson/shapes: each row explains itself with its numbers") {
  ShapesLesson lesson(1);
  const auto formulas = [&](int row) {
    must(lesson, "select", row);
    const Json here = lesson.state()["current"];
    CHECK(here["row"] == row);
    return bare(here["output_formula"].get<std::string>()) + "; " +
           bare(here["params_formula"].get<std::string>());
  };
  CHECK(formulas(0) == "20×20 pixels × 16 units = 20×20×16; 3·16 + 16 = 64");
  CHECK(formulas(1) == "(20 − 3 + 1) × (20 − 3 + 1) × 32 = 18×18×32; 3·3·16·32 + 32 = 4640");
  CHECK(formulas(4) == "8·8·128 = 8192; nothing to learn = 0");
  CHECK(formulas(5) == "8192 inputs become 2 outputs; 8192·2 + 2 = 16386");
  must(lesson, "set_strides", 1, 2);
  CHECK(formulas(1) ==
        "(floor((20 − 3)/2) + 1) × (floor((20 − 3)/2) + 1) × 32 = 9×9×32; 3·3·16·32 + 32 = 4640");
  must(lesson, "set_padding", 1, "same");
  CHECK(formulas(1) == "ceil(20/2) × ceil(20/2) × 32 = 10×10×32; 3·3·16·32 + 32 = 4640");
  must(lesson, "load_preset", "model_valid");
  must(lesson, "add_layer", "BatchNormalization", 2);
  CHECK(formulas(2) == "18×18×32 stays 18×18×32; 4·32 = 128");
  CHECK(lesson.state()["non_trainable"] == 64);
}

TEST_CASE("lesson/shapes: whatever is built, the table is what plain counting gives") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Rng rng(seed);
    ShapesLesson lesson(seed);
    std::string recipe = "ShapesLesson(" + std::to_string(seed) + ")";
    for (int edits = 0; edits < 25; ++edits) random_edit(lesson, rng, recipe);
    INFO(recipe);
    const Json state = lesson.state();
    std::vector<int> shape = state["input"].get<std::vector<int>>();
    long long total = 0, followed = 0;
    bool fits = true;
    for (std::size_t k = 0; k < state["rows"].size(); ++k) {
      CAPTURE(k);
      const Json& row = state["rows"][k];
      if (fits) {
        const Plain plain = plain_layer(state["layers"][k], shape);
        fits = plain.fits;
        if (fits) {
          CHECK(row["output"] == Json(plain.shape));
          CHECK(row["params"] == plain.params);
          shape = plain.shape, total += plain.params, followed += plain.followed;
          continue;
        }
        REQUIRE(state["error"] != nullptr);
        CHECK(state["error"]["row"] == k);
      }
      CHECK(row["output"] == nullptr);
      CHECK(row["params"] == nullptr);
    }
    if (fits) {
      CHECK(state["error"] == nullptr);
      CHECK(state["total"] == total);
      CHECK(state["trainable"] == total - followed);
      CHECK(state["non_trainable"] == followed);
    } else {
      CHECK(state["total"] == nullptr);
    }
  }
}

TEST_CASE("lesson/shapes: an impossible stack is a state, with the engine's sentence at its row") {
  ShapesLesson lesson(1);
  must(lesson, "load_preset", "broken");
  const Json state = lesson.state();
  REQUIRE(state["error"] != nullptr);
  CHECK(state["error"]["row"] == 4);
  const std::string sentence = state["error"]["sentence"];
  CHECK(contains(sentence, "Layer 5, Conv2D"));
  CHECK(contains(sentence, "7×7"));
  CHECK(contains(sentence, "6×6"));
  const Result<Network> built = Network::build(lesson.input(), lesson.layers(), 1);
  REQUIRE(!built);
  CHECK(built.sentence() == sentence);
  CHECK(lesson.narrate() == sentence);
  CHECK(contains(lesson.keras_code(), "refuses"));
  must(lesson, "select", 6);
  CHECK(contains(lesson.narrate(), "not reached"));
  must(lesson, "set_kernel", 4, 6);
  CHECK(lesson.state()["error"] == nullptr);
  CHECK(lesson.state()["rows"][4]["output"] == Json::array({1, 1, 32}));
  must(lesson, "move_layer", 5, 0);  // Flatten first: nothing to slide over
  CHECK(lesson.state()["error"]["row"] == 1);
}

TEST_CASE("lesson/shapes: what a verb refuses, it says, and nothing has changed") {
  ShapesLesson lesson(1);
  struct Wrong {
    Call made;
    const char* says;
  };
  const Wrong wrongs[] = {
      {call("load_preset", "model_x"), "model_x"},
      {call("set_input", 0, 20, 3), "0×20×3"},
      {call("set_input", 20, 65, 3), "20×65×3"},
      {call("set_input", 20, 20, 17), "20×20×17"},
      {call("add_layer", "LSTM", 0), "LSTM"},
      {call("add_layer", "Dense", 7), "no layer 7"},
      {call("add_layer", "Dense", -1), "no layer −1"},
      {call("remove_layer", 6), "no layer 6"},
      {call("move_layer", 0, 6), "no layer 6"},
      {call("move_layer", -1, 0), "no layer −1"},
      {call("set_units", 0, 0), "Units from 1 to 512"},
      {call("set_units", 0, 513), "513"},
      {call("set_units", 1, 5), "Conv2D has no units"},
      {call("set_filters", 1, 0), "Filters from 1 to 512"},
      {call("set_filters", 0, 5), "Dense has no filters"},
      {call("set_kernel", 1, 12), "12"},
      {call("set_kernel", 4, 2), "Flatten has no window"},
      {call("set_strides", 1, 5), "Strides from 1 to 4"},
      {call("set_strides", 5, 2), "Dense has no stride"},
      {call("set_padding", 1, "full"), "full"},
      {call("set_padding", 4, "same"), "Flatten has no padding"},
      {call("set_activation", 1, "gelu"), "gelu"},
      {call("set_activation", 4, "relu"), "Flatten has no activation"},
      {call("set_rate", 1, 50), "Conv2D has no rate"},
      {call("set_units", 6, 5), "no layer 6"},
      {call("select", 6), "no layer 6"},
      {call("predict", 16386), "already"},
  };
  for (const Wrong& wrong : wrongs) {
    CAPTURE(wrong.made.text());
    const std::string before = everything(lesson);
    const std::string sentence = refusal(lesson, wrong.made);
    INFO(sentence);
    CHECK(contains(sentence, wrong.says));
    CHECK(sentence.ends_with('.'));
    CHECK(everything(lesson) == before);
  }
  for (int k = 6; k < Stack::kMostLayers; ++k) must(lesson, "add_layer", "Dropout", 4);
  CHECK(contains(refusal(lesson, call("add_layer", "Dropout", 4)), "at most 12"));
  must(lesson, "set_rate", 4, 95);
  CHECK(contains(refusal(lesson, call("set_rate", 4, 96)), "96"));
  while (lesson.count() > 1) must(lesson, "remove_layer", 0);
  CHECK(contains(refusal(lesson, call("remove_layer", 0)), "at least one"));
}

TEST_CASE("lesson/shapes: a pool's stride follows its window until it is given one of its own") {
  ShapesLesson lesson(1);
  must(lesson, "load_preset", "model_pool");
  const auto stride = [&] { return lesson.state()["layers"][2]["strides"].get<int>(); };
  CHECK(stride() == 2);
  must(lesson, "set_kernel", 2, 5);
  CHECK(stride() == 5);
  CHECK(contains(lesson.keras_code(), "MaxPooling2D((5, 5))"));
  must(lesson, "set_strides", 2, 1);
  CHECK(contains(lesson.keras_code(), "MaxPooling2D((5, 5), strides=(1, 1))"));
  must(lesson, "set_kernel", 2, 3);
  CHECK(stride() == 1);
}

TEST_CASE("lesson/shapes: data flows down layer by layer: output, then parameters") {
  ShapesLesson lesson(1);
  CHECK(lesson.timeline().at_end());  // a fresh lesson shows the whole table
  CHECK(lesson.timeline().steps() == 6);
  CHECK(lesson.timeline().ticks() == 2);
  must(lesson, "seek", 1);
  must(lesson, "step_product", -2);
  CHECK(lesson.shown(0) == 2);
  CHECK(lesson.shown(1) == 0);
  CHECK(bare(lesson.narrate()) == "Layer 2 of 6, conv2d (Conv2D): 20×20×16 comes in.");
  must(lesson, "step_product", 1);
  CHECK(lesson.shown(1) == 1);
  CHECK(bare(lesson.narrate()) == "Layer 2 of 6, conv2d (Conv2D): 20×20×16 comes in, 18×18×32 goes out.");
  must(lesson, "step_product", 1);
  CHECK(bare(lesson.narrate()) ==
        "Layer 2 of 6, conv2d (Conv2D): 20×20×16 comes in, 18×18×32 goes out, 4640 parameters.");
  CHECK(lesson.shown(2) == 0);
  must(lesson, "finish");
  CHECK(contains(bare(lesson.narrate()), "473890 parameters"));
}

TEST_CASE("lesson/shapes: a selection lasts as long as nothing moves; what is not shown yet is gone to") {
  ShapesLesson lesson(1);
  must(lesson, "select", 2);
  CHECK(lesson.current() == 2);
  CHECK(lesson.timeline().at_end());
  must(lesson, "seek", 3);
  CHECK(lesson.current() == 3);
  must(lesson, "select", 0);
  CHECK(lesson.current() == 0);
  CHECK(lesson.timeline().step() == 3);
  must(lesson, "select", 5);
  CHECK(lesson.current() == 5);
  CHECK(lesson.timeline().step() == 5);
  must(lesson, "set_units", 5, 3);  // an edit looks at what it has changed
  CHECK(lesson.current() == 5);
}

TEST_CASE("lesson/shapes: a prediction is answered at once, and forgotten with the stack it was about") {
  ShapesLesson lesson(1);
  must(lesson, "seek", 1);
  must(lesson, "step_product", -1);
  CHECK(contains(refusal(lesson, call("predict", 1.5)), "whole number"));
  CHECK(contains(refusal(lesson, call("predict", -1)), "whole number"));
  must(lesson, "predict", 4608);
  CHECK(lesson.state()["prediction"]["right"] == false);
  CHECK(lesson.shown(1) == 2);
  CHECK(contains(refusal(lesson, call("predict", 4640)), "already"));
  must(lesson, "seek", 2);
  must(lesson, "step_product", -1);
  must(lesson, "predict", 51264);
  CHECK(lesson.state()["prediction"]["right"] == true);
  must(lesson, "set_filters", 2, 10);
  CHECK(lesson.state()["prediction"] == nullptr);
}

TEST_CASE("lesson/shapes: any state comes back from its link") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Rng rng(seed * 77);
    ShapesLesson lesson(seed);
    std::string recipe = "ShapesLesson(" + std::to_string(seed) + ")";
    for (int edits = between(rng, 0, 20); edits > 0; --edits) random_edit(lesson, rng, recipe);
    if (rng.below(2)) {
      must(lesson, "seek", between(rng, 0, lesson.count() - 1));
      must(lesson, "step_product", -between(rng, 0, 2));
      if (rng.below(2)) (void)lesson.perform("predict", args(between(rng, 0, 9999)));
    }
    if (rng.below(2)) must(lesson, "select", between(rng, 0, lesson.count() - 1));
    if (rng.below(2)) must(lesson, "set_speed", 3);
    INFO(recipe);
    ShapesLesson other(0);
    const std::vector<std::string> notices = other.load(lesson.save());
    CHECK(notices.empty());
    CHECK(difference(everything(other), everything(lesson)) == "");
    CHECK(other.seed() == lesson.seed());
  }
}

TEST_CASE("lesson/shapes: a link can be written by hand, and what is wrong in one is told") {
  ShapesLesson lesson(1);
  CHECK(lesson
            .load({{"layers",
                    "conv.8.5~pool.3.2.same~act.tanh~norm~dropout.25~mean.2~flatten~dense.10.softmax"},
                   {"input", "28x28x1"}})
            .empty());
  CHECK(contains(lesson.keras_code(), "Input(shape=(28, 28, 1))"));
  CHECK(contains(lesson.keras_code(), "Conv2D(8, (5, 5))"));
  CHECK(contains(lesson.keras_code(), "MaxPooling2D((3, 3), strides=(2, 2), padding=\"same\")"));
  CHECK(contains(lesson.keras_code(), "Dropout(0.25)"));
  CHECK(contains(lesson.keras_code(), "model.summary()"));
  for (const auto& [key, value] : LinkParams{{"layers", "conv.0"},
                                             {"layers", "cnv.3"},
                                             {"layers", ""},
                                             {"layers", "flatten.3"},
                                             {"layers", "dense.3.3"},
                                             {"layers", "dense.3.valid"},
                                             {"layers", "conv.3.3.1.7"},
                                             {"layers", "~"},
                                             {"layers", "conv.99999999999"},
                                             {"layers",
                                              "flatten~flatten~flatten~flatten~flatten~flatten~flatten~"
                                              "flatten~flatten~flatten~flatten~flatten~flatten"},
                                             {"input", "20x20"},
                                             {"input", "0x1x1"},
                                             {"input", "axbxc"},
                                             {"said", "1"},
                                             {"said", "9.4"},
                                             {"row", "x"},
                                             {"row", "77"},
                                             {"seed", "-1"}}) {
    CAPTURE(key);
    CAPTURE(value);
    ShapesLesson one(1), fresh(1);
    CHECK(one.load({{key, value}}).size() == 1);
    CHECK(everything(one) == everything(fresh));
  }
}

TEST_CASE("lesson/shapes: the tasks are not met by what misses them") {
  const auto met = [](const ShapesLesson& lesson, std::size_t k) { return lesson.tasks()[k].met; };
  ShapesLesson lesson(1);
  must(lesson, "load_preset", "model_pool");  // small, but with a Conv2D less
  CHECK(!met(lesson, 0));
  must(lesson, "load_preset", "model_valid");
  must(lesson, "set_filters", 3, 8);
  CHECK(met(lesson, 0));
  must(lesson, "load_preset", "broken");
  must(lesson, "remove_layer", 4);
  CHECK(lesson.state()["error"] == nullptr);
  CHECK(!met(lesson, 1));
  must(lesson, "load_preset", "broken");
  must(lesson, "set_padding", 4, "same");
  CHECK(met(lesson, 1));
  must(lesson, "seek", 5);  // Flatten: 0 is right, but no feat
  must(lesson, "step_product", -1);
  must(lesson, "predict", 0);
  CHECK(!met(lesson, 2));
}
