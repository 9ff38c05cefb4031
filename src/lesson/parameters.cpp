#include "lesson/parameters.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "lesson/layer_settings.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kMostCircles = 8, kMostChannels = 4, kMostFilters = 6, kMostOutputs = 10;
constexpr int kMostKernel = 7, kMostImage = 32;
// What one of the tasks asks for; tests/lesson/test_tasks.cpp has a way there.
constexpr std::int64_t kWanted = 50, kFewEnough = 500;

std::string text_of(int n) { return std::to_string(n); }

}  // namespace

ParametersLesson::ParametersLesson(std::uint64_t seed) : seed_(seed), network_(build(Setup(), seed).value()) {
  timeline_.set_words("layer", "part");
  (void)timeline_.set_speed(kUsualSpeed);
  (void)keep(Setup());
  add_verbs();
}

ParametersLesson::Setup ParametersLesson::preset(bool picture) {
  if (!picture) return {};
  return {.picture = true, .image = 20, .inputs = 3, .outputs = {2, 3, 2}, .kernels = {3, 3}};
}

std::vector<LayerDescription> ParametersLesson::layers_of(const Setup& setup) {
  std::vector<LayerDescription> layers;
  const std::size_t convolutions = setup.kernels.size(), count = setup.outputs.size();
  for (std::size_t k = 0; k < count; ++k) {
    const int outputs = setup.outputs[k];
    if (k < convolutions) {
      layers.push_back(Conv2D{.filters = outputs,
                              .kernel = {setup.kernels[k], setup.kernels[k]},
                              .padding = Padding::same,
                              .activation = ActivationKind::relu,
                              .use_bias = setup.biases});
      continue;
    }
    if (k > 0 && k == convolutions) layers.push_back(Flatten{});
    layers.push_back(Dense{.units = outputs,
                           .activation = k + 1 == count ? ActivationKind::softmax : ActivationKind::relu,
                           .use_bias = setup.biases});
  }
  return layers;
}

Result<Network> ParametersLesson::build(const Setup& setup, std::uint64_t seed) {
  if (setup.stack) {
    if (Status countable = can_be_counted(*setup.stack); !countable) return countable.error();
    return Network::build(setup.stack->input, setup.stack->layers, seed);
  }
  const SampleShape input =
      setup.picture ? SampleShape(setup.image, setup.image, setup.inputs) : SampleShape(setup.inputs);
  return Network::build(input, layers_of(setup), seed);
}

std::vector<ParametersLesson::Size> ParametersLesson::sizes_of(const Setup& setup) {
  std::vector<Size> sizes;
  if (setup.stack) return sizes;
  if (!setup.picture) {
    sizes.push_back({"set_inputs", -1, setup.inputs, 1, kMostCircles, 0, "Inputs"});
    for (int k = 0; k < 2; ++k) {
      sizes.push_back({"set_units", k, setup.outputs[static_cast<std::size_t>(k)], 1, kMostCircles, k + 1,
                       k == 0 ? "Units" : "Outputs"});
    }
    return sizes;
  }
  sizes.push_back({"set_image", -1, setup.image, 1, kMostImage, 0, "Image"});
  sizes.push_back({"set_inputs", -1, setup.inputs, 1, kMostChannels, 0, "Channels"});
  for (int k = 0; k < 2; ++k) {
    const std::size_t at = static_cast<std::size_t>(k);
    sizes.push_back({"set_filters", k, setup.outputs[at], 1, kMostFilters, k + 1, "Filters"});
    sizes.push_back({"set_kernel", k, setup.kernels[at], 1, kMostKernel, k + 1, "Size"});
  }
  sizes.push_back({"set_units", 2, setup.outputs[2], 1, kMostOutputs, 4, "Units"});
  return sizes;
}

// Of a size that sizes_of() lists.
int& ParametersLesson::number(Setup& setup, const std::string& verb, int layer) {
  if (verb == "set_inputs") return setup.inputs;
  if (verb == "set_image") return setup.image;
  return (verb == "set_kernel" ? setup.kernels : setup.outputs)[static_cast<std::size_t>(layer)];
}

