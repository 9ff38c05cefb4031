#include "view/lessons/batchnorm_gradient.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "lesson/number_text.h"
#include "view/widgets/plot_frame.h"

namespace kg {
namespace {

constexpr double kLeastGradient = 0.01, kMostGradient = 1e7;  // the ends of the axis
constexpr double kClash = 10;  // from here on no learning rate suits both weights

}  // namespace

void batchnorm_gradient(Ui& ui, Rect room, const BatchnormLesson& lesson) {
  ui.part("gradient", room);
  ui.card(room);
  room = room.inset(ui.u(16), ui.u(10));
  const Rect head = room.cut_top(ui.u(24));
  const std::string title = "One neuron gets both: the gradient of its weights",
                    note = "a line: ten times as much";
  ui.text(head.x, head.y, ui.shortened(title, type::kText, head.w * 0.94f), type::kText, ui.theme.ink,
          Weight::semibold);
  if (head.w >
      ui.text_width(title, type::kText, Weight::semibold) + ui.text_width(note, type::kSmall) + ui.u(20))
    ui.text(head.right(), head.y + ui.u(1), note, type::kSmall, ui.theme.muted, Weight::regular,
            Align::right);
  const NeuronGradient& now = lesson.gradient(lesson.scaling());
  const std::optional<double> clash = now.clash();
  std::string words = "There is nothing to compare: one of them is 0.";
  if (clash) {
    words =
        "One is " + magnitude_text(*clash) + " times the other: " +
        (*clash >= kClash ? "no learning rate suits both weights." : "one learning rate suits both weights.");
  }
  const float height = ui.paragraph_height(words, type::kText, room.w);
  const float line = std::clamp((room.h - height) / 2, ui.u(20), ui.u(42));
  const Axis axis{kLeastGradient, kMostGradient, AxisScale::log10};
  for (const Column column : {Column::miles, Column::age}) {
    Rect row = room.cut_top(line);
    const double size = std::abs(column == Column::miles ? now.miles : now.age);
    const Rect name = row.cut_left(ui.u(52));
    ui.text(name.x, name.middle_y() - ui.u(8), name_of(column), type::kText, ui.theme.muted);
    const Rect number = row.cut_right(ui.u(78));
    ui.text(number.right(), number.middle_y() - ui.u(8), number_text(size, size < 10 ? 2 : 0), type::kStrong,
            ui.theme.ink, Weight::semibold, Align::right);
    const float thick = std::min(ui.u(16), line * 0.5f);
    const Rect bar{row.x, row.middle_y() - thick / 2, row.w, thick};
    ui.fill(bar, ui.theme.ground, 3);
    const double share = size > 0 ? std::clamp(axis.share(size), 0.004, 1.0) : 0;
    ui.fill({bar.x, bar.y, bar.w * static_cast<float>(share), bar.h},
            series_colour(ui.theme, static_cast<int>(column)), 3);
    for (double power = kLeastGradient * 10; power < kMostGradient / 2; power *= 10) {
      const float x = bar.x + bar.w * static_cast<float>(axis.share(power));
      ui.fill({ui.snap(x), bar.y - ui.u(3), ui.u(1), bar.h + ui.u(6)}, ui.theme.hairline);
    }
  }
  if (room.h >= height)
    ui.paragraph({room.x, room.bottom() - height, room.w, height}, words, type::kText, ui.theme.ink);
}

}  // namespace kg
