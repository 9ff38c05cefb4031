// The lesson parameters: the two networks of the course, every count against a plain computation, every
// weight by name.
#include "lesson/parameters.h"

#include <algorithm>
#include <set>

#include "lesson/layer_text.h"
#include "lesson/lesson_fixture.h"
#include "lesson/shapes.h"

using namespace kg;

namespace {

struct Count {
  const char* name;
  std::int64_t weights, biases, total;
};

void check_layers(const Json& state, const std::vector<Count>& expected, std::int64_t total) {
  REQUIRE(state["layers"].size() == expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    CAPTURE(k);
    CHECK(state["layers"][k]["name"] == expected[k].name);
    CHECK(state["layers"][k]["weights"] == expected[k].weights);
    CHECK(state["layers"][k]["biases"] == expected[k].biases);
    CHECK(state["layers"][k]["total"] == expected[k].total);
  }
  CHECK(state["total"] == total);
}

// The sizes as the state tells them.
int size_of(const Json& state, const std::string& verb, int layer) {
  for (const Json& size : state["sizes"]) {
    if (size["verb"] == verb && size["layer"] == layer) return size["value"];
  }
  FAIL("no size " << verb << " of layer " << layer);
  return 0;
}

// Counts by the formulas of the course, from the sizes alone.
std::vector<std::int64_t> plain_totals(const Json& state) {
  const bool biases = state["use_bias"];
  const auto dense = [&](std::int64_t in, std::int64_t out) { return in * out + (biases ? out : 0); };
  if (state["input"].size() == 1) {
    const int in = size_of(state, "set_inputs", -1), a = size_of(state, "set_units", 0),
              b = size_of(state, "set_units", 1);
    return {dense(in, a), dense(a, b)};
  }
  const int side = size_of(state, "set_image", -1), c = size_of(state, "set_inputs", -1);
  const int f = size_of(state, "set_filters", 0), g = size_of(state, "set_filters", 1);
  const int k = size_of(state, "set_kernel", 0), l = size_of(state, "set_kernel", 1);
  const auto conv = [&](int in, int filters, int size) {
    return static_cast<std::int64_t>(in * (filters * size * size) + (biases ? filters : 0));
  };
  return {0, conv(c, f, k), conv(f, g, l), 0, dense(side * side * g, size_of(state, "set_units", 2))};
}

// A lesson in a random state, reached by legal verbs; the recipe is kept.
class RandomParameters {
 public:
  explicit RandomParameters(std::uint64_t seed) : lesson(seed), rng(seed + 1000) {
    recipe = "ParametersLesson(" + std::to_string(seed) + ")";
    const bool picture = rng.below(2) == 1;
    if (picture) act(call("load_preset", "cnn_2515"));
    for (const ParametersLesson::Size& size : lesson.sizes()) {
      if (rng.below(2)) continue;
      const int n = between(rng, size.least, size.most);
      act(size.layer < 0 ? call(size.verb, n) : call(size.verb, size.layer, n));
    }
    if (rng.below(3) == 0) act(call("set_use_bias", false));
    act(call("seek", between(rng, 0, lesson.layers() - 1)));
    act(call("step_product", -between(rng, 0, 3)));
    if (lesson.next() >= 0 && rng.below(2)) act(call("predict", between(rng, 0, 60)));
    if (rng.below(2)) {
      const int layer = between(rng, 0, lesson.layers() - 1);
      act(call("select_weight", layer, between(rng, 0, lesson.grid(layer).total() - 1)));
    }
    if (rng.below(4) == 0) act(call("finish"));
    if (rng.below(4) == 0) act(call("set_speed", between(rng, 1, 3)));
  }
  void act(const Call& made) {
    recipe += "; " + made.text();
    INFO(recipe);
    REQUIRE(refusal(lesson, made) == "");
  }

  ParametersLesson lesson;
  Rng rng;
  std::string recipe;
};

void check_refused(ParametersLesson& lesson, const Call& made, const std::string& part) {
  INFO(made.text());
  const std::string before = everything(lesson);
  const std::string sentence = refusal(lesson, made);
  CHECK(contains(sentence, part));
  CHECK(sentence.back() == '.');
  CHECK(difference(everything(lesson), before) == "");
}

}  // namespace

