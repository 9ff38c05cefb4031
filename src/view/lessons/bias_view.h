// The stage of the lesson `bias`: one neuron beside its relu curve; or one filter's map before and after
// relu.
#pragma once

#include "lesson/bias.h"
#include "view/lessons/bias_map.h"
#include "view/lessons/neuron_drawing.h"
#include "view/lessons/relu_plot.h"
#include "view/view.h"

namespace kg {

class BiasView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return map_.covers_stage(); }

 private:
  void neuron_wide(Ui& ui, Rect stage, const BiasLesson& lesson);
  void neuron_narrow(Ui& ui, Rect stage, const BiasLesson& lesson);
  void neuron_short(Ui& ui, Rect stage, const BiasLesson& lesson);
  void map_wide(Ui& ui, Rect stage, const BiasLesson& lesson);
  void map_narrow(Ui& ui, Rect stage, const BiasLesson& lesson);
  void map_short(Ui& ui, Rect stage, const BiasLesson& lesson);
  void map_tabs(Ui& ui, Rect stage, const BiasLesson& lesson);

  void scenes(Ui& ui, const Rect& row, const BiasLesson& lesson) const;
  void input_count(Ui& ui, const Rect& row, const BiasLesson& lesson) const;
  void bias_slider(Ui& ui, Rect row, const BiasLesson& lesson) const;
  void plot(Ui& ui, const Rect& box, const BiasLesson& lesson);

  NeuronDrawing neuron_;
  ReluPlot plot_;
  BiasMap map_;
  int tab_ = 0;  // of the narrow map
};

}  // namespace kg
