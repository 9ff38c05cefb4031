// The verbs of the lesson `shapes`, and its link, which is read through them.
#include <algorithm>
#include <cstdint>
#include <utility>

#include "lesson/layer_settings.h"
#include "lesson/layer_text.h"
#include "lesson/number_text.h"
#include "lesson/shapes.h"

namespace kg {
namespace {

using Type = Param::Type;

const Param kAt{"at", Type::integer, "which layer, from 0"};

}  // namespace

Status ShapesLesson::check_row(double at) const {
  if (at >= 0 && at < count()) return Done{};
  return Error{"There is no layer " + number_text(at, 0) + ": they are numbered from 0 to " +
               std::to_string(count() - 1) + "."};
}

Status ShapesLesson::edit_layer(double at, const std::function<Status(LayerDescription&)>& change) {
  if (Status there = check_row(at); !there) return there;
  const int row = static_cast<int>(at);
  return edit(row, [&](Stack& stack) { return change(stack.layers[static_cast<std::size_t>(row)]); });
}

void ShapesLesson::add_verbs() {
  add_timeline_verbs(timeline_, verbs_);
  add_stack_verbs();
  add_setting_verbs();
  verbs_.push_back({"select", {kAt}, "Look at one layer.", [this](const Args& a) {
                      const Status there = check_row(a.number(0));
                      if (there) look_at(a.integer(0));
                      return there;
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "a whole number"}},
                    "Say how many parameters the layer has, before it is shown.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

void ShapesLesson::add_stack_verbs() {
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "model_valid, model_same, model_pool or broken"}},
                    "Take a stack of layers known by name.",
                    [this](const Args& a) {
                      Result<Stack> preset = stack_preset(a.text(0));
                      if (!preset) return Status(preset.error());
                      timeline_.finish();
                      const Status loaded =
                          edit(0, [&](Stack& stack) { return stack = *preset, Status(Done{}); });
                      setup_.selection.reset();
                      if (broken_) look_at(broken_->row);
                      return loaded;
                    }});
  verbs_.push_back(
      {"set_input",
       {{"h", Type::integer, "1 to 64"}, {"w", Type::integer, "1 to 64"}, {"c", Type::integer, "1 to 16"}},
       "The size of the picture that goes in: rows, columns, channels.",
       [this](const Args& a) {
         if (Status fits = check_input(a.number(0), a.number(1), a.number(2)); !fits) return fits;
         return edit(current(), [&](Stack& stack) {
           stack.input = SampleShape(a.integer(0), a.integer(1), a.integer(2));
           return Status(Done{});
         });
       }});
  verbs_.push_back({"add_layer",
                    {{"kind", Type::text,
                      "Dense, Conv2D, MaxPooling2D, AveragePooling2D, Flatten, Dropout, "
                      "BatchNormalization or Activation"},
                     {"at", Type::integer, "its number from 0; at the end if left out", true}},
                    "Put one more layer into the stack.",
                    [this](const Args& a) {
                      const Result<LayerDescription> made = new_layer(a.text(0));
                      if (!made) return Status(made.error());
                      const double at = a.has(1) ? a.number(1) : count();
                      if (at != count()) {
                        if (Status there = check_row(at); !there) return there;
                      }
                      return edit(static_cast<int>(at), [&](Stack& stack) {
                        stack.layers.insert(stack.layers.begin() + static_cast<std::ptrdiff_t>(at), *made);
                        return check_count(stack.layers.size());
                      });
                    }});
  verbs_.push_back({"remove_layer", {kAt}, "Take a layer out of the stack.", [this](const Args& a) {
                      if (Status there = check_row(a.number(0)); !there) return there;
                      return edit(a.integer(0), [&](Stack& stack) {
                        stack.layers.erase(stack.layers.begin() + a.integer(0));
                        return check_count(stack.layers.size());
                      });
                    }});
  verbs_.push_back({"move_layer",
                    {{"from", Type::integer, "which layer, from 0"}, {"to", Type::integer, "its new number"}},
                    "Move a layer up or down the stack.",
                    [this](const Args& a) {
                      for (const double at : {a.number(0), a.number(1)})
                        if (Status there = check_row(at); !there) return there;
                      return edit(a.integer(1), [&](Stack& stack) {
                        const auto from = stack.layers.begin() + a.integer(0),
                                   to = stack.layers.begin() + a.integer(1);
                        if (from < to)
                          std::rotate(from, from + 1, to + 1);
                        else
                          std::rotate(to, from, from + 1);
                        return Status(Done{});
                      });
                    }});
}