TEST_CASE("lesson/parameters: the course's dense network 2 → 3 → 2 has 9 + 8 = 17") {
  ParametersLesson lesson(1);
  const std::vector<Count> expected = {{"dense", 6, 3, 9}, {"dense_1", 6, 2, 8}};
  check_layers(lesson.state(), expected, 17);
  must(lesson, "load_preset", "cnn_2515");
  must(lesson, "load_preset", "dense_2_3_2");
  check_layers(lesson.state(), expected, 17);
  CHECK(lesson.state()["preset"] == "dense_2_3_2");
  CHECK(lesson.state()["layers"][0]["formula"] == "2 · 3");
  CHECK(lesson.state()["layers"][1]["formula"] == "3 · 2");
}

TEST_CASE("lesson/parameters: the course's network for an image has 0 + 56 + 57 + 2402 = 2515") {
  ParametersLesson lesson(1);
  must(lesson, "load_preset", "cnn_2515");
  const Json state = lesson.state();
  check_layers(state,
               {{"input", 0, 0, 0},
                {"conv2d", 54, 2, 56},
                {"conv2d_1", 54, 3, 57},
                {"flatten", 0, 0, 0},
                {"dense", 2400, 2, 2402}},
               2515);
  CHECK(state["preset"] == "cnn_2515");
  CHECK(state["layers"][1]["formula"] == "3 · (2 · 3 · 3)");
  CHECK(state["layers"][2]["formula"] == "2 · (3 · 3 · 3)");
  CHECK(state["layers"][3]["formula"] == "20 · 20 · 3");
  CHECK(state["layers"][3]["output"].dump() == "[1200]");
  CHECK(state["layers"][4]["formula"] == "1200 · 2");
}

TEST_CASE("lesson/parameters: counts follow the sizes, as the formulas say") {
  std::set<std::int64_t> totals;
  for (std::uint64_t seed = 0; seed < 80; ++seed) {
    RandomParameters random(seed);
    INFO(random.recipe);
    const Json state = random.lesson.state();
    const std::vector<std::int64_t> plain = plain_totals(state);
    REQUIRE(state["layers"].size() == plain.size());
    std::int64_t sum = 0;
    for (std::size_t k = 0; k < plain.size(); ++k) {
      CHECK(state["layers"][k]["total"] == plain[k]);
      CHECK(state["layers"][k]["weights"].get<std::int64_t>() +
                state["layers"][k]["biases"].get<std::int64_t>() ==
            plain[k]);
      sum += plain[k];
    }
    CHECK(state["total"] == sum);
    totals.insert(sum);
  }
  CHECK(totals.size() > 50);
}

TEST_CASE("lesson/parameters: the image's size matters to the dense layer only") {
  ParametersLesson lesson(1);
  must(lesson, "load_preset", "cnn_2515");
  must(lesson, "set_image", 10);
  check_layers(lesson.state(),
               {{"input", 0, 0, 0},
                {"conv2d", 54, 2, 56},
                {"conv2d_1", 54, 3, 57},
                {"flatten", 0, 0, 0},
                {"dense", 600, 2, 602}},
               715);
}

TEST_CASE("lesson/parameters: the count comes in weights first, then biases, then the total") {
  ParametersLesson lesson(1);
  const auto counted = [&](int layer) {
    const ParametersLesson::Counted c = lesson.counted(layer);
    return std::vector<int>{c.weights, c.biases, c.total};
  };
  must(lesson, "scrub", 0);
  CHECK(counted(0) == std::vector<int>{0, 0, 0});
  CHECK(lesson.so_far() == 0);
  CHECK(lesson.next() == 0);
  const std::vector<std::vector<int>> ticks = {{6, 0, 0}, {6, 3, 0}, {6, 3, 1}};
  for (std::size_t k = 0; k < ticks.size(); ++k) {
    must(lesson, "step_product", 1);
    CHECK(counted(0) == ticks[k]);
    CHECK(counted(1) == std::vector<int>{0, 0, 0});
  }
  CHECK(lesson.so_far() == 9);
  CHECK(lesson.next() == 1);
  must(lesson, "scrub", 0.125);  // half the first third of the part before the rest
  CHECK(counted(0) == std::vector<int>{3, 0, 0});
  must(lesson, "scrub", 1);
  CHECK(counted(0) == std::vector<int>{6, 3, 1});
  must(lesson, "seek", 1);
  CHECK(lesson.so_far() == 17);
  CHECK(lesson.next() == -1);
  must(lesson, "finish");
  CHECK(lesson.so_far() == 17);
  CHECK(counted(1) == std::vector<int>{6, 2, 1});
}

