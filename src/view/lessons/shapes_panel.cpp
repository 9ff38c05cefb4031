#include "view/lessons/shapes_panel.h"

#include <algorithm>
#include <array>

#include "lesson/layer_settings.h"
#include "lesson/number_text.h"
#include "lesson/shape_formula.h"
#include "view/lessons/shapes_table.h"
#include "view/widgets/button.h"

namespace kg {
namespace {

constexpr int kColumns = 2, kRows = 3;

// Hands out the places of a grid of controls, row by row.
class Places {
 public:
  Places(const Ui& ui, const Rect& box)
      : box_(box),
        gap_(ui.u(8)),
        width_((box.w - gap_) / kColumns),
        height_(std::min((box.h - gap_ * (kRows - 1)) / kRows, ui.u(42))) {}
  Rect next() {
    const int at = taken_++;
    return {box_.x + static_cast<float>(at % kColumns) * (width_ + gap_),
            box_.y + static_cast<float>(at / kColumns) * (height_ + gap_), width_, height_};
  }

 private:
  Rect box_;
  float gap_, width_, height_;
  int taken_ = 0;
};

// Small numbers go by one, large ones in steps that the eye can follow: 16, 20, 24, 28, 32, 40, …
int stride_of_count(int n) {
  int step = 1;
  while (step * 8 <= n) step *= 2;
  return step;
}

class Settings {
 public:
  Settings(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row)
      : ui_(ui), lesson_(lesson), places_(ui, box), row_(row) {}

  void input() {
    const SampleShape& shape = lesson_.input();
    std::array<int, 3> sizes = {shape.h(), shape.w(), shape.c()};
    static constexpr const char* kNames[] = {"Rows", "Columns", "Channels"};
    for (std::size_t k = 0; k < 3; ++k) {
      const int most = k < 2 ? Stack::kLargestSide : Stack::kMostChannels;
      const int way = number(kNames[k], sizes[k], 1, most);
      if (way == 0) continue;
      sizes[k] += way;
      ui_.intend("set_input", sizes[0], sizes[1], sizes[2]);
    }
  }

  void layer() {
    const LayerDescription& layer = lesson_.layer(row_);
    if (const auto n = units_of(layer)) counted("Units", "set_units", *n);
    if (const auto n = filters_of(layer)) counted("Filters", "set_filters", *n);
    if (const auto n = window_of(layer)) stepped("Window", "set_kernel", *n, kLargestWindow);
    if (const auto n = stride_of(layer)) stepped("Stride", "set_strides", *n, kLargestStride);
    if (const auto padding = padding_of(layer)) pad(*padding);
    if (const auto act = chosen_activation(layer)) activation(*act);
    if (const auto n = rate_of(layer)) rate(*n);
  }

  void order() {
    Rect rest = places_.next();
    const float gap = ui_.u(6), small = (rest.w - 2 * gap) * 0.27f;
    const Rect up = rest.cut_left(small);
    rest.cut_left(gap);
    const Rect down = rest.cut_left(small);
    rest.cut_left(gap);
    if (plain("up", up, "Move the layer up", "↑", row_ > 0, "It is the first layer already"))
      ui_.intend("move_layer", row_, row_ - 1);
    if (plain("down", down, "Move the layer down", "↓", row_ + 1 < lesson_.count(),
              "It is the last layer already"))
      ui_.intend("move_layer", row_, row_ + 1);
    if (plain("remove", rest, "Remove the layer", "Remove", lesson_.count() > 1,
              "A stack has at least one layer"))
      ui_.intend("remove_layer", row_);
  }

 private:
  bool plain(const std::string& id, const Rect& box, const std::string& label, const std::string& words,
             bool can, const std::string& why_not) {
    ButtonLook look;
    look.words = words;
    look.enabled = can;
    look.hint = can ? label : why_not;
    return button(ui_, id, box, label, look);
  }

