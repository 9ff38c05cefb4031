// The first scene of the lesson `batchnorm`: ten drivers as a table and as dots on one axis.
#pragma once

#include "lesson/batchnorm.h"
#include "view/ui.h"
#include "view/widgets/axis.h"
#include "view/widgets/number_knob.h"

namespace kg {

class BatchnormTable {
 public:
  void scalings(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const;
  // Both columns on the same axis, each driver a dot in either and a line between them.
  void strips(Ui& ui, Rect room, const BatchnormLesson& lesson);
  // The numbers, to be changed where they stand; beneath them, if there is room, what is known of a column.
  void table(Ui& ui, Rect room, const BatchnormLesson& lesson);

 private:
  struct Cells {
    float number = 0, column = 0;  // widths
    bool shown = false;            // there are columns of scaled numbers, too
  };
  void driver(Ui& ui, Rect row, int i, const Cells& cells, const BatchnormLesson& lesson);
  void reset(Ui& ui, Rect room, const BatchnormLesson& lesson) const;
  void glide(Ui& ui, Scaling to);
  float share(const BatchnormLesson& lesson, Column column, std::size_t driver) const;

  NumberKnobs knobs_;
  int lit_ = -1;  // the driver that is pointed at, in the table or among the dots
  // The dots glide from one scaling to another.
  Scaling from_ = Scaling::raw, to_ = Scaling::raw;
  float way_ = 1;
  bool drawn_ = false;
};

}  // namespace kg
