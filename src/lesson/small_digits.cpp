#include "lesson/small_digits.h"

#include "engine/layers/pooling.h"

namespace kg {

Digits small_digits(std::uint64_t seed, int count) {
  DigitSet whole;
  add_generated(whole, seed, count);
  constexpr int kWindow = DigitSet::kSide / kSmallSide;
  const Size2 window{kWindow, kWindow};
  const std::unique_ptr<Layer> pool = AveragePooling2D{window, window, Padding::valid}.make(whole.shape());
  auto small = std::make_shared<DigitSet>(whole.classes(), kSmallSide, kSmallSide);
  small->reserve(count);
  Tensor reduced({1, kSmallSide, kSmallSide, 1});
  for (int i = 0; i < count; ++i) {
    const Tensor image = whole.image(i);
    pool->forward({reduced.values().data(), image.values().data(), 1, false});
    small->add(reduced.values(), whole.label(i));
  }
  return small;
}

}  // namespace kg
