#include "lesson/pooling.h"

#include <algorithm>
#include <cmath>

#include "engine/layers/conv2d.h"
#include "lesson/number_text.h"
#include "lesson/tensor_json.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kDigitSide = 28;  // of the picture in the worked examples

// Four windows of 2×2 whose largest values are 9, 8, 6 and 5, each in another corner.
Tensor four_by_four() { return {{1, 4, 4, 1}, {1, 3, 2, 8, 9, 2, 0, 4, 6, 1, 2, 0, 0, 2, 1, 5}}; }

bool is_digit_sized(const Picture& picture) {
  const Shape& shape = picture.pixels().shape();
  return shape.h == kDigitSide && shape.w == kDigitSide;
}

Result<Tensor> convolve(const Picture& picture, FilterBank& bank) {
  const int channels = picture.pixels().shape().c;
  bank.widen(channels);
  return conv2d(picture.pixels(), bank.filters(channels), {}, Conv2DSettings());
}

}  // namespace

PoolingLesson::PoolingLesson(std::uint64_t seed) : setup_{Picture(seed)} {
  timeline_.set_words("cell", "value");
  (void)edit([](Setup&) { return Status(Done{}); });
  add_verbs();
}

LayerDescription PoolingLesson::layer(const Setup& setup, Mode mode) {
  const Size2 pool{setup.window, setup.window}, strides{setup.stride, setup.stride};
  if (mode == Mode::max) return MaxPooling2D{pool, strides, setup.padding};
  return AveragePooling2D{pool, strides, setup.padding};
}