TEST_CASE("lesson/parameters: every weight has its own place, its own words, and the engine's value") {
  for (const char* preset : {"dense_2_3_2", "cnn_2515"}) {
    CAPTURE(std::string(preset));
    ParametersLesson lesson(7);
    must(lesson, "load_preset", preset);
    must(lesson, "finish");
    for (int layer = 0; layer < lesson.layers(); ++layer) {
      const WeightGrid& grid = lesson.grid(layer);
      const int network_layer = lesson.network_layer(layer);
      const std::vector<Parameter>& parameters = lesson.network().parameters(network_layer);
      std::set<std::string> words;
      std::set<int> read;
      for (int index = 0; index < grid.total(); ++index) {
        REQUIRE(grid.index(grid.place(index)) == index);
        REQUIRE(grid.at_reading(grid.reading(grid.place(index))) == grid.place(index));
        read.insert(grid.reading(grid.place(index)));
        words.insert(lesson.words({layer, index}));
        const bool bias = index >= grid.weights();
        const std::size_t at = static_cast<std::size_t>(bias ? index - grid.weights() : index);
        REQUIRE(lesson.value({layer, index}) == parameters[bias ? 1 : 0].values[at]);
      }
      CHECK(words.size() == static_cast<std::size_t>(grid.total()));
      CHECK(read.size() == words.size());
    }
  }
}

TEST_CASE("lesson/parameters: places by hand") {
  ParametersLesson lesson(1);
  const auto words = [&](int layer, int index) {
    must(lesson, "select_weight", layer, index);
    return lesson.state()["selected"]["words"].get<std::string>();
  };
  // The kernel (2, 3): index 5 is row 1, column 2.
  CHECK(words(0, 5) == "from input 1 to unit 2");
  CHECK(words(0, 7) == "bias of unit 1");
  CHECK(words(1, 2) == "from unit 1 to unit 0");
  must(lesson, "load_preset", "cnn_2515");
  // The kernel (3, 3, 3, 2): ((1·3 + 2)·3 + 0)·2 + 1.
  CHECK(words(0, 31) == "filter 1, input channel 0, row 1, column 2");
  CHECK(words(0, 55) == "bias of filter 1");
  // The kernel (1200, 2) behind 20×20×3: input (4·20 + 7)·3 + 2 = 263.
  CHECK(words(2, 527) == "from row 4, column 7 of channel 2 to unit 1");
  CHECK(lesson.state()["selected"]["name"] == "dense");
  CHECK(lesson.timeline().step() == 2);
  must(lesson, "clear_selection");
  CHECK(lesson.state()["selected"].is_null());
}

TEST_CASE("lesson/parameters: a flattened value and its weight meet where the words say") {
  // If only one value of the picture behind the Conv2Ds is not 0, only the weights of its place count. Conv2D
  // of 1×1 with a kernel of ones hands the picture on as it is.
  ParametersLesson lesson(3);
  must(lesson, "load_preset", "cnn_2515");
  must(lesson, "set_image", 4);
  Network network = Network::build(SampleShape(4, 4, 3), {Flatten{}, Dense{.units = 2}}, 3).value();
  const WeightGrid& grid = lesson.grid(2);
  for (int index = 0; index < grid.weights(); ++index) {
    const WeightGrid::Place at = grid.place(index);
    std::fill(network.input(1).begin(), network.input(1).end(), 0.0f);
    network.input(1)[static_cast<std::size_t>((at.row * 4 + at.col) * 3 + at.in)] = 1;
    const std::span<const float> out = network.forward();
    CHECK(out[static_cast<std::size_t>(at.out)] ==
          network.parameters(1).front().values[static_cast<std::size_t>(index)]);
  }
}