  int number(const std::string& name, int n, int low, int high) {
    const Rect part = ui_.labelled(places_.next(), name);
    return stepper(ui_, name, part, name, std::to_string(n), n > low, n < high,
                   std::to_string(low) + " is the smallest that can be chosen",
                   std::to_string(high) + " is the largest that can be chosen here");
  }
  void stepped(const std::string& name, const char* verb, int n, int most) {
    const int way = number(name, n, 1, most);
    if (way != 0) ui_.intend(verb, row_, std::min(n + way, most));
  }
  void counted(const std::string& name, const char* verb, int n) {
    const int way = number(name, n, 1, kMostUnits);
    if (way > 0) ui_.intend(verb, row_, std::min(n + stride_of_count(n), kMostUnits));
    if (way < 0) ui_.intend(verb, row_, n - stride_of_count(n - 1));
  }
  void rate(int percent) {
    const Rect part = ui_.labelled(places_.next(), "Rate");
    const int way =
        stepper(ui_, "Rate", part, "Rate", std::to_string(percent) + " %", percent > 0,
                percent < kHighestRate, "0 drops nothing", "With more, hardly anything would be left");
    if (way != 0) ui_.intend("set_rate", row_, std::clamp(percent + 5 * way, 0, kHighestRate));
  }
  void pad(Padding padding) {
    const int chosen = segmented(ui_, "padding", places_.next(), "Padding", {"valid", "same"},
                                 padding == Padding::same ? 1 : 0,
                                 {"No border: the output gets smaller", "A border of zeros keeps the size"});
    if (chosen >= 0) ui_.intend("set_padding", row_, chosen == 1 ? "same" : "valid");
  }
  void activation(ActivationKind kind) {
    const auto all = activation_kinds();
    const auto at = std::find(all.begin(), all.end(), kind);
    const int way = stepper(ui_, "activation", places_.next(), "Activation", name_of(kind), at != all.begin(),
                            at + 1 != all.end(), "The first activation", "The last activation");
    if (way != 0) ui_.intend("set_activation", row_, name_of(*(at + way)));
  }

