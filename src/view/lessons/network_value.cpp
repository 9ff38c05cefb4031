#include "view/lessons/network_value.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

using Kind = Explained::Kind;

std::string number(double value) { return fixed_text(value, 3); }

// The layer before, whose values this one is made of.
std::string before_name(const NetworkLesson& lesson, int layer) {
  return layer == 0 ? "the picture" : lesson.probe().network().name(layer - 1);
}

}  // namespace

void NetworkValue::draw(Ui& ui, Rect room, const NetworkLesson& lesson) {
  ui.part("value", room);
  if (!lesson.selected()) {
    return ui.paragraph(room,
                        "Press any value in the maps, or a layer’s name for its strongest one. It is taken "
                        "apart here, down to "
                        "each product, the bias and the sum.",
                        type::kText, ui.theme.muted);
  }
  const Spot spot = *lesson.selected();
  const Explained made = lesson.probe().explain(spot);
  walk(ui, room.cut_top(ui.u(32)), lesson, spot);
  room.cut_top(ui.u(8));
  // What follows from the matrices stands close beneath them, however tall the room is.
  if (made.height > 1) room.h = std::min(room.h, (room.w - ui.u(52)) / 3 + ui.u(132));
  const Rect foot = room.cut_bottom(ui.u(made.kind == Kind::sum ? 54 : 30));
  if (made.kind == Kind::sum && made.terms.size() > 9 && made.height == 1) {
    dense(ui, room, lesson, made);
  } else if (made.kind == Kind::sum) {
    convolution(ui, room, lesson, made);
  } else if (made.kind == Kind::same) {
    const Explained::Term& from = made.terms[0];
    ui.paragraph(room,
                 "Flatten only writes the values of all channels in one row. This one is channel " +
                     std::to_string(from.channel) + ", row " + std::to_string(from.row) + ", column " +
                     std::to_string(from.col) + " of " + before_name(lesson, spot.layer) + ".",
                 type::kText, ui.theme.ink);
  } else {
    pool(ui, room, made);
  }
  total(ui, foot, made);
}

// Which value it is, and to its neighbours.
void NetworkValue::walk(Ui& ui, Rect row, const NetworkLesson& lesson, const Spot& spot) const {
  const SampleShape& shape = lesson.probe().network().shape(spot.layer + 1);
  const bool flat = shape.rank() == 1;
  const int steppers = flat ? 1 : 3;
  const float gap = ui.u(8), name = std::min(ui.u(124), row.w * 0.22f);
  ui.text_in(row.cut_left(name), ui.shortened(lesson.probe().network().name(spot.layer), type::kText, name),
             type::kText, ui.theme.ink, Weight::semibold);
  row.cut_left(gap);
  const float width =
      std::min((row.w - static_cast<float>(steppers - 1) * gap) / static_cast<float>(steppers), ui.u(190));
  const auto step = [&](const char* id, const char* words, int value, int count, Spot moved,
                        int Spot::*part) {
    const Rect box = row.cut_left(width);
    row.cut_left(gap);
    const std::string name = width > ui.u(120)    ? words
                             : part == &Spot::col ? "col"
                             : part == &Spot::row ? "row"
                             : flat               ? "unit"
                                                  : "ch";
    const std::string shown = name + " " + std::to_string(value);
    const int way = stepper(ui, id, box, words, shown, value > 0, value + 1 < count, "This is the first",
                            "This is the last");
    if (way == 0) return;
    moved.*part += way;
    ui.intend("select", moved.layer, moved.row, moved.col, moved.channel);
  };
  if (!flat) {
    step("value row", "row", spot.row, shape.h(), spot, &Spot::row);
    step("value column", "column", spot.col, shape.w(), spot, &Spot::col);
  }
  step("value channel", flat ? "unit" : "channel", spot.channel, shape.c(), spot, &Spot::channel);
}

