// What can be set in the lesson `l2`: λ on a logarithmic slider, its factor in Keras, presets, digits, rate.
#pragma once

#include "lesson/l2.h"
#include "view/ui.h"

namespace kg {

// The way along the slider, 0 to 1, and λ: 0 at the left end, then 0.001 to 1000. λ has two digits that
// count.
float share_of_lambda(double lambda);
double lambda_at(float share);

class L2Controls {
 public:
  void presets(Ui& ui, const Rect& row, const L2Lesson& lesson) const;
  // The slider with its scale, and beneath it, if `factor`, the factor worked out.
  void lambda(Ui& ui, Rect room, const L2Lesson& lesson, bool factor) const;
  float lambda_height(const Ui& ui, bool factor) const;
  void factor(Ui& ui, const Rect& room, const L2Lesson& lesson) const;
  void settings(Ui& ui, Rect room, const L2Lesson& lesson) const;
  float settings_height(const Ui& ui) const;
  // Where the training stands; what went wrong, if it did.
  void status(Ui& ui, const Rect& room, const L2Lesson& lesson) const;
};

}  // namespace kg
