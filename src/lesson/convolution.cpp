#include "lesson/convolution.h"

#include <algorithm>
#include <cmath>

#include "lesson/filter_verbs.h"
#include "lesson/number_text.h"
#include "lesson/padding_name.h"
#include "lesson/tensor_json.h"

namespace kg {
namespace {

constexpr int kSide = FilterBank::kSide;

int cells_per_channel(const Tensor& output) { return output.shape().h * output.shape().w; }

}  // namespace

Convolution::Convolution(std::uint64_t seed) : setup_{Picture(seed), FilterBank(), Conv2DSettings()} {
  (void)edit([](Setup&) { return Status(Done{}); });
  start_at_strongest();
  add_verbs();
}

Convolution::Cell Convolution::cell(int step) const {
  const int per_channel = cells_per_channel(output());
  const int place = step % per_channel;
  return {place / output().shape().w, place % output().shape().w, step / per_channel};
}

int Convolution::step_of(const Cell& cell) const {
  return cell.channel * cells_per_channel(output()) + cell.row * output().shape().w + cell.col;
}

Convolution::Window Convolution::window(const Cell& cell) const {
  return {cell.row * stride() - geometry().pad_top, cell.col * stride() - geometry().pad_left, kSide, kSide};
}

std::vector<float> Convolution::block(const Cell& cell) const {
  const Window at = window(cell);
  const Shape& shape = input().shape();
  std::vector<float> values;
  for (int y = at.top; y < at.top + at.height; ++y) {
    for (int x = at.left; x < at.left + at.width; ++x) {
      const bool inside = y >= 0 && y < shape.h && x >= 0 && x < shape.w;
      for (int c = 0; c < shape.c; ++c) values.push_back(inside ? input().at(0, y, x, c) : 0.0f);
    }
  }
  return values;
}

std::vector<float> Convolution::weights(int filter) const {
  const int channels = input().shape().c;
  std::vector<float> values = bank().values(filter, channels);
  if (!flipped()) return values;
  std::vector<float> turned(values.size());
  const std::size_t c = static_cast<std::size_t>(channels), places = values.size() / c;
  for (std::size_t p = 0; p < places; ++p) {
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>((places - 1 - p) * c), c,
                turned.begin() + static_cast<std::ptrdiff_t>(p * c));
  }
  return turned;
}

std::vector<float> Convolution::products(const Cell& cell) const {
  std::vector<float> values = block(cell);
  const std::vector<float> weight = weights(cell.channel);
  for (std::size_t k = 0; k < values.size(); ++k) values[k] *= weight[k];
  return values;
}

int Convolution::written(int channel) const {
  const int per_channel = cells_per_channel(output());
  return std::clamp(timeline_.steps_done() - channel * per_channel, 0, per_channel);
}

Convolution::Cells Convolution::cells_using(int row, int col) const {
  // Cell y uses the row if  y·stride − pad  ≤  row  ≤  y·stride − pad + 2.
  const auto range = [&](int at, int pad, int size) {
    const int reach = at + pad - (kSide - 1);
    const int first = reach <= 0 ? 0 : (reach + stride() - 1) / stride();
    return std::pair{first, std::min((at + pad) / stride(), size - 1)};
  };
  const auto [top, bottom] = range(row, geometry().pad_top, geometry().out_h);
  const auto [left, right] = range(col, geometry().pad_left, geometry().out_w);
  return {top, bottom, left, right};
}

bool Convolution::predicted_right() const {
  return prediction_ && prediction_->is(sum(cell(prediction_->step)));
}

float Convolution::output_reach() const {
  float reach = 0;
  for (const float value : output().values()) reach = std::max(reach, std::abs(value));
  return reach;
}

Result<Convolution::Computed> Convolution::compute(Setup& setup) {
  const Tensor& in = setup.picture.pixels();
  setup.bank.widen(in.shape().c);
  const Filters filters = setup.bank.filters(in.shape().c);
  Result<Conv2DGeometry> geometry = conv2d_geometry(in.shape(), filters.shape(), setup.settings);
  if (!geometry) return geometry.error();
  Result<Tensor> output = conv2d(in, filters, {}, setup.settings);
  if (!output) return output.error();
  return Computed{*geometry, std::move(output).value()};
}