void NetworkValue::convolution(Ui& ui, Rect room, const NetworkLesson& lesson, const Explained& made) {
  const int channels = lesson.probe().network().shape(lesson.selected()->layer).c();
  channel_ = std::min(channel_, channels - 1);
  const int cells = made.height * made.width;
  std::vector<float> values, weights, products, sums(static_cast<std::size_t>(channels));
  for (std::size_t k = 0; k < made.terms.size(); ++k) {
    const Explained::Term& term = made.terms[k];
    sums[k % static_cast<std::size_t>(channels)] += static_cast<float>(term.product());
    if (static_cast<int>(k) % channels != channel_) continue;
    values.push_back(term.value), weights.push_back(term.weight);
    products.push_back(static_cast<float>(term.product()));
  }
  // Of several channels one is shown product by product; the sums of all stand in a row to choose from.
  if (channels > 1) {
    Rect row = room.cut_bottom(ui.u(44));
    room.cut_bottom(ui.u(4));
    ui.text(row.x, row.y, "The sum of each input channel’s products; press one to see them", type::kSmall,
            ui.theme.muted);
    row.cut_top(ui.u(18));
    const float gap = ui.u(3),
                width = (row.w - static_cast<float>(channels - 1) * gap) / static_cast<float>(channels);
    const float reach = reach_of(sums);
    for (int c = 0; c < channels; ++c) {
      const Rect box = row.cut_left(width);
      row.cut_left(gap);
      const float sum = sums[static_cast<std::size_t>(c)];
      const Press press = ui.press("channel sum" + std::to_string(c), box,
                                   "Input channel " + std::to_string(c) + ", sum " +
                                       number(static_cast<double>(sum)) + (c == channel_ ? ", chosen" : ""));
      const Colour back = value_colour(sum / reach);
      ui.fill(box, back, 3);
      ui.text_in(box.inset(ui.u(2), 0), fixed_text(static_cast<double>(sum)), type::kText, text_on(back));
      ui.outline(box, c == channel_ ? ui.theme.attention : ui.theme.hairline, c == channel_ ? 2.5f : 1, 3);
      if (press.focused) ui.focus_ring(box, 3);
      if (press.clicked) channel_ = c;
    }
  }
  const float sign = ui.u(26), title = ui.u(18);
  const float side = std::min((room.w - 2 * sign) / 3, room.h - title);
  room.x += std::max(0.0f, (room.w - 3 * side - 2 * sign) / 2);
  const auto grid = [&](const char* name, std::span<const float> numbers, const char* joint) {
    ui.text(room.x, room.y, ui.shortened(name, type::kSmall, side + sign), type::kSmall, ui.theme.muted);
    const Rect box{room.x, room.y + title, side, side};
    MatrixLook look;
    look.reach = reach_of(numbers);
    matrix(ui, box, made.height, made.width, numbers, look);
    if (*joint)
      ui.text(box.right() + sign / 2, box.middle_y() - ui.u(13), joint, type::kSign, ui.theme.muted,
              Weight::regular, Align::centre);
    room.cut_left(side + sign);
  };
  const std::string of = channels > 1 ? ", channel " + std::to_string(channel_) : "";
  grid(("Window" + of).c_str(), values, "×");
  grid("Weights", weights, "=");
  grid("Products", products, "");
  (void)cells;
}

