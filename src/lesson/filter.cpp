#include "lesson/filter.h"

#include <algorithm>
#include <cmath>

#include "engine/layers/conv2d.h"
#include "lesson/filter_verbs.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kSide = FilterBank::kSide;
constexpr const char* kEdges[] = {"top_edge", "bottom_edge", "left_edge", "right_edge"};

// The four classic edge detectors, with which a fresh lesson begins.
FilterBank edge_detectors(int channels) {
  FilterBank bank;
  for (int i = 0; i < 4; ++i) (void)bank.set_preset(i, kEdges[i], 0, channels);
  return bank;
}

// A sum that should be 0 may miss it by its roundings; so much of the largest response is none.
constexpr float kHair = 1e-6f;

}  // namespace

FilterLesson::FilterLesson(std::uint64_t seed)
    : setup_{Picture(seed), edge_detectors(1), 0, Look::positive, {}, true} {
  timeline_.set_words("filter", "row");
  (void)timeline_.set_speed(kUsualSpeed);
  (void)edit([](Setup&) { return Status(Done{}); });
  timeline_.finish();
  add_verbs();
}

// The rows come in while the step's first part passes, and all are there at its rest (timeline.h).
int FilterLesson::written(int filter) const {
  if (filter < timeline_.steps_done()) return cells();
  if (filter > timeline_.step()) return 0;
  const double share = timeline_.phase() / Timeline::kRest;
  return std::clamp(static_cast<int>(share * cells() + 1e-6), 0, cells());
}

std::optional<FilterLesson::Cell> FilterLesson::strongest(int filter, bool positive) const {
  const float sign = positive ? 1.0f : -1.0f;
  const float hair = kHair * reaches_[static_cast<std::size_t>(filter)];
  const Shape& shape = output_.shape();
  std::optional<Cell> best;
  float most = hair;  // no response is stronger than none
  for (int row = 0; row < shape.h; ++row) {
    for (int col = 0; col < shape.w; ++col) {
      const float value = sign * output_.at(0, row, col, filter);
      // Of values that differ by their roundings alone the first one stays.
      if (value > most + hair) best = Cell{row, col}, most = value;
    }
  }
  return best;
}

FilterLesson::Cell FilterLesson::looked_at() const {
  if (setup_.look == Look::cell) return setup_.at;
  const bool positive = setup_.look == Look::positive;
  const std::optional<Cell> wanted = strongest(chosen(), positive);
  return wanted ? *wanted : strongest(chosen(), !positive).value_or(Cell{});
}

std::vector<float> FilterLesson::block(const Cell& at) const {
  const Tensor& in = picture().pixels();
  std::vector<float> values;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      for (int c = 0; c < in.shape().c; ++c) values.push_back(in.at(0, at.row + y, at.col + x, c));
    }
  }
  return values;
}

std::vector<float> FilterLesson::products(int filter, const Cell& at) const {
  std::vector<float> values = block(at);
  const std::vector<float> weight = weights(filter);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] *= weight[k];
  return values;
}

