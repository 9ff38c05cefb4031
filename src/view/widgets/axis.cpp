#include "view/widgets/axis.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr double kSmallestLog = 1e-300;  // nothing that a float holds is nearer to 0

// "1.5e−6": as number_text, with a factor of a power of ten.
std::string with_exponent(double value, int digits) {
  if (value == 0) return "0";
  int exponent = static_cast<int>(std::floor(std::log10(std::abs(value))));
  double mantissa = value / std::pow(10.0, exponent);
  if (!std::isfinite(mantissa)) mantissa = value * std::pow(10.0, -exponent);  // 10^exponent was too small
  // 9.9996 is written as 10, and that has one digit too many.
  const double unit = std::pow(10.0, digits);
  if (std::abs(std::round(mantissa * unit) / unit) >= 10) mantissa /= 10, ++exponent;
  return number_text(mantissa, digits) + "e" + number_text(exponent, 0);
}

// Digits after the point that leave about `digits` that count.
int decimals(double value, int digits) {
  if (value == 0) return 0;
  return std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 15);
}

std::string in_thousands(double value, int digits) {
  if (std::abs(value) >= 1e6) return number_text(value / 1e6, digits) + "M";
  return number_text(value / 1e3, digits) + "k";
}

// All ticks of a linear axis are written alike, as its step demands.
std::string tick_text(double value, double step, double largest) {
  if (value == 0) return "0";
  if (largest >= 1e9 || largest < 1e-3) return with_exponent(value, decimals(step / largest, 2));
  if (largest >= 1e4) {
    const double unit = largest >= 1e6 ? 1e6 : 1e3;
    return number_text(value / unit, decimals(step / unit, 2)) + (largest >= 1e6 ? "M" : "k");
  }
  return number_text(value, decimals(step, 2));
}

std::vector<Tick> linear_ticks(const Axis& axis, int most) {
  const double largest = std::max(std::abs(axis.from), std::abs(axis.to));
  std::vector<Tick> list;
  // One tick alone says nothing of the scale: then the next finer step.
  for (double step = nice_step((axis.to - axis.from) / std::max(most, 1)); list.size() < 2;
       step = nice_step(step * 0.4)) {
    list.clear();
    // Counted, not added up: the sum of many small steps drifts.
    const double first = std::ceil(axis.from / step - 1e-9), last = std::floor(axis.to / step + 1e-9);
    for (double k = first; k <= last && list.size() < 100; ++k)
      list.push_back({k * step, tick_text(k * step, step, largest)});
  }
  return list;
}

// 1, 2 and 5 times every power of ten.
std::vector<Tick> fine_log_ticks(const Axis& axis, int first, int last) {
  std::vector<Tick> list;
  for (int exponent = first - 1; exponent <= last; ++exponent) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double value = digit * std::pow(10.0, exponent);
      if (value >= axis.from * (1 - 1e-9) && value <= axis.to * (1 + 1e-9))
        list.push_back({value, short_text(value)});
    }
  }
  return list;
}

std::vector<Tick> log_ticks(const Axis& axis, int most) {
  const double low = std::log10(axis.from), high = std::log10(axis.to);
  const int first = static_cast<int>(std::ceil(low - 1e-9)), last = static_cast<int>(std::floor(high + 1e-9));
  std::vector<Tick> list;
  if (high - low <= 2 && 3 * (high - low) <= most) {
    list = fine_log_ticks(axis, first, last);
  } else {
    const int every = std::max(1, static_cast<int>(std::ceil((last - first + 1.0) / std::max(most, 1))));
    for (int exponent = last; exponent >= first; exponent -= every) {
      const double value = std::pow(10.0, exponent);
      list.push_back({value, short_text(value)});
    }
    std::reverse(list.begin(), list.end());
    if (list.size() < 2) {
      list = fine_log_ticks(axis, first, last);
      if (list.size() > 2) list.erase(list.begin() + 1, list.end() - 1);
    }
  }
  // Between two neighbours of 1, 2, 5 and 10 even a logarithmic scale is nearly even.
  return list.size() < 2 ? linear_ticks(axis, most) : list;
}

