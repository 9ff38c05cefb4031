// The lesson `backprop`: how a network learns from one example: forward, loss, back by the chain rule,
// update.
//
// Two scenes. `small`: a 2-3-2 net with every number; a step is one layer forward or back, a tick one number
// (chain_rule.h). `digits`: the same on a convolutional network and one picture; a step is one layer.
//
// The stage shows the pass with the weights as they are, and the update that would follow: both are computed
// at once, and the position on the timeline says how much of it is seen. The verb update makes the update:
// the new weights become the weights.
//
// A run is what has been done since its start: so many updates at such a rate, one after the other. Whatever
// the learner changes by hand (weights, inputs, label, activations) makes a new start. The first rewind goes
// back to the start of the run, one more to the weights of the seed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lesson/chain_rule.h"
#include "lesson/digit_net.h"
#include "lesson/lesson.h"
#include "lesson/picture.h"
#include "lesson/small_net.h"

namespace kg {

class BackpropLesson final : public Lesson {
 public:
  static constexpr float kMaxInput = 100, kMaxWeight = 100, kMaxRate = 100;
  // Of a run. The digit network's are fewer: a link has to do all of them at once.
  static constexpr int kMostUpdates = 400, kMostDigitUpdates = 60;
  // Steps a second: about a number a second in the small net, a layer in two with the digits.
  static constexpr double kSmallSpeed = 0.12, kDigitSpeed = 0.5;

  enum class Scene { small, digits };
  // The steps of the scene `digits`.
  enum class DigitStep {
    conv_1,
    pool_1,
    conv_2,
    pool_2,
    dense,
    loss,
    wishes,
    back_dense,
    back_pool_2,
    back_conv_2,
    filters_2,
    back_pool_1,
    back_conv_1,
    filters_1,
    update,
    again
  };
  static constexpr int kDigitSteps = 16;

  explicit BackpropLesson(std::uint64_t seed);

  Scene scene() const { return setup_.scene; }
  double usual_speed() const { return scene() == Scene::small ? kSmallSpeed : kDigitSpeed; }
  const SmallExample& example() const { return setup_.example; }
  const SmallNet& net() const { return computed_.net; }    // as it is now
  const SmallNet& next() const { return computed_.next; }  // after the update
  const SmallPass& pass() const { return computed_.pass; }
  const SmallPass* pass_after() const { return computed_.after ? &*computed_.after : nullptr; }
  ChainRule chain_rule() const { return {net(), next(), pass(), pass_after(), rate()}; }

  const Picture& picture() const { return setup_.picture; }
  const DigitNet& digits() const { return *digits_; }

  // Of the scene that is on stage.
  int label() const { return scene() == Scene::small ? setup_.example.label : setup_.digit_label; }
  float rate() const { return scene() == Scene::small ? setup_.run.rate : setup_.digit_run.rate; }
  double loss() const { return scene() == Scene::small ? pass().loss : digits_->loss(); }
  bool diverges() const { return scene() == Scene::small ? !computed_.after : digits_->diverges(); }
  double loss_after() const;
  int prediction() const { return scene() == Scene::small ? pass().prediction : digits_->prediction(); }
  int prediction_after() const;
  const std::vector<double>& losses() const;  // at the start of the run, and after each update
  int updates() const { return static_cast<int>(losses().size()) - 1; }
  int updates_left() const {
    return (scene() == Scene::small ? kMostUpdates : kMostDigitUpdates) - updates();
  }
  bool rose() const;           // the last update, if there was one, has made the loss larger
  std::string advice() const;  // what to try when the step is too long; "" if it is not

  // How much of the small net is on the stage.
  int reached(BackpropStep step) const;
  int reached(DigitStep step) const {
    return timeline_.steps_done() + (at_rest() ? 1 : 0) > static_cast<int>(step) ? 1 : 0;
  }
  std::optional<Moment> moment() const;  // whose number has come in last
  std::optional<Moment> coming() const;  // the next one; none at the end

  const std::optional<WeightPlace>& selected() const { return setup_.selected; }
  const std::optional<GradientComparison>& check() const { return checked_; }
  // Of the parameter that is selected, in the scene that is on stage.
  double selected_value() const;
  double selected_gradient() const;
  double selected_next() const;
  std::string selected_name() const;

  struct Prediction {
    Moment of;
    double value = 0;
  };
  const std::optional<Prediction>& predicted() const { return setup_.predicted; }
  bool predicted_right() const;  // and the true number is on the stage

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return setup_.seed; }

 private:
  struct Stretch {
    float rate = 0;
    int updates = 0;
    friend bool operator==(const Stretch&, const Stretch&) = default;
  };
  struct Run {
    float rate;  // of the updates to come
    std::vector<Stretch> done = {};
    int updates() const;
    void add(int updates);
    friend bool operator==(const Run&, const Run&) = default;
  };
  struct Setup {
    explicit Setup(std::uint64_t seed);
    std::uint64_t seed;
    Scene scene = Scene::small;
    SmallNet start;
    SmallExample example;
    Run run;
    Picture picture;
    int digit_label = 0;
    Run digit_run;
    std::optional<WeightPlace> selected;  // in the scene that is on stage
    bool checked = false;
    std::optional<Prediction> predicted;
  };
  // All that follows from the small net's setup.
  struct Computed {
    SmallNet net, next;
    SmallPass pass;
    std::optional<SmallPass> after;
    std::vector<double> losses;
    int done = 0;  // updates before it diverged
  };

  static Result<Computed> compute(const Setup& setup);
  static Result<std::unique_ptr<DigitNet>> compute_digits(Setup& setup);
  bool at_rest() const { return !timeline_.at_end() && timeline_.ticks_shown() == timeline_.ticks(); }
  WeightGrid grid(int layer) const;  // in the scene that is on stage
  Status edit(const std::function<Status(Setup&)>& change);
  Status edit_net(const std::function<Status(Setup&)>& change);  // makes a new start
  Status keep(Setup next, bool new_digits);
  void look_again();
  void start_scene();
  Status update(int updates);
  Status rewind();
  Status set_label(double label);
  Status set_weight(double layer, double index, double value);
  Status set_rate(double rate);
  Status set_activation(int layer, const std::string& name);
  Status select(double layer, double index, bool check);
  Status predict(double value);
  void add_verbs();
  void add_net_verbs();
  std::string narrate_small() const;
  std::string narrate_digits() const;
  std::string result_words() const;
  std::string run_text(const Run& run) const;
  static Result<Run> parse_run(const std::string& text, float rate, int most);

  Setup setup_;
  Computed computed_;
  std::unique_ptr<DigitNet> digits_;
  std::optional<GradientComparison> checked_;
};

}  // namespace kg
