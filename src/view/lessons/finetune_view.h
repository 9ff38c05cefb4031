// The stage of the lesson `finetune`: the networks beneath each other, their curves, what they learn from; at
// the left what can be set, and a picture to ask them about.
#pragma once

#include "view/lessons/finetune_controls.h"
#include "view/lessons/finetune_curves.h"
#include "view/lessons/finetune_nets.h"
#include "view/lessons/finetune_symbols.h"
#include "view/view.h"
#include "view/widgets/drawing_pad.h"

namespace kg {

class FinetuneView final : public View {
 public:
  void draw(Ui& ui, const Rect& stage, const Lesson& lesson) override;
  bool covers_lesson() const override { return pad_.is_open(); }

 private:
  enum class Panel { nets, curves, data, ask, setup };
  void draw_wide(Ui& ui, Rect stage, const FinetuneLesson& lesson);
  void draw_phone(Ui& ui, Rect stage, const FinetuneLesson& lesson);
  void draw_low(Ui& ui, Rect stage, const FinetuneLesson& lesson);
  void tabs_row(Ui& ui, const Rect& row);
  void panel(Ui& ui, Rect room, const FinetuneLesson& lesson);
  void curves(Ui& ui, Rect room, const FinetuneLesson& lesson);
  void setup(Ui& ui, Rect room, const FinetuneLesson& lesson);
  void picture(Ui& ui, const Rect& room, const FinetuneLesson& lesson);
  void keys(Ui& ui, const FinetuneLesson& lesson) const;

  FinetuneNets nets_;
  FinetuneCurves curves_;
  FinetuneSymbols symbols_;
  FinetuneControls controls_;
  DrawingPad pad_;
  Panel panel_ = Panel::nets;  // where there is room for one thing at a time
};

}  // namespace kg
