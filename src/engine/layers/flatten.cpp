#include "engine/layers/flatten.h"

#include <algorithm>

namespace kg {
namespace {

// The values lie that way already.
class FlattenLayer final : public Layer {
 public:
  using Layer::Layer;
  void forward(const Forward& pass) override {
    std::copy_n(pass.in, input().batch(pass.images).size(), pass.out);
  }
  void backward(const Backward& pass) override {
    if (pass.din) std::copy_n(pass.dout, input().batch(pass.images).size(), pass.din);
  }
};

}  // namespace

Result<SampleShape> Flatten::output(const SampleShape& in) const {
  return SampleShape(static_cast<int>(in.size()));
}

std::unique_ptr<Layer> Flatten::make(const SampleShape& in) const {
  return std::make_unique<FlattenLayer>(in, *output(in));
}

}  // namespace kg
