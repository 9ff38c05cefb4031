#include "lesson/shapes.h"

#include <algorithm>

#include "engine/network.h"
#include "lesson/layer_settings.h"
#include "lesson/layer_text.h"
#include "lesson/number_text.h"
#include "lesson/shape_formula.h"

namespace kg {
namespace {

Json sizes_json(const SampleShape& shape) {
  if (shape.rank() == 1) return Json::array({shape.c()});
  if (shape.rank() == 2) return Json::array({shape.w(), shape.c()});
  return Json::array({shape.h(), shape.w(), shape.c()});
}

template <class Number>
void put(Json& json, const char* key, const std::optional<Number>& number) {
  if (number) json[key] = *number;
}

Json description_json(const LayerDescription& layer) {
  Json json = {{"kind", keras_name_of(layer)}};
  put(json, "units", units_of(layer));
  put(json, "filters", filters_of(layer));
  put(json, "window", window_of(layer));
  put(json, "strides", stride_of(layer));
  put(json, "rate_percent", rate_of(layer));
  if (const auto padding = padding_of(layer)) json["padding"] = name_of(*padding);
  if (const auto activation = chosen_activation(layer)) json["activation"] = name_of(*activation);
  return json;
}

int convolutions(const std::vector<LayerDescription>& layers) {
  return static_cast<int>(std::count_if(layers.begin(), layers.end(), [](const LayerDescription& layer) {
    return std::holds_alternative<Conv2D>(layer);
  }));
}

bool same_kinds(const std::vector<LayerDescription>& a, const std::vector<LayerDescription>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const LayerDescription& x, const LayerDescription& y) { return x.index() == y.index(); });
}

}  // namespace

ShapesLesson::ShapesLesson(std::uint64_t seed) : seed_(seed) {
  setup_.stack = stack_preset(stack_names().front()).value();
  timeline_.set_words("layer", "part");
  count_up();
  timeline_.finish();
  add_verbs();
}

// Keras' summary of as much of the stack as fits together. What stops it is in the engine's own words.
void ShapesLesson::count_up() {
  std::vector<LayerDescription> fitting = layers();
  Result<Summary> counted = summarize(input(), fitting);
  broken_.reset();
  while (!counted) {
    fitting.pop_back();
    broken_ = {static_cast<int>(fitting.size()), counted.sentence()};
    counted = summarize(input(), fitting);
  }
  summary_ = std::move(counted).value();
  const bool at_end = timeline_.at_end();
  timeline_.set_length(count(), kTicks);
  if (at_end) timeline_.finish();
}

SampleShape ShapesLesson::shape_into(int at) const { return at == 0 ? input() : row(at - 1).output; }

std::string ShapesLesson::title(int at) const {
  return fits(at) ? row(at).name + " (" + row(at).type + ")" : keras_name_of(layer(at));
}

int ShapesLesson::current() const {
  const auto& chosen = setup_.selection;
  return chosen && chosen->position == timeline_.position() ? chosen->row : timeline_.step();
}

int ShapesLesson::shown(int at) const {
  if (at < timeline_.steps_done()) return kTicks;
  return at == timeline_.step() ? timeline_.ticks_shown() : 0;
}

bool ShapesLesson::is_preset(std::string_view name) const {
  const Result<Stack> preset = stack_preset(name);
  return preset && *preset == stack();
}

std::string ShapesLesson::count_link() const {
  return "parameters?stack=" + stack_text(layers()) + "&input=" + size_link(input());
}

// What has been shown can be looked at where we are; the data has to go on to what has not.
void ShapesLesson::look_at(int at) {
  if (at > timeline_.step()) (void)timeline_.seek(at);
  setup_.selection = {at, timeline_.position()};
}

Status ShapesLesson::edit(int at, const std::function<Status(Stack&)>& change) {
  Stack next = setup_.stack;
  if (Status changed = change(next); !changed) return changed;
  setup_.stack = std::move(next);
  setup_.prediction.reset();
  setup_.selection.reset();
  count_up();
  look_at(std::min(at, count() - 1));
  return Done{};
}

Status ShapesLesson::predict(double value) {
  const int at = timeline_.step();
  if (!fits(at)) {
    return Error{"Layer " + std::to_string(at + 1) + " is not built, so it has no parameters to predict."};
  }
  if (shown(at) == kTicks) {
    return Error{"The parameters of " + title(at) +
                 " can be seen already: step to another layer and one part back, then predict."};
  }
  if (!(value >= 0 && value <= kLargestWhole &&
        value == static_cast<double>(static_cast<std::int64_t>(value)))) {
    return Error{"A number of parameters is a whole number of at least 0; " + number_text(value) +
                 " is not."};
  }
  setup_.prediction = {at, value};
  timeline_.move_ticks(kTicks - shown(at));  // and here is the answer
  return Done{};
}