TEST_CASE("lesson/parameters: a prediction is of the total that comes next") {
  ParametersLesson lesson(1);
  CHECK(lesson.state()["prediction"].is_null());
  must(lesson, "predict", 7);  // the first is shown, so this is the second
  CHECK(lesson.state()["prediction"].dump() == R"({"layer":1,"value":7.0,"right":false})");
  CHECK(!contains(lesson.narrate(), "You said"));  // it would give the answer away
  must(lesson, "predict", 8);
  CHECK(lesson.predicted_right());
  must(lesson, "step", 1);
  CHECK(contains(lesson.narrate(), "You said 8, and it is."));
  must(lesson, "set_units", 1, 3);  // another layer now
  CHECK(lesson.state()["prediction"].is_null());
  must(lesson, "finish");
  check_refused(lesson, call("predict", 8), "counted already");
  must(lesson, "scrub", 0);
  must(lesson, "predict", 10);
  must(lesson, "seek", 0);
  CHECK(contains(lesson.narrate(), "You said 10; it is 9."));
}

TEST_CASE("lesson/parameters: refusals say why and change nothing") {
  ParametersLesson lesson(1);
  must(lesson, "select_weight", 1, 3);
  must(lesson, "step_product", -2);
  must(lesson, "predict", 5);
  check_refused(lesson, call("load_preset", "resnet"), "neither");
  check_refused(lesson, call("set_inputs", 9), "Inputs can be 1 to 8; 9 is outside");
  check_refused(lesson, call("set_inputs", 0), "0 is outside");
  check_refused(lesson, call("set_units", 2, 3), "layers 0 to 1");
  check_refused(lesson, call("set_units", -1, 3), "no layer −1");
  check_refused(lesson, call("set_units", 0, 12), "Units can be 1 to 8");
  check_refused(lesson, call("set_filters", 0, 3), "is Dense: it has units, no filters");
  check_refused(lesson, call("set_kernel", 1, 3), "no filter size");
  check_refused(lesson, call("set_image", 9), "not an image");
  check_refused(lesson, call("select_weight", 0, 9), "9 parameters, 0 to 8");
  check_refused(lesson, call("select_weight", 3, 0), "layers 0 to 1");
  check_refused(lesson, call("select_weight", 0, -1), "no −1");
  must(lesson, "load_preset", "cnn_2515");
  check_refused(lesson, call("set_units", 1, 3), "is Conv2D: it has filters and their size, no units");
  check_refused(lesson, call("set_kernel", 0, 8), "Size can be 1 to 7");
  check_refused(lesson, call("set_image", 33), "1 to 32");
  check_refused(lesson, call("set_filters", 1, 0), "Filters can be 1 to 6");
  check_refused(lesson, call("set_filters", 1), "");
}

TEST_CASE("lesson/parameters: a selected weight stays as long as its layer does") {
  ParametersLesson lesson(1);
  must(lesson, "select_weight", 0, 3);
  must(lesson, "set_units", 1, 5);  // the second layer
  CHECK(lesson.selected().has_value());
  must(lesson, "set_inputs", 4);
  CHECK(!lesson.selected());
  must(lesson, "select_weight", 0, 3);
  must(lesson, "load_preset", "dense_2_3_2");
  CHECK(!lesson.selected());
}

TEST_CASE("lesson/parameters: its link makes it again") {
  for (std::uint64_t seed = 0; seed < 120; ++seed) {
    RandomParameters random(seed);
    INFO(random.recipe);
    ParametersLesson again(99);
    CHECK(again.load(random.lesson.save()).empty());
    CHECK(difference(everything(again), everything(random.lesson)) == "");
  }
}