// Down or up to 1, 2 or 5 times a power of ten; over more than two decades to powers of ten.
double round_log(double value, bool up, bool decades) {
  const double ten = std::pow(10.0, std::floor(std::log10(value) + (up ? -1e-9 : 1e-9)));
  if (decades) return up ? ten * 10 : ten;
  if (up) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      if (value <= digit * ten * (1 + 1e-9)) return digit * ten;
    }
    return 10 * ten;
  }
  for (const double digit : {5.0, 2.0}) {
    if (value >= digit * ten * (1 - 1e-9)) return digit * ten;
  }
  return ten;
}

Axis fitted_log(double least, double most, AxisEnds ends) {
  if (!(least <= most) || most <= 0) return {0.1, 1, AxisScale::log10};
  least = std::max(least, kSmallestLog), most = std::max(most, kSmallestLog * 10);
  if (most / least < 1.0001) least /= 2, most *= 2;
  if (ends == AxisEnds::exact) return {least, most, AxisScale::log10};
  const bool decades = most / least > 100;
  return {round_log(least, false, decades), round_log(most, true, decades), AxisScale::log10};
}

}  // namespace

bool Axis::has_place(double value) const {
  return std::isfinite(value) && (scale == AxisScale::linear || value > 0);
}

double Axis::share(double value) const {
  if (scale == AxisScale::linear) return (value - from) / (to - from);
  return (std::log10(value) - std::log10(from)) / (std::log10(to) - std::log10(from));
}

double Axis::at(double share) const {
  if (scale == AxisScale::linear) return from + share * (to - from);
  return std::pow(10.0, std::log10(from) + share * (std::log10(to) - std::log10(from)));
}

void AxisFit::add(double value) {
  if (!Axis{0, 1, scale_}.has_place(value)) return;
  if (empty()) {
    least_ = most_ = value;
    return;
  }
  least_ = std::min(least_, value), most_ = std::max(most_, value);
}

Axis fitted_axis(double least, double most, AxisScale scale, AxisEnds ends) {
  if (scale == AxisScale::log10) return fitted_log(least, most, ends);
  if (!(least <= most) || !std::isfinite(least) || !std::isfinite(most)) return {0, 1, scale};
  // What differs by less than a float can hold is the same.
  const double size = std::max(std::abs(least), std::abs(most));
  if (size == 0) return {0, 1, scale};
  if (most - least <= size * 1e-7) {
    // A constant stands in the middle, with 0 in sight.
    if (least > 0) {
      least = 0, most *= 2;
    } else {
      most = 0, least *= 2;
    }
  }
  if (ends == AxisEnds::exact) return {least, most, scale};
  const double step = nice_step((most - least) / 5);
  return {std::floor(least / step + 1e-9) * step, std::ceil(most / step - 1e-9) * step, scale};
}

double nice_step(double step) {
  const double ten = std::pow(10.0, std::floor(std::log10(step)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (step <= digit * ten * (1 + 1e-9)) return digit * ten;
  }
  return 10 * ten;
}

std::vector<Tick> ticks(const Axis& axis, int most) {
  return axis.scale == AxisScale::linear ? linear_ticks(axis, most) : log_ticks(axis, most);
}

std::string short_text(double value) {
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size >= 1e9 || size < 1e-3) return with_exponent(value, 1);
  if (size >= 9999.5)
    return in_thousands(value, size >= 1e6 ? decimals(value / 1e6, 3) : decimals(value / 1e3, 3));
  return number_text(value, decimals(value, 3));
}

std::string reading_text(double value) {
  const double size = std::abs(value);
  if (size == 0) return "0";
  if (size < 1e7 && value == std::floor(value)) return number_text(value, 0);
  if (size >= 1e7 || size < 1e-3) return with_exponent(value, 3);
  return number_text(value, decimals(value, 4));
}

}  // namespace kg
