// The lesson parameters: the two networks of the course, every count against a plain computation, every
// weight by name.
#include "lesson/parameters.h"

#include <algorithm>
#include <set>

#include "lesson/lesson_fixture.h"

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