TEST_CASE("lesson/parameters: a bad link falls back and says so once for each key") {
  ParametersLesson lesson(1);
  const std::vector<std::string> notices = lesson.load({{"seed", "x"},
                                                        {"net", "vgg16"},
                                                        {"units0", "90"},
                                                        {"image", "20"},
                                                        {"bias", "perhaps"},
                                                        {"weight", "0"},
                                                        {"said", "7.3"},
                                                        {"at", "9"}});
  CHECK(notices.size() == 8);
  ParametersLesson fresh(1);
  CHECK(difference(everything(lesson), everything(fresh)) == "");
}

TEST_CASE("lesson/parameters: the seed makes the weights") {
  const auto weights = [](std::uint64_t seed) {
    return ParametersLesson(seed).network().parameters(0).front().values;
  };
  CHECK(weights(4) == weights(4));
  CHECK(weights(4) != weights(5));
}

TEST_CASE("lesson/parameters: narration") {
  ParametersLesson lesson(1);
  CHECK(lesson.narrate() == "Layer 1 of 2, Dense: 2 · 3 = 6 weights, plus 3 biases: 9 parameters, 9 so far.");
  must(lesson, "step_product", -1);
  CHECK(lesson.narrate() == "Layer 1 of 2, Dense: 2 · 3 = 6 weights, plus 3 biases.");
  must(lesson, "step_product", -1);
  CHECK(lesson.narrate() == "Layer 1 of 2, Dense: 2 · 3 = 6 weights.");
  must(lesson, "step_product", -1);
  CHECK(lesson.narrate() == "Layer 1 of 2, Dense: 2 · 3 weights are being counted.");
  must(lesson, "finish");
  CHECK(lesson.narrate() == "All layers are counted: 9 + 8 = 17 parameters.");
  must(lesson, "set_use_bias", false);
  must(lesson, "seek", 1);
  CHECK(lesson.narrate() == "Layer 2 of 2, Dense: 3 · 2 = 6 weights, no biases: 6 parameters, 12 so far.");
  must(lesson, "select_weight", 1, 0);
  CHECK(contains(lesson.narrate(), "Selected: dense_1, from unit 0 to unit 0, "));
}

TEST_CASE("lesson/parameters: the Keras code is the network on the stage") {
  ParametersLesson lesson(1);
  CHECK(
      contains(lesson.keras_code(), "Input(shape=(2,)),\n    Dense(3, activation=\"relu\"),\n    Dense(2, "));
  CHECK(lesson.keras_code().ends_with("])\nmodel.summary()\n"));
  must(lesson, "load_preset", "cnn_2515");
  must(lesson, "set_filters", 0, 5);
  must(lesson, "set_kernel", 1, 5);
  must(lesson, "set_image", 12);
  must(lesson, "set_use_bias", false);
  const std::string code = lesson.keras_code();
  CHECK(contains(code, "Input(shape=(12, 12, 3))"));
  CHECK(contains(code, "Conv2D(5, (3, 3), padding=\"same\""));
  CHECK(contains(code, "Conv2D(3, (5, 5), padding=\"same\""));
  CHECK(contains(code, "use_bias=False"));
  CHECK(contains(code, "Flatten()"));
}

// --- the learner's own network

namespace {

// A stack of the lesson shapes as this lesson takes it.
void bring(ParametersLesson& lesson, const ShapesLesson& shapes) {
  must(lesson, "load_stack", stack_text(shapes.layers()), size_link(shapes.input()));
}

// A random stack, built by the verbs of the lesson shapes; it need not fit together.
void randomise(ShapesLesson& shapes, std::uint64_t seed) {
  Rng rng(seed + 77);
  static constexpr const char* kKinds[] = {"Dense",   "Conv2D",  "MaxPooling2D",       "AveragePooling2D",
                                           "Flatten", "Dropout", "BatchNormalization", "Activation"};
  must(shapes, "set_input", between(rng, 1, 24), between(rng, 1, 24), between(rng, 1, 5));
  for (int k = between(rng, 0, 8); k > 0; --k) {
    (void)refusal(shapes, call("add_layer", kKinds[rng.below(8)], between(rng, 0, shapes.count())));
    (void)refusal(shapes, call("remove_layer", between(rng, 0, 3 * shapes.count())));
  }
}

}  // namespace