// How the weights of a layer with parameters lie.
WeightGrid ParametersLesson::grid_of(int layer) const {
  const auto description = [&](int k) -> const LayerDescription& {
    return network_.descriptions()[static_cast<std::size_t>(k)];
  };
  const SampleShape& in = network_.shape(layer);
  WeightGrid grid{.in = in.c(), .out = network_.shape(layer + 1).c()};
  if (std::holds_alternative<BatchNormalization>(description(layer))) {
    return {.in = static_cast<int>(network_.parameters(layer).size()), .out = grid.out, .has_biases = false};
  }
  if (const auto* conv = std::get_if<Conv2D>(&description(layer))) {
    grid.height = conv->kernel.h, grid.width = conv->kernel.w, grid.has_biases = conv->use_bias;
    return grid;
  }
  grid.has_biases = std::get<Dense>(description(layer)).use_bias;
  // A list that a picture was flattened into is still that picture, also behind layers that only change
  // values.
  int before = layer - 1;
  const auto keeps_places = [](const LayerDescription& d) {
    return std::holds_alternative<Dropout>(d) || std::holds_alternative<Activation>(d) ||
           std::holds_alternative<BatchNormalization>(d);
  };
  while (before >= 0 && keeps_places(description(before))) --before;
  if (before >= 0 && std::holds_alternative<Flatten>(description(before))) {
    const SampleShape& flat = network_.shape(before);
    grid.height = flat.h(), grid.width = flat.w(), grid.in = flat.c();
  }
  return grid;
}

// Rows and grids of the network as it is now, all from the engine's own descriptions and parameters.
void ParametersLesson::count() {
  rows_.clear();
  grids_.clear();
  in_network_.clear();
  reaches_.clear();
  const Summary summary = network_.summary();
  if (setup_.picture) {
    rows_.push_back({.name = "input", .type = "Input", .in = network_.shape(0), .out = network_.shape(0)});
  }
  for (int k = 0; k < network_.layers(); ++k) {
    const LayerDescription& layer = network_.descriptions()[static_cast<std::size_t>(k)];
    Row row{.name = network_.name(k),
            .type = summary.rows[static_cast<std::size_t>(k)].type,
            .in = network_.shape(k),
            .out = network_.shape(k + 1),
            .window = window_of(layer).value_or(0)};
    float reach = 0;
    for (const Parameter& p : network_.parameters(k)) {
      (p.name == "bias" ? row.biases : row.weights) += static_cast<std::int64_t>(p.values.size());
      if (p.name == "bias") continue;
      for (const float value : p.values) reach = std::max(reach, std::abs(value));
    }
    row.total = summary.rows[static_cast<std::size_t>(k)].params;
    const SampleShape& in = row.in;
    if (row.type == "Flatten" && in.rank() == 3) {
      row.formula = text_of(in.h()) + " · " + text_of(in.w()) + " · " + text_of(in.c());
    } else if (row.total > 0) {
      row.layer = static_cast<int>(grids_.size());
      const WeightGrid grid = grid_of(k);
      row.formula = row.type == "Conv2D" ? text_of(in.c()) + " · (" + text_of(grid.out) + " · " +
                                               text_of(grid.height) + " · " + text_of(grid.width) + ")"
                    : row.type == "Dense" ? text_of(in.c()) + " · " + text_of(grid.out)
                                          : text_of(grid.in) + " · " + text_of(grid.out);
      assert(grid.weights() == row.weights && grid.biases() == row.biases);
      grids_.push_back(grid);
      in_network_.push_back(k);
      reaches_.push_back(reach > 0 ? reach : 1);
    }
    rows_.push_back(std::move(row));
  }
  total_ = summary.total;
}

// Everything is tried first: what does not fit leaves the lesson as it was.
Status ParametersLesson::keep(const Setup& next) {
  Result<Network> built = build(next, seed_);
  if (!built) return built.error();
  const std::vector<WeightGrid> before = grids_;
  network_ = std::move(built).value();
  setup_ = next;
  count();
  timeline_.set_length(layers(), kTicks);
  // A selected weight and what was said of a layer go when that layer is another one.
  const auto changed = [&](int layer) {
    return before.size() != grids_.size() || !(before[static_cast<std::size_t>(layer)] == grid(layer));
  };
  if (selected_ && changed(selected_->layer)) selected_.reset();
  if (prediction_ && changed(prediction_->layer)) prediction_.reset();
  return Done{};
}

Status ParametersLesson::set_size(const std::string& verb, double layer, double n) {
  for (const Size& size : sizes()) {
    if (size.verb != verb || size.layer != layer) continue;
    if (!(n >= size.least && n <= size.most)) {
      return Error{size.name + " can be " + text_of(size.least) + " to " + text_of(size.most) + "; " +
                   number_text(n, 0) + " is outside."};
    }
    Setup next = setup_;
    number(next, verb, size.layer) = static_cast<int>(n);
    return keep(next);
  }
  if (stack()) return Error{"This network was built in “Shapes and summaries”: change its layers there."};
  if (verb == "set_image") return Error{"This network’s input is a list of numbers, not an image."};
  if (!(layer >= 0 && layer < layers())) {
    return Error{"There is no layer " + number_text(layer, 0) + " with parameters: they are layers 0 to " +
                 text_of(layers() - 1) + "."};
  }
  const Row& is = row(static_cast<int>(layer));
  const bool conv = is.type == "Conv2D";
  return Error{"Layer " + number_text(layer, 0) + " is " + is.type + ": it has " +
               (conv ? "filters and their size" : "units") + ", no " +
               (verb == "set_units"     ? "units"
                : verb == "set_filters" ? "filters"
                                        : "filter size") +
               "."};
}

