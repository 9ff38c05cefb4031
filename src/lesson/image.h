// The lesson `image`: a picture is a matrix of numbers, one for each pixel and channel.
//
// A step is one row of the region that is zoomed into, a tick one pixel of it: read out from left to right
// and from above, pixels become numbers. What is read is a function of the position alone, so going back
// turns numbers into pixels again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/tensor.h"
#include "lesson/lesson.h"
#include "lesson/picture.h"

namespace kg {

class ImageLesson final : public Lesson {
 public:
  static constexpr int kBars = 16;  // of the histogram
  static constexpr int kAllChannels = -1;
  static constexpr int kSmallestZoom = 2, kSmallestBlank = 3, kLargestBlank = 64;
  static constexpr int kNearEnough = 25;  // of 255, for a predicted pixel

  explicit ImageLesson(std::uint64_t seed);

  struct Pixel {
    int row = 0, col = 0;
    friend bool operator==(const Pixel&, const Pixel&) = default;
  };
  // Rows top … top + height − 1 and columns left … left + width − 1 of the picture.
  struct Region {
    int top = 0, left = 0, height = 1, width = 1;
    bool contains(const Pixel& p) const {
      return p.row >= top && p.row < top + height && p.col >= left && p.col < left + width;
    }
    friend bool operator==(const Region&, const Region&) = default;
  };
  // How numbers are written: as files keep them, whole numbers from 0 to 255, or as networks like them.
  enum class Scale { bytes, ones };
  struct Prediction {
    Pixel pixel;
    int channel = 0;
    double value = 0;  // 0 to 255
  };

  const Picture& picture() const { return setup_.picture; }
  const Tensor& input() const { return setup_.picture.pixels(); }  // (1, H, W, C)
  const Region& zoom() const { return setup_.zoom; }
  const Pixel& pixel() const { return setup_.pixel; }  // the one that is looked at
  bool in_colour() const { return input().shape().c == 3; }
  // The channel whose numbers are shown; kAllChannels only for a picture of three.
  int channel() const { return channel_of(setup_); }
  Scale scale() const { return setup_.scale; }
  bool shaded() const { return setup_.shaded; }  // whether numbers stand on the shade of their pixel
  float value(const Pixel& pixel, int channel) const { return input().at(0, pixel.row, pixel.col, channel); }
  // "255", "1.00": a pixel's value on the chosen scale.
  std::string text(float value) const { return text(value, scale()); }
  static std::string text(float value, Scale scale);
  static std::string channel_name(int channel, int channels);  // "red", "channel 4", "grey"

  // So many pixels of the region are numbers at this moment.
  int pixels_read() const;
  int places() const { return zoom().height * zoom().width; }
  bool is_read(const Pixel& pixel) const;  // one of the region
  // The region of `side` rows and columns around the middle of the present one, as far as the picture allows.
  Region region_of(int side) const;
  // A region as large as the present one with this pixel in its middle, or as near to that as possible.
  Region region_around(const Pixel& pixel) const;

  // Values of the shown channel (of all three) in equally wide bars. A picture of the usual values has bars
  // of 16 whole numbers: 0 … 15, 16 … 31, …; one with others is divided from its least to its greatest value.
  const std::vector<int>& histogram() const { return histogram_.counts; }
  struct Range {
    float from = 0, to = 1;
  };
  Range bar_range(int bar) const;
  std::string bar_text(int bar) const;  // "16 to 31"
  int bar_of(float value) const;
  bool in_bar(const Pixel& pixel, int bar) const;  // one of its shown values is in it
  int chosen_bar() const { return setup_.bar; }    // −1: none

  // A pixel whose number is hidden until the learner has said what it will be.
  bool covered(const Pixel& pixel) const { return setup_.covered && *setup_.covered == pixel; }
  bool has_cover() const { return setup_.covered.has_value(); }
  const std::optional<Prediction>& prediction() const { return setup_.prediction; }
  bool predicted_right() const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return picture().seed(); }

 private:
  struct Setup {
    Picture picture;
    Region zoom;
    Pixel pixel;
    int channel = kAllChannels;  // as chosen; channel_of() is what that means for this picture
    Scale scale = Scale::bytes;
    bool shaded = true;
    int bar = -1;
    std::optional<Pixel> covered = {};
    std::optional<Prediction> prediction = {};
  };
  struct Histogram {
    std::vector<int> counts;
    bool usual = true;  // all values lie from 0 to 1
    Range range;
  };
  using Change = std::function<Status(Setup&)>;

  static int channel_of(const Setup& setup);
  static Region home_region(const Tensor& picture);
  static Pixel home_pixel(const Tensor& picture, const Region& region);
  Status edit(const Change& change);
  Status edit_picture(const std::function<Status(Picture&)>& change);
  Result<Region> region_given(double top, double left, double height, double width) const;
  Result<Pixel> pixel_given(double row, double col) const;
  Status look_at(double row, double col);
  Status set_pixel(double row, double col, double value, std::optional<double> channel);
  Status set_blank(double side);
  Status set_channel(double channel);
  Status set_bar(double bar);
  Status challenge();
  Status predict(double value);
  std::vector<float> shown_values() const;
  void count();
  int rarest_count() const;
  bool three_ones() const;
  void add_verbs();

  Setup setup_;
  Histogram histogram_;
};

}  // namespace kg
