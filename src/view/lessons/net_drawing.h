// The small net, drawn: units as circles with their sums and activations, weights as wires with their
// numbers, and beside them what the loss wants: gradients, arrows, new values. What this moment works out is
// lit, and so is what it is made of; everything else steps back.
#pragma once

#include <string>

#include "lesson/backprop.h"
#include "view/ui.h"
#include "view/widgets/number_knob.h"

namespace kg {

class NetDrawing {
 public:
  void draw(Ui& ui, const Rect& box, const BackpropLesson& lesson);

 private:
  struct Places;
  struct Lit;

  void wires(Ui& ui, const Places& at, const Lit& lit, const BackpropLesson& lesson) const;
  void parameter(Ui& ui, const Places& at, const WeightPlace& where, const Lit& lit,
                 const BackpropLesson& lesson);
  void inputs(Ui& ui, const Places& at, const Lit& lit, const BackpropLesson& lesson);
  void units(Ui& ui, const Places& at, int layer, const Lit& lit, const BackpropLesson& lesson) const;
  void outcome(Ui& ui, const Places& at, const BackpropLesson& lesson) const;
  KnobTouch knob(Ui& ui, const std::string& id, const Rect& box, const std::string& label, float value,
                 float step, float radius);

  NumberKnobs knobs_;
};

}  // namespace kg
