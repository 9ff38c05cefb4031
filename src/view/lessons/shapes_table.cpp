#include "view/lessons/shapes_table.h"

#include <algorithm>
#include <cmath>

#include "lesson/shape_formula.h"
#include "view/easing.h"
#include "view/lessons/shapes_boxes.h"

namespace kg {
namespace {

constexpr float kLeastRow = 20, kTallestRow = 46, kHeader = 22, kFooter = 28;  // units
constexpr double kTooFastToFollow = 10;  // steps a second: beyond this nothing glides

struct Columns {
  float name = 0, output = 0, params = 0, box = 0;  // left edges, but of the parameters the right one
  float right = 0;
  bool tight;  // no room for Keras' long words

  Columns(const Ui& ui, const Rect& area) : tight(area.w < ui.u(560)) {
    const float pad = ui.u(tight ? 6 : 12);
    name = area.x + pad;
    output = name + (tight ? std::min(area.w * 0.34f, ui.u(128)) : ui.u(238));
    params = output + ui.u(tight ? 146 : 214);
    box = params + ui.u(tight ? 12 : 34);
    right = area.right() - pad;
  }
};

class Table {
 public:
  Table(Ui& ui, const Rect& area, const ShapesLesson& lesson, int chosen)
      : ui_(ui), lesson_(lesson), columns_(ui, area), area_(area), chosen_(chosen) {
    const int rows = lesson.count() + 1;
    const float room = area.h - ui.u(kHeader + kFooter);
    visible_ = std::clamp(static_cast<int>(room / ui.u(kLeastRow)), 1, rows);
    height_ = std::min(room / static_cast<float>(visible_), ui.u(kTallestRow));
    first_ = std::clamp(chosen + 1 - visible_ / 2, 0, rows - visible_) - 1;
    scale_ = 1e9f;
    widen(lesson.input());
    for (const Summary::Row& row : lesson.summary().rows) widen(row.output);
  }

  int draw() {
    header();
    ui_.part("table", {area_.x, area_.y, area_.w, ui_.u(kHeader) + height_ * static_cast<float>(visible_)});
    const float top = area_.y + ui_.u(kHeader), height = height_ * static_cast<float>(visible_);
    ui_.part("output",
             {columns_.output - ui_.u(4), top, columns_.params - columns_.output - ui_.u(62), height});
    ui_.part("params", {columns_.params - ui_.u(60), top, ui_.u(66), height});
    ui_.part("boxes", {columns_.box - ui_.u(4), top, columns_.right - columns_.box + ui_.u(8), height});
    int pressed = chosen_;
    for (int at = first_; at < first_ + visible_; ++at)
      if (row(at)) pressed = at;
    travelling_box();
    footer();
    return pressed;
  }

 private:
  // One scale for all, so that the boxes can be compared. Lists do not count: they may be broken off.
  void widen(const SampleShape& shape) {
    if (shape.rank() == 1) return;
    scale_ = std::min(scale_, box_scale(box_size(shape), columns_.right - columns_.box, height_ - ui_.u(6)));
  }

  Rect row_box(int at) const {
    return {area_.x, area_.y + ui_.u(kHeader) + height_ * static_cast<float>(at - first_), area_.w, height_};
  }
  Rect lane(int at) const {
    const Rect box = row_box(at);
    return {columns_.box, box.y, columns_.right - columns_.box, box.h};
  }

  void word(float x, const Rect& box, const std::string& words, const Colour& colour,
            Align align = Align::left, Weight weight = Weight::regular) const {
    ui_.text(x, box.middle_y() - ui_.u(type::kText) / 2, words, type::kText, colour, weight, align);
  }

