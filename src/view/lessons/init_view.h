// The stage of the lesson `init`: histograms of one neuron; a deep net layer by layer; training curves.
#pragma once

#include "lesson/init.h"
#include "view/lessons/init_net_grid.h"
#include "view/view.h"
#include "view/widgets/histogram.h"
#include "view/widgets/line_plot.h"

namespace kg {

class InitView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;

 private:
  void neuron_wide(Ui& ui, Rect stage, const InitLesson& lesson);
  void neuron_small(Ui& ui, Rect stage, const InitLesson& lesson, bool low);
  void net_wide(Ui& ui, Rect stage, const InitLesson& lesson);
  void train_wide(Ui& ui, Rect stage, const InitLesson& lesson);
  void deep_small(Ui& ui, Rect stage, const InitLesson& lesson, bool low);

  void sum_histogram(Ui& ui, const Rect& box, const InitLesson& lesson);
  void activation_histogram(Ui& ui, const Rect& box, const InitLesson& lesson);
  void slope_histogram(Ui& ui, const Rect& box, const InitLesson& lesson);
  void growth(Ui& ui, const Rect& box, const InitLesson& lesson);
  void numbers(Ui& ui, Rect box, const InitLesson& lesson) const;
  void losses(Ui& ui, const Rect& box, const InitLesson& lesson, bool accuracy);
  void training_words(Ui& ui, const Rect& box, const InitLesson& lesson) const;

  Histogram sums_, activations_, slopes_;
  LinePlot growth_, losses_, accuracies_;
  InitNetGrid grid_;
  int shown_ = 0, tab_ = 0;  // of the small layouts
  bool gradients_ = false;   // in the net, instead of activations
};

}  // namespace kg