// 784 products: those that weigh most, and what the others come to.
void NetworkValue::dense(Ui& ui, Rect room, const NetworkLesson& lesson, const Explained& made) const {
  std::vector<std::size_t> order(made.terms.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const float line = ui.u(19);
  const int columns = room.w > ui.u(480) ? 2 : 1;
  const int rows = std::max(1, static_cast<int>((room.h - line) / line) - 1);
  const auto shown = std::min(order.size(), static_cast<std::size_t>(rows * columns));
  std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(shown), std::greater<>(),
                            [&](std::size_t k) { return std::abs(made.terms[k].product()); });
  ui.text(room.x, room.y,
          "Value × weight of the " + std::to_string(shown) + " products that count most, of " +
              std::to_string(made.terms.size()),
          type::kSmall, ui.theme.muted);
  room.cut_top(line);
  double rest = made.products, reach = std::abs(made.terms[order[0]].product());
  if (reach == 0) reach = 1;
  const SampleShape& maps = lesson.probe().network().shape(lesson.selected()->layer - 1);
  const float width = room.w / static_cast<float>(columns);
  for (std::size_t i = 0; i < shown; ++i) {
    const Explained::Term& term = made.terms[order[i]];
    rest -= term.product();
    const auto col = static_cast<float>(i / static_cast<std::size_t>(rows)),
               row = static_cast<float>(i % static_cast<std::size_t>(rows));
    Rect box{room.x + col * width, room.y + row * line, width - ui.u(12), line};
    const int pixel = term.channel / maps.c();
    const std::string place = "ch " + std::to_string(term.channel % maps.c()) + " (" +
                              std::to_string(pixel / maps.w()) + ", " + std::to_string(pixel % maps.w()) +
                              ")";
    ui.text(box.x, box.y + ui.u(2), place, type::kSmall, ui.theme.muted);
    box.cut_left(ui.u(84));
    ui.text(box.x, box.y + ui.u(2),
            fixed_text(static_cast<double>(term.value)) + " × " +
                fixed_text(static_cast<double>(term.weight)) + " = " + fixed_text(term.product()),
            type::kSmall, ui.theme.ink);
    box.cut_left(ui.u(138));
    const float share = static_cast<float>(std::abs(term.product()) / reach);
    if (box.w > ui.u(10))
      ui.fill({box.x, box.y + ui.u(4), box.w * share, box.h - ui.u(8)},
              value_colour(term.product() > 0 ? 0.7f : -0.7f), 2);
  }
  ui.text(room.x, room.y + static_cast<float>(rows) * line + ui.u(2),
          "and the other " + std::to_string(made.terms.size() - shown) + " together " + number(rest),
          type::kSmall, ui.theme.muted);
}

void NetworkValue::pool(Ui& ui, Rect room, const Explained& made) const {
  std::vector<float> values;
  for (const Explained::Term& term : made.terms) values.push_back(term.value);
  ui.text(room.x, room.y, "Window", type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(18));
  const float side = std::min({room.w * 0.5f, room.h, ui.u(170)});
  MatrixLook look;
  look.reach = reach_of(values);
  look.lit = made.kind == Kind::largest ? made.winner : -1;
  matrix(ui, {room.x, room.y, side, side}, made.height, made.width, values, look);
  room.cut_left(side + ui.u(18));
  ui.paragraph(room,
               made.kind == Kind::largest ? "The largest of the window is handed on; there are no weights."
                                          : "The mean of the window is handed on.",
               type::kText, ui.theme.muted);
}

void NetworkValue::total(Ui& ui, Rect row, const Explained& made) const {
  ui.part("total", row);
  if (made.kind != Kind::sum) {
    ui.text(row.x, row.y + ui.u(6), "value " + number(static_cast<double>(made.value)), type::kStrong,
            ui.theme.ink, Weight::semibold);
    return;
  }
  const std::string activation = name_of(made.activation);
  const std::string parts[] = {number(made.products),
                               "+",
                               number(made.bias),
                               "=",
                               number(made.sum),
                               "→",
                               number(static_cast<double>(made.value))};
  const std::string names[] = {"products", "", "bias", "", "sum", "", activation};
  const float step = row.w / 7;
  for (int k = 0; k < 7; ++k) {
    const bool is_sign = k % 2 == 1;
    const Rect box{row.x + step * (static_cast<float>(k) + (is_sign ? 0.3f : -0.15f)), row.y,
                   step * (is_sign ? 0.4f : 1.3f), row.h};
    const Rect inside{std::max(row.x, box.x), box.y,
                      std::min(box.right(), row.right()) - std::max(row.x, box.x), ui.u(32)};
    const auto i = static_cast<std::size_t>(k);
    ui.text_in(inside, parts[i], k == 6 ? type::kSign : type::kStrong, k == 6 ? ui.theme.ink : ui.theme.muted,
               k == 6 ? Weight::semibold : Weight::regular);
    if (!names[i].empty())
      ui.text(inside.middle_x(), row.y + ui.u(34), names[i], type::kSmall, ui.theme.muted, Weight::regular,
              Align::centre);
  }
}

}  // namespace kg