// Everything is tried on a copy: what does not fit leaves the lesson as it was.
Status Convolution::edit(const std::function<Status(Setup&)>& change) {
  Setup next = setup_;
  if (Status changed = change(next); !changed) return changed;
  Result<Computed> computed = compute(next);
  if (!computed) return computed.error();
  setup_ = std::move(next);
  const Cell before = computed_.output.shape().size() ? cell(timeline_.step()) : Cell{};
  computed_ = std::move(computed).value();
  prediction_.reset();
  const Shape& shape = output().shape();
  const int channels = input().shape().c;
  const bool at_end = timeline_.at_end();
  const double phase = timeline_.phase();
  timeline_.set_length(shape.h * shape.w * shape.c, kSide * kSide * channels);
  // Stay at the same output cell, or at the nearest that still exists.
  const Cell now{std::min(before.row, shape.h - 1), std::min(before.col, shape.w - 1),
                 std::min(before.channel, shape.c - 1)};
  if (at_end) {
    timeline_.finish();
  } else {
    timeline_.set_position(step_of(now) + phase);
  }
  return Done{};
}

// A fresh lesson opens where there is something to see: at the first filter's strongest response.
void Convolution::start_at_strongest() {
  int strongest = 0;
  for (int step = 1; step < cells_per_channel(output()); ++step) {
    if (sum(cell(step)) > sum(cell(strongest))) strongest = step;
  }
  (void)timeline_.seek(strongest);
}

void Convolution::add_verbs() {
  using Type = Param::Type;
  add_timeline_verbs(timeline_, verbs_);
  add_picture_verbs(
      [this](const std::function<Status(Picture&)>& change) {
        return edit([&](Setup& s) { return change(s.picture); });
      },
      verbs_);
  add_filter_verbs(
      [this](const std::function<Status(FilterBank&, int)>& change) {
        return edit([&](Setup& s) { return change(s.bank, s.picture.pixels().shape().c); });
      },
      [this] { return seed(); }, random_filters_, verbs_);
  verbs_.push_back({"set_stride",
                    {{"n", Type::integer, "1 to 28"}},
                    "How many pixels the window moves between two stops.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        const double n = a.number(0);
                        if (!(n >= 1 && n <= kMaxStride)) {
                          return Status(Error{"The stride is 1 to " + std::to_string(kMaxStride) + "; " +
                                              number_text(n, 0) + " is outside."});
                        }
                        s.settings.stride_y = s.settings.stride_x = static_cast<int>(n);
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_padding",
                    {{"padding", Type::text, "valid or same"}},
                    "Whether a border of zeros keeps the size.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        const Result<Padding> padding = padding_named(a.text(0));
                        if (!padding) return Status(padding.error());
                        s.settings.padding = *padding;
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"set_flipped",
                    {{"flipped", Type::boolean, "true: convolution; false: cross-correlation"}},
                    "Turn the filters by half a turn first.",
                    [this](const Args& a) {
                      return edit([&](Setup& s) {
                        s.settings.flip = a.boolean(0);
                        return Status(Done{});
                      });
                    }});
  verbs_.push_back({"predict",
                    {{"value", Type::number, "what the current cell will be"}},
                    "Say what the sum will be, before its last product is in.",
                    [this](const Args& a) {
                      const Result<Prediction> said = predict_here(timeline_, a.number(0), "product");
                      if (said) prediction_ = *said;
                      return said ? Status(Done{}) : Status(said.error());
                    }});
}

