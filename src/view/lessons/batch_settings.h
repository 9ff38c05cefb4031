// What the scenes of the lesson `batch` share: the sizes that race, and rows of settings.
#pragma once

#include "lesson/batch.h"
#include "view/ui.h"

namespace kg {

// How a scene is arranged: beside its settings, or above or left of them.
enum class BatchRoom { wide, narrow, low };

inline constexpr float kBatchRow = 34, kBatchGap = 6;  // units

// The next row of settings.
Rect batch_row(const Ui& ui, Rect& room);
// Rows of settings, two side by side where there is little height.
class BatchRows {
 public:
  BatchRows(const Ui& ui, const Rect& room) : two_(room.h < ui.u(260) && room.w > ui.u(300)) {}
  Rect next(const Ui& ui, Rect& room);

 private:
  bool two_, left_ = true;
  Rect line_ = {};
};
// Which batch sizes take part: a button for each, pressed in if it does. Five in a row.
void batch_sizes(Ui& ui, Rect& room, const BatchLesson& lesson);
// A small table: a swatch and a name at the left of each row, and columns of numbers. `rows` are in the order
// of the runs; `lit` has its row set in bold.
struct BatchTable {
  std::vector<std::string> heads;  // of the columns, the first is that of the names
  std::vector<std::vector<std::string>> rows;
  int lit = -1;
};
void batch_table(const Ui& ui, const Rect& room, const BatchTable& table);
float batch_table_height(const Ui& ui);  // with as many rows as there may be runs

}  // namespace kg
