// The lesson `shapes`: a stack of layers, built and edited by the learner, and Keras' summary of it.
//
// A step is a layer: what comes in, then (a tick) the shape of what goes out, then (another) how many
// parameters that took. A stack that does not fit together is a state like any other: the rows up to the
// break have their numbers, the row that breaks has a sentence, and those below are not reached.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/summary.h"
#include "lesson/lesson.h"
#include "lesson/shapes_presets.h"

namespace kg {

class ShapesLesson final : public Lesson {
 public:
  static constexpr int kTicks = 2;  // the output, the parameters

  explicit ShapesLesson(std::uint64_t seed);

  struct Broken {
    int row = 0;
    std::string sentence;
  };
  struct Prediction {
    int row = 0;
    double value = 0;
  };

  const Stack& stack() const { return setup_.stack; }
  const SampleShape& input() const { return setup_.stack.input; }
  const std::vector<LayerDescription>& layers() const { return setup_.stack.layers; }
  int count() const { return static_cast<int>(layers().size()); }
  const LayerDescription& layer(int row) const { return layers()[static_cast<std::size_t>(row)]; }
  // Of the layers that fit; fewer rows than layers if the stack is broken.
  const Summary& summary() const { return summary_; }
  const std::optional<Broken>& broken() const { return broken_; }
  bool fits(int row) const { return row < static_cast<int>(summary_.rows.size()); }
  SampleShape shape_into(int row) const;  // of a row that is reached
  const Summary::Row& row(int row) const { return summary_.rows[static_cast<std::size_t>(row)]; }
  std::string title(int row) const;  // "conv2d (Conv2D)"; of a row that is not built only "Conv2D"

  // The row that is looked at: the one selected at this very moment, else the one where the data is.
  int current() const;
  bool is_preset(std::string_view name) const;
  // Where this network's parameters are counted one by one: a place of the course, as in its address.
  std::string count_link() const;
  // What of a row has been shown: 0 nothing, 1 the output, 2 the parameters, too.
  int shown(int row) const;
  const std::optional<Prediction>& prediction() const { return setup_.prediction; }

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return seed_; }

 private:
  // A selection lasts as long as the position at which it was made.
  struct Selection {
    int row = 0;
    double position = 0;
  };
  struct Setup {
    Stack stack;
    std::optional<Selection> selection;
    std::optional<Prediction> prediction;
  };

  void add_verbs();
  void add_stack_verbs();
  void add_setting_verbs();
  Status check_row(double at) const;
  // `change` works on a copy of the stack, which is kept if it agrees; then `row` is looked at.
  Status edit(int row, const std::function<Status(Stack&)>& change);
  Status edit_layer(double at, const std::function<Status(LayerDescription&)>& change);
  Status predict(double value);
  void look_at(int row);
  void count_up();

  std::uint64_t seed_;  // nothing here is random
  Setup setup_;
  Summary summary_;
  std::optional<Broken> broken_;
};

}  // namespace kg
