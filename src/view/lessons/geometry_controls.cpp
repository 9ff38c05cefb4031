#include "view/lessons/geometry_controls.h"

#include "view/widgets/button.h"

namespace kg {

void geometry_controls(Ui& ui, const Rect& box, const Convolution& lesson) {
  Rect rest = box;
  const float gap = ui.u(10), row_height = (box.h - gap) / 2;
  Rect upper = rest.cut_top(row_height);
  if (ui.shows("stride")) {
    const int n = lesson.stride();
    const Rect part = ui.labelled(upper.cut_left(upper.w * 0.46f), "Stride");
    ui.part("stride", part);
    const int way =
        stepper(ui, "stride", part, "Stride", std::to_string(n), n > 1, n < Convolution::kMaxStride,
                "A window that does not move has a stride of 0: 1 is the smallest",
                "The window would jump over the whole digit");
    if (way != 0) ui.intend("set_stride", n + way);
    upper.cut_left(gap);
  }
  if (ui.shows("padding")) {
    ui.part("padding", upper);
    const int chosen = segmented(ui, "padding", upper, "Padding", {"valid", "same"},
                                 lesson.padding() == Padding::same ? 1 : 0,
                                 {"No padding: the window stays inside, the output is smaller",
                                  "A border of zeros: the output keeps the input's size (at stride 1)"});
    if (chosen >= 0) ui.intend("set_padding", chosen == 1 ? "same" : "valid");
  }
  rest.cut_top(gap);
  if (ui.shows("flip")) {
    ui.part("flip", rest);
    const int chosen =
        segmented(ui, "flip", rest, "Operation", {"as in Keras", "flipped"}, lesson.flipped() ? 1 : 0,
                  {"The filter as it is: cross-correlation, which deep learning calls convolution",
                   "The filter turned by half a turn: the convolution of mathematics"});
    if (chosen >= 0) ui.intend("set_flipped", chosen == 1);
  }
}

}  // namespace kg