void ShapesLesson::add_setting_verbs() {
  struct NumberVerb {
    const char *name, *legal, *about;
    Status (*set)(LayerDescription&, double);
  };
  static constexpr NumberVerb kNumbers[] = {
      {"set_units", "1 to 512", "How many neurons a Dense layer has.", set_units},
      {"set_filters", "1 to 512", "How many filters a Conv2D layer has.", set_filters},
      {"set_kernel", "1 to 11", "The side of a layer's filters, or of its pooling window.", set_window},
      {"set_strides", "1 to 4", "How far a layer's window moves.", set_stride},
      {"set_rate", "0 to 95 percent", "How many values a Dropout layer puts to 0.", set_rate}};
  for (const NumberVerb& verb : kNumbers) {
    verbs_.push_back(
        {verb.name, {kAt, {"n", Type::integer, verb.legal}}, verb.about, [this, &verb](const Args& a) {
           return edit_layer(a.number(0),
                             [&](LayerDescription& layer) { return verb.set(layer, a.number(1)); });
         }});
  }
  struct NameVerb {
    const char *name, *param, *legal, *about;
    Status (*set)(LayerDescription&, std::string_view);
  };
  static constexpr NameVerb kNames[] = {
      {"set_padding", "padding", "valid or same", "Whether a border of zeros keeps the size.", set_padding},
      {"set_activation", "activation", "linear, relu, sigmoid, tanh or softmax",
       "What a layer makes of its sums.", set_activation}};
  for (const NameVerb& verb : kNames) {
    verbs_.push_back(
        {verb.name, {kAt, {verb.param, Type::text, verb.legal}}, verb.about, [this, &verb](const Args& a) {
           return edit_layer(a.number(0),
                             [&](LayerDescription& layer) { return verb.set(layer, a.text(1)); });
         }});
  }
}

// The stack before the position, which needs its length; what is looked at last, since moving ends it.
std::vector<std::string> ShapesLesson::load(const LinkParams& params) {
  LinkReader link(params);
  link.take("seed", [&](const std::string& text) {
    const std::optional<std::uint64_t> seed = parse_seed(text);
    if (!seed) return Status(Error{"a seed is a whole number from 0 on"});
    seed_ = *seed;
    return Status(Done{});
  });
  link.take("input", [&](const std::string& text) {
    const Result<std::vector<int>> sizes = read_size(text);
    if (!sizes) return Status(sizes.error());
    return perform("set_input", args((*sizes)[0], (*sizes)[1], (*sizes)[2]));
  });
  link.take("layers", [&](const std::string& text) {
    Result<std::vector<LayerDescription>> read = read_layers(text);
    if (!read) return Status(read.error());
    if (Status few = check_count(read->size()); !few) return few;
    return edit(0, [&](Stack& stack) { return stack.layers = *read, Status(Done{}); });
  });
  setup_.selection.reset();
  load_timeline(timeline_, link);
  link.take("said", [&](const std::string& text) {
    const std::size_t dot = text.find('.');
    const std::optional<int> row = parse_int(text.substr(0, dot));
    const std::optional<double> value = parse_number(dot == std::string::npos ? "" : text.substr(dot + 1));
    if (!row || !value || *row < 0 || !fits(*row) || !(*value >= 0))
      return Status(Error{"a prediction is a layer's number, a dot and a number of parameters"});
    setup_.prediction = {*row, *value};
    return Status(Done{});
  });
  link.take("row", [&](const std::string& text) {
    const std::optional<int> row = parse_int(text);
    return row ? perform("select", args(*row)) : Status(Error{"a layer's number is a whole number"});
  });
  return link.notices();
}

}  // namespace kg
