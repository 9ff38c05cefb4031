#include "view/lessons/l2_weights.h"

#include <algorithm>
#include <cmath>

#include "engine/statistics.h"
#include "lesson/number_text.h"
#include "view/widgets/axis.h"
#include "view/widgets/digit_gallery.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr int kSide = DigitSet::kSide, kPixels = kSide * kSide;
constexpr float kReach = 0.31f;  // of the histogram; an odd number of bars, so that 0 is in the middle of one
constexpr int kBars = 31;

// How many squares of a size between `least` and `most` side by side and beneath each other fill a room best.
struct Grid {
  int columns = 1, rows = 1;
  float side = 1, gap = 0;
  Rect cell(const Rect& room, int k) const {
    return {room.x + static_cast<float>(k % columns) * (side + gap),
            room.y + static_cast<float>(k / columns) * (side + gap), side, side};
  }
};

Grid grid_for(const Rect& room, int count, float gap) {
  Grid best;
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const float side = std::min((room.w + gap) / static_cast<float>(columns) - gap,
                                (room.h + gap) / static_cast<float>(rows) - gap);
    if (side > best.side) best = {columns, rows, side, gap};
  }
  return best;
}

std::vector<float> weights_into(std::span<const float> kernel, int unit) {
  std::vector<float> picture(kPixels);
  for (std::size_t k = 0; k < kPixels; ++k)
    picture[k] = kernel[k * L2Lesson::kHidden + static_cast<std::size_t>(unit)];
  return picture;
}

}  // namespace

void L2Weights::histograms(Ui& ui, const Rect& room, const L2Lesson& lesson) {
  ui.part("histogram", room);
  const std::vector<int> plain = histogram(lesson.weights(L2Lesson::plain), -kReach, kReach, kBars);
  const std::vector<int> penalised = histogram(lesson.weights(L2Lesson::penalised), -kReach, kReach, kBars);
  HistogramShown shown;
  shown.id = "histogram";
  shown.name = "Weights into the hidden units";
  shown.from = static_cast<double>(-kReach), shown.to = static_cast<double>(kReach);
  shown.counts = plain, shown.other = penalised;
  shown.own_name = "without", shown.other_name = "with L2";
  shown.x_name = "weight", shown.y_name = "how many";
  shown.log_counts = true;
  shown.ends_hold_rest = true;
  histogram_.draw(ui, room, shown);
}

// The same scale of colours for both runs: pale is small.
void L2Weights::filters(Ui& ui, Rect room, const L2Lesson& lesson) const {
  ui.part("filters", room);
  const float reach = std::max(reach_of(lesson.weights(L2Lesson::plain)),
                               std::abs(reach_of(lesson.weights(L2Lesson::penalised))));
  const float scale = lesson.run(L2Lesson::plain).updates() == 0 ? reach : reach * 0.6f;
  const Rect foot = room.cut_bottom(ui.u(18));
  ui.text(foot.x, foot.y + ui.u(3),
          ui.shortened("Weights from 28×28 pixels into 16 hidden units, ±" +
                           number_text(static_cast<double>(scale), 2),
                       type::kSmall, foot.w),
          type::kSmall, ui.theme.muted);
  const bool side_by_side = room.w > room.h * 1.1f;
  for (const int run : {L2Lesson::plain, L2Lesson::penalised}) {
    Rect half = room;
    if (side_by_side) {
      half.w = (room.w - ui.u(14)) / 2;
      if (run == L2Lesson::penalised) half.x = room.right() - half.w;
    } else {
      half.h = (room.h - ui.u(6)) / 2;
      if (run == L2Lesson::penalised) half.y = room.bottom() - half.h;
    }
    const Rect head = half.cut_top(ui.u(20));
    ui.fill({head.x, head.middle_y() - ui.u(5), ui.u(10), ui.u(10)}, series_colour(ui.theme, run), 2);
    ui.text(head.x + ui.u(16), head.middle_y() - ui.u(8), run == L2Lesson::plain ? "without" : "with L2",
            type::kSmall, ui.theme.ink);
    constexpr int kShown = 16;  // of the hidden units: more would be too small to see
    const Grid grid = grid_for(half, kShown, ui.u(4));
    for (int unit = 0; unit < kShown; ++unit) {
      const Rect cell = grid.cell(half, unit);
      const std::vector<float> picture = weights_into(lesson.weights(run), unit);
      HeatMapLook look;
      look.reach = scale;
      look.id = "filter" + std::to_string(run) + " " + std::to_string(unit);
      const HeatMapTouch touch = heat_map(ui, cell, kSide, kSide, picture, look);
      if (touch.hovered) {
        const float w = picture[static_cast<std::size_t>(touch.row * kSide + touch.col)];
        ui.tooltip("row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) +
                   " into unit " + std::to_string(unit) + ": weight " + reading_text(static_cast<double>(w)));
      }
    }
  }
}

void L2Weights::digits(Ui& ui, Rect room, const L2Lesson& lesson) const {
  ui.part("digits", room);
  const Digits& set = lesson.learned();
  if (!set) {
    ui.paragraph(room, "The digits are written when the training begins. Press Train.", type::kText,
                 ui.theme.muted);
    return;
  }
  const Rect foot = room.cut_bottom(ui.u(18));
  DigitGalleryShown gallery;
  gallery.framed = [&](int i) { return lesson.is_wrong(i); };
  const int shown = digit_gallery(ui, room, *set, gallery);
  ui.text(foot.x, foot.y + ui.u(3),
          ui.shortened("The first " + std::to_string(shown) + " of " + std::to_string(set->count()) +
                           " with their labels; framed: a wrong label",
                       type::kSmall, foot.w),
          type::kSmall, ui.theme.muted);
}

}  // namespace kg
