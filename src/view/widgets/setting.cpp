#include "view/widgets/setting.h"

#include <cmath>

#include "view/widgets/button.h"

namespace kg {

double beside(std::span<const double> list, double value, int way) {
  const double close = 1e-4 * std::abs(value);
  if (way > 0) {
    for (const double v : list) {
      if (v > value + close) return v;
    }
  } else {
    for (auto v = list.rbegin(); v != list.rend(); ++v) {
      if (*v < value - close) return *v;
    }
  }
  return value;
}

std::optional<double> setting(Ui& ui, Rect box, const SettingShown& shown) {
  const Rect label = box.cut_left(ui.u(shown.label));
  ui.text(label.x, label.middle_y() - ui.u(8), shown.name, type::kText, ui.theme.muted);
  const double lower = beside(shown.list, shown.value, -1), higher = beside(shown.list, shown.value, 1);
  const int way = stepper(ui, shown.id, box, shown.name, shown.text, lower<shown.value, higher> shown.value,
                          shown.least, shown.most);
  if (way == 0) return std::nullopt;
  return way < 0 ? lower : higher;
}

}  // namespace kg
