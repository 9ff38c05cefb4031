#include "lesson/examination.h"

#include <algorithm>

namespace kg {

bool Examination::piece(TrainingRun& run) {
  const int first = count(), n = std::min(TrainingRun::kValidatedAtOnce, set_->count() - first);
  const std::size_t size = set_->size();
  std::vector<float> images(size * static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) set_->copy(first + i, images.data() + size * static_cast<std::size_t>(i));
  Network& network = run.network();
  std::ranges::copy(images, network.input(n).begin());
  const std::span<const float> out = network.forward();
  const auto classes = static_cast<std::size_t>(network.output_shape().c());
  for (int i = 0; i < n; ++i) {
    const std::span<const float> row = out.subspan(static_cast<std::size_t>(i) * classes, classes);
    const int given = largest(row);
    answers_.push_back(
        {given, row[static_cast<std::size_t>(given)], row[static_cast<std::size_t>(set_->label(first + i))]});
  }
  return done();
}

int Examination::correct() const {
  int correct = 0;
  for (int i = 0; i < count(); ++i) correct += answer(i).given == set_->label(i);
  return correct;
}

std::vector<int> Examination::confusion() const {
  if (!set_) return {};
  std::vector<int> cells(static_cast<std::size_t>(set_->classes() * set_->classes()));
  for (int i = 0; i < count(); ++i)
    ++cells[static_cast<std::size_t>(set_->label(i) * set_->classes() + answer(i).given)];
  return cells;
}

std::vector<int> Examination::in_cell(int label, int given, int most) const {
  std::vector<int> found;
  for (int i = 0; i < count() && static_cast<int>(found.size()) < most; ++i) {
    if (set_->label(i) == label && answer(i).given == given) found.push_back(i);
  }
  return found;
}

std::vector<int> Examination::worst(int most) const {
  std::vector<int> wrong;
  for (int i = 0; i < count(); ++i) {
    if (answer(i).given != set_->label(i)) wrong.push_back(i);
  }
  std::ranges::stable_sort(wrong, {}, [&](int i) { return answer(i).right; });
  if (static_cast<int>(wrong.size()) > most) wrong.resize(static_cast<std::size_t>(most));
  return wrong;
}

}  // namespace kg
