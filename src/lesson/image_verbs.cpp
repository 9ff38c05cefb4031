// What can be done in the image lesson.
#include <algorithm>
#include <cmath>

#include "engine/rng.h"
#include "lesson/image.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

std::string whole(double n) { return number_text(n, 0); }

}  // namespace

Result<ImageLesson::Region> ImageLesson::region_given(double top, double left, double height,
                                                      double width) const {
  const Shape& shape = input().shape();
  if (top >= 0 && left >= 0 && height >= 1 && width >= 1 && top + height <= shape.h &&
      left + width <= shape.w) {
    return Region{static_cast<int>(top), static_cast<int>(left), static_cast<int>(height),
                  static_cast<int>(width)};
  }
  return Error{"The picture has the rows 0 to " + std::to_string(shape.h - 1) + " and the columns 0 to " +
               std::to_string(shape.w - 1) + "; a region of " + whole(height) + "×" + whole(width) +
               " from row " + whole(top) + ", column " + whole(left) + " is not inside of it."};
}

Result<ImageLesson::Pixel> ImageLesson::pixel_given(double row, double col) const {
  const Shape& shape = input().shape();
  if (row >= 0 && row < shape.h && col >= 0 && col < shape.w)
    return Pixel{static_cast<int>(row), static_cast<int>(col)};
  return Error{"The picture has the rows 0 to " + std::to_string(shape.h - 1) + " and the columns 0 to " +
               std::to_string(shape.w - 1) + "; row " + whole(row) + ", column " + whole(col) +
               " is outside."};
}

// The region follows no further than it must.
Status ImageLesson::look_at(double row, double col) {
  const Result<Pixel> at = pixel_given(row, col);
  if (!at) return at.error();
  return edit([&](Setup& s) {
    s.pixel = *at;
    Region& zoom = s.zoom;
    zoom.top = std::clamp(zoom.top, at->row - zoom.height + 1, at->row);
    zoom.left = std::clamp(zoom.left, at->col - zoom.width + 1, at->col);
    return Status(Done{});
  });
}

Status ImageLesson::set_pixel(double row, double col, double value, std::optional<double> channel) {
  const Result<Pixel> at = pixel_given(row, col);
  if (!at) return at.error();
  const Shape shape = input().shape();
  if (!(value >= 0 && value <= 1))
    return Error{"A pixel goes from 0 to 1, and 1 is written 255; " + number_text(value) + " is outside."};
  if (channel && !(*channel >= 0 && *channel < shape.c)) {
    return Error{"The picture has the channels 0 to " + std::to_string(shape.c - 1) + "; " + whole(*channel) +
                 " is outside."};
  }
  std::vector<float> values(input().values().begin(), input().values().end());
  const auto first = static_cast<std::size_t>((at->row * shape.w + at->col) * shape.c);
  for (int c = 0; c < shape.c; ++c) {
    if (!channel || c == static_cast<int>(*channel))
      values[first + static_cast<std::size_t>(c)] = static_cast<float>(value);
  }
  if (Status drawn =
          edit_picture([&](Picture& p) { return p.set_pixels(values, shape.h, shape.w, shape.c); });
      !drawn) {
    return drawn;
  }
  return look_at(row, col);
}

Status ImageLesson::set_blank(double side) {
  if (!(side >= kSmallestBlank && side <= kLargestBlank)) {
    return Error{"An empty grid has " + std::to_string(kSmallestBlank) + " to " +
                 std::to_string(kLargestBlank) + " rows and columns; " + whole(side) + " is outside."};
  }
  const std::vector<float> zeros(static_cast<std::size_t>(side * side));
  return edit_picture([&](Picture& p) { return p.set_pixels(zeros, side, side, 1); });
}

Status ImageLesson::set_channel(double channel) {
  const int channels = input().shape().c, lowest = channels == 3 ? kAllChannels : 0;
  if (!(channel >= lowest && channel < channels)) {
    const std::string all = channels == 3 ? ", or −1 for all three" : "";
    return Error{"This picture has " + std::to_string(channels) +
                 (channels == 1 ? " channel, number 0" : " channels, 0 to " + std::to_string(channels - 1)) +
                 all + "; " + whole(channel) + " is not one of them."};
  }
  return edit([&](Setup& s) { return s.channel = static_cast<int>(channel), Status(Done{}); });
}

Status ImageLesson::set_bar(double bar) {
  if (!(bar >= -1 && bar < kBars)) {
    return Error{"The histogram has the bars 0 to " + std::to_string(kBars - 1) + ", and −1 is none; " +
                 whole(bar) + " is outside."};
  }
  return edit([&](Setup& s) { return s.bar = static_cast<int>(bar), Status(Done{}); });
}