float FilterLesson::reach(int filter) const {
  const float most = common_scale() ? *std::max_element(reaches_.begin(), reaches_.end())
                                    : reaches_[static_cast<std::size_t>(filter)];
  return most > 0 ? most : 1;
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status FilterLesson::edit(const std::function<Status(Setup&)>& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  const Tensor& in = next.picture.pixels();
  next.bank.widen(in.shape().c);
  Result<Tensor> output = conv2d(in, next.bank.filters(in.shape().c), {}, {});
  if (!output) return output.error();
  setup_ = std::move(next);
  output_ = std::move(output).value();
  measure();
  const Shape& shape = output_.shape();
  setup_.chosen = std::min(setup_.chosen, shape.c - 1);
  setup_.at = {std::min(setup_.at.row, shape.h - 1), std::min(setup_.at.col, shape.w - 1)};
  const bool at_end = timeline_.at_end();
  timeline_.set_length(shape.c, shape.h);
  if (at_end) timeline_.finish();
  return Done{};
}

void FilterLesson::measure() {
  const std::span<const float> pixels = picture().pixels().values();
  darkest_ = *std::min_element(pixels.begin(), pixels.end());
  lightest_ = *std::max_element(pixels.begin(), pixels.end());
  const std::span<const float> values = output_.values();
  reaches_.assign(static_cast<std::size_t>(output_.shape().c), 0);
  for (std::size_t k = 0; k < values.size(); ++k) {
    float& most = reaches_[k % reaches_.size()];
    most = std::max(most, std::abs(values[k]));
  }
}

// A filter that has just been added is the one to look at.
Status FilterLesson::edit_filters(const std::function<Status(FilterBank&, int)>& change) {
  const int before = bank().count();
  const Status changed = edit([&](Setup& s) { return change(s.bank, s.picture.pixels().shape().c); });
  return changed && bank().count() > before ? choose(bank().count() - 1) : changed;
}

Status FilterLesson::choose(double index) {
  if (!(index >= 0 && index < bank().count())) {
    return Error{"The filters are 0 to " + std::to_string(bank().count() - 1) + "; " + number_text(index, 0) +
                 " is none of them."};
  }
  setup_.chosen = static_cast<int>(index);
  timeline_.pause();
  timeline_.finish();
  return Done{};
}

Status FilterLesson::look_at(const std::string& sign) {
  if (sign != "positive" && sign != "negative") {
    return Error{"One can look at the strongest positive or negative place; " + in_quotes(sign) +
                 " is neither."};
  }
  setup_.look = sign == "positive" ? Look::positive : Look::negative;
  return Done{};
}

Status FilterLesson::look_at_cell(double row, double col) {
  const Shape& shape = output_.shape();
  if (!(row >= 0 && row < shape.h && col >= 0 && col < shape.w)) {
    return Error{"The output has rows 0 to " + std::to_string(shape.h - 1) + " and columns 0 to " +
                 std::to_string(shape.w - 1) + "; row " + number_text(row, 0) + ", column " +
                 number_text(col, 0) + " is outside."};
  }
  setup_.look = Look::cell;
  setup_.at = {static_cast<int>(row), static_cast<int>(col)};
  return Done{};
}

Status FilterLesson::set_scale(const std::string& scale) {
  if (scale != "common" && scale != "own") {
    return Error{"The scale of the colours is common or own; " + in_quotes(scale) + " is neither."};
  }
  setup_.common_scale = scale == "common";
  return Done{};
}

Status FilterLesson::random_filters(double count) {
  if (!(count >= 1 && count <= FilterBank::kMaxFilters)) {
    return Error{"There is room for 1 to " + std::to_string(FilterBank::kMaxFilters) + " filters; " +
                 number_text(count, 0) + " is outside."};
  }
  const int wanted = static_cast<int>(count);
  const Status made = edit([&](Setup& s) {
    FilterBank bank;
    for (int i = 0; i < wanted; ++i) {
      const std::uint64_t draw = seed() + random_filters_ + static_cast<std::uint64_t>(i);
      if (Status set = bank.set_preset(i, "random", draw, s.picture.pixels().shape().c); !set) return set;
    }
    s.bank = std::move(bank);
    return Status(Done{});
  });
  if (made) random_filters_ += static_cast<std::uint64_t>(wanted);
  return made ? choose(0) : made;
}

void FilterLesson::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  add_picture_verbs(
      [this](const std::function<Status(Picture&)>& change) {
        return edit([&](Setup& s) { return change(s.picture); });
      },
      verbs_);
  add_filter_verbs(
      [this](const std::function<Status(FilterBank&, int)>& change) { return edit_filters(change); },
      [this] { return seed(); }, random_filters_, verbs_);
  verbs_.push_back(
      {"edge_detectors", {}, "The four classic edge detectors, side by side.", [this](const Args&) {
         const Status made = edit([](Setup& s) {
           s.bank = edge_detectors(s.picture.pixels().shape().c);
           return Status(Done{});
         });
         return made ? choose(0) : made;
       }});
  verbs_.push_back({"random_filters",
                    {{"count", Type::integer, "1 to 8"}},
                    "So many new random filters: how training starts.",
                    [this](const Args& a) { return random_filters(a.number(0)); }});
  verbs_.push_back({"choose",
                    {{"index", Type::integer, "which filter"}},
                    "Look at one of the filters, with all outputs on the stage.",
                    [this](const Args& a) { return choose(a.number(0)); }});
  verbs_.push_back({"look",
                    {{"sign", Type::text, "positive or negative"}},
                    "Look at the chosen filter's strongest place of this sign.",
                    [this](const Args& a) { return look_at(a.text(0)); }});
  verbs_.push_back({"look_at",
                    {{"row", Type::integer, "of the output"}, {"col", Type::integer, "of the output"}},
                    "Look at one cell of the chosen filter's output.",
                    [this](const Args& a) { return look_at_cell(a.number(0), a.number(1)); }});
  verbs_.push_back({"set_scale",
                    {{"scale", Type::text, "common or own"}},
                    "One scale for the colours of all outputs, or each its own.",
                    [this](const Args& a) { return set_scale(a.text(0)); }});
}

std::vector<std::string> FilterLesson::controls() const {
  return {"picture", "presets", "editor", "filters", "scale", "places", "transport", "speed"};
}

}  // namespace kg
