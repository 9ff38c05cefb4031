#include "view/lessons/batch_settings.h"

#include <algorithm>

#include "view/widgets/button.h"
#include "view/widgets/plot_frame.h"

namespace kg {
namespace {

constexpr int kUsualSizes[] = {1, 2, 5, 10, 20, 50, 100, 200, 500};
constexpr int kInARow = 5;
constexpr float kTableRow = 21;  // units

}  // namespace

Rect batch_row(const Ui& ui, Rect& room) {
  const Rect row = room.cut_top(ui.u(kBatchRow));
  room.cut_top(ui.u(kBatchGap));
  return row;
}

Rect BatchRows::next(const Ui& ui, Rect& room) {
  if (!two_) return batch_row(ui, room);
  if (left_) line_ = batch_row(ui, room);
  const float width = (line_.w - ui.u(8)) / 2;
  const Rect box{left_ ? line_.x : line_.right() - width, line_.y, width, line_.h};
  left_ = !left_;
  return box;
}

void batch_sizes(Ui& ui, Rect& room, const BatchLesson& lesson) {
  const std::vector<int>& chosen = lesson.sizes();
  std::vector<int> offered;
  for (const int size : kUsualSizes) {
    if (size < lesson.images()) offered.push_back(size);
  }
  for (const int size : chosen) {
    if (size != 0) offered.push_back(size);
  }
  std::sort(offered.begin(), offered.end());
  offered.erase(std::unique(offered.begin(), offered.end()), offered.end());
  offered.push_back(0);
  const float gap = ui.u(4);
  const float width = (room.w - gap * (kInARow - 1)) / kInARow;
  const int count = static_cast<int>(offered.size());
  const Rect whole{room.x, room.y, room.w,
                   static_cast<float>((count + kInARow - 1) / kInARow) * (ui.u(kBatchRow - 4) + gap)};
  ui.part("sizes", whole);
  for (int i = 0; i < count; ++i) {
    const int size = offered[static_cast<std::size_t>(i)];
    const auto at = std::find(chosen.begin(), chosen.end(), size);
    const bool on = at != chosen.end();
    const Rect box{room.x + static_cast<float>(i % kInARow) * (width + gap),
                   room.y + static_cast<float>(i / kInARow) * (ui.u(kBatchRow - 4) + gap), width,
                   ui.u(kBatchRow - 4)};
    ButtonLook look;
    look.kind = on ? ButtonLook::Kind::chosen : ButtonLook::Kind::plain;
    look.words = size == 0 ? "all" : std::to_string(size);
    const std::string name = size == 0 ? "all " + std::to_string(lesson.images()) : std::to_string(size);
    look.hint = on ? "Batches of " + name + " take part" : "Let batches of " + name + " take part";
    if (on && chosen.size() == 1)
      look.enabled = false, look.hint = "One size must stay";
    else if (!on && static_cast<int>(chosen.size()) == BatchLesson::kMostRuns)
      look.enabled = false, look.hint = "Four sizes at most: take one away first";
    if (!button(ui, "size " + look.words, box, "Batch size " + name, look)) continue;
    std::vector<int> next = chosen;
    if (on)
      next.erase(next.begin() + (at - chosen.begin()));
    else
      next.push_back(size);
    ui.intend("set_runs", next);
  }
  room.cut_top(whole.h + ui.u(kBatchGap) - gap);
}

float batch_table_height(const Ui& ui) { return ui.u(kTableRow * (BatchLesson::kMostRuns + 1)); }

void batch_table(const Ui& ui, const Rect& room, const BatchTable& table) {
  const float row = std::min(ui.u(kTableRow), room.h / static_cast<float>(table.rows.size() + 1));
  const auto columns = static_cast<float>(table.heads.size());
  const float names = std::min(ui.u(104), room.w / columns * 1.25f);
  const float width = (room.w - names) / (columns - 1);
  const float size = room.w < ui.u(420) ? 12 : type::kText;
  const auto line = [&](float y, const std::vector<std::string>& cells, const Colour& ink, Weight weight,
                        float shift) {
    for (std::size_t k = 0; k < cells.size(); ++k) {
      if (k == 0) {
        ui.text(room.x + shift, y, ui.shortened(cells[k], size, names - shift), size, ink, weight);
      } else {
        ui.text(room.x + names + width * static_cast<float>(k), y,
                ui.shortened(cells[k], size, width - ui.u(4)), size, ink, weight, Align::right);
      }
    }
  };
  line(room.y, table.heads, ui.theme.muted, Weight::regular, 0);
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const float y = room.y + row * static_cast<float>(i + 1);
    const bool lit = static_cast<int>(i) == table.lit;
    if (lit) ui.fill({room.x - ui.u(4), y - ui.u(2), room.w + ui.u(8), row}, faded(ui.theme.action, 0.1f), 4);
    const Colour& colour = series_colour(ui.theme, static_cast<int>(i));
    const float middle = y + ui.u(size / 2 + 1);
    plot_line(ui, {{room.x, middle}, {room.x + ui.u(16), middle}}, colour, Dash::solid, 3);
    if (ui.theme.border > 1) plot_sign(ui, room.x + ui.u(8), middle, static_cast<int>(i), colour, 3.5f);
    line(y, table.rows[i], ui.theme.ink, lit ? Weight::semibold : Weight::regular, ui.u(22));
  }
}

}  // namespace kg
