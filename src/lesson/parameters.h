// The lesson `parameters`: how many numbers a network learns, counted layer by layer.
//
// Two networks whose sizes can be changed: numbers through two Dense layers, and a picture through two Conv2D
// (both "same"), Flatten and Dense; and any stack that the learner has built in the lesson `shapes`. A step
// is one layer that has parameters, in order; they are called layer 0, 1, … here. A tick within a step is one
// part of its count: the weights, the biases, their sum.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/network.h"
#include "lesson/lesson.h"
#include "lesson/stack.h"
#include "lesson/weight_grid.h"

namespace kg {

class ParametersLesson final : public Lesson {
 public:
  static constexpr int kTicks = 3;
  static constexpr double kUsualSpeed = 0.25;  // steps a second: there are few, and each has much to see

  explicit ParametersLesson(std::uint64_t seed);

  // A line of the count. A picture as input, Flatten and the like have one, too, but no parameters.
  struct Row {
    std::string name;  // as in Keras' summary: "dense_1"; "input"
    std::string type;  // "Dense"; "Input"
    SampleShape in, out;
    int window = 0;  // its side, of a layer that slides one
    int layer = -1;  // of those with parameters
    std::int64_t weights = 0, biases = 0, total = 0;
    std::string formula = {};  // of the weights, or of Flatten's outputs: "3 · (2 · 3 · 3)"
  };
  // A size of the network that the learner can change, and by which verb.
  struct Size {
    std::string verb;
    int layer;  // −1: of the input; that verb takes no layer
    int value, least, most;
    int place;  // where it is to be seen: of the network's places
    std::string name;
  };
  // How much of a layer's count is on the stage.
  struct Counted {
    int weights = 0, biases = 0;
    bool total = false;
  };
  struct Selection {
    int layer = 0, index = 0;
    friend bool operator==(const Selection&, const Selection&) = default;
  };
  struct Prediction {
    int layer = 0;
    double value = 0;
  };

  const Network& network() const { return network_; }
  bool has_picture() const { return setup_.picture; }
  const std::optional<Stack>& stack() const { return setup_.stack; }  // from `shapes`
  std::string shapes_link() const;  // where that stack can be changed: a place of the course
  bool uses_biases() const { return setup_.biases; }
  const std::vector<Row>& rows() const { return rows_; }
  std::vector<Size> sizes() const { return sizes_of(setup_); }

  int layers() const { return static_cast<int>(grids_.size()); }
  const Row& row(int layer) const;
  int network_layer(int layer) const { return in_network_[static_cast<std::size_t>(layer)]; }
  const WeightGrid& grid(int layer) const { return grids_[static_cast<std::size_t>(layer)]; }
  float value(const Selection& at) const;        // of a weight or bias
  std::string words(const Selection& at) const;  // "from input 0 to unit 2"
  std::string output_word(int layer) const;      // what it has a bias for each: "filter", "unit"
  // The largest |weight| of a layer, or 1 if all are 0: what the full colours stand for.
  float reach(int layer) const { return reaches_[static_cast<std::size_t>(layer)]; }
  std::int64_t total() const { return total_; }

  // The layer that is looked at: the step's, or at the end that of the selected weight.
  int current() const;
  Counted counted(int layer) const;
  std::int64_t so_far() const;  // the sum of the totals that are on the stage
  int next() const;             // the layer whose total comes next; −1: none is left
  const std::optional<Selection>& selected() const { return selected_; }
  const std::optional<Prediction>& prediction() const { return prediction_; }
  bool predicted_right() const;

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return seed_; }

 private:
  struct Setup {
    bool picture = false;
    int image = 0, inputs = 2;          // image: height and width
    std::vector<int> outputs = {3, 2};  // units or filters of each layer
    std::vector<int> kernels = {};      // of the Conv2D
    bool biases = true;
    std::optional<Stack> stack = {};  // instead of all of these but `picture`
    friend bool operator==(const Setup&, const Setup&) = default;
  };
  static Setup preset(bool picture);
  static std::vector<LayerDescription> layers_of(const Setup& setup);
  static std::vector<Size> sizes_of(const Setup& setup);
  static Result<Network> build(const Setup& setup, std::uint64_t seed);
  static int& number(Setup& setup, const std::string& verb, int layer);

  Status keep(const Setup& next);
  Status set_size(const std::string& verb, double layer, double n);
  Status load_preset(const std::string& name);
  Status load_stack(const std::string& layers, const std::string& input);
  Status restart(const Setup& with);
  WeightGrid grid_of(int network_layer) const;
  Status select(double layer, double index);
  Status predict(double value);
  void count();
  void add_verbs();
  std::string count_words(int layer) const;

  std::uint64_t seed_;
  Setup setup_;
  Network network_;
  std::vector<Row> rows_;
  std::vector<WeightGrid> grids_;  // of the layers with parameters, as is what follows
  std::vector<int> in_network_;
  std::vector<float> reaches_;
  std::int64_t total_ = 0;
  std::optional<Selection> selected_;
  std::optional<Prediction> prediction_;
};

}  // namespace kg