Status ParametersLesson::load_preset(const std::string& name) {
  if (name != "dense_2_3_2" && name != "cnn_2515") {
    return Error{"The networks are dense_2_3_2 and cnn_2515; " + in_quotes(name) + " is neither."};
  }
  return restart(preset(name == "cnn_2515"));
}

Status ParametersLesson::load_stack(const std::string& layers, const std::string& input) {
  Result<Stack> stack = read_stack(layers, input);
  if (!stack) return stack.error();
  return restart({.picture = true, .stack = std::move(stack).value()});
}

// Another network from the beginning. Nothing that was said or chosen is about it.
Status ParametersLesson::restart(const Setup& with) {
  if (Status kept = keep(with); !kept) return kept;
  selected_.reset();
  prediction_.reset();
  return timeline_.seek(0);
}

Status ParametersLesson::select(double layer, double index) {
  if (!(layer >= 0 && layer < layers())) {
    return Error{"There is no layer " + number_text(layer, 0) + " with parameters: they are layers 0 to " +
                 text_of(layers() - 1) + "."};
  }
  const int k = static_cast<int>(layer), count = grid(k).total();
  if (!(index >= 0 && index < count)) {
    return Error{"Layer " + text_of(k) + " has " + text_of(count) + " parameters, 0 to " +
                 text_of(count - 1) + "; there is no " + number_text(index, 0) + "."};
  }
  selected_ = {k, static_cast<int>(index)};
  if (!timeline_.at_end() && timeline_.step() != k) return timeline_.seek(k);
  return Done{};
}

Status ParametersLesson::predict(double value) {
  const int layer = next();
  if (layer < 0) return Error{"Everything is counted already. Go back a layer, then say what it will be."};
  prediction_ = {layer, value};
  return Done{};
}

const ParametersLesson::Row& ParametersLesson::row(int layer) const {
  return *std::find_if(rows_.begin(), rows_.end(), [&](const Row& r) { return r.layer == layer; });
}

float ParametersLesson::value(const Selection& at) const {
  std::size_t index = static_cast<std::size_t>(at.index);
  for (const Parameter& p : network_.parameters(network_layer(at.layer))) {
    if (index < p.values.size()) return p.values[index];
    index -= p.values.size();
  }
  assert(false && "a weight of this layer");
  return 0;
}

int ParametersLesson::current() const {
  return timeline_.at_end() && selected_ ? selected_->layer : timeline_.step();
}

ParametersLesson::Counted ParametersLesson::counted(int layer) const {
  const WeightGrid& all = grid(layer);
  if (layer < timeline_.steps_done()) return {all.weights(), all.biases(), true};
  if (layer > timeline_.steps_done()) return {};
  // One after the other while the part's tick is under way. A tick counts as reached a hair early.
  const double parts = timeline_.phase() / Timeline::kRest * kTicks + 1e-9;
  const auto share = [&](int count, double part) {
    return static_cast<int>(std::clamp(part, 0.0, 1.0) * count);
  };
  return {share(all.weights(), parts), share(all.biases(), parts - 1), timeline_.ticks_shown() == kTicks};
}

std::int64_t ParametersLesson::so_far() const {
  std::int64_t sum = 0;
  for (int k = 0; k < layers(); ++k) sum += counted(k).total ? row(k).total : 0;
  return sum;
}

int ParametersLesson::next() const {
  for (int k = 0; k < layers(); ++k) {
    if (!counted(k).total) return k;
  }
  return -1;
}

bool ParametersLesson::predicted_right() const {
  return prediction_ && prediction_->value == static_cast<double>(row(prediction_->layer).total);
}

std::vector<Task> ParametersLesson::tasks() const {
  const bool convolutions_kept = setup_.picture && !setup_.stack && setup_.inputs == 3 &&
                                 setup_.kernels == preset(true).kernels &&
                                 setup_.outputs == preset(true).outputs && setup_.biases;
  return {{"predict", predicted_right()},
          {"exactly_50", !setup_.picture && total() == kWanted},
          {"small_dense", convolutions_kept && total() < kFewEnough}};
}

std::vector<std::string> ParametersLesson::controls() const {
  return {"presets", "sizes", "biases", "transport", "speed"};
}

}  // namespace kg
