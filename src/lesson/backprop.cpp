#include "lesson/backprop.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr float kSmallRate = 1, kDigitRate = 0.02f;  // that lower the loss, at first
constexpr float kFreshInputs[] = {0.5f, 0.8f};

const SmallPass::LayerPass& layer_of(const SmallPass& pass, int layer) {
  return pass.layers[static_cast<std::size_t>(layer)];
}

}  // namespace

int BackpropLesson::Run::updates() const {
  int sum = 0;
  for (const Stretch& stretch : done) sum += stretch.updates;
  return sum;
}

// Takes them back, too: those of the last stretch.
void BackpropLesson::Run::add(int updates) {
  if (done.empty() || (updates > 0 && done.back().rate != rate)) done.push_back({rate, 0});
  done.back().updates += updates;
  if (done.back().updates == 0) done.pop_back();
}

// The label is the class that the fresh net does not predict: there is something to learn.
BackpropLesson::Setup::Setup(std::uint64_t from)
    : seed(from),
      start(SmallNet::from_seed(from)),
      example{{std::begin(kFreshInputs), std::end(kFreshInputs)}, 0},
      run{kSmallRate},
      picture(from),
      digit_run{kDigitRate} {
  digit_label = picture.digit();
  if (SmallNetwork(start).pass(example)->prediction == 0) example.label = 1;
}

BackpropLesson::BackpropLesson(std::uint64_t seed) : setup_(seed) {
  (void)keep(setup_, true);
  start_scene();
  add_verbs();
}

Result<BackpropLesson::Computed> BackpropLesson::compute(const Setup& setup) {
  Computed c;
  auto network = std::make_unique<SmallNetwork>(setup.start);
  Result<SmallPass> pass = network->pass(setup.example);
  if (!pass) return pass.error();
  c.net = setup.start;
  c.pass = std::move(pass).value();
  c.losses.push_back(c.pass.loss);
  for (const Stretch& stretch : setup.run.done) {
    for (int k = 0; k < stretch.updates; ++k) {
      if (!network->update(setup.example, stretch.rate)) break;
      Result<SmallPass> after = network->pass(setup.example);
      if (!after) break;
      c.net = network->net();
      c.pass = std::move(after).value();
      c.losses.push_back(c.pass.loss);
      ++c.done;
    }
  }
  network = std::make_unique<SmallNetwork>(c.net);
  const Status updated = network->update(setup.example, setup.run.rate);
  c.next = network->net();
  if (!updated) return c;
  if (Result<SmallPass> after = network->pass(setup.example)) c.after = std::move(after).value();
  return c;
}

