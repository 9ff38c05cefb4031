#include "lesson/drivers.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "data/digit_set.h"
#include "engine/rng.h"
#include "engine/trainer.h"

namespace kg {
namespace {

constexpr std::uint64_t kMiles = 0xd21, kAges = 0xd22, kOrders = 0xd23, kPremiums = 0xd24;  // seed's forks
constexpr double kLeastMiles = 1000, kUsualMiles = 100000, kLeastAge = 18, kUsualAge = 80;

// One of each tenth of the range, so that no draw leaves most of it empty; in a random order.
std::vector<double> spread_out(double least, double most, double unit, std::uint64_t seed) {
  std::vector<int> order;
  shuffle(order, kDrivers, Rng(seed).fork(kOrders).state());
  Rng rng(seed);
  std::vector<double> values;
  for (const int tenth : order) {
    const double share = (tenth + static_cast<double>(rng.uniform())) / kDrivers;
    values.push_back(std::round((least + (most - least) * share) / unit) * unit);
  }
  return values;
}

}  // namespace

const char* name_of(Column column) { return column == Column::miles ? "miles" : "age"; }

const char* name_of(Scaling scaling) {
  return scaling == Scaling::raw ? "raw" : scaling == Scaling::scaled ? "scaled" : "standardised";
}

std::optional<Column> column_named(std::string_view name) {
  for (const Column column : {Column::miles, Column::age}) {
    if (name == name_of(column)) return column;
  }
  return std::nullopt;
}

std::optional<Scaling> scaling_named(std::string_view name) {
  for (const Scaling scaling : kScalings) {
    if (name == name_of(scaling)) return scaling;
  }
  return std::nullopt;
}

Drivers make_drivers(std::uint64_t seed) {
  std::vector<double> miles = spread_out(kLeastMiles, kUsualMiles, 100, Rng(seed).fork(kMiles).state());
  const std::vector<double> ages = spread_out(kLeastAge, kUsualAge, 1, Rng(seed).fork(kAges).state());
  *std::min_element(miles.begin(), miles.end()) = kLeastMiles;
  *std::max_element(miles.begin(), miles.end()) = kUsualMiles;
  Drivers drivers;
  for (std::size_t i = 0; i < drivers.size(); ++i) drivers[i] = {miles[i], ages[i]};
  return drivers;
}

double value_of(const Driver& driver, Column column) {
  return column == Column::miles ? driver.miles : driver.age;
}

std::vector<float> column_of(const Drivers& drivers, Column column, Scaling scaling) {
  std::vector<float> values;
  for (const Driver& driver : drivers) values.push_back(static_cast<float>(value_of(driver, column)));
  if (scaling == Scaling::raw) return values;
  const Statistics of = statistics(values);
  const double least = static_cast<double>(of.least);
  const double from = scaling == Scaling::scaled ? least : of.mean;
  const double width = scaling == Scaling::scaled ? static_cast<double>(of.most) - least : of.deviation;
  for (float& value : values)
    value = width > 0 ? static_cast<float>((static_cast<double>(value) - from) / width) : 0;
  return values;
}

std::array<float, kDrivers> premiums(std::uint64_t seed) {
  const Drivers drivers = make_drivers(seed);
  Rng rng = Rng(seed).fork(kPremiums);
  std::array<float, kDrivers> paid{};
  for (std::size_t i = 0; i < paid.size(); ++i) {
    const double fair = 0.3 + 0.6 * drivers[i].miles / kUsualMiles + 0.6 * drivers[i].age / kUsualAge;
    paid[i] = static_cast<float>(fair) + rng.uniform(-0.1f, 0.1f);
  }
  return paid;
}

std::optional<double> NeuronGradient::clash() const {
  const double large = std::max(std::abs(miles), std::abs(age)),
               small = std::min(std::abs(miles), std::abs(age));
  if (!(small > 0)) return std::nullopt;
  return large / small;
}

NeuronGradient neuron_gradient(const Drivers& drivers, Scaling scaling,
                               const std::array<float, kDrivers>& targets) {
  Dense neuron;
  neuron.kernel_initializer = {Initializer::Kind::zeros};
  Result<Network> built = Network::build(SampleShape(2), {neuron}, 0);
  assert(built);
  Network network = std::move(built).value();
  Trainer trainer(network, {}, Loss::mean_squared_error, kDrivers);
  const std::vector<float> miles = column_of(drivers, Column::miles, scaling),
                           ages = column_of(drivers, Column::age, scaling);
  std::vector<float> inputs;
  for (std::size_t i = 0; i < drivers.size(); ++i) inputs.push_back(miles[i]), inputs.push_back(ages[i]);
  const Result<StepReport> report = trainer.gradients(inputs, std::span<const float>(targets));
  assert(report);
  (void)report;
  const std::vector<float>& gradient = network.parameters(0)[0].gradient;
  return {static_cast<double>(gradient[0]), static_cast<double>(gradient[1])};
}

}  // namespace kg