  Ui& ui_;
  const ShapesLesson& lesson_;
  Places places_;
  int row_;
};

// A name at the left, what it is made of beside it; the rest of the box.
Rect line(const Ui& ui, Rect box, const std::string& name, const std::string& formula, const Colour& colour) {
  Rect row = box.cut_top(ui.u(24));
  const Rect left = row.cut_left(ui.u(60));
  ui.text(left.x, left.y + ui.u(2), name, type::kText, ui.theme.muted);
  const float width = ui.text_width(formula, type::kStrong, Weight::semibold);
  const float size = width > row.w ? type::kStrong * row.w / width : type::kStrong;
  ui.text(row.x, row.y + ui.u(1), formula, size, colour, Weight::semibold);
  return box;
}

}  // namespace

void row_explained(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row) {
  Rect rest = box;
  ui.part("explained", box);
  const Rect head = rest.cut_top(ui.u(26));
  if (row == kInputRow) {
    ui.heading(head, "input", sizes_text(lesson.input()));
    ui.paragraph(
        rest,
        "Rows, columns and channels of one picture. None in the table stands for the batch: any number "
        "of pictures at once. It changes nothing about the layers.",
        type::kText, ui.theme.ink);
    return;
  }
  if (!lesson.fits(row)) {
    const bool breaks = row == lesson.broken()->row;
    ui.heading(head, lesson.title(row), breaks ? "breaks the stack" : "is not reached");
    ui.paragraph(rest,
                 breaks ? lesson.broken()->sentence
                        : "Layer " + std::to_string(lesson.broken()->row + 1) +
                              " above does not fit, so nothing comes out of it that could go in here.",
                 type::kText, breaks ? ui.theme.error : ui.theme.muted);
    return;
  }
  const SampleShape in = lesson.shape_into(row);
  ui.heading(head, lesson.title(row), "gets " + sizes_text(in));
  const ShapeFormula formula = shape_formula(lesson.layer(row), in);
  const int shown = lesson.shown(row);
  const Colour ink = ui.theme.ink, muted = ui.theme.muted;
  rest = line(ui, rest, "Output", shown >= 1 ? formula.output : "?", shown >= 1 ? ink : muted);
  rest = line(ui, rest, "Params", shown >= 2 ? formula.params : "?  What do you expect?",
              shown >= 2 ? ink : muted);
  rest.cut_top(ui.u(4));
  const auto& said = lesson.prediction();
  if (said && said->row == row) {
    const double count = static_cast<double>(lesson.row(row).params);
    const bool right = said->value == count;
    const std::string words = "You said " + grouped(static_cast<std::int64_t>(said->value)) +
                              (right                 ? ": right."
                               : said->value < count ? ": too few."
                                                     : ": too many.");
    ui.text(rest.x, rest.y, words, type::kText, right ? ink : ui.theme.error, Weight::semibold);
    rest.cut_top(ui.u(22));
  }
  if (shown >= 2) ui.paragraph(rest, formula.words, type::kText, ui.theme.muted);
}

void row_settings(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row) {
  Settings settings(ui, box, lesson, row);
  ui.part("settings", box);
  if (row == kInputRow) {
    if (ui.shows("input")) settings.input();
    return;
  }
  if (ui.shows("settings")) settings.layer();
  if (ui.shows("order")) settings.order();
}

void new_layers(Ui& ui, const Rect& box, const ShapesLesson& lesson, int row) {
  const auto kinds = layer_kinds();
  const int columns = 2, rows = static_cast<int>(kinds.size()) / columns;
  const float gap = ui.u(6);
  const float w = (box.w - gap) / columns;
  const float h = std::min((box.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows), ui.u(40));
  for (int k = 0; k < static_cast<int>(kinds.size()); ++k) {
    const char* kind = kinds[static_cast<std::size_t>(k)];
    ButtonLook look;
    look.words = kind;
    look.enabled = lesson.count() < Stack::kMostLayers;
    look.hint = look.enabled ? "It comes behind " + (row == kInputRow ? "the input" : lesson.title(row))
                             : "12 layers are the most that a stack can have here";
    const Rect place{box.x + static_cast<float>(k % columns) * (w + gap),
                     box.y + static_cast<float>(k / columns) * (h + gap), w, h};
    if (button(ui, std::string("new ") + kind, place, std::string("Add ") + kind, look))
      ui.intend("add_layer", kind, row + 1);
  }
}

void count_parameters(Ui& ui, const Rect& box, const ShapesLesson& lesson) {
  const Status can = can_be_counted(lesson.stack());
  ButtonLook look;
  look.words = "Count its parameters";
  look.enabled = static_cast<bool>(can);
  look.hint = can ? "See every one of them in “Counting parameters”" : can.sentence();
  ui.part("count", box);
  if (button(ui, "count", box, "Count this network’s parameters", look))
    ui.wishes.push_back({Wish::Kind::follow, lesson.count_link()});
}

void stack_presets(Ui& ui, const Rect& box, const ShapesLesson& lesson) {
  const auto names = stack_names();
  int now = -1;
  for (int k = 0; k < static_cast<int>(names.size()); ++k)
    if (lesson.is_preset(names[static_cast<std::size_t>(k)])) now = k;
  ui.part("presets", box);
  const int chosen = segmented(
      ui, "preset ", box, "Stack", {names.begin(), names.end()}, now,
      {"Without padding the picture shrinks from layer to layer", "With a border of zeros it keeps its size",
       "A pooling layer halves it: far fewer parameters at the end",
       "A stack that does not fit together. Can you repair it?"});
  if (chosen >= 0) ui.intend("load_preset", names[static_cast<std::size_t>(chosen)]);
}

}  // namespace kg
