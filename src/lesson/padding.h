// The lesson `padding`: why a convolution makes a picture smaller, and how a border of zeros stops it.
//
// Two scenes on one stage, of the same n×n picture, f×f filter, padding and stride:
//   window  one layer. A step is one stop of the window, row by row; a tick within it is one product.
//   chain   that layer, several times over. A step is one layer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/tensor.h"
#include "lesson/lesson.h"
#include "lesson/padded_axis.h"
#include "lesson/padding_picture.h"

namespace kg {

class PaddingLesson final : public Lesson {
 public:
  static constexpr int kMaxSide = 32, kMaxFilter = 11, kMaxBorder = 5, kMaxStride = 8, kMaxLayers = 16;

  enum class Mode { valid, same, custom };  // custom: the learner's own p, the same on all four sides
  enum class Scene { window, chain };
  enum class Setting { n, f, p, s, layers };

  explicit PaddingLesson(std::uint64_t seed);

  int layers() const { return setup_.layers; }
  int digit() const { return setup_.digit; }
  Mode mode() const { return setup_.mode; }
  Scene scene() const { return setup_.scene; }
  SimpleFilter filter() const { return setup_.filter; }
  const PaddedAxis& axis() const { return computed_.axis; }
  // Of the layer that is looked at: in the chain the last one that has come about, or the one that cannot.
  PaddedAxis axis_at_hand() const;
  const Tensor& input() const { return computed_.maps.front(); }
  const Tensor& padded() const { return computed_.padded; }
  const Filters& weights() const { return computed_.weights; }
  const Tensor& output() const { return computed_.output; }

  // Whether the output is kept from sight until the learner has said how large it will be.
  bool hidden() const { return setup_.hidden; }
  std::optional<int> predicted() const { return setup_.predicted; }

  // One stop of the window: the output cell, and the window's upper left corner in the picture, below 0 on
  // the border.
  struct Stop {
    int row = 0, col = 0, top = 0, left = 0;
  };
  Stop stop(int step) const;
  std::vector<float> block(const Stop& stop) const;  // f×f, zeros of the border included
  int zeros(const Stop& stop) const;                 // how many of them lie on the border
  float sum(const Stop& stop) const { return output().at(0, stop.row, stop.col, 0); }
  int written() const;  // output cells that have their value at this moment, row by row

  // The chain: the input, then what each layer makes of it, as far as the filter fits.
  const std::vector<Tensor>& maps() const { return computed_.maps; }
  // Their sides; a last 0 stands for the layer that the filter does not fit into any more.
  const std::vector<int>& sizes() const { return computed_.sizes; }
  int layers_made() const;  // so many have their picture at this moment; 0 in the other scene
  bool nothing_left() const { return sizes().back() == 0; }

  // Whether a setting may take this value; if not, why. Nothing changes.
  Status can_set(Setting which, double value) const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return setup_.seed; }

 private:
  struct Setup {
    int n = 4, f = 3, p = 0, s = 1, layers = 3;  // p counts in the mode custom only
    Mode mode = Mode::valid;
    Scene scene = Scene::window;
    SimpleFilter filter = SimpleFilter::ones;
    int digit = 7;
    std::uint64_t seed = 0;
    bool hidden = false;
    std::optional<int> predicted;
  };
  struct Computed {
    PaddedAxis axis;
    Tensor padded, output;
    Filters weights;
    std::vector<Tensor> maps;
    std::vector<int> sizes;
  };

  static PaddedAxis axis_of(const Setup& setup, int n);
  static Status check(const Setup& setup);
  static Computed compute(const Setup& setup);
  static Status set(Setup& setup, Setting which, double value);
  Status edit(const std::function<Status(Setup&)>& change);
  Status predict(int side);
  void place_timeline(const Setup& before, const Stop& stop);
  void challenge(Setup& setup) const;
  void add_verbs();
  void add_choices();

  Setup setup_;
  Computed computed_;
};

const char* name_of(PaddingLesson::Mode mode);    // "valid", "same", "custom"
const char* name_of(PaddingLesson::Scene scene);  // "window", "chain"

}  // namespace kg
