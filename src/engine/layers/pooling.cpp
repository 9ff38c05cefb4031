#include "engine/layers/pooling.h"

#include "engine/kernels/dispatch.h"
#include "engine/layers/keras_text.h"

namespace kg {
namespace {

template <class Pooling>
Size2 strides_of(const Pooling& layer) {
  return {layer.strides.h == 0 ? layer.pool.h : layer.strides.h,
          layer.strides.w == 0 ? layer.pool.w : layer.strides.w};
}

template <class Pooling>
kernels::PoolSizes sizes_of(const Pooling& layer, const SampleShape& in) {
  const Size2 strides = strides_of(layer);
  const WindowAxis down = window_axis(in.h(), layer.pool.h, strides.h, 1, layer.padding);
  const WindowAxis right = window_axis(in.w(), layer.pool.w, strides.w, 1, layer.padding);
  kernels::PoolSizes s;
  s.h = in.h(), s.w = in.w(), s.channels = in.c();
  s.out_h = down.out, s.out_w = right.out;
  s.window_h = layer.pool.h, s.window_w = layer.pool.w;
  s.stride_y = strides.h, s.stride_x = strides.w;
  s.pad_top = down.before, s.pad_left = right.before;
  return s;
}

template <class Pooling>
Result<SampleShape> pooled(const Pooling& layer, const SampleShape& in) {
  if (Status picture = check_picture(Pooling::kKerasName, in); !picture) return picture.error();
  Status window =
      check_window("window", {in.h(), in.w()}, layer.pool, strides_of(layer), {1, 1}, layer.padding);
  if (!window) return window.error();
  const kernels::PoolSizes sizes = sizes_of(layer, in);
  return SampleShape(sizes.out_h, sizes.out_w, in.c());
}

template <class Pooling>
std::string keras_of(const Pooling& layer) {
  const bool own_strides = strides_of(layer) != layer.pool;
  return std::string(Pooling::kKerasName) + "(" + python_tuple(layer.pool) +
         (own_strides ? ", strides=" + python_tuple(strides_of(layer)) : "") +
         python_argument(layer.padding) + ")";
}

class PoolingLayer : public Layer {
 public:
  PoolingLayer(const kernels::PoolSizes& sizes, const SampleShape& in, const SampleShape& out)
      : Layer(in, out), sizes_(sizes) {}

 protected:
  kernels::PoolSizes sizes(int images) const {
    kernels::PoolSizes s = sizes_;
    s.images = images;
    return s;
  }

 private:
  kernels::PoolSizes sizes_;
};

class MaxPoolingLayer final : public PoolingLayer {
 public:
  using PoolingLayer::PoolingLayer;
  void forward(const Forward& pass) override {
    kernels::table().max_pool(pass.out, pass.in, sizes(pass.images));
  }
  void backward(const Backward& pass) override {
    if (!pass.din) return;
    kernels::table().max_pool_gradient(pass.din, pass.dout, pass.in, pass.out, sizes(pass.images));
  }
};

class AveragePoolingLayer final : public PoolingLayer {
 public:
  using PoolingLayer::PoolingLayer;
  void forward(const Forward& pass) override {
    kernels::table().average_pool(pass.out, pass.in, sizes(pass.images));
  }
  void backward(const Backward& pass) override {
    if (!pass.din) return;
    kernels::table().average_pool_gradient(pass.din, pass.dout, sizes(pass.images));
  }
};

}  // namespace

Result<SampleShape> MaxPooling2D::output(const SampleShape& in) const { return pooled(*this, in); }
Result<SampleShape> AveragePooling2D::output(const SampleShape& in) const { return pooled(*this, in); }

std::unique_ptr<Layer> MaxPooling2D::make(const SampleShape& in) const {
  return std::make_unique<MaxPoolingLayer>(sizes_of(*this, in), in, *output(in));
}
std::unique_ptr<Layer> AveragePooling2D::make(const SampleShape& in) const {
  return std::make_unique<AveragePoolingLayer>(sizes_of(*this, in), in, *output(in));
}

std::string MaxPooling2D::keras() const { return keras_of(*this); }
std::string AveragePooling2D::keras() const { return keras_of(*this); }

}  // namespace kg
