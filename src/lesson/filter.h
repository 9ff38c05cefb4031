// The lesson `filter`: a filter is a small matrix. Up to eight of them work side by side on one picture, each
// with its own output channel; one of them is chosen, and what it answers to is said in words.
//
// A step is one filter sweeping over the picture; a tick is one row of its output. At the end all outputs are
// there, and the filter on stage is the one that the learner chose; before, it is the one that sweeps.
//
// The windows move by 1 and there is no padding: the window of output cell (row, col) has its upper left
// pixel at (row, col) of the picture.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/tensor.h"
#include "lesson/filter_bank.h"
#include "lesson/lesson.h"
#include "lesson/patch_words.h"
#include "lesson/picture.h"

namespace kg {

class FilterLesson final : public Lesson {
 public:
  static constexpr double kUsualSpeed = 0.5;  // filters a second

  explicit FilterLesson(std::uint64_t seed);

  struct Cell {
    int row = 0, col = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  // What is looked at: the strongest place of either sign, or a place of the learner's own choice.
  enum class Look { positive, negative, cell };

  const Picture& picture() const { return setup_.picture; }
  const FilterBank& bank() const { return setup_.bank; }
  int channels() const { return setup_.picture.pixels().shape().c; }
  const Tensor& output() const { return output_; }  // (1, H, W, one channel for each filter)
  int chosen() const { return timeline_.at_end() ? setup_.chosen : timeline_.step(); }
  // How many cells of a filter's output have been written at this moment; the first ones, row by row.
  int written(int filter) const;
  bool complete(int filter) const { return written(filter) == cells(); }
  int cells() const { return output_.shape().h * output_.shape().w; }
  float value(int filter, const Cell& at) const { return output_.at(0, at.row, at.col, filter); }

  // The first cell, row by row, with the largest (smallest) value; nothing if no value is above (below) 0.
  std::optional<Cell> strongest(int filter, bool positive) const;
  Look look() const { return setup_.look; }
  // The place looked at. Where the chosen filter has no response of that sign, it is the strongest of the
  // other; where it has none at all, the first.
  Cell looked_at() const;

  std::vector<float> block(const Cell& at) const;  // row by row, channels innermost
  std::vector<float> weights(int filter) const { return bank().values(filter, channels()); }
  std::vector<float> products(int filter, const Cell& at) const;
  BlockSeen seen(int filter, const Cell& at) const;
  std::string words(int filter, const Cell& at) const;  // the block, and why it sums up to what it does

  // One scale for all filters' colours, or each its own.
  bool common_scale() const { return setup_.common_scale; }
  // What full red and full blue stand for in this filter's output.
  float reach(int filter) const;

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
    FilterBank bank;
    int chosen = 0;
    Look look = Look::positive;
    Cell at;  // of the learner's own choice
    bool common_scale = true;
  };

  Status edit(const std::function<Status(Setup&)>& change);
  Status edit_filters(const std::function<Status(FilterBank&, int)>& change);
  void measure();
  Status choose(double index);
  Status look_at(const std::string& sign);
  Status look_at_cell(double row, double col);
  Status set_scale(const std::string& scale);
  Status random_filters(double count);
  void add_verbs();
  Patch patch(const std::vector<float>& block, const std::vector<float>& weights) const;

  Setup setup_;
  Tensor output_;
  float darkest_ = 0, lightest_ = 0;  // of the picture
  std::vector<float> reaches_;        // the largest |value| of each filter's output
  std::uint64_t random_filters_ = 0;  // how many have been handed out; each is another one
};

}  // namespace kg
