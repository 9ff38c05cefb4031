#include "lesson/bias.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/layers/activation.h"
#include "engine/layers/conv2d.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kSide = FilterBank::kSide;
constexpr float kNewWeight = 0.5f;  // of an input that has just been added
constexpr float kCloseEnough = 0.005f;

Status check_numbers(std::span<const float> values, const char* what) {
  for (const float value : values) {
    if (std::abs(value) <= BiasLesson::kMaxNumber) continue;
    return Error{std::string(what) + " goes from −1000 to 1000; " + number_text(static_cast<double>(value)) +
                 " is outside."};
  }
  return Done{};
}

int positive(const Tensor& values) {
  return static_cast<int>(
      std::count_if(values.values().begin(), values.values().end(), [](float v) { return v > 0; }));
}

}  // namespace

BiasLesson::BiasLesson(std::uint64_t seed)
    : setup_{Scene::neuron, Neuron(), std::nullopt, Picture(seed), FilterBank(), 0} {
  (void)edit([](Setup&) { return Status(Done{}); });
  start_scene();
  add_verbs();
}

std::vector<float> BiasLesson::inputs() const {
  if (scene() == Scene::neuron) return setup_.neuron.inputs;
  const Tensor& in = picture().pixels();
  const Cell at = cell();
  std::vector<float> block;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      for (int c = 0; c < in.shape().c; ++c) block.push_back(in.at(0, at.row + y, at.col + x, c));
    }
  }
  return block;
}

std::vector<float> BiasLesson::weights() const {
  return scene() == Scene::neuron ? setup_.neuron.weights : bank().values(0, picture().pixels().shape().c);
}

std::vector<float> BiasLesson::products() const {
  std::vector<float> values = inputs();
  const std::vector<float> weight = weights();
  for (std::size_t k = 0; k < values.size(); ++k) values[k] *= weight[k];
  return values;
}

// A sum of n floats that should be 0 may miss it by n roundings of its largest parts: −0.55 + 0.2 + 0.35
// does. That is no firing.
bool BiasLesson::firing() const {
  float size = std::abs(bias());
  const std::vector<float> parts = products();
  for (const float part : parts) size += std::abs(part);
  const float hair = static_cast<float>(parts.size() + 1) * std::numeric_limits<float>::epsilon() * size;
  return activation() > hair;
}

BiasLesson::Cell BiasLesson::cell() const {
  const int width = sums().shape().w;
  return {timeline_.step() / width, timeline_.step() % width};
}

float BiasLesson::looked_at(const Tensor& neuron, const Tensor& map) const {
  if (scene() == Scene::neuron) return neuron.at(0, 0, 0, 0);
  return map.at(0, cell().row, cell().col, 0);
}

int BiasLesson::cells_firing() const { return positive(fired()); }
int BiasLesson::cells_firing_without_bias() const { return positive(sums()); }

Result<BiasLesson::Fired> BiasLesson::fire(const Tensor& in, const Filters& weights, float bias) {
  Result<Tensor> sum = conv2d(in, weights, {}, {});
  if (!sum) return sum.error();
  Result<Tensor> shifted = conv2d(in, weights, {&bias, 1}, {});
  if (!shifted) return shifted.error();
  Tensor fired = relu(*shifted);
  return Fired{std::move(sum).value(), std::move(shifted).value(), std::move(fired)};
}

