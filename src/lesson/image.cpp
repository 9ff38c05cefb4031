#include "lesson/image.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "lesson/tensor_json.h"

namespace kg {
namespace {

constexpr int kHomeSide = 10;  // rows and columns whose numbers can be read without zooming
constexpr float kMostByte = 255;
constexpr float kBarWidth = 256.0f / ImageLesson::kBars;  // in whole numbers from 0 to 255

// Values are k/255 in float; a hair of rounding must not put one below its bar.
float as_byte(float value) {
  const float byte = value * kMostByte, whole = std::round(byte);
  return std::abs(byte - whole) < 1e-3f ? whole : byte;
}

}  // namespace

ImageLesson::ImageLesson(std::uint64_t seed) : setup_{Picture(seed), {}, {}} {
  timeline_.set_words("row", "pixel");
  setup_.zoom = home_region(input());
  setup_.pixel = home_pixel(input(), setup_.zoom);
  (void)edit([](Setup&) { return Status(Done{}); });
  timeline_.finish();
  add_verbs();
}

ImageLesson::Region ImageLesson::home_region(const Tensor& picture) {
  const Shape& shape = picture.shape();
  const int h = std::min(kHomeSide, shape.h), w = std::min(kHomeSide, shape.w);
  return {(shape.h - h) / 2, (shape.w - w) / 2, h, w};
}

// The brightest of the region: on the stroke of a digit.
ImageLesson::Pixel ImageLesson::home_pixel(const Tensor& picture, const Region& region) {
  Pixel best{region.top, region.left};
  for (int row = region.top; row < region.top + region.height; ++row) {
    for (int col = region.left; col < region.left + region.width; ++col) {
      if (picture.at(0, row, col, 0) > picture.at(0, best.row, best.col, 0)) best = {row, col};
    }
  }
  return best;
}

int ImageLesson::channel_of(const Setup& setup) {
  const int channels = setup.picture.pixels().shape().c;
  if (channels == 3) return setup.channel;
  return std::clamp(setup.channel, 0, channels - 1);
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status ImageLesson::edit(const Change& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  const bool at_end = timeline_.at_end();
  setup_ = std::move(next);
  count();
  timeline_.set_length(setup_.zoom.height, setup_.zoom.width);
  if (at_end) timeline_.finish();
  return Done{};
}

// Another picture of the same size is looked at in the same place; one of another size from its middle.
Status ImageLesson::edit_picture(const std::function<Status(Picture&)>& change) {
  return edit([&](Setup& s) {
    const Shape before = s.picture.pixels().shape();
    if (Status changed = change(s.picture); !changed) return changed;
    const Shape& now = s.picture.pixels().shape();
    s.channel = std::min(s.channel, now.c - 1);
    if (now.h != before.h || now.w != before.w) {
      s.zoom = home_region(s.picture.pixels());
      s.pixel = home_pixel(s.picture.pixels(), s.zoom);
    }
    s.covered.reset(), s.prediction.reset();
    return Status(Done{});
  });
}

std::vector<float> ImageLesson::shown_values() const {
  const auto values = input().values();
  if (channel() == kAllChannels) return {values.begin(), values.end()};
  return every_nth(values, input().shape().c, channel());
}

void ImageLesson::count() {
  const std::vector<float> values = shown_values();
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  histogram_.usual = *least >= 0 && *most <= 1;
  histogram_.range = {*least, *most > *least ? *most : *least + 1};
  histogram_.counts.assign(kBars, 0);
  for (const float value : values) ++histogram_.counts[static_cast<std::size_t>(bar_of(value))];
}

int ImageLesson::bar_of(float value) const {
  const Range& range = histogram_.range;
  const float place =
      histogram_.usual ? as_byte(value) / kBarWidth : (value - range.from) / (range.to - range.from) * kBars;
  return std::clamp(static_cast<int>(place), 0, kBars - 1);
}

ImageLesson::Range ImageLesson::bar_range(int bar) const {
  const auto edge = [&](int n) {
    if (histogram_.usual) return static_cast<float>(n) * kBarWidth / kMostByte;
    const Range& range = histogram_.range;
    return range.from + (range.to - range.from) * static_cast<float>(n) / kBars;
  };
  return {edge(bar), edge(bar + 1)};
}

std::string ImageLesson::bar_text(int bar) const {
  const Range range = bar_range(bar);
  // The last whole number of a bar is one below the first of the next.
  const float to = histogram_.usual ? range.to - 1 / kMostByte : range.to;
  return text(range.from) + " to " + text(to);
}

bool ImageLesson::in_bar(const Pixel& pixel, int bar) const {
  if (channel() != kAllChannels) return bar_of(value(pixel, channel())) == bar;
  for (int c = 0; c < input().shape().c; ++c) {
    if (bar_of(value(pixel, c)) == bar) return true;
  }
  return false;
}

std::string ImageLesson::text(float value, Scale scale) {
  if (scale == Scale::ones) return fixed_text(static_cast<double>(value));
  return number_text(static_cast<double>(as_byte(value)), 1);
}

std::string ImageLesson::channel_name(int channel, int channels) {
  static constexpr const char* kColours[] = {"red", "green", "blue"};
  if (channels == 1) return "grey";
  if (channels == 3) return kColours[channel];
  return "channel " + std::to_string(channel);
}

int ImageLesson::pixels_read() const {
  if (timeline_.at_end()) return places();
  return timeline_.step() * zoom().width + timeline_.ticks_shown();
}

bool ImageLesson::is_read(const Pixel& p) const {
  return (p.row - zoom().top) * zoom().width + p.col - zoom().left < pixels_read();
}

ImageLesson::Region ImageLesson::region_of(int side) const {
  const Shape& shape = input().shape();
  const int h = std::clamp(side, 1, shape.h), w = std::clamp(side, 1, shape.w);
  const int top = zoom().top + (zoom().height - h) / 2, left = zoom().left + (zoom().width - w) / 2;
  return {std::clamp(top, 0, shape.h - h), std::clamp(left, 0, shape.w - w), h, w};
}

ImageLesson::Region ImageLesson::region_around(const Pixel& p) const {
  const Shape& shape = input().shape();
  Region region = zoom();
  region.top = std::clamp(p.row - region.height / 2, 0, shape.h - region.height);
  region.left = std::clamp(p.col - region.width / 2, 0, shape.w - region.width);
  return region;
}

// As near as an eye can tell.
bool ImageLesson::predicted_right() const {
  const auto& guess = prediction();
  return guess && std::abs(guess->value -
                           static_cast<double>(as_byte(value(guess->pixel, guess->channel)))) <= kNearEnough;
}

// The height of the lowest bar that is not empty.
int ImageLesson::rarest_count() const {
  int least = 0;
  for (const int n : histogram()) {
    if (n > 0 && (least == 0 || n < least)) least = n;
  }
  return least;
}

// Three ones, one beneath the other, and zeros everywhere else.
bool ImageLesson::three_ones() const {
  const Shape& shape = input().shape();
  if (shape.c != 1) return false;
  std::vector<int> ones;
  const auto values = input().values();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == 1) {
      ones.push_back(static_cast<int>(i));
    } else if (values[i] != 0) {
      return false;
    }
  }
  return ones.size() == 3 && ones[1] - ones[0] == shape.w && ones[2] - ones[1] == shape.w;
}

std::vector<Task> ImageLesson::tasks() const {
  bool rare = false;
  for (int bar = 0; bar < kBars; ++bar)
    rare |= histogram()[static_cast<std::size_t>(bar)] == rarest_count() && in_bar(pixel(), bar);
  return {{"rare", rare},
          {"three_channels", input().shape().c == 3},
          {"line", three_ones()},
          {"predict", predicted_right()}};
}

std::vector<std::string> ImageLesson::controls() const {
  return {"picture", "zoom", "scale", "shades", "pencil", "histogram", "channels", "transport", "speed"};
}

}  // namespace kg
