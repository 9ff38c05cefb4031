// The batchnorm lesson's verbs: scenes, the table of drivers, the three steps, and the training.
#include <algorithm>
#include <cmath>

#include "lesson/batchnorm.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

using Type = Param::Type;

Status check_range(double value, double least, double most, const char* what, int digits = 3) {
  if (value >= least && value <= most) return Done{};
  return Error{std::string(what) + " " + number_text(least, digits) + " to " + number_text(most, digits) +
               "; " + number_text(value, 4) + " is outside."};
}

}  // namespace

void BatchnormLesson::add_table_verbs() {
  verbs_.push_back({"load_preset",
                    {{"name", Type::text, "miles_age, three_steps or training"}},
                    "Go to a scene, as it was at first; in training the runs begin anew.",
                    [this](const Args& a) { return load_preset(a.text(0)); }});
  verbs_.push_back({"set_view",
                    {{"scene", Type::text, "miles_age, three_steps or training"}},
                    "Go to a scene, as it was left.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        for (const ScenePreset& one : presets()) {
                          if (a.text(0) == one.name) return s.scene = one.scene, Status(Done{});
                        }
                        return Status(Error{"The scenes are miles_age, three_steps and training; " +
                                            in_quotes(a.text(0)) + " is none of them."});
                      });
                    }});
  verbs_.push_back({"set_scaling",
                    {{"scaling", Type::text, "raw, scaled or standardised"}},
                    "How the drivers’ numbers are shown, and handed to the neuron.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        const std::optional<Scaling> named = scaling_named(a.text(0));
                        if (!named) {
                          return Status(Error{"The numbers are raw, scaled or standardised; " +
                                              in_quotes(a.text(0)) + " is none of them."});
                        }
                        return s.scaling = *named, Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_driver",
                    {{"driver", Type::integer, "1 to 10"},
                     {"column", Type::text, "miles or age"},
                     {"value", Type::number, "0 to 1000000 miles, or 0 to 120 years"}},
                    "Change one number of the table.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        if (Status fine = check_range(a.integer(0), 1, kDrivers, "There are drivers"); !fine)
                          return fine;
                        const std::optional<Column> column = column_named(a.text(1));
                        if (!column) {
                          return Status(Error{"The columns are miles and age; " + in_quotes(a.text(1)) +
                                              " is none of them."});
                        }
                        Driver& driver = s.drivers[static_cast<std::size_t>(a.integer(0) - 1)];
                        const bool miles = *column == Column::miles;
                        Status fine =
                            check_range(a.number(2), 0, miles ? Driver::kMostMiles : Driver::kMostAge,
                                        miles ? "Miles are" : "An age is");
                        if (fine) (miles ? driver.miles : driver.age) = a.number(2);
                        return fine;
                      });
                    }});
  verbs_.push_back({"reset_drivers", {}, "The table as it was at first.", [this](const Args&) {
                      return edit([&](Setup& s) { return s.drivers = make_drivers(seed_), Status(Done{}); });
                    }});
  verbs_.push_back({"predict",
                    {{"z", Type::number, "−100 to 100"}},
                    "Say what the first driver’s miles become when they are standardised.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        if (s.scene == Scene::miles_age && s.scaling == Scaling::standardised) {
                          return Status(Error{
                              "The standardised miles stand in the table: go back to the raw ones first."});
                        }
                        Status fine = check_range(a.number(0), -100, 100, "A standardised number is here");
                        if (fine) s.predicted = a.number(0);
                        return fine;
                      });
                    }});
}

void BatchnormLesson::add_step_verbs() {
  const auto factor = [this](const char* name, const char* param, const char* about, double Setup::*which) {
    verbs_.push_back({name, {{param, Type::number, "−10 to 10"}}, about, [this, param, which](const Args& a) {
                        return edit([&](Setup& s) {
                          const std::string what = std::string(param) + " is";
                          Status fine = check_range(a.number(0), -kMostFactor, kMostFactor, what.c_str());
                          if (fine) s.*which = a.number(0);
                          return fine;
                        });
                      }});
  };
  factor("set_gamma", "gamma", "g, what z is multiplied by.", &Setup::gamma);
  factor("set_beta", "beta", "b, what is added to z·g.", &Setup::beta);
  verbs_.push_back({"set_unit",
                    {{"unit", Type::integer, "1 to 32"}},
                    "Whose activations are looked at.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        Status fine = check_range(a.integer(0), 1, NormBatches::kUnits, "There are units");
                        if (fine) s.unit = a.integer(0);
                        return fine;
                      });
                    }});
  const auto go_to = [this](double batch) {
    return edit([&](Setup& s) {
      Status fine = check_range(batch, 1, NormBatches::kMostBatches, "There are batches");
      if (fine) s.batch = static_cast<int>(batch);
      return fine;
    });
  };
  verbs_.push_back({"set_batch",
                    {{"batch", Type::integer, "1 to 1000"}},
                    "Go to a batch; the moving averages have seen all up to it.",
                    [go_to](const Args& a) { return go_to(a.integer(0)); }});
  verbs_.push_back({"next_batch",
                    {{"count", Type::integer, "1 to 1000; without it, one", true}},
                    "The next batch of digits, or the one so many further on.",
                    [this, go_to](const Args& a) {
                      const int count = a.has(0) ? a.integer(0) : 1;
                      if (count < 1) return check_range(count, 1, NormBatches::kMostBatches, "Go on by");
                      return go_to(static_cast<double>(batch()) + count);
                    }});
  verbs_.push_back({"set_statistics",
                    {{"which", Type::text, "batch or moving"}},
                    "What x is normalised with: the batch’s own mean and variance, or the moving averages.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        const std::string which = a.text(0);
                        if (which != "batch" && which != "moving") {
                          return Status(Error{"Mean and variance are those of the batch or moving; " +
                                              in_quotes(which) + " is neither."});
                        }
                        return s.moving = which == "moving", Status(Done{});
                      });
                    }});
}

// Training comes into sight with its verbs. An update from one image has no mean and variance worth the name.
void BatchnormLesson::add_training() {
  add_training_verbs();
  std::erase_if(verbs_, [](const Verb& verb) { return verb.name == "step_image"; });
  for (const char* const name : {"train", "train_epoch", "play", "rewind"}) {
    const auto verb =
        std::find_if(verbs_.begin(), verbs_.end(), [&](const Verb& v) { return v.name == name; });
    verb->run = [this, run = verb->run](const Args& a) {
      Status done = run(a);
      if (done) setup_.scene = Scene::training;
      return done;
    };
  }
  verbs_.push_back({"set_rate",
                    {{"rate", Type::number, "0.001 to 10"}},
                    "The learning rate of both runs, at any time.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        Status fine = check_range(a.number(0), kLeastRate, kMostRate, "The learning rate is");
                        if (fine) s.rate = a.number(0);
                        return fine;
                      });
                    }});
}

}  // namespace kg
