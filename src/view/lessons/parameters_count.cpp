#include "view/lessons/parameters_count.h"

#include <algorithm>

#include "lesson/number_text.h"
#include "lesson/shape_formula.h"
#include "view/easing.h"

namespace kg {
namespace {

using Row = ParametersLesson::Row;

// "2402", but "473 890".
std::string digits(std::int64_t n) { return n < 10000 ? std::to_string(n) : grouped(n); }

std::string counted_noun(std::int64_t n, const char* one, const char* many) {
  return digits(n) + (n == 1 ? one : many);
}

// The sum of the layers counted so far; a total that has just come in makes it climb there.
std::string running_total(const Ui& ui, const ParametersLesson& lesson) {
  const Timeline& time = lesson.timeline();
  const std::int64_t sum = lesson.so_far();
  const double parts = time.phase() / Timeline::kRest * ParametersLesson::kTicks;
  const int last = ParametersLesson::kTicks - 1;
  if (time.at_end() || parts <= last || parts >= last + 1 || ui.display.reduced_motion) return digits(sum);
  const float way = eased(static_cast<float>(parts - last));
  const auto more = static_cast<double>(lesson.row(time.step()).total) * static_cast<double>(way);
  return digits(sum + static_cast<std::int64_t>(more));
}

// "2 · 3 = 6 weights", as far as they are counted.
std::string weights_text(const Row& row, const ParametersLesson::Counted& in) {
  if (in.weights == 0) return row.formula + " = ?";
  return row.formula + " = " + counted_noun(in.weights, " weight", " weights");
}

std::string biases_text(const Row& row, const ParametersLesson::Counted& in) {
  if (row.biases == 0) return in.total ? "no biases" : "+ ?";
  return in.biases == 0 ? "+ ?" : "+ " + counted_noun(in.biases, " bias", " biases");
}

std::string said_text(const ParametersLesson& lesson, int layer) {
  if (!lesson.prediction() || lesson.prediction()->layer != layer) return "";
  const std::string said = "you said " + number_text(lesson.prediction()->value);
  if (!lesson.counted(layer).total) return said;
  return said + (lesson.predicted_right() ? ": right" : ": not quite");
}

// Flatten learns nothing; its line stands in the card of the layer behind it.
const Row* flattened_before(const ParametersLesson& lesson, const Row& row) {
  const Row* before = nullptr;
  for (const Row& one : lesson.rows()) {
    if (one.name == row.name) break;
    before = one.type == "Flatten" ? &one : nullptr;
  }
  return before;
}

// The formula of a line of the list: its result stands beside it once it is known.
std::string formula_text(const Row& row, const ParametersLesson::Counted& in) {
  if (row.layer < 0) return row.formula.empty() ? "" : row.formula + " = " + digits(row.out.c());
  if (in.total) return row.formula + (row.biases > 0 ? " + " + digits(row.biases) : "");
  if (in.weights == 0) return row.formula;
  return row.formula + " = " + digits(in.weights) + (in.biases > 0 ? ", + " + std::to_string(in.biases) : "");
}

void layer_card(Ui& ui, const Rect& box, const ParametersLesson& lesson, int layer) {
  const Row& row = lesson.row(layer);
  const ParametersLesson::Counted in = lesson.counted(layer);
  const bool now = layer == lesson.current();
  const Press press = ui.press(
      "card" + std::to_string(layer), box,
      row.name + ": " + weights_text(row, in) + " " + biases_text(row, in) + (now ? ", chosen" : ""));
  ui.fill(box, press.hovered ? mix(ui.theme.panel, ui.theme.action, 0.08f) : ui.theme.panel, 8);
  ui.outline(box, now ? ui.theme.attention : ui.theme.hairline, now ? 2.5f : ui.theme.border, 8);
  if (press.focused) ui.focus_ring(box, 8);
  if (press.clicked) ui.intend("seek", layer);
  Rect inside = box.inset(ui.u(14), ui.u(9));
  Rect head = inside.cut_top(ui.u(25));
  const std::string sum = in.total ? digits(row.total) : "?";
  ui.text(head.right(), head.y - ui.u(3), sum, type::kSum,
          in.total ? ui.theme.ink : faded(ui.theme.muted, 0.7f), Weight::semibold, Align::right);
  ui.text(head.x, head.y + ui.u(3), row.name, type::kText, ui.theme.ink, Weight::semibold);
  const auto line = [&](const std::string& text, bool there) {
    const Rect place = inside.cut_top(ui.u(19));
    ui.text(place.x, place.y, ui.shortened(text, type::kText, place.w), type::kText,
            there ? ui.theme.ink : ui.theme.muted);
    return place;
  };
  if (const Row* flat = flattened_before(lesson, row))
    line(flat->formula + " = " + std::to_string(flat->out.c()) + " flattened", in.weights > 0);
  line(weights_text(row, in), in.weights > 0);
  const Rect last = line(biases_text(row, in), in.biases > 0);
  ui.text(last.right(), last.y + ui.u(1), said_text(lesson, layer), type::kSmall, ui.theme.muted,
          Weight::regular, Align::right);
}

}  // namespace

void count_cards(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const int layers = lesson.layers();
  Rect rest = box;
  const float sign = ui.u(26), total_width = ui.u(124);
  const float width = (box.w - sign * static_cast<float>(layers) - total_width) / static_cast<float>(layers);
  for (int layer = 0; layer < layers; ++layer) {
    const Rect card = rest.cut_left(width);
    layer_card(ui, card, lesson, layer);
    ui.text_in(rest.cut_left(sign), layer + 1 < layers ? "+" : "=", type::kSign, ui.theme.muted);
  }
  ui.part("count", {box.x, box.y, rest.x - sign - box.x, box.h});
  const bool complete = lesson.next() < 0;
  ui.fill(rest, complete ? mix(ui.theme.panel, ui.theme.attention, 0.16f) : ui.theme.panel, 8);
  ui.outline(rest, complete ? ui.theme.attention : ui.theme.hairline, complete ? 2.5f : ui.theme.border, 8);
  ui.text(rest.middle_x(), rest.y + ui.u(10), complete ? "in total" : "so far", type::kText, ui.theme.muted,
          Weight::regular, Align::centre);
  ui.text_in({rest.x + ui.u(6), rest.y + ui.u(26), rest.w - ui.u(12), rest.h - ui.u(34)},
             running_total(ui, lesson), 30, ui.theme.ink, Weight::semibold);
  ui.part("total", rest);
}

void count_list(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  Rect rest = box;
  const float height = std::min(ui.u(34), (box.h - ui.u(4)) / static_cast<float>(lesson.rows().size() + 1));
  const float names = std::min(ui.u(84), box.w * 0.25f), totals = ui.u(58);
  Rect lines = rest.cut_top(height * static_cast<float>(lesson.rows().size()));
  const Rect all = lines;
  for (const Row& row : lesson.rows()) {
    Rect line = lines.cut_top(height);
    const bool now = row.layer >= 0 && row.layer == lesson.current();
    if (now) ui.outline(line.inset(ui.u(1)), ui.theme.attention, 2.5f, 5);
    if (row.layer >= 0) {
      const Press press =
          ui.press("row" + std::to_string(row.layer), line, row.name + (now ? ", chosen" : ""));
      if (press.focused) ui.focus_ring(line, 5);
      if (press.clicked) ui.intend("seek", row.layer);
    }
    line = line.inset(ui.u(8), 0);
    const float y = line.middle_y() - ui.u(type::kText) / 2;
    const Rect name = line.cut_left(names);
    ui.text(name.x, y, ui.shortened(row.name, type::kText, name.w), type::kText, ui.theme.ink,
            Weight::semibold);
    const Rect number = line.cut_right(totals);
    const ParametersLesson::Counted in =
        row.layer < 0 ? ParametersLesson::Counted{0, 0, true} : lesson.counted(row.layer);
    ui.text(number.right(), y, in.total ? digits(row.total) : "?", type::kStrong,
            in.total ? ui.theme.ink : ui.theme.muted, Weight::semibold, Align::right);
    const std::string said = row.layer < 0 ? "" : said_text(lesson, row.layer);
    const std::string text = formula_text(row, in) + (said.empty() ? "" : ", " + said);
    ui.text(line.x, y, ui.shortened(text, type::kText, line.w - ui.u(6)), type::kText, ui.theme.muted);
  }
  ui.part("count", all);
  rest.cut_top(std::min(ui.u(4), rest.h - height));
  rest = rest.cut_top(height);
  ui.fill({rest.x, rest.y, rest.w, ui.u(1)}, ui.theme.muted);
  const Rect total = rest.inset(ui.u(8), 0);
  const float y = total.middle_y() - ui.u(type::kStrong) / 2;
  ui.text(total.x, y, lesson.next() < 0 ? "in total" : "so far", type::kText, ui.theme.muted);
  ui.text(total.right(), y - ui.u(1), running_total(ui, lesson), type::kSign - 2, ui.theme.ink,
          Weight::semibold, Align::right);
  ui.part("total", rest);
}

}  // namespace kg
