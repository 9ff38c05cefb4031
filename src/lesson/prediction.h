// Prediction: what the learner says a cell will be, before the cell is computed.
#pragma once

#include <optional>
#include <string>

#include "engine/result.h"
#include "lesson/timeline.h"

namespace kg {

struct Prediction {
  static constexpr double kMost = 1e6;  // |value|
  int step = 0;                         // whose result it is about
  double value = 0;

  // As right as the two decimals on the stage.
  bool is(float result) const;
};

// Whether the result of a step is on the stage, so that there is nothing left to predict.
bool is_computed(const Timeline& timeline, int step);

// Of the current step; refuses one that is computed already. `part` is what is still missing: "comparison".
Result<Prediction> predict_here(const Timeline& timeline, double value, const std::string& part);

// "3:8.5", for links, and back; nothing if the text is anything else, or about a step that there is not.
std::string prediction_text(const Prediction& prediction);
std::optional<Prediction> read_prediction(const std::string& text, const Timeline& timeline);

// " You predicted 6: right.", or without the verdict while the result is not there.
std::string prediction_words(const Prediction& prediction, const Timeline& timeline, float result);

}  // namespace kg