Json ShapesLesson::state() const {
  Json rows = Json::array(), descriptions = Json::array();
  for (int k = 0; k < count(); ++k) {
    descriptions.push_back(description_json(layer(k)));
    rows.push_back({{"layer", title(k)},
                    {"output", fits(k) ? sizes_json(row(k).output) : Json()},
                    {"params", fits(k) ? Json(row(k).params) : Json()}});
  }
  const int at = current();
  Json here = {{"row", at}, {"layer", title(at)}, {"shown", shown(at)}};
  if (fits(at)) {
    const ShapeFormula formula = shape_formula(layer(at), shape_into(at));
    here["input"] = sizes_json(shape_into(at));
    here["output_formula"] = formula.output;
    here["params_formula"] = formula.params;
    here["words"] = formula.words;
  }
  const auto& said = prediction();
  return {{"rows", std::move(rows)},
          {"total", broken_ ? Json() : Json(summary_.total)},
          {"trainable", broken_ ? Json() : Json(summary_.trainable)},
          {"non_trainable", broken_ ? Json() : Json(summary_.non_trainable)},
          {"error", broken_ ? Json{{"row", broken_->row}, {"sentence", broken_->sentence}} : Json()},
          {"count_link", can_be_counted(stack()) ? Json(count_link()) : Json()},
          {"input", sizes_json(input())},
          {"layers", std::move(descriptions)},
          {"current", std::move(here)},
          {"prediction", said ? Json{{"row", said->row},
                                     {"value", said->value},
                                     {"right", said->value == static_cast<double>(row(said->row).params)}}
                              : Json()}};
}

std::string ShapesLesson::narrate() const {
  const int at = current();
  const std::string name =
      "Layer " + std::to_string(at + 1) + " of " + std::to_string(count()) + ", " + title(at);
  if (!fits(at)) {
    return at == broken_->row
               ? broken_->sentence
               : name + ": not reached, because layer " + std::to_string(broken_->row + 1) + " does not fit.";
  }
  if (timeline_.at_end() && at == count() - 1 && !setup_.selection) {
    return "The whole stack: " + std::to_string(count()) + " layers, " + grouped(summary_.total) +
           " parameters; " + sizes_text(input()) + " goes in, " + sizes_text(row(at).output) + " comes out.";
  }
  std::string words = name + ": " + sizes_text(shape_into(at)) + " comes in";
  if (shown(at) >= 1) words += ", " + sizes_text(row(at).output) + " goes out";
  if (shown(at) >= 2)
    words += ", " + grouped(row(at).params) + (row(at).params == 1 ? " parameter" : " parameters");
  return words + ".";
}

std::string ShapesLesson::keras_code() const {
  return keras_code_of(input(), layers()) + "\nmodel.summary()\n" +
         (broken_ ? "# Keras refuses this stack, too: see layer " + std::to_string(broken_->row + 1) + ".\n"
                  : "");
}

LinkParams ShapesLesson::save() const {
  LinkParams params{{"seed", std::to_string(seed_)}};
  const Stack fresh = stack_preset(stack_names().front()).value();
  if (input() != fresh.input) params.emplace_back("input", size_link(input()));
  if (const std::string text = stack_text(layers()); text != stack_text(fresh.layers))
    params.emplace_back("layers", text);
  save_timeline(timeline_, params);
  if (const auto& said = prediction())
    params.emplace_back("said", std::to_string(said->row) + "." + exact_text(said->value));
  if (setup_.selection && setup_.selection->position == timeline_.position())
    params.emplace_back("row", std::to_string(setup_.selection->row));
  return params;
}

std::vector<Task> ShapesLesson::tasks() const {
  static const Stack valid = stack_preset("model_valid").value(), wrong = stack_preset("broken").value();
  const auto& said = prediction();
  const bool from_valid = input() == valid.input && layers().size() >= valid.layers.size() &&
                          convolutions(layers()) >= convolutions(valid.layers);
  return {{"fit", !broken_ && from_valid && summary_.total < 100000},
          {"repair", !broken_ && input() == wrong.input && same_kinds(layers(), wrong.layers)},
          {"predict", said && said->value > 0 && said->value == static_cast<double>(row(said->row).params)}};
}

std::vector<std::string> ShapesLesson::controls() const {
  return {"presets", "input", "settings", "order", "layers", "count", "transport", "speed"};
}

}  // namespace kg
