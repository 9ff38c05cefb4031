// The lesson `pooling`: a window goes over an input channel, and of every window one number stays: the
// largest, or the mean.
//
// A step is one output cell, row by row. A tick within a step is one place of the window, compared with the
// largest so far, or added to the sum so far; places outside of the input take a tick, too, and do not count.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/layers/description.h"
#include "engine/tensor.h"
#include "lesson/filter_bank.h"
#include "lesson/lesson.h"
#include "lesson/picture.h"
#include "lesson/prediction.h"

namespace kg {

class PoolingLesson final : public Lesson {
 public:
  static constexpr int kMostPlaces = 8;  // of the window's side, and of a stride

  // What is pooled: the worked example of 4×4 numbers, the output channel of a top edge filter on the
  // picture, the same for any filter and through relu, or numbers that were handed in.
  enum class Source { four, channel, digit, own };
  enum class Mode { max, average };

  explicit PoolingLesson(std::uint64_t seed);

  struct Cell {
    int row = 0, col = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  // One place of a window, in rows and columns of the input; `value` is 0 outside of it.
  struct Place {
    int row = 0, col = 0;
    bool inside = false;
    float value = 0;
  };
  // What is known of a window after some of its places.
  struct SoFar {
    int inside = 0;    // so many of them lie inside of the input
    int largest = -1;  // which place of the window has the largest value, the first if several; −1: none yet
    bool tied = false;  // others are as large
    float sum = 0;
  };
  Source source() const { return setup_.source; }
  static const char* name_of(Source source);  // "4x4", "26x26", "digit", "own"
  bool from_picture() const { return is_from_picture(setup_.source); }
  bool rectified() const { return setup_.source == Source::digit; }
  const Picture& picture() const { return setup_.picture; }
  const BankFilter& filter() const { return setup_.bank.filter(0); }
  Mode mode() const { return setup_.mode; }
  int window() const { return setup_.window; }
  int stride() const { return setup_.stride; }
  Padding padding() const { return setup_.padding; }

  // All (1, H, W, 1); before relu, if the input comes from a picture.
  const Tensor& convolved() const { return computed_.convolved; }
  const Tensor& input() const { return computed_.input; }
  const Tensor& output() const { return computed_.output; }
  const Tensor& other_output() const { return computed_.other; }  // that of the other mode
  // ∂(sum of the output)/∂input: how much of the gradient each input gets if every output cell gets 1.
  const Tensor& gradient() const { return computed_.gradient; }
  WindowAxis down() const { return axis(input().shape().h); }
  WindowAxis right() const { return axis(input().shape().w); }

  Cell cell(int step) const { return {step / output().shape().w, step % output().shape().w}; }
  int step_of(const Cell& cell) const { return cell.row * output().shape().w + cell.col; }
  float value(const Cell& cell) const { return output().at(0, cell.row, cell.col, 0); }
  // The first place of its window; above or left of the input where it is below 0.
  Cell corner(const Cell& cell) const;
  std::vector<Place> places(const Cell& cell) const;
  SoFar so_far(const Cell& cell, int ticks) const;
  // The place whose value the maximum is; the first of several, to which the gradient will flow, too.
  Place winner(const Cell& cell) const;
  // The output cells whose windows contain an input: rows top … bottom, columns left … right, both ends
  // included; none if the stride jumps over it (then top > bottom or left > right).
  struct Cells {
    int top = 0, bottom = 0, left = 0, right = 0;
  };
  Cells cells_using(int row, int col) const;
  bool overlapping() const;  // whether some input is in more than one window

  const std::optional<Prediction>& prediction() const { return prediction_; }
  bool predicted_right() const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return setup_.picture.seed(); }

 private:
  struct Setup {
    Picture picture;
    FilterBank bank = {};  // one filter
    Source source = Source::four;
    Tensor own = {};
    Mode mode = Mode::max;
    int window = 2, stride = 2;
    Padding padding = Padding::valid;
  };
  struct Computed {
    Tensor convolved, input, output, other, gradient;
  };
  using Change = std::function<Status(Setup&)>;

  static bool is_from_picture(Source source) { return source == Source::channel || source == Source::digit; }
  static Result<Source> example_named(const std::string& name);
  static LayerDescription layer(const Setup& setup, Mode mode);
  static Result<Computed> compute(Setup& setup);
  WindowAxis axis(int size) const { return window_axis(size, window(), stride(), 1, padding()); }
  Status edit(const Change& change);
  Status load_preset(const std::string& name);
  Status set_own(std::span<const float> values, double height, double width);
  Status set_cell(double row, double col, double value);
  Status predict(double value);
  void add_verbs();
  void start_at_largest();

  Setup setup_;
  Computed computed_;
  std::optional<Prediction> prediction_;
};

}  // namespace kg
