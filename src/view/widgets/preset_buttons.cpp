#include "view/widgets/preset_buttons.h"

#include <algorithm>

#include "lesson/filter_presets.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {

std::string preset_buttons(Ui& ui, const Rect& room, std::string_view current) {
  // Thirteen of them: in the wide layout seven a row, in the narrow one as large as a finger needs them.
  const bool narrow = room.w < ui.u(210) || ui.narrow();
  const float gap = ui.u(narrow ? 6 : 3);
  const int columns = narrow ? std::max(1, static_cast<int>((room.w + gap) / ui.u(42))) : 7;
  const float size =
      std::min((room.w - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns), ui.u(44));
  int at = 0;
  const auto place = [&] {
    const Rect box{room.x + static_cast<float>(at % columns) * (size + gap),
                   room.y + static_cast<float>(at / columns) * (size + gap), size, size};
    ++at;
    return box;
  };
  std::string pressed;
  for (const FilterPreset& preset : filter_presets()) {
    const Rect box = place();
    const std::string name(preset.name), title(preset.title);
    const bool chosen = name == current;
    const Press press = ui.press("preset " + name, box, title + (chosen ? ", chosen" : ""));
    thumbnail(ui, box.inset(ui.u(3)), 3, 3, preset.values, reach_of(preset.values));
    if (chosen)
      ui.outline(box, ui.theme.action, 2.5f, 4);
    else if (press.hovered)
      ui.outline(box, ui.theme.action, 1.5f, 4);
    if (press.focused) ui.focus_ring(box, 4);
    if (press.hovered) ui.tooltip(title + ". " + std::string(preset.about));
    if (press.clicked) pressed = name;
  }
  ButtonLook look;
  look.icon = Icon::shuffle;
  look.hint = "Random weights: how training starts";
  if (button(ui, "preset random", place(), "Random filter", look)) pressed = "random";
  return pressed;
}

}  // namespace kg
