#include "lesson/training_curve.h"

namespace kg {
namespace {

// Two neighbours as one; `a` stands for `n` measurements and `b` for `m`.
CurvePoint merged(const CurvePoint& a, int n, const CurvePoint& b, int m) {
  const double share = static_cast<double>(m) / (n + m);
  CurvePoint both = b;
  both.loss = a.loss + (b.loss - a.loss) * share;
  both.accuracy = a.accuracy + (b.accuracy - a.accuracy) * share;
  return both;
}

}  // namespace

void TrainingCurve::add(const CurvePoint& point) {
  if (!points_.empty() && last_ < width_) {
    points_.back() = merged(points_.back(), last_, point, 1);
    ++last_;
    return;
  }
  if (points_.size() == kMostPoints) {
    for (std::size_t k = 0; k < points_.size() / 2; ++k)
      points_[k] = merged(points_[2 * k], width_, points_[2 * k + 1], width_);
    points_.resize(points_.size() / 2);
    width_ *= 2;
  }
  points_.push_back(point);
  last_ = 1;
}

void TrainingCurve::clear() {
  points_.clear();
  width_ = 1, last_ = 0;
}

}  // namespace kg
