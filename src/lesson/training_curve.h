// TrainingCurve: loss and accuracy over the updates of a training run, however long it is, in at most
// kMostPoints points: when there are more, neighbours are merged into their mean.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace kg {

struct CurvePoint {
  int updates = 0;          // done when it was measured; of a merged point, at its end
  std::int64_t images = 0;  // seen until then
  double seconds = 0;       // of training until then, if anybody has told the run
  double loss = 0;          // of a merged point, the mean
  double accuracy = 0;      // 0 to 1
};

class TrainingCurve {
 public:
  static constexpr int kMostPoints = 1000;

  void add(const CurvePoint& point);
  void clear();
  // The last measurement came after so many seconds: known only once it is over.
  void set_seconds(double seconds) {
    if (!points_.empty()) points_.back().seconds = seconds;
  }

  // In order. The last may be one that is not as wide as the others yet.
  std::span<const CurvePoint> points() const { return points_; }
  bool empty() const { return points_.empty(); }
  int width() const { return width_; }  // how many measurements make a point

  // To another thread and back (engine/bytes.h).
  template <class Self, class Bytes>
  static void pass(Self& self, Bytes& bytes) {
    bytes(self.points_), bytes(self.width_), bytes(self.last_);
  }

 private:
  std::vector<CurvePoint> points_;
  int width_ = 1;  // a power of two
  int last_ = 0;   // how many measurements are in the last point
};

}  // namespace kg
