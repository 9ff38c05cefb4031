#include "view/widgets/matrix.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"

namespace kg {

void matrix(Ui& ui, const Rect& box, int rows, int cols, std::span<const float> values,
            const MatrixLook& look) {
  const bool whole = all_whole(values);
  const float reach = look.reach > 0 ? look.reach : 1;
  for (int i = 0; i < rows * cols; ++i) {
    const Rect cell = cell_box(box, rows, cols, i / cols, i % cols);
    if (look.shown >= 0 && i >= look.shown) {
      ui.fill(cell, ui.theme.empty);
    } else {
      const float value = values[static_cast<std::size_t>(i)];
      const Colour back =
          look.ink == MatrixLook::Ink::diverging ? value_colour(value / reach) : grey_colour(value / reach);
      ui.fill(cell, back);
      ui.text_in(cell.inset(ui.u(3), 0), fixed_text(static_cast<double>(value), whole ? 0 : 2),
                 look.text_size, text_on(back), Weight::regular);
    }
    ui.outline(cell, faded(ui.theme.muted, 0.5f), 0.75f);
  }
  ui.outline(box, ui.theme.muted, 1);
  if (look.lit >= 0)
    ui.outline(cell_box(box, rows, cols, look.lit / cols, look.lit % cols), ui.theme.attention, 3);
}

void thumbnail(const Ui& ui, const Rect& box, int rows, int cols, std::span<const float> values,
               float reach) {
  for (int i = 0; i < rows * cols; ++i) {
    ui.fill(cell_box(box, rows, cols, i / cols, i % cols),
            value_colour(values[static_cast<std::size_t>(i)] / (reach > 0 ? reach : 1)));
  }
  ui.outline(box, faded(ui.theme.muted, 0.7f), 1);
}

void legend(const Ui& ui, const Rect& box, float reach) {
  const std::string most = number_text(static_cast<double>(reach));
  const Rect bar{box.x, box.y + ui.u(2), box.w, ui.u(9)};
  const float part = bar.w / (kPaletteSize - 1);
  for (int i = 0; i + 1 < kPaletteSize; ++i) {
    const auto left = packed(value_palette()[static_cast<std::size_t>(i)]);
    const auto right = packed(value_palette()[static_cast<std::size_t>(i + 1)]);
    const float x = bar.x + part * static_cast<float>(i);
    ui.paint.AddRectFilledMultiColor(ImVec2(x, bar.y), ImVec2(x + part, bar.bottom()), left, right, right,
                                     left);
  }
  ui.outline(bar, faded(ui.theme.muted, 0.7f), 1);
  const float y = bar.bottom() + ui.u(3);
  ui.text(bar.x, y, "−" + most, type::kSmall, ui.theme.muted);
  ui.text(bar.middle_x(), y, "0", type::kSmall, ui.theme.muted, Weight::regular, Align::centre);
  ui.text(bar.right(), y, most, type::kSmall, ui.theme.muted, Weight::regular, Align::right);
}

}  // namespace kg
