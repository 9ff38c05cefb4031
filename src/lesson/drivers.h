// Drivers: a small table whose two columns clash: miles driven run into tens of thousands, ages do not. And
// three ways to hand them to a neuron: as they are, scaled to 0 … 1, standardised.
//
//   scaled        (x − least) / (most − least)
//   standardised  (x − mean) / standard deviation
//
// of the column. A column whose numbers are all the same has no width: scaled or standardised it is all 0.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/statistics.h"

namespace kg {

inline constexpr int kDrivers = 10;

struct Driver {
  static constexpr double kMostMiles = 1000000, kMostAge = 120;  // from 0
  double miles = 0, age = 0;
  friend bool operator==(const Driver&, const Driver&) = default;
};
using Drivers = std::array<Driver, kDrivers>;

enum class Column { miles, age };
enum class Scaling { raw, scaled, standardised };
inline constexpr Scaling kScalings[] = {Scaling::raw, Scaling::scaled, Scaling::standardised};

const char* name_of(Column column);
const char* name_of(Scaling scaling);
std::optional<Column> column_named(std::string_view name);
std::optional<Scaling> scaling_named(std::string_view name);

// From 1000 to 100 000 miles, both among them; 18 to 80 years. Whole hundreds and whole years.
Drivers make_drivers(std::uint64_t seed);

double value_of(const Driver& driver, Column column);
// One number for each driver.
std::vector<float> column_of(const Drivers& drivers, Column column, Scaling scaling);

// What each driver pays for insurance, in thousands: made up of miles, age and a little chance. It is what a
// neuron is to foretell.
std::array<float, kDrivers> premiums(std::uint64_t seed);

// ∂loss/∂w of a neuron w₁·miles + w₂·age + bias whose weights are 0, loss: the mean squared error.
struct NeuronGradient {
  double miles = 0, age = 0;
  // How many times the larger is as large as the smaller; nothing if that is 0.
  std::optional<double> clash() const;
};
NeuronGradient neuron_gradient(const Drivers& drivers, Scaling scaling,
                               const std::array<float, kDrivers>& targets);

}  // namespace kg