TEST_CASE("lesson/parameters: a network from shapes has the same rows and the same total there and here") {
  int taken = 0, refused = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    ShapesLesson shapes(seed);
    randomise(shapes, seed);
    INFO(stack_text(shapes.layers()) << " on " << size_link(shapes.input()));
    ParametersLesson lesson(seed);
    const Json there = shapes.state();
    if (there["count_link"].is_null()) {
      const std::string before = everything(lesson);
      const Call made = call("load_stack", stack_text(shapes.layers()), size_link(shapes.input()));
      CHECK(refusal(lesson, made).ends_with("."));
      CHECK(difference(everything(lesson), before) == "");
      ++refused;
      continue;
    }
    bring(lesson, shapes);
    const Json here = lesson.state();
    CHECK(here["preset"] == "stack");
    CHECK(here["total"] == there["total"]);
    REQUIRE(here["layers"].size() == there["rows"].size() + 1);  // the input has a row, too
    for (std::size_t k = 0; k < there["rows"].size(); ++k) {
      const Json &row = here["layers"][k + 1], &same = there["rows"][k];
      const std::string name = row["name"], type = row["type"];
      CHECK(same["layer"].get<std::string>() == name + " (" + type + ")");
      CHECK(row["output"] == same["output"]);
      CHECK(row["total"] == same["params"]);
      CHECK(row["weights"].get<std::int64_t>() + row["biases"].get<std::int64_t>() == same["params"]);
    }
    CHECK(contains(lesson.keras_code(), keras_code_of(shapes.input(), shapes.layers())));
    must(lesson, "finish");
    CHECK(lesson.so_far() == lesson.total());
    ++taken;
  }
  CHECK(taken > 20);
  CHECK(refused > 10);
}

TEST_CASE("lesson/parameters: model_valid comes over with its 473 890 parameters, each with its own value") {
  ParametersLesson lesson(5);
  bring(lesson, ShapesLesson(1));
  const std::vector<Count> expected = {{"input", 0, 0, 0},
                                       {"dense", 48, 16, 64},
                                       {"conv2d", 4608, 32, 4640},
                                       {"conv2d_1", 51200, 64, 51264},
                                       {"conv2d_2", 401408, 128, 401536},
                                       {"flatten", 0, 0, 0},
                                       {"dense_1", 16384, 2, 16386}};
  check_layers(lesson.state(), expected, 473890);
  CHECK(lesson.layers() == 5);
  const auto words = [&](int layer, int index) {
    must(lesson, "select_weight", layer, index);
    return lesson.state()["selected"]["words"].get<std::string>();
  };
  // Dense on a picture goes from channel to unit: the kernel (3, 16), index 1·16 + 5.
  CHECK(words(0, 21) == "from channel 1 to unit 5");
  // The kernel (7, 7, 64, 128): ((2·7 + 3)·64 + 9)·128 + 100.
  CHECK(words(3, 140516) == "filter 100, input channel 9, row 2, column 3");
  CHECK(words(3, 401408 + 127) == "bias of filter 127");
  // The kernel (8192, 2) behind 8×8×128: input (3·8 + 4)·128 + 11.
  CHECK(words(4, 7191) == "from row 3, column 4 of channel 11 to unit 1");
  check_refused(lesson, call("select_weight", 3, 401536), "401536 parameters");
  for (int layer = 0; layer < lesson.layers(); ++layer) {
    const std::vector<Parameter>& parameters = lesson.network().parameters(lesson.network_layer(layer));
    REQUIRE(lesson.grid(layer).total() ==
            static_cast<int>(parameters[0].values.size() + parameters[1].values.size()));
    for (int index = 0; index < lesson.grid(layer).total(); index += 61) {
      const int weights = lesson.grid(layer).weights();
      REQUIRE(lesson.value({layer, index}) ==
              (index < weights ? parameters[0].values[static_cast<std::size_t>(index)]
                               : parameters[1].values[static_cast<std::size_t>(index - weights)]));
    }
  }
}

