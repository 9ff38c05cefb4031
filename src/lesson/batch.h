// The lesson `batch`: what a batch and an epoch are, and what the size of the batches does to learning.
//
// Three scenes:
//   epoch    a set of images and the batches of one epoch; a step of the timeline is one batch
//   race     up to four runs from the same first weights, each with its own batch size, over updates, over
//            epochs or over the seconds they took
//   surface  the loss of a model of two weights as a landscape, and the path that each batch size takes in
//   it;
//            a step of the timeline is one update
//
// All of them use the same set of images.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "lesson/loss_surface.h"
#include "lesson/training_lesson.h"

namespace kg {

class BatchLesson final : public TrainingLesson {
 public:
  static constexpr int kLeastImages = 10, kMostImages = 2000, kValidation = 400;
  static constexpr int kMostRuns = 4, kMostEpochs = 100;
  static constexpr int kShrink = 2;  // digits are learned from at 14×14: an update of all images stays short
  static constexpr double kUsualSpeed = 10;  // of the timelines, steps a second
  static constexpr double kSmooth = 1.5;     // a path is smooth if it is not that many times as long as
                                             // the full batch’s
  static constexpr int kCompared = 5;        // epochs, of the task that compares

  enum class Scene { epoch, race, surface };
  enum class Along { updates, epochs, seconds };  // what the race’s x axis is
  static const char* name_of(Scene scene);
  static const char* name_of(Along along);

  explicit BatchLesson(std::uint64_t seed);

  Scene scene() const { return setup_.scene; }
  Along along() const { return setup_.along; }
  int images() const { return setup_.images; }
  int batch_size() const { return setup_.batch_size; }
  int epochs() const { return setup_.epochs; }
  int epoch() const { return setup_.epoch; }  // which one is shown, from 1 on
  bool shuffled() const { return setup_.shuffled; }
  bool hidden() const { return setup_.hidden; }  // the number of batches, to be predicted
  const std::optional<int>& predicted() const { return setup_.predicted; }

  // Of one epoch of the scene `epoch`.
  int batches() const { return (images() + batch_size() - 1) / batch_size(); }
  int last_batch_size() const { return images() - (batches() - 1) * batch_size(); }
  // Which place in the epoch’s order each image has, and which image has each place.
  const std::vector<int>& order() const { return order_; }
  int updates_shown() const { return timeline_.steps_done() + (at_rest() ? 1 : 0); }
  // The batch of this moment, as places in the order: first … first + count − 1; none at the end.
  struct Range {
    int first = 0, count = 0;
  };
  Range now() const;

  // Batch sizes of the runs, ascending; 0 stands for all images.
  const std::vector<int>& sizes() const { return setup_.sizes; }
  int size_of(int i) const;              // in images
  std::string name_of_run(int i) const;  // "10", "all 1000"
  double learning_rate() const { return setup_.learning_rate; }
  // All live runs have done all epochs.
  bool finished() const;
  int epochs_done() const;  // whole ones that every run has done that goes on

  // Who is ahead: each run’s validation accuracy at the furthest place that all have come to.
  struct Standing {
    int leader = -1;                 // −1: no common point beyond the start
    double at = 0;                   // on the axis
    std::vector<double> accuracies;  // of the runs; −1 of one that has diverged
  };
  Standing standing(Along along) const;
  static double place_of(const CurvePoint& point, Along along, int images);

  // Null until the digits are there.
  const LossSurface* surface() const { return surface_.get(); }
  const std::vector<LossSurface::Path>& paths() const;  // one for each size; empty without a surface
  const LossSurface::Path& full_path() const;           // of full batches, to compare with
  bool smooth(const LossSurface::Path& path) const;
  double surface_rate() const { return setup_.surface_rate; }
  const LossSurface::Weights& start() const { return setup_.start; }
  double updates_walked() const;  // of a path, at this moment of the timeline; 0 to LossSurface::kUpdates

  // The digits as they are learned from, 14×14; null until they are there.
  const Digits& small_digits() const { return small_training_; }

  bool playing() const override;
  bool has_timeline() const override { return scene() != Scene::race && !hidden(); }
  bool advance(double seconds) override;
  void took(double seconds) override { runs_.took(seconds); }

  Json state() const override;
  std::string narrate() const override;
  std::string keras_code() const override;
  LinkParams save() const override;
  std::vector<std::string> load(const LinkParams& params) override;
  std::vector<Task> tasks() const override;
  std::vector<std::string> controls() const override;
  std::uint64_t seed() const override { return setup_.seed; }

 protected:
  Status take_digits() override;
  void trained() override;
  bool has_piece() const override;
  void do_piece() override;

 private:
  struct Setup {
    std::uint64_t seed = 0;
    Scene scene = Scene::epoch;
    int images = 1000, batch_size = 10, epochs = 20, epoch = 1;
    bool shuffled = true, hidden = false;
    std::optional<int> predicted = {};
    std::vector<int> sizes = {1, 10, 100, 0};
    Along along = Along::epochs;
    double learning_rate = 0.1;
    double surface_rate = 0.3;
    LossSurface::Weights start = {-0.75, 1.25};
  };
  using Change = std::function<Status(Setup&)>;

  Status edit(const Change& change);
  static Status check(const Setup& setup);
  void build_runs();
  void want_surface();
  double common_place(Along along) const;
  void make_order();
  void set_timeline(bool other_scene);
  void validate_when_due();
  bool at_rest() const { return !timeline_.at_end() && timeline_.ticks_shown() == timeline_.ticks(); }
  Status set_learning_rate(double rate);
  Status set_images(double images);
  Status set_sizes(std::span<const float> sizes);
  Status load_preset(const std::string& name);
  Status predict(double batches);
  void challenge(Setup& setup) const;
  Status set_scene(const std::string& name);
  Status set_along(const std::string& name);
  Status train_until(std::function<std::int64_t()> goal);
  void train_epochs(int epochs);
  Verb take_verb(const std::string& name);
  void add_verbs();
  void add_set_verbs();
  void add_race_verbs();
  Json runs_json() const;
  Json surface_json() const;
  std::string narrate_epoch() const;
  std::string narrate_race() const;
  std::string narrate_surface() const;

  Setup setup_;
  std::vector<int> order_;
  bool steady_ = true;  // nothing was changed while the runs were on their way: a link can repeat it
  Digits small_training_, small_validation_;
  std::unique_ptr<LossSurface> surface_;
  mutable std::vector<LossSurface::Path> paths_;
  mutable LossSurface::Path full_path_;
  mutable bool stale_ = true;
};

}  // namespace kg
