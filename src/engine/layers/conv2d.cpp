#include "engine/layers/conv2d.h"

#include <algorithm>

#include "engine/kernels/dispatch.h"
#include "engine/kernels/turn_filters.h"
#include "engine/kernels/winograd.h"
#include "engine/layers/keras_text.h"
#include "engine/layers/weights.h"

namespace kg {
namespace {

std::string by(int a, int b) { return std::to_string(a) + "×" + std::to_string(b); }

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

Status check(const Shape& in, const FilterShape& filters, const Conv2DSettings& settings) {
  if (in.n < 0) {
    return Error{"The batch is said to have " + std::to_string(in.n) +
                 " images, but it cannot have fewer than 0."};
  }
  if (in.h < 1 || in.w < 1 || in.c < 1) {
    return Error{"The image is " + by(in.h, in.w) + "×" + std::to_string(in.c) +
                 " (height × width × channels), but each of the three has to be at least 1."};
  }
  if (filters.h < 1 || filters.w < 1 || filters.in < 1 || filters.out < 1) {
    return Error{"The filters are " + filters.text() +
                 " (height × width × input channels × filters), but each of the four has to be at least 1."};
  }
  if (in.c != filters.in) {
    return Error{"The image has " + counted(static_cast<std::size_t>(in.c), "channel", "channels") +
                 ", but the filters are made for " + std::to_string(filters.in) +
                 ": these two numbers have to be equal."};
  }
  if (!in.legal()) {
    return Error{"An input of " + in.text() + " holds too many values: at most " +
                 std::to_string(kMaxValues) + " fit, so use a smaller image or a smaller batch."};
  }
  if (!filters.legal()) {
    return Error{"Filters of " + filters.text() + " hold too many values: at most " +
                 std::to_string(kMaxValues) + " fit, so use fewer or smaller filters."};
  }
  return check_window("filter", {in.h, in.w}, {filters.h, filters.w}, {settings.stride_y, settings.stride_x},
                      {settings.dilation_y, settings.dilation_x}, settings.padding);
}

kernels::Conv2DSizes kernel_sizes(const Shape& in, const FilterShape& filters, const Conv2DSettings& settings,
                                  const Conv2DGeometry& geometry) {
  kernels::Conv2DSizes s;
  s.images = in.n, s.h = in.h, s.w = in.w, s.in = in.c;
  s.kernel_h = filters.h, s.kernel_w = filters.w;
  s.out_h = geometry.out_h, s.out_w = geometry.out_w, s.out = filters.out;
  s.stride_y = settings.stride_y, s.stride_x = settings.stride_x;
  s.pad_top = geometry.pad_top, s.pad_left = geometry.pad_left;
  s.dilation_y = settings.dilation_y, s.dilation_x = settings.dilation_x;
  s.flip = settings.flip;
  return s;
}

FilterShape filter_shape(const Conv2D& layer, int in) {
  return {layer.kernel.h, layer.kernel.w, in, layer.filters};
}

Conv2DSettings settings_of(const Conv2D& layer) {
  return {layer.strides.h, layer.strides.w, layer.padding, false, layer.dilation.h, layer.dilation.w};
}

// A convolution whose filters change seldom compared with how often it runs: what can be prepared of them is
// prepared once. Picks Winograd's algorithm where it is faster.
class Convolver {
 public:
  explicit Convolver(const kernels::Conv2DSizes& sizes)
      : sizes_(sizes), winograd_(kernels::winograd_suits(sizes)) {
    if (winograd_) prepared_.resize(sizes_.prepared());
  }

  void reserve(int images) {
    if (winograd_) scratch_.resize(sizes_of(images).scratch());
  }
  void filters_changed() { stale_ = true; }
  std::size_t working_floats() const { return prepared_.size() + scratch_.size(); }

  void run(float* out, const float* in, const float* filters, const float* bias, int images) {
    const kernels::WinogradSizes s = sizes_of(images);
    if (!winograd_) return kernels::table().conv2d(out, in, filters, bias, s.conv);
    if (stale_) kernels::winograd_prepare(prepared_.data(), filters, s);
    stale_ = false;
    kernels::table().winograd(out, in, prepared_.data(), bias, scratch_.data(), s);
  }

 private:
  kernels::WinogradSizes sizes_of(int images) const {
    kernels::WinogradSizes s = sizes_;
    s.conv.images = images;
    return s;
  }

  kernels::WinogradSizes sizes_;  // of one image
  bool winograd_, stale_ = true;
  std::vector<float> prepared_, scratch_;
};

class Conv2DLayer final : public WeightedLayer {
 public:
  Conv2DLayer(const Conv2D& description, const SampleShape& in, const SampleShape& out)
      : WeightedLayer(description, in, out,
                      {description.kernel.h, description.kernel.w, in.c(), description.filters},
                      description.kernel.h * description.kernel.w),
        activation_(description.activation),
        sizes_(sizes_for(description, in)),
        forward_(with_relu(sizes_, activation_ == ActivationKind::relu)),
        backward_(kernels::turned_sizes(sizes_)) {}

  void reserve(int images) override {
    forward_.reserve(images);
    backward_.reserve(images);
  }

  void forward(const Forward& pass) override {
    forward_.run(pass.out, pass.in, kernel().values.data(), bias_values(), pass.images);
    if (activation_ != ActivationKind::relu) activate(activation_, pass.out, rows(pass.images), sizes_.out);
  }