// A grey pixel, neither black nor white, and not the one that is looked at. Which one, is a function of the
// lesson's state: the same link poses the same question.
Status ImageLesson::challenge() {
  const int shown = std::max(channel(), 0);
  const Shape& shape = input().shape();
  std::vector<Pixel> grey;
  for (int row = 0; row < shape.h; ++row) {
    for (int col = 0; col < shape.w; ++col) {
      const Pixel at{row, col};
      if (value(at, shown) >= 0.2f && value(at, shown) <= 0.8f && !(at == pixel())) grey.push_back(at);
    }
  }
  if (grey.empty()) {
    return Error{"There is no grey pixel to guess in this picture, only black and white: take a digit."};
  }
  const auto here = static_cast<std::uint64_t>(pixel().row * shape.w + pixel().col);
  const Pixel at = grey[Rng(seed()).fork(here).below(static_cast<std::uint32_t>(grey.size()))];
  const Status looked = edit([&](Setup& s) {
    s.channel = in_colour() ? shown : s.channel;
    s.pixel = at;
    s.zoom = region_around(at);
    s.covered = at;
    s.prediction.reset();
    return Status(Done{});
  });
  timeline_.pause(), timeline_.finish();
  return looked;
}

Status ImageLesson::predict(double value) {
  if (!has_cover()) return Error{"No number is covered. Cover one first; then say what it is."};
  if (!(value >= 0 && value <= 255))
    return Error{"A number of a pixel goes from 0 to 255; " + number_text(value) + " is outside."};
  return edit([&](Setup& s) {
    s.prediction = Prediction{*s.covered, std::max(channel(), 0), value};
    s.covered.reset();
    return Status(Done{});
  });
}

void ImageLesson::add_verbs() {
  using Type = Param::Type;
  const Param row{"row", Type::integer, "of the picture, from 0"},
      col{"col", Type::integer, "of the picture, from 0"};
  add_timeline_verbs(timeline_, verbs_);
  add_picture_verbs([this](const std::function<Status(Picture&)>& change) { return edit_picture(change); },
                    verbs_);
  verbs_.push_back({"look_at", {row, col}, "Look at one pixel.", [this](const Args& a) {
                      return look_at(a.number(0), a.number(1));
                    }});
  verbs_.push_back({"set_zoom",
                    {{"top", Type::integer, "its first row"},
                     {"left", Type::integer, "its first column"},
                     {"height", Type::integer, "rows"},
                     {"width", Type::integer, "columns"}},
                    "Which region’s numbers are shown.",
                    [this](const Args& a) {
                      const Result<Region> region =
                          region_given(a.number(0), a.number(1), a.number(2), a.number(3));
                      if (!region) return Status(region.error());
                      return edit([&](Setup& s) { return s.zoom = *region, Status(Done{}); });
                    }});
  verbs_.push_back({"set_pixel",
                    {row,
                     col,
                     {"value", Type::number, "0 to 1"},
                     {"channel", Type::integer, "0 to the last; without it, all of them", true}},
                    "Set one pixel, as with a pencil.",
                    [this](const Args& a) {
                      const std::optional<double> channel =
                          a.has(3) ? std::optional(a.number(3)) : std::nullopt;
                      return set_pixel(a.number(0), a.number(1), a.number(2), channel);
                    }});
  verbs_.push_back({"set_blank",
                    {{"side", Type::integer, "3 to 64 rows and columns"}},
                    "Take an empty grid: all pixels are 0.",
                    [this](const Args& a) { return set_blank(a.number(0)); }});
  verbs_.push_back({"set_channel",
                    {{"channel", Type::integer, "0, 1 or 2: red, green, blue; −1: all of them"}},
                    "Which channel’s numbers are shown.",
                    [this](const Args& a) { return set_channel(a.number(0)); }});
  verbs_.push_back({"set_scale",
                    {{"most", Type::integer, "255 or 1: how white is written"}},
                    "Write the numbers from 0 to 255, or from 0 to 1.",
                    [this](const Args& a) {
                      const double most = a.number(0);
                      if (most != 255 && most != 1) {
                        return Status(Error{"White is written 255 or 1; " + whole(most) + " is neither."});
                      }
                      return edit([&](Setup& s) {
                        s.scale = most == 1 ? Scale::ones : Scale::bytes;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_shaded",
                    {{"shaded", Type::boolean, "with the shade of its pixel behind each, or numbers alone"}},
                    "How the numbers are shown.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) { return s.shaded = a.boolean(0), Status(Done{}); });
                    }});
  verbs_.push_back({"set_bar",
                    {{"bar", Type::integer, "0 to 15, or −1 for none"}},
                    "Light up the pixels of one bar of the histogram.",
                    [this](const Args& a) { return set_bar(a.number(0)); }});
  verbs_.push_back({"challenge", {}, "Cover the number of a grey pixel, to be guessed.", [this](const Args&) {
                      return challenge();
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "0 to 255"}},
                    "Say which number is covered; then it is shown.",
                    [this](const Args& a) { return predict(a.number(0)); }});
}

}  // namespace kg
