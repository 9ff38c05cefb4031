// The stage of the lesson `network`: the way through the network above, and beneath it how it learns, what a
// value is made of, the filters, the answers, and where digits come from.
#pragma once

#include "view/lessons/network_answers.h"
#include "view/lessons/network_digits.h"
#include "view/lessons/network_filters.h"
#include "view/lessons/network_flow.h"
#include "view/lessons/network_training.h"
#include "view/lessons/network_value.h"
#include "view/view.h"

namespace kg {

class NetworkView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return digits_.pad.is_open(); }

 private:
  enum class Panel { flow, train, value, filters, answers, digits };
  void draw_wide(Ui& ui, Rect stage, const NetworkLesson& lesson);
  void draw_small(Ui& ui, Rect stage, const NetworkLesson& lesson);
  void panel(Ui& ui, Rect room, Panel which, const NetworkLesson& lesson);
  void keys(Ui& ui, const NetworkLesson& lesson) const;

  NetworkFlow flow_;
  NetworkTraining training_;
  NetworkValue value_;
  NetworkFilters filters_;
  NetworkAnswers answers_;
  NetworkDigits digits_;
  int wide_tab_ = 0, small_tab_ = 0;
  std::optional<Spot> seen_;  // the value that was taken apart in the last frame
};

}  // namespace kg
