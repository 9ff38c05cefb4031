#include "lesson/padding.h"

#include <algorithm>
#include <cmath>

#include "engine/layers/conv2d.h"
#include "engine/rng.h"
#include "lesson/number_text.h"

namespace kg {
namespace {

using Setting = PaddingLesson::Setting;

struct Range {
  const char* what;
  int least, most;
};

Range range_of(Setting which) {
  switch (which) {
    case Setting::n:
      return {"The input’s side n", 1, PaddingLesson::kMaxSide};
    case Setting::f:
      return {"The filter’s side f", 1, PaddingLesson::kMaxFilter};
    case Setting::p:
      return {"The border p", 0, PaddingLesson::kMaxBorder};
    case Setting::s:
      return {"The stride s", 1, PaddingLesson::kMaxStride};
    case Setting::layers:
      return {"The number of layers", 1, PaddingLesson::kMaxLayers};
  }
  return {};
}

std::string square(int side) { return std::to_string(side) + "×" + std::to_string(side); }

Tensor convolved(const Tensor& picture, const PaddedAxis& axis, const Filters& weights) {
  Conv2DSettings settings;
  settings.stride_y = settings.stride_x = axis.s;
  return conv2d(with_border(picture, axis), weights, {}, settings).value();
}

}  // namespace

const char* name_of(PaddingLesson::Mode mode) {
  switch (mode) {
    case PaddingLesson::Mode::valid:
      return "valid";
    case PaddingLesson::Mode::same:
      return "same";
    case PaddingLesson::Mode::custom:
      return "custom";
  }
  return "";
}

const char* name_of(PaddingLesson::Scene scene) {
  return scene == PaddingLesson::Scene::window ? "window" : "chain";
}

PaddingLesson::PaddingLesson(std::uint64_t seed) {
  setup_.seed = seed;
  computed_ = compute(setup_);
  place_timeline(setup_, {});
  add_verbs();
  add_choices();
}

PaddedAxis PaddingLesson::axis_of(const Setup& setup, int n) {
  PaddedAxis axis{n, setup.f, setup.s};
  if (setup.mode == Mode::same) {
    const WindowAxis keras = window_axis(n, setup.f, setup.s, 1, Padding::same);
    axis.before = keras.before, axis.after = keras.after;
  } else if (setup.mode == Mode::custom) {
    axis.before = axis.after = setup.p;
  }
  return axis;
}

Status PaddingLesson::check(const Setup& setup) {
  const PaddedAxis axis = axis_of(setup, setup.n);
  if (axis.fits()) return Done{};
  const std::string side = axis.before > 0 ? "n + 2p = " + std::to_string(axis.padded())
                                           : "n = " + std::to_string(axis.n) + ", without a border";
  return Error{"A " + square(axis.f) + " filter does not fit into " + square(axis.padded()) + " (" + side +
               "): it needs a smaller f, a larger n or a larger p."};
}

PaddingLesson::Computed PaddingLesson::compute(const Setup& setup) {
  Computed next;
  next.axis = axis_of(setup, setup.n);
  next.weights = simple_weights(setup.filter, setup.f);
  next.maps.push_back(padding_picture(setup.n, setup.digit, setup.seed));
  next.padded = with_border(next.maps.front(), next.axis);
  next.output = convolved(next.maps.front(), next.axis, next.weights);
  next.sizes.push_back(setup.n);
  for (int layer = 0; layer < setup.layers; ++layer) {
    const PaddedAxis axis = axis_of(setup, next.sizes.back());
    next.sizes.push_back(axis.out());
    if (!axis.fits()) break;
    next.maps.push_back(convolved(next.maps.back(), axis, next.weights));
  }
  return next;
}

Status PaddingLesson::set(Setup& setup, Setting which, double value) {
  const Range range = range_of(which);
  if (!(value >= range.least && value <= range.most) || value != std::floor(value)) {
    return Error{std::string(range.what) + " is a whole number from " + std::to_string(range.least) + " to " +
                 std::to_string(range.most) + "; " + number_text(value) + " is not."};
  }
  const int whole = static_cast<int>(value);
  switch (which) {
    case Setting::n:
      setup.n = whole;
      break;
    case Setting::f:
      setup.f = whole;
      break;
    case Setting::p:
      setup.p = whole;
      setup.mode = whole == 0 ? Mode::valid : Mode::custom;  // no border is what valid means
      break;
    case Setting::s:
      setup.s = whole;
      break;
    case Setting::layers:
      setup.layers = whole;
      break;
  }
  return check(setup);
}

Status PaddingLesson::can_set(Setting which, double value) const {
  Setup next = setup_;
  return set(next, which, value);
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status PaddingLesson::edit(const std::function<Status(Setup&)>& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  if (Status fits = check(next); !fits) return fits;
  const Setup before = setup_;
  const Stop here = stop(timeline_.step());
  // What was said of another output says nothing of this one.
  if (axis_of(next, next.n) != axis()) next.predicted.reset();
  setup_ = next;
  computed_ = compute(next);
  place_timeline(before, here);
  return Done{};
}

// Stays at the same stop, or at the nearest that still exists. Another scene begins anew, the chain with all
// its layers; what was hidden is shown as a whole.
void PaddingLesson::place_timeline(const Setup& before, const Stop& stop) {
  const bool at_end = timeline_.at_end(), chain = scene() == Scene::chain;
  const double phase = timeline_.phase();
  const int last = axis().out() - 1, layer = timeline_.step();
  timeline_.set_words(chain ? "layer" : "stop", chain ? "picture" : "product");
  if (chain) {
    timeline_.set_length(static_cast<int>(sizes().size()) - 1, 1);
  } else {
    // The number of stops would tell the size that is to be predicted.
    timeline_.set_length(hidden() ? 1 : (last + 1) * (last + 1), axis().f * axis().f);
  }
  const bool new_scene = before.scene != scene();
  if (chain ? new_scene || at_end : !new_scene && !hidden() && (at_end || before.hidden)) {
    timeline_.finish();
  } else if (new_scene || hidden()) {
    timeline_.pause();
    (void)timeline_.seek(0);
  } else if (chain) {
    timeline_.set_position(std::min(layer, timeline_.steps() - 1) + phase);
  } else {
    timeline_.set_position(std::min(stop.row, last) * (last + 1) + std::min(stop.col, last) + phase);
  }
}

PaddingLesson::Stop PaddingLesson::stop(int step) const {
  const PaddedAxis& a = axis();
  if (scene() == Scene::chain) step = 0;
  const int row = step / a.out(), col = step % a.out();
  return {row, col, row * a.s - a.before, col * a.s - a.before};
}

std::vector<float> PaddingLesson::block(const Stop& stop) const {
  const PaddedAxis& a = axis();
  std::vector<float> values;
  for (int y = 0; y < a.f; ++y) {
    for (int x = 0; x < a.f; ++x) {
      values.push_back(padded().at(0, stop.row * a.s + y, stop.col * a.s + x, 0));
    }
  }
  return values;
}

int PaddingLesson::zeros(const Stop& stop) const {
  const PaddedAxis& a = axis();
  const auto inside = [&](int from) { return std::max(0, std::min(from + a.f, a.n) - std::max(from, 0)); };
  return a.f * a.f - inside(stop.top) * inside(stop.left);
}

int PaddingLesson::written() const {
  return scene() == Scene::window && !hidden() ? timeline_.steps_done() : 0;
}

int PaddingLesson::layers_made() const {
  if (scene() == Scene::window) return 0;
  if (timeline_.at_end()) return timeline_.steps();
  return timeline_.step() + (timeline_.ticks_shown() == timeline_.ticks() ? 1 : 0);
}

PaddedAxis PaddingLesson::axis_at_hand() const {
  const int layer = std::max(layers_made() - 1, 0);
  return axis_of(setup_, sizes()[static_cast<std::size_t>(layer)]);
}

Status PaddingLesson::predict(int side) {
  if (!hidden()) {
    return Error{"The output’s side is in plain sight, it is " + std::to_string(axis().out()) +
                 ": ask for a riddle first, which hides it."};
  }
  return edit([&](Setup& s) {
    s.hidden = false;
    s.predicted = side;
    return Status(Done{});
  });
}

// Another geometry, made from the one on stage alone, so that a link needs to remember nothing of it.
void PaddingLesson::challenge(Setup& setup) const {
  const PaddedAxis& now = axis();
  Rng rng = Rng(setup.seed)
                .fork(static_cast<std::uint64_t>(((now.n * 16 + now.f) * 16 + now.before + now.after) * 16 +
                                                 now.s));
  const auto between = [&](int low, int high) {
    return low + static_cast<int>(rng.below(static_cast<std::uint32_t>(high - low + 1)));
  };
  do {
    setup.n = between(5, 14);
    setup.f = between(2, 5);
    setup.p = between(0, 2);
    setup.s = between(1, 3);
  } while (setup.n == now.n);
  setup.mode = setup.p == 0 ? Mode::valid : Mode::custom;
  setup.scene = Scene::window;
  setup.hidden = true;
  setup.predicted.reset();
}

std::vector<Task> PaddingLesson::tasks() const {
  const PaddedAxis& a = axis();
  const bool window = scene() == Scene::window && !hidden();
  const int layers_drawn = static_cast<int>(sizes().size()) - 1;
  return {
      {"seven_to_three", window && a.n == 7 && a.out() == 3},
      {"keep_the_size", window && mode() == Mode::custom && a.f == 5 && a.s == 1 && a.out() == a.n},
      {"nothing_left", scene() == Scene::chain && a.n == 28 && nothing_left() && layers() == layers_drawn},
      {"predict", predicted() == a.out()}};
}

std::vector<std::string> PaddingLesson::controls() const {
  return {"view", "size", "filter", "padding", "stride", "layers", "weights", "riddle", "transport", "speed"};
}

}  // namespace kg
