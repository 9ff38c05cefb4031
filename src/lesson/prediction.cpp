#include "lesson/prediction.h"

#include <cmath>

#include "lesson/link.h"
#include "lesson/number_text.h"

namespace kg {

bool Prediction::is(float result) const {
  constexpr double kAsShown = 0.005 + 1e-6;
  return std::abs(value - static_cast<double>(result)) <= kAsShown;
}

bool is_computed(const Timeline& timeline, int step) {
  if (timeline.at_end() || step < timeline.step()) return true;
  return step == timeline.step() && timeline.ticks_shown() == timeline.ticks();
}

Result<Prediction> predict_here(const Timeline& timeline, double value, const std::string& part) {
  if (is_computed(timeline, timeline.step())) {
    return Error{"This cell is computed already. Go to one that is not, or back by one " + part +
                 ", and predict then."};
  }
  if (!(std::abs(value) <= Prediction::kMost)) return Error{"A prediction goes from −1000000 to 1000000."};
  return Prediction{timeline.step(), value};
}

std::string prediction_text(const Prediction& prediction) {
  return std::to_string(prediction.step) + ":" + exact_text(prediction.value);
}

std::optional<Prediction> read_prediction(const std::string& text, const Timeline& timeline) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::optional<int> step = parse_int(std::string_view(text).substr(0, colon));
  const std::optional<double> value = parse_number(text.substr(colon + 1));
  if (!step || *step < 0 || *step >= timeline.steps()) return std::nullopt;
  if (!value || !(std::abs(*value) <= Prediction::kMost)) return std::nullopt;
  return Prediction{*step, *value};
}

std::string prediction_words(const Prediction& prediction, const Timeline& timeline, float result) {
  const char* verdict = !is_computed(timeline, prediction.step) ? "."
                        : prediction.is(result)                 ? ": right."
                                                                : ": no.";
  return " You predicted " + number_text(prediction.value) + verdict;
}

}  // namespace kg
