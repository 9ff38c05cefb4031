#include "view/lessons/filter_panel.h"

#include <algorithm>

#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/preset_buttons.h"

namespace kg {

void FilterPanel::column(Ui& ui, Rect room, const FiltersShown& filters) {
  ui.heading(room.cut_top(ui.u(24)), "Filter", title_of(filters.bank.filter(filters.chosen)));
  const float side = ui.u(132);
  Rect row = room.cut_top(side);
  grid(ui, row.cut_left(side), filters);
  row.cut_left(ui.u(12));
  bank(ui, row, filters);
  room.cut_top(ui.u(ui.shows("editor") ? 56 : 14));
  if (!ui.shows("presets")) return;
  ui.text(room.x, room.y, "Filters to try", type::kText, ui.theme.muted);
  room.cut_top(ui.u(22));
  presets(ui, room, filters);
}

void FilterPanel::grid(Ui& ui, const Rect& box, const FiltersShown& filters) {
  const int filter = filters.chosen, channel = std::max(filters.channel, 0);
  std::vector<float> weights;
  for (int i = 0; i < 9; ++i) weights.push_back(filters.bank.weight(filter, i / 3, i % 3, channel));
  const float reach = reach_of(filters.bank.values(filter, filters.channels));
  ui.part("filter", box);
  if (!ui.shows("editor")) {
    MatrixLook look;
    look.reach = reach;
    return matrix(ui, box, 3, 3, weights, look);
  }
  const FilterShown shown{filter, channel, weights, reach};
  editor_.grid(ui, box, shown);
  editor_.cell_stepper(ui, {box.x, box.bottom() + ui.u(8), box.w, ui.u(34)}, shown);
}

// One small picture for each filter; pressing it shows its output channel at the same place.
void FilterPanel::bank(Ui& ui, Rect row, const FiltersShown& filters) const {
  if (!ui.shows("filters")) return;
  const int count = filters.bank.count();
  const float size = ui.u(34), gap = ui.u(6);
  float x = row.x, y = row.y;
  const auto place = [&] {
    if (x + size > row.right() + 1) x = row.x, y += size + gap;
    const Rect box{x, y, size, size};
    x += size + gap;
    return box;
  };
  for (int i = 0; i < count; ++i) {
    const Rect box = place();
    const std::string id = "filter" + std::to_string(i);
    const Press press =
        ui.press(id, box, "Filter " + std::to_string(i) + (i == filters.chosen ? ", chosen" : ""));
    const std::vector<float> plane = filters.bank.values(i, 1);
    thumbnail(ui, box.inset(ui.u(3)), 3, 3, plane, reach_of(plane));
    if (i == filters.chosen) ui.outline(box, ui.theme.action, 2.5f, 4);
    if (press.focused) ui.focus_ring(box, 4);
    if (press.hovered)
      ui.tooltip("Filter " + std::to_string(i) + " makes output channel " + std::to_string(i));
    if (press.clicked) filters.choose(i);
  }
  ButtonLook look;
  look.icon = Icon::plus;
  look.enabled = count < FilterBank::kMaxFilters;
  look.hint =
      look.enabled ? "One more filter: one more output channel" : "Eight filters are the most that fit here";
  if (button(ui, "add filter", place(), "Add a filter", look)) {
    const std::span<const FilterPreset> all = filter_presets();
    ui.intend("add_filter", std::string(all[static_cast<std::size_t>(count) % all.size()].name));
    filters.choose(count);
  }
  if (count == 1) return;
  look.icon = Icon::minus;
  look.enabled = true;
  look.hint = "Take this filter away";
  if (button(ui, "remove filter", place(), "Remove this filter", look))
    ui.intend("remove_filter", filters.chosen);
}

void FilterPanel::presets(Ui& ui, const Rect& room, const FiltersShown& filters) const {
  if (!ui.shows("presets")) return;
  const std::string chosen = preset_buttons(ui, room, filters.bank.filter(filters.chosen).name);
  if (!chosen.empty()) ui.intend("set_preset", filters.chosen, chosen);
}

}  // namespace kg
