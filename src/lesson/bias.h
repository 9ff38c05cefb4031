// The lesson `bias`: what is added to a weighted sum before relu, and so where a neuron's threshold lies.
//
// Two scenes. `neuron`: one neuron with up to four inputs; a step is one thing that happens in it: each
// product comes in, then their sum, then the bias, then relu. `map`: the same neuron at every place of a
// picture, that is one filter with its bias; a step is one cell, and all cells are always shown.
//
// inputs(), weights(), bias() and what comes of them speak of the neuron on stage: in the map, of the cell
// that is looked at.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/tensor.h"
#include "lesson/filter_bank.h"
#include "lesson/lesson.h"
#include "lesson/picture.h"

namespace kg {

class BiasLesson final : public Lesson {
 public:
  static constexpr int kMaxInputs = 4;
  static constexpr float kMaxNumber = 1000;  // |input|, |weight| and |bias|

  enum class Scene { neuron, map };

  explicit BiasLesson(std::uint64_t seed);

  Scene scene() const { return setup_.scene; }
  std::vector<float> inputs() const;
  std::vector<float> weights() const;
  float bias() const { return scene() == Scene::map ? setup_.map_bias : setup_.neuron.bias; }
  float weighted_sum() const { return looked_at(computed_.neuron.sum, computed_.map.sum); }
  float with_bias() const { return looked_at(computed_.neuron.shifted, computed_.map.shifted); }
  float activation() const { return looked_at(computed_.neuron.fired, computed_.map.fired); }
  std::vector<float> products() const;
  bool firing() const;
  float threshold() const { return 0 - bias(); }

  // The neuron's timeline: what has come in at this moment. There are inputs + 3 things.
  int shown() const { return timeline_.steps_done() + (timeline_.at_end() ? 0 : timeline_.ticks_shown()); }
  const std::optional<float>& predicted() const { return setup_.predicted; }

  // The map.
  struct Cell {
    int row = 0, col = 0;
  };
  const Picture& picture() const { return setup_.picture; }
  const FilterBank& bank() const { return setup_.bank; }  // it has one filter
  const Tensor& sums() const { return computed_.map.sum; }
  const Tensor& sums_with_bias() const { return computed_.map.shifted; }
  const Tensor& fired() const { return computed_.map.fired; }
  Cell cell() const;
  int step_of(const Cell& cell) const { return cell.row * sums().shape().w + cell.col; }
  int cells() const { return static_cast<int>(sums().shape().size()); }
  int cells_firing() const;
  int cells_firing_without_bias() const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return setup_.picture.seed(); }

 private:
  // The course's worked example.
  struct Neuron {
    std::vector<float> inputs = {1, 2};
    std::vector<float> weights = {-0.55f, 0.1f};
    float bias = 0;
    friend bool operator==(const Neuron&, const Neuron&) = default;
  };
  struct Setup {
    Scene scene = Scene::neuron;
    Neuron neuron;
    std::optional<float> predicted;  // of this neuron's output
    Picture picture;
    FilterBank bank;
    float map_bias = 0;
  };
  // A neuron is a convolution of a picture of one pixel: both scenes compute the same way.
  struct Fired {
    Tensor sum, shifted, fired;  // (1, H, W, 1): the weighted sum, with the bias, after relu
  };
  struct Computed {
    Fired neuron, map;
  };

  static Result<Fired> fire(const Tensor& in, const Filters& weights, float bias);
  static Result<Computed> compute(Setup& setup);
  Status edit(const std::function<Status(Setup&)>& change);
  Status edit_neuron(const std::function<Status(Neuron&)>& change);
  Status predict(float value);
  void start_scene();
  void add_verbs();
  float looked_at(const Tensor& neuron, const Tensor& map) const;
  std::string narrate_neuron() const;
  std::string narrate_map() const;

  Setup setup_;
  Computed computed_;
  std::uint64_t random_filters_ = 0;  // how many have been handed out; each is another one
};

}  // namespace kg
