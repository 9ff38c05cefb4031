#include "view/widgets/digit_gallery.h"

#include <algorithm>
#include <vector>

#include "view/widgets/heat_map.h"

namespace kg {

int digit_gallery(Ui& ui, const Rect& room, const DigitSet& set, const DigitGalleryShown& what) {
  const float gap = ui.u(8), side = ui.u(what.side), label = ui.u(17);
  const int columns = std::max(1, static_cast<int>((room.w + gap) / (side + gap)));
  const int rows = std::max(0, static_cast<int>((room.h + gap) / (side + label + gap)));
  const int shown = std::min(columns * rows, set.count());
  std::vector<float> picture(set.size());
  for (int i = 0; i < shown; ++i) {
    const Rect cell{room.x + static_cast<float>(i % columns) * (side + gap),
                    room.y + static_cast<float>(i / columns) * (side + label + gap), side, side};
    set.copy(i, picture.data());
    HeatMapLook look;
    look.ink = HeatMap::Ink::grey;
    heat_map(ui, cell, set.height(), set.width(), picture, look);
    const bool framed = what.framed && what.framed(i);
    if (framed) ui.outline(cell.inset(-ui.u(2)), ui.theme.error, 2, 3);
    ui.text_in({cell.x, cell.bottom() + ui.u(2), side, label},
               what.name ? what.name(set.label(i)) : std::to_string(set.label(i)),
               framed ? type::kStrong : type::kText, framed ? ui.theme.error : ui.theme.ink,
               framed ? Weight::semibold : Weight::regular);
  }
  return shown;
}

}  // namespace kg