  void header() {
    const Rect box{area_.x, area_.y, area_.w, ui_.u(kHeader)};
    const auto name = [&](float x, const char* words, Align align) {
      ui_.text(x, box.y + ui_.u(2), words, type::kSmall, ui_.theme.muted, Weight::semibold, align);
    };
    const bool tight = columns_.tight;
    name(columns_.name, tight ? "Layer" : "Layer (type)", Align::left);
    name(columns_.output, tight ? "Output" : "Output shape", Align::left);
    name(columns_.params, tight ? "Params" : "Param #", Align::right);
    const int rows = lesson_.count() + 1;
    const float room = columns_.right - columns_.box;
    const std::string hidden = visible_ < rows
                                   ? std::to_string(visible_) + " of " + std::to_string(rows) + " rows"
                               : tight ? "to scale"
                                       : "rows × columns × channels, to scale";
    ui_.text(columns_.box, box.y + ui_.u(2), ui_.shortened(hidden, type::kSmall, room), type::kSmall,
             ui_.theme.muted);
    ui_.fill({area_.x, box.bottom() - ui_.u(1), area_.w, ui_.u(1)}, ui_.theme.hairline);
  }

  std::string label(int at) const {
    if (at == kInputRow) return "Input, " + sizes_text(lesson_.input());
    std::string words = "Layer " + std::to_string(at + 1) + ", " + lesson_.title(at);
    if (!lesson_.fits(at)) return words + (at == lesson_.broken()->row ? ", does not fit" : ", not reached");
    if (lesson_.shown(at) >= 1) words += ", output " + sizes_text(lesson_.row(at).output);
    if (lesson_.shown(at) >= 2) words += ", " + grouped(lesson_.row(at).params) + " parameters";
    return words;
  }

  bool row(int at) {
    const Rect box = row_box(at);
    const Press press = ui_.press("row" + std::to_string(at), box, label(at));
    const bool lit = at == chosen_;
    if (lit || press.hovered)
      ui_.fill(box.inset(0, ui_.u(1)), faded(ui_.theme.attention, lit ? 0.2f : 0.08f), 5);
    if (lit) {
      ui_.fill({box.x, box.y + ui_.u(1), ui_.u(4), box.h - ui_.u(2)}, ui_.theme.attention, 2);
      ui_.part("row", box);
    }
    if (press.focused) ui_.focus_ring(box.inset(ui_.u(2)), 5);
    const bool reached = at == kInputRow || lesson_.fits(at);
    if (reached) {
      numbers(at, box);
    } else {
      stopped(at, box);
    }
    if (press.hovered && at != kInputRow && reached && lesson_.shown(at) == ShapesLesson::kTicks) {
      const ShapeFormula formula = shape_formula(lesson_.layer(at), lesson_.shape_into(at));
      ui_.tooltip(formula.output + "\n" + formula.params);
    }
    return press.clicked;
  }

  void name(int at, const Rect& box, const Colour& colour) const {
    const float room = columns_.output - columns_.name - ui_.u(8);
    std::string words = at == kInputRow ? "input" : lesson_.title(at);
    if (ui_.text_width(words, type::kText) > room && at != kInputRow)
      words = lesson_.fits(at) ? lesson_.row(at).name : words;
    word(columns_.name, box, ui_.shortened(words, type::kText, room), colour);
  }

  void numbers(int at, const Rect& box) {
    const int shown = at == kInputRow ? ShapesLesson::kTicks : lesson_.shown(at);
    const bool here = at == lesson_.timeline().step() && !lesson_.timeline().at_end();
    const Colour ink = shown > 0 || here ? ui_.theme.ink : ui_.theme.muted;
    name(at, box, ink);
    const SampleShape& shape = at == kInputRow ? lesson_.input() : lesson_.row(at).output;
    const Colour waiting = here ? ui_.theme.ink : ui_.theme.muted;
    if (shown >= 1)
      word(columns_.output, box, columns_.tight ? sizes_text(shape) : shape.keras_text(), ink);
    else
      word(columns_.output, box, here ? "?" : "…", waiting);
    if (at == kInputRow) {
      word(columns_.params, box, "–", ui_.theme.muted, Align::right);
    } else if (shown >= 2) {
      word(columns_.params, box, grouped(lesson_.row(at).params), ink, Align::right, Weight::semibold);
    } else {
      word(columns_.params, box, here ? "?" : "…", waiting, Align::right, Weight::semibold);
    }
    if (shown >= 1) shape_box(ui_, lane(at), box_size(shape), look(at == chosen_));
  }

