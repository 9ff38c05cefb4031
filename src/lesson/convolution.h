// The lesson `convolution`: filters slide over a picture; at every stop the window's values times the
// filter's weights add up to one cell of the output.
//
// A step is one output cell: filter by filter, row by row, column by column. A tick within a step is one
// product.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/layers/conv2d.h"
#include "engine/tensor.h"
#include "lesson/filter_bank.h"
#include "lesson/lesson.h"
#include "lesson/picture.h"
#include "lesson/prediction.h"

namespace kg {

class Convolution final : public Lesson {
 public:
  static constexpr int kMaxStride = 28;

  explicit Convolution(std::uint64_t seed);

  // The place of one output cell; `channel` is the output channel, that is the filter that makes it.
  struct Cell {
    int row = 0, col = 0, channel = 0;
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  // A window on the input, in pixels of the picture; parts of it may lie on the border of zeros (top or left
  // below 0).
  struct Window {
    int top = 0, left = 0, height = 0, width = 0;
  };

  const Picture& picture() const { return setup_.picture; }
  const Tensor& input() const { return setup_.picture.pixels(); }
  const FilterBank& bank() const { return setup_.bank; }
  int stride() const { return setup_.settings.stride_y; }
  Padding padding() const { return setup_.settings.padding; }
  bool flipped() const { return setup_.settings.flip; }
  const Conv2DGeometry& geometry() const { return computed_.geometry; }
  const Tensor& output() const { return computed_.output; }

  Cell cell(int step) const;
  int step_of(const Cell& cell) const;
  Window window(const Cell& cell) const;
  // The output cells whose windows contain an input pixel: rows top … bottom, columns left … right, both ends
  // included; none if the stride jumps over it (then top > bottom or left > right).
  struct Cells {
    int top = 0, bottom = 0, left = 0, right = 0;
  };
  Cells cells_using(int row, int col) const;
  // Row by row, channels innermost, as in a filter; places on the border are 0.
  std::vector<float> block(const Cell& cell) const;
  // The weights in the order in which they meet the block: turned by half a turn if `flipped`.
  std::vector<float> weights(int filter) const;
  std::vector<float> products(const Cell& cell) const;
  float sum(const Cell& cell) const { return output().at(0, cell.row, cell.col, cell.channel); }
  // How many cells of one output channel have been written at this moment; they are the first ones, row by
  // row.
  int written(int channel) const;
  // The largest |value| of the output: what full red and full blue stand for.
  float output_reach() const;
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
    FilterBank bank;
    Conv2DSettings settings;
  };
  struct Computed {
    Conv2DGeometry geometry;
    Tensor output;
  };

  static Result<Computed> compute(Setup& setup);
  Status edit(const std::function<Status(Setup&)>& change);
  void add_verbs();
  void start_at_strongest();

  Setup setup_;
  Computed computed_;
  std::optional<Prediction> prediction_;
  std::uint64_t random_filters_ = 0;  // how many random filters have been handed out; each is another one
};

}  // namespace kg
