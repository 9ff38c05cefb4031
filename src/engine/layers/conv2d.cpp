#include "engine/layers/conv2d.h"

#include <algorithm>
#include <cstdint>

#include "engine/kernels/dispatch.h"

namespace kg {
namespace {

std::string by(int a, int b) { return std::to_string(a) + "×" + std::to_string(b); }

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// One axis, vertical or horizontal: how many outputs, and how many zeros before and after.
struct Axis {
  int out, before, after;
};

Axis along(int n, int k, int stride, Padding padding) {
  if (padding == Padding::valid) return {(n - k) / stride + 1, 0, 0};
  const int out = (n - 1) / stride + 1;  // ceil(n / stride)
  const std::int64_t reach = std::int64_t{out - 1} * stride + k;
  const int zeros = static_cast<int>(std::max<std::int64_t>(reach - n, 0));
  return {out, zeros / 2, zeros - zeros / 2};
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
  if (settings.stride_y < 1 || settings.stride_x < 1) {
    return Error{"The stride is " + by(settings.stride_y, settings.stride_x) +
                 " (down × right), but the window has to move by at least 1."};
  }
  if (in.c != filters.in) {
    return Error{"The image has " + counted(static_cast<std::size_t>(in.c), "channel", "channels") +
                 ", but the filters are made for " + std::to_string(filters.in) +
                 ": these two numbers have to be equal."};
  }
  if (settings.padding == Padding::valid && (filters.h > in.h || filters.w > in.w)) {
    return Error{"A " + by(filters.h, filters.w) + " filter does not fit into a " + by(in.h, in.w) +
                 " image without padding: use padding “same”, or a filter of at most " + by(in.h, in.w) +
                 "."};
  }
  if (!in.legal()) {
    return Error{"An input of " + in.text() + " holds too many values: at most " +
                 std::to_string(kMaxValues) + " fit, so use a smaller image or a smaller batch."};
  }
  if (!filters.legal()) {
    return Error{"Filters of " + filters.text() + " hold too many values: at most " +
                 std::to_string(kMaxValues) + " fit, so use fewer or smaller filters."};
  }
  return Done{};
}

}  // namespace

Result<Conv2DGeometry> conv2d_geometry(const Shape& in, const FilterShape& filters,
                                       const Conv2DSettings& settings) {
  if (Status status = check(in, filters, settings); !status) return status.error();
  const Axis vertical = along(in.h, filters.h, settings.stride_y, settings.padding);
  const Axis horizontal = along(in.w, filters.w, settings.stride_x, settings.padding);
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
  const kernels::Conv2DSizes sizes{
      .images = shape.n,
      .h = shape.h,
      .w = shape.w,
      .in = shape.c,
      .kernel_h = bank.h,
      .kernel_w = bank.w,
      .out_h = geometry->out_h,
      .out_w = geometry->out_w,
      .out = bank.out,
      .stride_y = settings.stride_y,
      .stride_x = settings.stride_x,
      .pad_top = geometry->pad_top,
      .pad_left = geometry->pad_left,
      .flip = settings.flip,
  };
  kernels::table().conv2d(out.values().data(), in.values().data(), filters.values().data(),
                          bias.empty() ? nullptr : bias.data(), sizes);
  return out;
}

}  // namespace kg