// With the updates of its run; a run that leads nowhere is shortened.
Result<std::unique_ptr<DigitNet>> BackpropLesson::compute_digits(Setup& setup) {
  Result<std::unique_ptr<DigitNet>> net =
      DigitNet::make(setup.picture.pixels(), setup.digit_label, setup.digit_run.rate, setup.seed);
  if (!net) return net;
  Run done{setup.digit_run.rate};
  for (const Stretch& stretch : setup.digit_run.done) {
    (*net)->set_rate(stretch.rate);
    done.rate = stretch.rate;
    for (int k = 0; k < stretch.updates && (*net)->update(); ++k) done.add(1);
  }
  done.rate = setup.digit_run.rate;
  (*net)->set_rate(done.rate);
  setup.digit_run = done;
  return net;
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status BackpropLesson::edit(const std::function<Status(Setup&)>& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  const bool new_digits =
      next.seed != setup_.seed || next.digit_label != setup_.digit_label ||
      next.digit_run.done != setup_.digit_run.done ||
      next.picture.pixels().shape() != setup_.picture.pixels().shape() ||
      !std::equal(next.picture.pixels().values().begin(), next.picture.pixels().values().end(),
                  setup_.picture.pixels().values().begin());
  return keep(std::move(next), new_digits);
}

// The weights as they are become the start of a new run; a prediction was about the former numbers.
Status BackpropLesson::edit_net(const std::function<Status(Setup&)>& change) {
  return edit([&](Setup& s) {
    s.start = net();
    s.run.done.clear();
    s.predicted.reset();
    return change(s);
  });
}

Status BackpropLesson::keep(Setup next, bool new_digits) {
  Result<Computed> computed = compute(next);
  if (!computed) return computed.error();
  if (computed->done < next.run.updates()) {
    return Error{"This run leads to numbers that are too large: it diverges at update " +
                 std::to_string(computed->done + 1) + "."};
  }
  std::unique_ptr<DigitNet> digits;
  if (new_digits || !digits_) {
    Result<std::unique_ptr<DigitNet>> made = compute_digits(next);
    if (!made) return made.error();
    digits = std::move(made).value();
  }
  const bool other_scene = next.scene != scene();
  const bool other_rate = next.digit_run.rate != setup_.digit_run.rate;
  if (other_scene) next.selected.reset(), next.checked = false;
  setup_ = std::move(next);
  computed_ = std::move(computed).value();
  if (digits) {
    digits_ = std::move(digits);
  } else if (other_rate) {
    digits_->set_rate(setup_.digit_run.rate);
  }
  if (other_scene) start_scene();
  look_again();
  return Done{};
}

void BackpropLesson::look_again() {
  checked_.reset();
  if (!setup_.checked || !selected()) return;
  const WeightPlace& at = *selected();
  checked_ = scene() == Scene::small ? SmallNetwork(net()).check(example(), at.layer, at.index)
                                     : digits_->check(DigitNet::kTrained[at.layer], at.index);
}

void BackpropLesson::start_scene() {
  timeline_.pause();
  timeline_.set_words("step", "number");
  if (scene() == Scene::small) {
    timeline_.set_steps(backprop_ticks());
  } else {
    timeline_.set_length(kDigitSteps, 1);
  }
  (void)timeline_.set_speed(usual_speed());
  (void)timeline_.seek(0);
}

WeightGrid BackpropLesson::grid(int layer) const {
  if (scene() == Scene::small) return small_grid(layer);
  const int of = DigitNet::kTrained[layer];
  const std::vector<int>& shape = digits_->now().parameters(of)[0].shape;
  if (shape.size() == 4) return {.height = shape[0], .width = shape[1], .in = shape[2], .out = shape[3]};
  const SampleShape& before = digits_->now().shape(DigitNet::flatten);
  return {.height = before.h(), .width = before.w(), .in = before.c(), .out = shape[1]};
}

double BackpropLesson::loss_after() const {
  if (scene() == Scene::small) return computed_.after ? computed_.after->loss : pass().loss;
  return digits_->loss_after();
}

int BackpropLesson::prediction_after() const {
  if (diverges()) return prediction();
  return scene() == Scene::small ? computed_.after->prediction : digits_->prediction_after();
}

const std::vector<double>& BackpropLesson::losses() const {
  return scene() == Scene::small ? computed_.losses : digits_->losses();
}

bool BackpropLesson::rose() const { return updates() > 0 && losses().back() > losses()[losses().size() - 2]; }

std::string BackpropLesson::advice() const {
  const std::string from = significant_text(static_cast<double>(rate()));
  const std::string smaller = "Try a smaller learning rate, " +
                              significant_text(static_cast<double>(rate()) / 10) + " instead of " + from +
                              ", or rewind.";
  if (diverges()) return "Training has diverged: the next loss would be too large to be a number. " + smaller;
  if (loss_after() > loss()) {
    return "With this learning rate the loss rises, from " + significant_text(loss()) + " to " +
           significant_text(loss_after()) + ": the step goes too far. " + smaller;
  }
  if (rose()) {
    return "The last update made the loss rise, from " + significant_text(losses()[losses().size() - 2]) +
           " to " + significant_text(loss()) + ". " + smaller;
  }
  return "";
}

int BackpropLesson::reached(BackpropStep step) const {
  const int k = static_cast<int>(step);
  if (k < timeline_.steps_done()) return backprop_ticks()[static_cast<std::size_t>(k)];
  return k == timeline_.step() && !timeline_.at_end() ? timeline_.ticks_shown() : 0;
}

std::optional<Moment> BackpropLesson::moment() const {
  const int step = timeline_.step(), shown = timeline_.ticks_shown();
  if (shown > 0) return Moment{static_cast<BackpropStep>(step), shown - 1};
  if (step == 0) return std::nullopt;
  return Moment{static_cast<BackpropStep>(step - 1),
                backprop_ticks()[static_cast<std::size_t>(step - 1)] - 1};
}

std::optional<Moment> BackpropLesson::coming() const {
  const int step = timeline_.step(), shown = timeline_.ticks_shown();
  if (shown < timeline_.ticks()) return Moment{static_cast<BackpropStep>(step), shown};
  if (step + 1 < timeline_.steps()) return Moment{static_cast<BackpropStep>(step + 1), 0};
  return std::nullopt;
}

double BackpropLesson::selected_value() const {
  const WeightPlace& at = *selected();
  const std::size_t index = static_cast<std::size_t>(at.index), layer = static_cast<std::size_t>(at.layer);
  if (scene() == Scene::small) return static_cast<double>(net().parameters[layer][index]);
  const auto& list = digits_->now().parameters(DigitNet::kTrained[at.layer]);
  const std::size_t weights = list[0].values.size();
  return static_cast<double>(index < weights ? list[0].values[index] : list[1].values[index - weights]);
}

double BackpropLesson::selected_next() const {
  const WeightPlace& at = *selected();
  const std::size_t index = static_cast<std::size_t>(at.index), layer = static_cast<std::size_t>(at.layer);
  if (scene() == Scene::small) return static_cast<double>(next().parameters[layer][index]);
  const auto& list = digits_->next().parameters(DigitNet::kTrained[at.layer]);
  const std::size_t weights = list[0].values.size();
  return static_cast<double>(index < weights ? list[0].values[index] : list[1].values[index - weights]);
}

double BackpropLesson::selected_gradient() const {
  const WeightPlace& at = *selected();
  const std::size_t index = static_cast<std::size_t>(at.index);
  if (scene() == Scene::small) return static_cast<double>(layer_of(pass(), at.layer).gradients[index]);
  const auto& list = digits_->now().parameters(DigitNet::kTrained[at.layer]);
  const std::size_t weights = list[0].values.size();
  return static_cast<double>(index < weights ? list[0].gradient[index] : list[1].gradient[index - weights]);
}

std::string BackpropLesson::selected_name() const {
  const WeightPlace& at = *selected();
  if (scene() == Scene::small) return name_of_weight(at);
  const WeightGrid::Place place = grid(at.layer).place(at.index);
  const std::string layer = digits_->now().name(DigitNet::kTrained[at.layer]),
                    out = std::to_string(place.out);
  if (at.layer == 2) {
    return place.bias
               ? layer + ", bias of output " + out
               : layer + ", from channel " + std::to_string(place.in) + ", row " + std::to_string(place.row) +
                     ", column " + std::to_string(place.col) + " to output " + out;
  }
  return place.bias ? layer + ", bias of filter " + out
                    : layer + ", filter " + out + ", channel " + std::to_string(place.in) + ", row " +
                          std::to_string(place.row) + ", column " + std::to_string(place.col);
}

bool BackpropLesson::predicted_right() const {
  if (!predicted() || reached(predicted()->of.step) <= predicted()->of.tick) return false;
  const double truth = chain_rule().at(predicted()->of).result;
  // To the second digit that counts, which is what one can work out with the numbers on the stage.
  return std::abs(predicted()->value - truth) <= std::max(0.02 * std::abs(truth), 0.0005);
}

std::vector<Task> BackpropLesson::tasks() const {
  const std::vector<double>& losses = computed_.losses;
  bool overshot = false;
  for (std::size_t k = 1; k < losses.size(); ++k) overshot = overshot || losses[k] > losses[k - 1];
  const int first = SmallNetwork(setup_.start).pass(example())->prediction;
  const std::vector<double>& digit = digits_->losses();
  return {{"flip", computed_.done > 0 && first != example().label && pass().prediction == example().label},
          {"predict", scene() == Scene::small && predicted_right()},
          {"overshoot", overshot},
          {"digit", digits_->updates() > 0 && digit.back() <= digit.front() / 2}};
}

std::vector<std::string> BackpropLesson::controls() const {
  return {"view",   "inputs", "label",   "weights",   "activation", "rate",
          "update", "curve",  "picture", "transport", "speed"};
}

}  // namespace kg