Json Convolution::state() const {
  const int channels = input().shape().c;
  const Cell here = cell(timeline_.step());
  Json filters = Json::array();
  for (int o = 0; o < bank().count(); ++o) {
    filters.push_back({{"name", bank().filter(o).name},
                       {"height", kSide},
                       {"width", kSide},
                       {"channels", channels},
                       {"values", bank().values(o, channels)}});
  }
  Json in = tensor_json(input());
  in["source"] = picture().state();
  Json said = nullptr;
  if (prediction_) said = {{"step", prediction_->step}, {"value", prediction_->value}};
  return {{"input", std::move(in)},
          {"filters", std::move(filters)},
          {"stride", stride()},
          {"padding", padding() == Padding::same ? "same" : "valid"},
          {"flipped", flipped()},
          {"window", {{"row", here.row}, {"col", here.col}, {"channel", here.channel}}},
          {"block", block(here)},
          {"products", products(here)},
          {"product", timeline_.ticks_shown()},
          {"sum", sum(here)},
          {"shown", timeline_.steps_done()},
          {"prediction", std::move(said)},
          {"output", tensor_json(output())}};
}

std::string Convolution::narrate() const {
  const Shape& shape = output().shape();
  if (timeline_.at_end()) {
    return "All " + std::to_string(timeline_.steps()) +
           " output cells are computed: " + std::to_string(shape.c) +
           (shape.c == 1 ? " channel of " : " channels of ") + std::to_string(shape.h) + " by " +
           std::to_string(shape.w) + ".";
  }
  const Cell here = cell(timeline_.step());
  const float value = sum(here), reach = output_reach();
  const bool about_here = prediction_ && prediction_->step == timeline_.step();
  const int in = timeline_.ticks_shown();
  const std::string said = about_here ? prediction_words(*prediction_, timeline_, value) : "";
  const Window at = window(here);
  const char* strength = value == 0 ? "no response"
                         : std::abs(value) > 0.6f * reach
                             ? (value > 0 ? "a strong positive response" : "a strong negative response")
                             : (value > 0 ? "a positive response" : "a negative response");
  // The sum is told when it is there, and not to those who are about to predict it.
  const std::string outcome =
      in < timeline_.ticks()
          ? "are being added up: " + std::to_string(in) + (in == 1 ? " is in." : " are in.")
          : "add up to " + number_text(static_cast<double>(value)) + ", " + strength + ".";
  return "Output row " + std::to_string(here.row) + ", column " + std::to_string(here.col) +
         (shape.c > 1 ? ", filter " + std::to_string(here.channel) : "") +
         ". The window starts at input row " + number_text(at.top, 0) + ", column " +
         number_text(at.left, 0) + "; its " + std::to_string(timeline_.ticks()) + " products " + outcome +
         said;
}

std::string Convolution::keras_code() const {
  const Shape& shape = input().shape();
  const std::string size =
      std::to_string(shape.h) + ", " + std::to_string(shape.w) + ", " + std::to_string(shape.c);
  return "from tensorflow.keras import Input, Sequential\n"
         "from tensorflow.keras.layers import Conv2D\n\n"
         "model = Sequential([\n"
         "    Input(shape=(" +
         size +
         ")),\n"
         "    Conv2D(filters=" +
         std::to_string(bank().count()) +
         ", kernel_size=(3, 3),\n"
         "           strides=" +
         std::to_string(stride()) + ", padding=\"" + (padding() == Padding::same ? "same" : "valid") +
         "\", use_bias=False),\n"
         "])\n" +
         (flipped() ? "# Keras does not flip: turn the kernel yourself, kernel[::-1, ::-1]\n" : "");
}

std::vector<Task> Convolution::tasks() const {
  const Shape& out = output().shape();
  const bool from_28 = input().shape().h == 28 && input().shape().w == 28;
  return {{"output_13", from_28 && out.h == 13 && out.w == 13},
          {"keep_the_size", from_28 && out.h == 28 && out.w == 28},
          {"three_channels", out.c == 3},
          {"predict", predicted_right() && is_computed(timeline_, prediction_->step)}};
}

std::vector<std::string> Convolution::controls() const {
  return {"picture", "presets", "editor", "filters", "stride", "padding", "flip", "transport", "speed"};
}

}  // namespace kg