Result<BiasLesson::Computed> BiasLesson::compute(Setup& setup) {
  const Neuron& neuron = setup.neuron;
  const int count = static_cast<int>(neuron.inputs.size());
  Result<Fired> one =
      fire(Tensor({1, 1, 1, count}, neuron.inputs), Filters({1, 1, count, 1}, neuron.weights), neuron.bias);
  if (!one) return one.error();
  const Tensor& pixels = setup.picture.pixels();
  setup.bank.widen(pixels.shape().c);
  Result<Fired> all = fire(pixels, setup.bank.filters(pixels.shape().c), setup.map_bias);
  if (!all) return all.error();
  return Computed{std::move(one).value(), std::move(all).value()};
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status BiasLesson::edit(const std::function<Status(Setup&)>& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  Result<Computed> computed = compute(next);
  if (!computed) return computed.error();
  const bool same_stage = next.scene == scene() && computed_.map.sum.shape() == computed->map.sum.shape() &&
                          next.neuron.inputs.size() == setup_.neuron.inputs.size();
  setup_ = std::move(next);
  computed_ = std::move(computed).value();
  if (!same_stage) start_scene();
  return Done{};
}

// The neuron opens with everything on the stage, the map at its strongest cell.
void BiasLesson::start_scene() {
  timeline_.pause();
  if (scene() == Scene::neuron) {
    timeline_.set_words("step", "step");
    timeline_.set_length(static_cast<int>(setup_.neuron.inputs.size()) + 3, 1);
    timeline_.finish();
    return;
  }
  timeline_.set_words("cell", "cell");
  timeline_.set_length(cells(), 1);
  const std::span<const float> values = sums().values();
  (void)timeline_.seek(static_cast<double>(std::max_element(values.begin(), values.end()) - values.begin()));
}

// A prediction is about one neuron: another one has none.
Status BiasLesson::edit_neuron(const std::function<Status(Neuron&)>& change) {
  return edit([&](Setup& s) {
    const Neuron before = s.neuron;
    const Status changed = change(s.neuron);
    if (!(before == s.neuron)) s.predicted.reset();
    return changed;
  });
}

Status BiasLesson::predict(float value) {
  if (scene() == Scene::map) {
    return Error{"A prediction is about the one neuron: go back to it, then predict its output."};
  }
  if (shown() == timeline_.steps()) {
    return Error{"The output can be seen already: step back before relu, then predict it."};
  }
  if (Status fine = check_numbers({&value, 1}, "A prediction"); !fine) return fine;
  return edit([&](Setup& s) { return s.predicted = value, Status(Done{}); });
}

void BiasLesson::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  const auto edit_picture = [this](const std::function<Status(Picture&)>& change) {
    return edit([&](Setup& s) { return change(s.picture); });
  };
  add_picture_verbs(edit_picture, verbs_);
  verbs_.push_back({"set_view",
                    {{"view", Type::text, "neuron or map"}},
                    "One neuron, or one filter's whole map.",
                    [this](const Args& a) {
                      const std::string view = a.text(0);
                      if (view != "neuron" && view != "map") {
                        return Status(
                            Error{"The view is neuron or map; " + in_quotes(view) + " is neither."});
                      }
                      return edit([&](Setup& s) {
                        s.scene = view == "map" ? Scene::map : Scene::neuron;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back(
      {"set_inputs",
       {{"values", Type::numbers, "1 to 4 numbers; each has its weight"}},
       "What comes into the neuron.",
       [this](const Args& a) {
         if (scene() == Scene::map) {
           return Status(Error{"In the map the inputs are the picture's pixels: choose another picture."});
         }
         const std::vector<float> values = a.numbers(0);
         if (values.empty() || values.size() > kMaxInputs) {
           return Status(Error{"This neuron has 1 to 4 inputs; " + std::to_string(values.size()) + " came."});
         }
         if (Status fine = check_numbers(values, "An input"); !fine) return fine;
         return edit_neuron([&](Neuron& n) {
           n.inputs = values;
           n.weights.resize(values.size(), kNewWeight);
           return Status(Done{});
         });
       }});
  verbs_.push_back(
      {"set_weights",
       {{"values", Type::numbers, "one for each input"}},
       "The neuron's weights; in the map, the filter's.",
       [this](const Args& a) {
         const std::vector<float> values = a.numbers(0);
         if (scene() == Scene::map) {
           return edit([&](Setup& s) { return s.bank.set_values(0, values, s.picture.pixels().shape().c); });
         }
         const std::size_t count = setup_.neuron.inputs.size();
         if (values.size() != count) {
           return Status(Error{"Each input has one weight: " + std::to_string(count) + " are wanted, " +
                               std::to_string(values.size()) + " came."});
         }
         if (Status fine = check_numbers(values, "A weight"); !fine) return fine;
         return edit_neuron([&](Neuron& n) { return n.weights = values, Status(Done{}); });
       }});
  verbs_.push_back({"set_bias",
                    {{"value", Type::number, "−1000 to 1000"}},
                    "What is added to the weighted sum before relu; in the map, the filter's.",
                    [this](const Args& a) {
                      const float value = static_cast<float>(a.number(0));
                      if (Status fine = check_numbers({&value, 1}, "A bias"); !fine) return fine;
                      if (scene() == Scene::map)
                        return edit([&](Setup& s) { return s.map_bias = value, Status(Done{}); });
                      return edit_neuron([&](Neuron& n) { return n.bias = value, Status(Done{}); });
                    }});
  verbs_.push_back({"set_preset",
                    {{"name", Type::text, "top_edge, sobel_x, …, random"}},
                    "Make the map's filter one of the catalogue.",
                    [this](const Args& a) {
                      const std::string name = a.text(0);
                      const std::uint64_t draw = seed() + random_filters_;
                      Status set = edit([&](Setup& s) {
                        return s.bank.set_preset(0, name, draw, s.picture.pixels().shape().c);
                      });
                      if (set && name == "random") ++random_filters_;
                      return set;
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "what relu will give"}},
                    "Say the neuron's output before it is computed.",
                    [this](const Args& a) { return predict(static_cast<float>(a.number(0))); }});
}

std::vector<Task> BiasLesson::tasks() const {
  // Halving is met within a tenth: the sums of neighbouring cells are often the same, and switch together.
  const int all = cells_firing_without_bias(), left = cells_firing();
  const bool halved = std::abs(2 * left - all) * 10 <= all;
  const float output = computed_.neuron.fired.at(0, 0, 0, 0);
  return {{"fires_from_minus_one", std::abs(setup_.neuron.bias - 1) < 1e-6f},
          {"predict", predicted() && std::abs(*predicted() - output) <= kCloseEnough},
          {"half", all > 0 && halved},
          {"silence", all > 0 && left == 0}};
}

std::vector<std::string> BiasLesson::controls() const {
  return {"view", "inputs", "weights", "bias", "picture", "presets", "transport", "speed"};
}

}  // namespace kg