  // The engine's sentence without the layer's name, which the row has already.
  std::string why(float room) const {
    if (columns_.tight) return "does not fit";
    const std::string& sentence = lesson_.broken()->sentence;
    const std::size_t colon = sentence.find(": ");
    const std::string words = colon == std::string::npos ? sentence : sentence.substr(colon + 2);
    return ui_.shortened(words, type::kText, room);
  }

  void stopped(int at, const Rect& box) const {
    const bool breaks = at == lesson_.broken()->row;
    name(at, box, breaks ? ui_.theme.error : ui_.theme.muted);
    if (breaks) {
      word(columns_.output, box, why(columns_.right - columns_.output), ui_.theme.error);
      ui_.outline(box.inset(ui_.u(1)), ui_.theme.error, 1.5f, 5);
    } else {
      word(columns_.output, box, "not reached", ui_.theme.muted);
    }
  }

  BoxLook look(bool lit) const {
    return {scale_, lit ? ui_.theme.attention : mix(ui_.theme.panel, ui_.theme.action, 0.5f)};
  }

  // While a layer's output is not there yet, what comes in glides down and takes its new shape.
  void travelling_box() const {
    const Timeline& time = lesson_.timeline();
    const int at = time.step();
    if (time.at_end() || !lesson_.fits(at) || lesson_.shown(at) > 0 || at - 1 < first_ ||
        at >= first_ + visible_)
      return;
    if (ui_.display.reduced_motion || time.speed() > kTooFastToFollow) return;
    const float way = eased(static_cast<float>(time.phase() / (Timeline::kRest / ShapesLesson::kTicks)));
    Rect place = lane(at);
    place.y -= height_ * (1 - way);
    const BoxSize from = box_size(lesson_.shape_into(at)), to = box_size(lesson_.row(at).output);
    shape_box(ui_, place, between(from, to, way), look(true));
  }

  void footer() {
    const Rect box{area_.x, row_box(first_ + visible_ - 1).bottom(), area_.w, ui_.u(kFooter)};
    ui_.fill({area_.x, box.y + ui_.u(1), area_.w, ui_.u(1)}, ui_.theme.hairline);
    std::int64_t sum = 0;
    bool all = !lesson_.broken();
    for (int at = 0; at < lesson_.count() && lesson_.fits(at); ++at) {
      if (lesson_.shown(at) < ShapesLesson::kTicks)
        all = false;
      else
        sum += lesson_.row(at).params;
    }
    word(columns_.name, box, all ? "Total params" : "So far", ui_.theme.ink, Align::left, Weight::semibold);
    word(columns_.params, box, grouped(sum), ui_.theme.ink, Align::right, Weight::semibold);
    ui_.part("total", {area_.x, box.y + ui_.u(2), columns_.params - area_.x + ui_.u(8), box.h - ui_.u(2)});
    const std::string parts = "trainable " + grouped(lesson_.summary().trainable) + ", non-trainable " +
                              grouped(lesson_.summary().non_trainable);
    if (all && ui_.text_width(parts, type::kText) <= columns_.right - columns_.box)
      word(columns_.box, box, parts, ui_.theme.muted);
  }

  Ui& ui_;
  const ShapesLesson& lesson_;
  Columns columns_;
  Rect area_;
  int chosen_, first_ = kInputRow, visible_ = 0;
  float height_ = 0, scale_ = 1;
};

}  // namespace

float table_height(const Ui& ui, const ShapesLesson& lesson, float row_height) {
  return ui.u(kHeader + kFooter + row_height * static_cast<float>(lesson.count() + 1));
}

int shapes_table(Ui& ui, const Rect& box, const ShapesLesson& lesson, int chosen) {
  return Table(ui, box, lesson, chosen).draw();
}

}  // namespace kg
