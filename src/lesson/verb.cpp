#include "lesson/verb.h"

#include <cassert>
#include <cmath>
#include <limits>

#include "lesson/wording.h"

namespace kg {
namespace {

const char* type_name(Param::Type type) {
  switch (type) {
    case Param::Type::integer:
    case Param::Type::seed:
      return "integer";
    case Param::Type::number:
      return "number";
    case Param::Type::boolean:
      return "boolean";
    case Param::Type::text:
      return "text";
    case Param::Type::numbers:
      return "numbers";
    case Param::Type::bytes:
      return "bytes";
  }
  return "";
}

const char* type_in_words(Param::Type type) {
  switch (type) {
    case Param::Type::integer:
      return "a whole number";
    case Param::Type::seed:
      return "a whole number from 0 on";
    case Param::Type::number:
      return "a number";
    case Param::Type::boolean:
      return "true or false";
    case Param::Type::text:
      return "a text";
    case Param::Type::numbers:
      return "a list of numbers";
    case Param::Type::bytes:
      return "a block of bytes";
  }
  return "";
}

bool finite_float(const Json& value) {
  return value.is_number() && std::isfinite(static_cast<float>(value.get<double>()));
}

bool whole(const Json& value) {
  if (!value.is_number()) return false;
  const double number = value.get<double>();
  return std::isfinite(number) && std::floor(number) == number && std::abs(number) <= kLargestWhole;
}

bool fits(const Json& value, Param::Type type) {
  switch (type) {
    case Param::Type::integer:
      return whole(value);
    case Param::Type::seed:
      return whole(value) && value.get<double>() >= 0;
    case Param::Type::number:
      return value.is_number() && std::isfinite(value.get<double>());
    case Param::Type::boolean:
      return value.is_boolean();
    case Param::Type::text:
      return value.is_string();
    case Param::Type::bytes:
      return value.is_binary();
    case Param::Type::numbers:
      if (!value.is_array()) return false;
      for (const Json& item : value) {
        if (!finite_float(item)) return false;
      }
      return true;
  }
  return false;
}

}  // namespace

// Whole numbers beyond int saturate: every verb's own range check then refuses them with its sentence.
int Args::integer(std::size_t i) const {
  const double number = list_.at(i).get<double>();
  if (number > std::numeric_limits<int>::max()) return std::numeric_limits<int>::max();
  if (number < std::numeric_limits<int>::min()) return std::numeric_limits<int>::min();
  return static_cast<int>(number);
}

std::uint64_t Args::seed(std::size_t i) const {
  return static_cast<std::uint64_t>(list_.at(i).get<double>());
}

double Args::number(std::size_t i) const { return list_.at(i).get<double>(); }
bool Args::boolean(std::size_t i) const { return list_.at(i).get<bool>(); }
std::string Args::text(std::size_t i) const { return list_.at(i).get<std::string>(); }

std::vector<float> Args::numbers(std::size_t i) const {
  std::vector<float> values;
  values.reserve(list_.at(i).size());
  for (const Json& item : list_.at(i)) values.push_back(item.get<float>());
  return values;
}

std::span<const std::uint8_t> Args::bytes(std::size_t i) const { return list_.at(i).bytes(); }

std::string Verb::usage() const {
  std::string text = name + "(";
  for (std::size_t i = 0; i < params.size(); ++i) text += (i ? ", " : "") + params[i].name;
  return text + ")";
}

Status Verb::call(const Json& list) const {
  assert(list.is_array());
  std::size_t needed = params.size();
  while (needed > 0 && params[needed - 1].optional) --needed;
  if (list.size() < needed || list.size() > params.size()) {
    return Error{usage() + " takes " + std::to_string(params.size()) + " argument" +
                 (params.size() == 1 ? "" : "s") + "; " + std::to_string(list.size()) + " came."};
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (!fits(list[i], params[i].type)) {
      return Error{usage() + ": " + params[i].name + " must be " + type_in_words(params[i].type) +
                   (params[i].about.empty() ? "" : " (" + params[i].about + ")") + "."};
    }
  }
  Status status = run(Args(list));
  return status ? status : Status(Error{as_sentence(status.sentence())});
}

Json Verb::describe() const {
  Json list = Json::array();
  for (const Param& param : params) {
    Json row = {{"name", param.name}, {"type", type_name(param.type)}, {"about", param.about}};
    if (param.optional) row["optional"] = true;
    list.push_back(std::move(row));
  }
  return {{"name", name}, {"params", std::move(list)}, {"about", about}};
}

}  // namespace kg