Result<PoolingLesson::Computed> PoolingLesson::compute(Setup& setup) {
  Computed made;
  if (is_from_picture(setup.source)) {
    Result<Tensor> convolved = convolve(setup.picture, setup.bank);
    if (!convolved) return convolved.error();
    made.convolved = std::move(convolved).value();
    made.input = setup.source == Source::digit ? relu(made.convolved) : made.convolved;
  } else {
    made.input = setup.source == Source::four ? four_by_four() : setup.own;
  }
  const SampleShape in(made.input.shape().h, made.input.shape().w, 1);
  const Result<SampleShape> out = output_of(layer(setup, setup.mode), in);
  if (!out) return out.error();
  const auto pool = [&](Mode mode, Tensor& output) {
    output = Tensor(out->batch(1));
    std::unique_ptr<Layer> pooling = make_layer(layer(setup, mode), in);
    pooling->forward({output.values().data(), made.input.values().data(), 1, false});
    return pooling;
  };
  pool(setup.mode == Mode::max ? Mode::average : Mode::max, made.other);
  const std::unique_ptr<Layer> pooling = pool(setup.mode, made.output);
  made.gradient = Tensor(in.batch(1));
  std::vector<float> ones(made.output.values().size(), 1.0f);
  pooling->backward({made.gradient.values().data(), ones.data(), made.input.values().data(),
                     made.output.values().data(), 1, false, false, false});
  return made;
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status PoolingLesson::edit(const Change& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  Result<Computed> computed = compute(next);
  if (!computed) return computed.error();
  const Cell before = output().shape().size() ? cell(timeline_.step()) : Cell{};
  setup_ = std::move(next);
  computed_ = std::move(computed).value();
  prediction_.reset();
  const Shape& shape = output().shape();
  const bool at_end = timeline_.at_end();
  const double phase = timeline_.phase();
  timeline_.set_length(shape.h * shape.w, window() * window());
  // Stay at the same output cell, or at the nearest that still exists.
  if (at_end) {
    timeline_.finish();
  } else {
    timeline_.set_position(step_of({std::min(before.row, shape.h - 1), std::min(before.col, shape.w - 1)}) +
                           phase);
  }
  return Done{};
}

Result<PoolingLesson::Source> PoolingLesson::example_named(const std::string& name) {
  for (const Source source : {Source::four, Source::channel, Source::digit}) {
    if (name == name_of(source)) return source;
  }
  return Error{"There is no example " + in_quotes(name) + "; there are 4x4, 26x26 and digit."};
}

Status PoolingLesson::load_preset(const std::string& name) {
  const Result<Source> source = example_named(name);
  if (!source) return source.error();
  const Status loaded = edit([&](Setup& s) {
    s.source = *source;
    s.mode = Mode::max, s.window = s.stride = 2, s.padding = Padding::valid;
    if (s.source == Source::channel) s.bank = FilterBank();
    if (!is_from_picture(s.source) || is_digit_sized(s.picture)) return Status(Done{});
    return s.picture.set_digit(s.picture.digit(), s.picture.seed(), false);
  });
  if (loaded) timeline_.pause(), start_at_largest();
  return loaded;
}

Status PoolingLesson::set_own(std::span<const float> values, double height, double width) {
  Picture given(seed());
  if (Status legal = given.set_pixels(values, height, width, 1); !legal) return legal;
  return edit([&](Setup& s) {
    s.source = Source::own;
    s.own = given.pixels();
    return Status(Done{});
  });
}

Status PoolingLesson::set_cell(double row, double col, double value) {
  if (from_picture()) {
    return Error{"This input is made from the picture: draw another one, or take the 4×4 numbers."};
  }
  const Shape& shape = input().shape();
  if (!(row >= 0 && row < shape.h && col >= 0 && col < shape.w)) {
    return Error{"The input has rows 0 to " + std::to_string(shape.h - 1) + " and columns 0 to " +
                 std::to_string(shape.w - 1) + "; row " + number_text(row, 0) + ", column " +
                 number_text(col, 0) + " is outside."};
  }
  Tensor changed = input();
  changed.at(0, static_cast<int>(row), static_cast<int>(col), 0) = static_cast<float>(value);
  return set_own(changed.values(), shape.h, shape.w);
}

Status PoolingLesson::predict(double value) {
  const Result<Prediction> said = predict_here(timeline_, value, "comparison");
  if (!said) return said.error();
  prediction_ = *said;
  return Done{};
}

bool PoolingLesson::predicted_right() const {
  return prediction_ && prediction_->is(value(cell(prediction_->step)));
}

// There is more to see where something was found than in the upper left corner.
void PoolingLesson::start_at_largest() {
  const auto values = output().values();
  (void)timeline_.seek(static_cast<double>(std::max_element(values.begin(), values.end()) - values.begin()));
}

PoolingLesson::Cell PoolingLesson::corner(const Cell& cell) const {
  return {cell.row * stride() - down().before, cell.col * stride() - right().before};
}

std::vector<PoolingLesson::Place> PoolingLesson::places(const Cell& cell) const {
  const Cell first = corner(cell);
  const Shape& shape = input().shape();
  std::vector<Place> all;
  for (int row = first.row; row < first.row + window(); ++row) {
    for (int col = first.col; col < first.col + window(); ++col) {
      const bool inside = row >= 0 && row < shape.h && col >= 0 && col < shape.w;
      all.push_back({row, col, inside, inside ? input().at(0, row, col, 0) : 0.0f});
    }
  }
  return all;
}

PoolingLesson::SoFar PoolingLesson::so_far(const Cell& cell, int ticks) const {
  const std::vector<Place> all = places(cell);
  SoFar known;
  for (int i = 0; i < ticks; ++i) {
    const Place& place = all[static_cast<std::size_t>(i)];
    if (!place.inside) continue;
    ++known.inside;
    known.sum += place.value;
    const float best = known.largest < 0 ? 0 : all[static_cast<std::size_t>(known.largest)].value;
    if (known.largest < 0 || best < place.value) {
      known.largest = i;
      known.tied = false;
    } else if (best == place.value) {
      known.tied = true;
    }
  }
  return known;
}

PoolingLesson::Place PoolingLesson::winner(const Cell& cell) const {
  const int largest = so_far(cell, window() * window()).largest;
  return places(cell)[static_cast<std::size_t>(largest)];
}

PoolingLesson::Cells PoolingLesson::cells_using(int row, int col) const {
  // Cell y uses the row if  y·stride − before  ≤  row  ≤  y·stride − before + window − 1.
  const auto range = [&](int at, const WindowAxis& along) {
    const int reach = at + along.before - (window() - 1);
    const int first = reach <= 0 ? 0 : (reach + stride() - 1) / stride();
    return std::pair{first, std::min((at + along.before) / stride(), along.out - 1)};
  };
  const auto [top, bottom] = range(row, down());
  const auto [left, last] = range(col, right());
  return {top, bottom, left, last};
}

bool PoolingLesson::overlapping() const { return stride() < window() && timeline_.steps() > 1; }

Json PoolingLesson::state() const {
  const Cell here = cell(timeline_.step());
  const SoFar known = so_far(here, timeline_.ticks_shown());
  const bool max = mode() == Mode::max;
  Json winners = Json::array(), block = Json::array();
  for (int step = 0; max && step < timeline_.steps(); ++step) {
    const Place won = winner(cell(step));
    winners.push_back(won.row * input().shape().w + won.col);
  }
  for (const Place& place : places(here)) block.push_back(place.inside ? Json(place.value) : Json());
  Json state = {{"example", name_of(source())},
                {"input", tensor_json(input())},
                {"window", window()},
                {"stride", stride()},
                {"padding", kg::name_of(padding())},
                {"mode", max ? "max" : "average"},
                {"output", tensor_json(output())},
                {"winners", std::move(winners)},
                {"gradient", tensor_json(gradient())},
                {"cell", {{"row", here.row}, {"col", here.col}}},
                {"corner", {{"row", corner(here).row}, {"col", corner(here).col}}},
                {"block", std::move(block)},
                {"compared", timeline_.ticks_shown()},
                {"inside", so_far(here, timeline_.ticks()).inside},
                {"sum", known.sum},
                {"value", value(here)},
                {"shown", timeline_.steps_done()}};
  if (known.largest >= 0) state["largest"] = state["block"][static_cast<std::size_t>(known.largest)];
  if (from_picture()) {
    state["picture"] = picture().state();
    state["filter"] = filter().name;
    state["relu"] = rectified();
    state["convolved"] = tensor_json(convolved());
  }
  if (prediction_) state["prediction"] = {{"step", prediction_->step}, {"value", prediction_->value}};
  return state;
}

std::vector<Task> PoolingLesson::tasks() const {
  const Shape &in = input().shape(), &out = output().shape();
  const bool same_size = in.h == out.h && in.w == out.w;
  return {{"nine_by_nine", in.h == 26 && in.w == 26 && out.h == 9 && out.w == 9},
          {"overlap", overlapping()},
          {"keep_the_size", same_size && window() > 1},
          {"predict", predicted_right() && is_computed(timeline_, prediction_->step)}};
}

std::vector<std::string> PoolingLesson::controls() const {
  return {"examples", "picture", "presets", "mode",      "window",
          "stride",   "numbers", "padding", "transport", "speed"};
}

}  // namespace kg
