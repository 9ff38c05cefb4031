#include "view/widgets/log_slider.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/link.h"
#include "lesson/number_text.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

double rounded(double value) {
  const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return std::round(value / unit) * unit;
}

}  // namespace

std::optional<double> log_slider(Ui& ui, Rect row, const LogSlider& what, double value) {
  const std::string text = magnitude_text(value);
  const Rect name = row.cut_left(ui.u(what.name_width));
  ui.text(name.x, name.middle_y() - ui.u(7), what.name, type::kText, ui.theme.muted);
  const Rect number = row.cut_right(ui.u(what.value_width));
  ui.text(number.right(), number.middle_y() - ui.u(8), text, type::kStrong, ui.theme.ink, Weight::semibold,
          Align::right);
  SliderLook look;
  look.filled = false;
  look.arrow_step = static_cast<float>(what.step);
  const double whole = std::log(what.most / what.least);
  const auto to = slider(ui, what.id, row, what.name + std::string(" ") + text,
                         static_cast<float>(std::log(value / what.least) / whole), look);
  if (!to) return std::nullopt;
  const double chosen =
      std::clamp(rounded(what.least * std::exp(static_cast<double>(*to) * whole)), what.least, what.most);
  if (std::abs(chosen - value) < value * 1e-9) return std::nullopt;
  return parse_number(exact_text(static_cast<float>(chosen)));
}

}  // namespace kg
