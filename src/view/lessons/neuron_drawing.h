// One neuron, drawn: input × weight = product in a row each, then the weighted sum, the bias, relu.
//
// Every number that the learner may set can be dragged, stepped and typed where it stands.
#pragma once

#include <string>

#include "lesson/bias.h"
#include "view/ui.h"
#include "view/widgets/number_knob.h"

namespace kg {

class NeuronDrawing {
 public:
  void draw(Ui& ui, Rect room, const BiasLesson& lesson);

 private:
  struct Places;

  void wires(const Ui& ui, const Places& at, const BiasLesson& lesson) const;
  void row(Ui& ui, const Places& at, int k, const BiasLesson& lesson);
  void results(Ui& ui, const Places& at, const BiasLesson& lesson);
  void travellers(const Ui& ui, const Places& at, const BiasLesson& lesson) const;
  KnobTouch knob(Ui& ui, const std::string& id, const Rect& box, const std::string& label, float value,
                 float step);

  NumberKnobs knobs_;
};

// The largest |value| in the neuron: what full red and full blue stand for.
float neuron_reach(const BiasLesson& lesson);

}  // namespace kg