  // Image by image, so that what one step leaves in the cache the next one finds there.
  void backward(const Backward& pass) override {
    const std::size_t in_image = input().size(), out_image = output().size();
    kernels::Conv2DSizes one = sizes_;
    one.images = 1;
    for (int n = 0; n < pass.images; ++n) {
      const std::size_t image = static_cast<std::size_t>(n);
      float* dout = pass.dout + image * out_image;
      if (!pass.at_sums)
        activation_gradient(activation_, dout, pass.out + image * out_image, rows(1), sizes_.out);
      if (!pass.parameters) continue;
      kernels::table().conv2d_filters(kernel().gradient.data(), pass.in + image * in_image, dout, one);
      if (bias()) kernels::table().channel_sums(bias()->gradient.data(), dout, rows(1), sizes_.out);
    }
    if (pass.din) input_gradient(pass.din, pass.dout, pass.images);
  }

  void parameters_changed() override {
    forward_.filters_changed();
    backward_.filters_changed();
    WeightedLayer::parameters_changed();
  }

  std::size_t working_floats() const override {
    return forward_.working_floats() + backward_.working_floats() + WeightedLayer::working_floats();
  }

 private:
  static kernels::Conv2DSizes sizes_for(const Conv2D& layer, const SampleShape& in) {
    const FilterShape bank = filter_shape(layer, in.c());
    const Conv2DSettings settings = settings_of(layer);
    return kernel_sizes(in.batch(1), bank, settings, *conv2d_geometry(in.batch(1), bank, settings));
  }
  static kernels::Conv2DSizes with_relu(kernels::Conv2DSizes s, bool relu) {
    s.relu = relu;
    return s;
  }

  void input_gradient(float* din, const float* dout, int images) {
    const float* filters = turned(sizes_);
    if (sizes_.stride_y == 1 && sizes_.stride_x == 1) {
      return backward_.run(din, dout, filters, nullptr, images);
    }
    kernels::Conv2DSizes s = sizes_;
    s.images = images;
    kernels::table().conv2d_input(din, dout, filters, s);
  }

  int rows(int images) const { return images * sizes_.out_h * sizes_.out_w; }

  ActivationKind activation_;
  kernels::Conv2DSizes sizes_;
  Convolver forward_, backward_;
};

}  // namespace

Result<Conv2DGeometry> conv2d_geometry(const Shape& in, const FilterShape& filters,
                                       const Conv2DSettings& settings) {
  if (Status status = check(in, filters, settings); !status) return status.error();
  const WindowAxis vertical =
      window_axis(in.h, filters.h, settings.stride_y, settings.dilation_y, settings.padding);
  const WindowAxis horizontal =
      window_axis(in.w, filters.w, settings.stride_x, settings.dilation_x, settings.padding);
  const Shape out{in.n, vertical.out, horizontal.out, filters.out};
  if (!out.legal()) {
    return Error{"The output would be " + out.text() + ", which is too many values: at most " +
                 std::to_string(kMaxValues) +
                 " fit, so use a smaller image, fewer filters or a larger stride."};
  }
  return Conv2DGeometry{vertical.out,   horizontal.out,    vertical.before,
                        vertical.after, horizontal.before, horizontal.after};
}

Result<Tensor> conv2d(const Tensor& in, const Filters& filters, std::span<const float> bias,
                      const Conv2DSettings& settings) {
  const Shape& shape = in.shape();
  const FilterShape& bank = filters.shape();
  const Result<Conv2DGeometry> geometry = conv2d_geometry(shape, bank, settings);
  if (!geometry) return geometry.error();
  if (!bias.empty() && bias.size() != static_cast<std::size_t>(bank.out)) {
    return Error{"There are " + counted(bias.size(), "bias", "biases") + " for " +
                 counted(static_cast<std::size_t>(bank.out), "filter", "filters") +
                 ": give one for each filter, or none at all."};
  }
  Tensor out({shape.n, geometry->out_h, geometry->out_w, bank.out});
  const kernels::Conv2DSizes sizes = kernel_sizes(shape, bank, settings, *geometry);
  kernels::table().conv2d(out.values().data(), in.values().data(), filters.values().data(),
                          bias.empty() ? nullptr : bias.data(), sizes);
  return out;
}

Result<SampleShape> Conv2D::output(const SampleShape& in) const {
  if (Status picture = check_picture(kKerasName, in); !picture) return picture.error();
  const Result<Conv2DGeometry> geometry =
      conv2d_geometry(in.batch(1), filter_shape(*this, in.c()), settings_of(*this));
  if (!geometry) return geometry.error();
  if (Status weights = check_weights(*this); !weights) return weights.error();
  return SampleShape(geometry->out_h, geometry->out_w, filters);
}

ParameterCounts Conv2D::counts(const SampleShape& in) const {
  const std::int64_t cells = std::int64_t{kernel.h} * kernel.w;
  return {cells * in.c() * filters + (use_bias ? filters : 0), 0};
}

std::unique_ptr<Layer> Conv2D::make(const SampleShape& in) const {
  return std::make_unique<Conv2DLayer>(*this, in, *output(in));
}

std::string Conv2D::keras() const {
  return "Conv2D(" + std::to_string(filters) + ", " + python_tuple(kernel) +
         python_argument("strides", strides, {1, 1}) + python_argument(padding) +
         python_argument("dilation_rate", dilation, {1, 1}) + python_argument(activation) +
         python_arguments(kernel_initializer, bias_initializer, use_bias, l2) + ")";
}

}  // namespace kg