TEST_CASE("lesson/parameters: BatchNormalization's four numbers for each channel have their names") {
  ParametersLesson lesson(1);
  must(lesson, "load_stack", "conv.3.3.same.relu~norm~flatten~dropout.50~dense.2", "4x4x1");
  CHECK(lesson.state()["layers"][2]["weights"] == 12);
  CHECK(lesson.state()["layers"][2]["formula"] == "4 · 3");
  must(lesson, "select_weight", 1, 5);
  CHECK(lesson.state()["selected"]["words"] == "beta of channel 2");
  CHECK(lesson.state()["selected"]["value"] == 0);
  must(lesson, "select_weight", 1, 9);
  CHECK(lesson.state()["selected"]["words"] == "moving_variance of channel 0, not trained");
  CHECK(lesson.state()["selected"]["value"] == 1);
  // Dropout changes values, not places: the list is still the picture of 4×4 with 3 channels.
  must(lesson, "select_weight", 2, ((1 * 4 + 2) * 3 + 1) * 2 + 1);
  CHECK(lesson.state()["selected"]["words"] == "from row 1, column 2 of channel 1 to unit 1");
}

TEST_CASE("lesson/parameters: a network from shapes travels in a link, both ways") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    ShapesLesson shapes(seed);
    randomise(shapes, seed);
    if (shapes.state()["count_link"].is_null()) continue;
    ParametersLesson lesson(seed), again(99);
    bring(lesson, shapes);
    Rng rng(seed);
    const int layer = between(rng, 0, lesson.layers() - 1);
    must(lesson, "select_weight", layer, between(rng, 0, lesson.grid(layer).total() - 1));
    if (lesson.next() >= 0 && rng.below(2)) must(lesson, "predict", between(rng, 0, 60));
    CHECK(again.load(lesson.save()).empty());
    CHECK(difference(everything(again), everything(lesson)) == "");
    // What the two lessons hand each other are places that the session can open.
    Session session;
    const auto follow = [&](const std::string& link) {
      LinkParams params;
      std::size_t from = link.find('?');
      const std::string slug = link.substr(0, from);
      while (from != std::string::npos) {
        const std::size_t equals = link.find('=', from), to = link.find('&', equals);
        params.emplace_back(link.substr(from + 1, equals - from - 1),
                            link.substr(equals + 1, to - equals - 1));
        from = to;
      }
      const Result<std::vector<std::string>> notices = session.open(slug, params);
      REQUIRE(notices);
      CHECK(notices->empty());
    };
    follow(shapes.count_link());
    CHECK(session.state()["total"] == shapes.summary().total);
    follow(lesson.shapes_link());
    CHECK(session.state()["rows"] == shapes.state()["rows"]);
  }
}

TEST_CASE("lesson/parameters: what cannot be counted is refused, and a stack has no sizes of its own here") {
  ParametersLesson lesson(1);
  const std::string fine = "conv.4.3.same~flatten~dense.2";
  must(lesson, "load_stack", fine, "6x6x1");
  must(lesson, "select_weight", 1, 3);
  check_refused(lesson, call("load_stack", "conv.4.7.valid", "6x6x1"), "does not fit together");
  check_refused(lesson, call("load_stack", "pool.2~flatten", "6x6x1"), "nothing to count");
  check_refused(lesson, call("load_stack", "flatten~dense.512~dense.512", "64x64x16"),
                "can be shown one by one");
  check_refused(lesson, call("load_stack", "gru.4", "6x6x1"), "no kind of layer");
  check_refused(lesson, call("load_stack", fine, "65x6x1"), "64 rows and columns");
  check_refused(lesson, call("load_stack", fine, "6x6"), "three sizes");
  check_refused(lesson, call("set_units", 1, 3), "built in “Shapes and summaries”");
  check_refused(lesson, call("set_image", 9), "built in “Shapes and summaries”");
  check_refused(lesson, call("set_use_bias", false), "biases");
  const std::vector<std::string> notices =
      ParametersLesson(1).load({{"stack", "conv.4.9.valid~dense"}, {"input", "6x6x1"}});
  CHECK(notices.size() == 1);
  must(lesson, "load_preset", "dense_2_3_2");
  CHECK(lesson.total() == 17);
  CHECK(!lesson.stack());
}
