// Result: a value, or one sentence that says why there is none.
//
// For whatever comes from outside (files, links, learners): shapes that do not fit, numbers out of range.
// Mistakes of the programmer are asserts instead. The sentence is shown to the learner as it is, so it names
// the numbers.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace kg {

struct Error {
  std::string sentence;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::move(value)) {}
  Result(Error error) : held_(std::move(error)) {}

  bool ok() const { return std::holds_alternative<T>(held_); }
  explicit operator bool() const { return ok(); }

  const T& value() const& { return assert(ok()), *std::get_if<T>(&held_); }
  T&& value() && { return assert(ok()), std::move(*std::get_if<T>(&held_)); }
  const T& operator*() const { return value(); }
  const T* operator->() const { return &value(); }

  const std::string& sentence() const { return assert(!ok()), std::get_if<Error>(&held_)->sentence; }
  Error error() const { return {sentence()}; }

 private:
  std::variant<T, Error> held_;
};

struct Done {};

// For what either happens or does not: `return Done{};` or `return Error{"…"};`.
using Status = Result<Done>;

}  // namespace kg
