#include "view/lessons/init_view.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "engine/statistics.h"
#include "lesson/number_text.h"
#include "view/lessons/init_controls.h"
#include "view/widgets/button.h"

namespace kg {
namespace {

constexpr float kRow = 34, kFinger = 40;
constexpr float kSmooth = 0.2f;  // of a new batch’s loss in the running mean
constexpr int kBars = 41;        // odd: 0 has a bar of its own in the middle

// "250 · 1² = 250": where the expected variance comes from.
std::string variance_words(const InitLesson& lesson) {
  const int k = lesson.inputs_in();
  const std::string variance = number_text(lesson.expected_variance(), 3);
  if (lesson.input() == InitLesson::Input::ones)
    return std::to_string(k) + " · " + reading_text(lesson.weight_deviation()) + "² = " + variance;
  return "Σx² · " + reading_text(lesson.weight_deviation()) + "² = " + variance;
}

}  // namespace

void InitView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const InitLesson&>(base);
  const bool neuron = lesson.scene() == InitLesson::Scene::neuron, low = ui.lies_low(stage);
  if (low || stage.w < ui.u(kNarrow)) {
    const Rect inside = stage.inset(ui.u(12), ui.u(8));
    return neuron ? neuron_small(ui, inside, lesson, low) : deep_small(ui, inside, lesson, low);
  }
  const Rect inside = stage.inset(ui.u(22), ui.u(16));
  if (neuron) return neuron_wide(ui, inside, lesson);
  lesson.scene() == InitLesson::Scene::net ? net_wide(ui, inside, lesson) : train_wide(ui, inside, lesson);
}

void InitView::sum_histogram(Ui& ui, const Rect& box, const InitLesson& lesson) {
  ui.part("z", box);
  // As wide as it will be when all inputs are in, so that the spread is seen to grow.
  const double end = std::sqrt(lesson.expected_variance_at_end());
  const double reach = end > 0 ? 4 * end : 1;
  const std::vector<int> bars =
      histogram(lesson.neuron().z, static_cast<float>(-reach), static_cast<float>(reach), kBars);
  std::vector<float> bell;
  const double deviation = std::sqrt(lesson.expected_variance());
  if (deviation > reach / 60) {
    const double area = NeuronDraws::kDraws * 2 * reach / kBars;
    for (int i = 0; i <= 120; ++i) {
      const double z = reach * (i / 60.0 - 1) / deviation;
      bell.push_back(
          static_cast<float>(area / (deviation * std::sqrt(2 * 3.14159265358979)) * std::exp(-z * z / 2)));
    }
  }
  const Statistics& s = lesson.neuron().z_statistics;
  HistogramShown what;
  what.id = "z", what.name = "Weighted sums of all draws";
  what.x_name = "weighted sum z", what.y_name = "neurons";
  what.from = -reach, what.to = reach;
  what.counts = bars, what.curve = bell, what.series = 0;
  what.mean = s.mean, what.deviation = s.deviation;
  what.ends_hold_rest = true;
  (void)sums_.draw(ui, box, what);
}

void InitView::activation_histogram(Ui& ui, const Rect& box, const InitLesson& lesson) {
  ui.part("activation", box);
  const double from = lesson.activation() == ActivationKind::tanh ? -1 : 0;
  double to = 1;
  if (lesson.activation() == ActivationKind::relu)
    to = std::max(4 * std::sqrt(lesson.expected_variance_at_end()), 1e-6);
  const std::vector<int> bars =
      histogram(lesson.neuron().activations, static_cast<float>(from), static_cast<float>(to), kBars);
  HistogramShown what;
  what.id = "activations", what.name = std::string("Activations, ") + name_of(lesson.activation());
  what.x_name = std::string(name_of(lesson.activation())) + "(z)", what.y_name = "neurons";
  what.from = from, what.to = to, what.counts = bars, what.series = 2;
  what.ends_hold_rest = lesson.activation() == ActivationKind::relu;
  (void)activations_.draw(ui, box, what);
}

void InitView::slope_histogram(Ui& ui, const Rect& box, const InitLesson& lesson) {
  ui.part("gradient", box);
  const double to = lesson.activation() == ActivationKind::sigmoid ? 0.25 : 1;
  const std::vector<int> bars = histogram(lesson.neuron().slopes, 0, static_cast<float>(to), kBars);
  HistogramShown what;
  what.id = "slopes", what.name = "Gradients of the activation";
  what.x_name = "gradient at z", what.y_name = "neurons";
  what.from = 0, what.to = to, what.counts = bars, what.series = 3;
  (void)slopes_.draw(ui, box, what);
}

// How the spread of z grows with every input, as expected, and what the draws have come to.
void InitView::growth(Ui& ui, const Rect& box, const InitLesson& lesson) {
  ui.part("growth", box);
  const double end = std::sqrt(lesson.expected_variance_at_end());
  std::vector<float> x, y;
  const int n = lesson.inputs(), points = std::min(n, 200);
  const std::vector<double> growing = lesson.expected_growth();
  for (int i = 0; i <= points; ++i) {
    const int k = static_cast<int>(std::lround(static_cast<double>(i) * n / points));
    x.push_back(static_cast<float>(k));
    y.push_back(static_cast<float>(growing[static_cast<std::size_t>(k)]));
  }
  const float here[] = {static_cast<float>(lesson.inputs_in())};
  const float measured[] = {static_cast<float>(lesson.neuron().z_statistics.deviation)};
  const PlotLine lines[] = {{"expected", 5, Dash::dashed, x, y, {}, 1.5f},
                            {"5000 draws", 0, Dash::solid, here, measured}};
  LinePlotShown what;
  what.id = "growth", what.name = "Standard deviation of z";
  what.x_name = "inputs that are in", what.y_name = "standard deviation of z";
  what.lines = lines, what.x = Axis{0, static_cast<double>(n)},
  what.y = fitted_axis(0, std::max(end * 1.05, 1e-9));
  what.now = lesson.inputs_in();
  (void)growth_.draw(ui, box, what);
}

void InitView::numbers(Ui& ui, Rect box, const InitLesson& lesson) const {
  ui.part("numbers", box);
  const InitLesson::Neuron& now = lesson.neuron();
  const bool tall = box.h >= ui.u(90);
  const float size = tall ? type::kText : type::kSmall, line = ui.u(size + 6);
  const auto row = [&](const std::string& name, const std::string& value, bool strong) {
    const Rect at = box.cut_top(line);
    const Weight weight = strong ? Weight::semibold : Weight::regular;
    const float width = ui.text_width(value, size, weight);
    ui.text(at.x, at.y, ui.shortened(name, size, at.w - width - ui.u(8)), size, ui.theme.muted);
    ui.text(at.right(), at.y, value, size, ui.theme.ink, weight, Align::right);
  };
  row("variance expected", variance_words(lesson), false);
  if (tall)
    row("variance of the draws", number_text(now.z_statistics.deviation * now.z_statistics.deviation, 3),
        false);
  row("√" + number_text(lesson.expected_variance(), 3) + (tall ? ", the spread expected" : ""),
      "≈ " + number_text(std::sqrt(lesson.expected_variance()), 2), true);
  if (tall && lesson.predicted()) row("you predicted", number_text(*lesson.predicted(), 2), false);
  const bool relu = lesson.activation() == ActivationKind::relu;
  row(relu ? "silent: gradient 0" : "saturated: gradient nearly 0", percent_text(now.saturated), true);
}

void InitView::neuron_wide(Ui& ui, Rect stage, const InitLesson& lesson) {
  const float gap = ui.u(12);
  Rect top = stage.cut_top(ui.u(36));
  init_scenes(ui, top.cut_left(ui.u(340)), lesson);
  init_activation(ui, top.cut_right(ui.u(260)), lesson);
  stage.cut_top(gap);
  init_rules(ui, stage.cut_top(ui.u(2 * kRow + 6)), lesson, 5);
  stage.cut_top(ui.u(8));
  Rect sliders = stage.cut_top(ui.u(kRow));
  init_input_kind(ui, sliders.cut_right(ui.u(230)), lesson);
  sliders.cut_right(gap);
  init_input_count(ui, sliders.cut_left((sliders.w - gap) / 2), lesson);
  sliders.cut_left(gap);
  init_rule_number(ui, sliders, lesson);
  stage.cut_top(gap);

  Rect foot = stage.cut_bottom(std::clamp(stage.h * 0.36f, ui.u(126), ui.u(260)));
  stage.cut_bottom(gap);
  const float width = (stage.w - 2 * gap) / 3;
  sum_histogram(ui, {stage.x, stage.y, width, stage.h}, lesson);
  activation_histogram(ui, {stage.x + width + gap, stage.y, width, stage.h}, lesson);
  slope_histogram(ui, {stage.x + 2 * (width + gap), stage.y, width, stage.h}, lesson);
  ui.card(foot);
  foot = foot.inset(ui.u(16), ui.u(12));
  const Rect left = foot.cut_left(foot.w * 0.47f);
  foot.cut_left(ui.u(20));
  numbers(ui, left, lesson);
  growth(ui, foot, lesson);
}

void InitView::neuron_small(Ui& ui, Rect stage, const InitLesson& lesson, bool low) {
  const float row = ui.u(low ? kRow : 36), gap = ui.u(6);
  Rect plot = stage;
  if (low) {
    plot = stage.cut_left(stage.w * 0.5f);
    stage.cut_left(ui.u(14));
    init_scenes(ui, stage.cut_top(row), lesson);
    stage.cut_top(gap);
  } else {
    init_scenes(ui, stage.cut_top(row), lesson);
    stage.cut_top(gap);
    plot = stage.cut_top(stage.h - ui.u(36 + 6 + 3 * 36 + 12));
    stage.cut_top(gap);
  }
  const int shown =
      segmented(ui, "shown", plot.cut_top(row), "Histogram of", {"z", "activation", "gradient"}, shown_);
  if (shown >= 0) shown_ = shown;
  plot.cut_top(ui.u(4));
  numbers(ui, plot.cut_bottom(ui.u(19 * 3)), lesson);
  shown_ == 0   ? sum_histogram(ui, plot, lesson)
  : shown_ == 1 ? activation_histogram(ui, plot, lesson)
                : slope_histogram(ui, plot, lesson);
  const int tab = segmented(ui, "tab", stage.cut_top(row), "Change", {"Weights", "Inputs", "Growth"}, tab_);
  if (tab >= 0) tab_ = tab;
  stage.cut_top(gap);
  if (tab_ == 0) return init_rules(ui, stage, lesson, 3);
  if (tab_ == 1) return init_inputs(ui, stage, lesson, std::min(ui.u(36), stage.h / 3 - ui.u(4)));
  growth(ui, stage, lesson);
}

void InitView::net_wide(Ui& ui, Rect stage, const InitLesson& lesson) {
  const float gap = ui.u(12);
  Rect top = stage.cut_top(ui.u(36));
  init_scenes(ui, top.cut_left(ui.u(340)), lesson);
  init_activation(ui, top.cut_right(ui.u(260)), lesson);
  stage.cut_top(gap);
  init_rules(ui, stage.cut_top(ui.u(2 * kRow + 6)), lesson, 5);
  stage.cut_top(ui.u(8));
  Rect row = stage.cut_top(ui.u(kRow));
  const int chosen = segmented(ui, "what", row.cut_left(ui.u(220)), "Histograms of",
                               {"Activations", "Gradients"}, gradients_ ? 1 : 0);
  if (chosen >= 0) gradients_ = chosen == 1;
  row.cut_left(gap);
  init_source(ui, row.cut_right(ui.u(150)), lesson);
  row.cut_right(gap);
  init_depth(ui, row.cut_right(ui.u(200)), lesson);
  row.cut_right(gap);
  init_rule_number(ui, row, lesson);
  stage.cut_top(gap);
  const Rect plot = stage.cut_bottom(stage.h * 0.42f);
  stage.cut_bottom(ui.u(8));
  grid_.histograms(ui, stage, lesson, gradients_);
  grid_.sizes(ui, plot, lesson, gradients_);
}

void InitView::losses(Ui& ui, const Rect& box, const InitLesson& lesson, bool accuracy) {
  ui.part(accuracy ? "accuracy" : "loss", box);
  const TrainingRuns& runs = lesson.runs();
  std::vector<std::vector<float>> x(static_cast<std::size_t>(runs.count())), y(x.size()), smooth(x.size());
  std::vector<PlotLine> lines;
  for (int i = 0; i < runs.count(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    const TrainingCurve& curve = accuracy ? runs.run(i).validation_curve() : runs.run(i).curve();
    for (const CurvePoint& point : curve.points()) {
      x[k].push_back(static_cast<float>(point.images));
      y[k].push_back(static_cast<float>(accuracy ? point.accuracy * 100 : point.loss));
    }
    const WeightRule rule = lesson.compared()[k];
    lines.push_back({words_of(rule).title, i, Dash::solid, x[k], y[k]});
    if (accuracy) continue;
    // One batch says little: strong is the running mean of about ten.
    for (const float loss : y[k])
      smooth[k].push_back(smooth[k].empty() ? loss : smooth[k].back() + kSmooth * (loss - smooth[k].back()));
    lines.back().y = smooth[k], lines.back().raw = y[k];
  }
  LinePlotShown what;
  what.id = accuracy ? "accuracy" : "loss";
  what.name = accuracy ? "Accuracy on digits kept apart" : "Loss of the batches";
  what.x_name = "images seen";
  what.y_name = accuracy ? "accuracy on digits kept apart, %" : "loss: mean of ten batches (one batch)";
  what.lines = lines;
  if (accuracy) what.y = Axis{0, 100};
  if (!accuracy) what.y_scale = AxisScale::log10;
  (void)(accuracy ? accuracies_ : losses_).draw(ui, box, what);
}

void InitView::training_words(Ui& ui, const Rect& box, const InitLesson& lesson) const {
  std::string words = lesson.narrate();
  if (!lesson.has_digits() && lesson.digits_made() > 0)
    words = "Writing digits to learn from: " + percent_text(lesson.digits_made());
  ui.paragraph(box, words, type::kSmall, lesson.trouble().empty() ? ui.theme.muted : ui.theme.error);
}

void InitView::train_wide(Ui& ui, Rect stage, const InitLesson& lesson) {
  const float gap = ui.u(12);
  Rect top = stage.cut_top(ui.u(36));
  init_scenes(ui, top.cut_left(ui.u(340)), lesson);
  init_activation(ui, top.cut_right(ui.u(260)), lesson);
  stage.cut_top(gap);
  init_rules(ui, stage.cut_top(ui.u(2 * kRow + 6)), lesson, 5);
  stage.cut_top(ui.u(8));
  Rect row = stage.cut_top(ui.u(kRow));
  init_training(ui, row.cut_left(ui.u(360)), lesson);
  row.cut_left(gap);
  init_depth(ui, row.cut_right(ui.u(200)), lesson);
  row.cut_right(gap);
  init_rule_number(ui, row, lesson);
  stage.cut_top(gap);
  training_words(ui, stage.cut_bottom(ui.u(36)), lesson);
  stage.cut_bottom(ui.u(6));
  const Rect left = stage.cut_left((stage.w - ui.u(20)) / 2);
  stage.cut_left(ui.u(20));
  losses(ui, left, lesson, false);
  losses(ui, stage, lesson, true);
}

// The net, and the training: what there is to see, one at a time, and what there is to change.
void InitView::deep_small(Ui& ui, Rect stage, const InitLesson& lesson, bool low) {
  const bool train = lesson.scene() == InitLesson::Scene::train;
  const float row = ui.u(low ? kRow : 36), gap = ui.u(6);
  Rect plot = stage;
  if (low) {
    plot = stage.cut_left(stage.w * 0.56f);
    stage.cut_left(ui.u(14));
    init_scenes(ui, stage.cut_top(row), lesson);
    stage.cut_top(gap);
  } else {
    init_scenes(ui, stage.cut_top(row), lesson);
    stage.cut_top(gap);
    plot = stage.cut_top(stage.h - ui.u(3 * 36 + 18 + 42));
    stage.cut_top(gap);
  }
  const int shown = segmented(
      ui, "shown", plot.cut_top(row), "Show",
      train ? std::vector<std::string>{"Loss", "Accuracy"} : std::vector<std::string>{"Layers", "Sizes"},
      std::min(shown_, 1));
  if (shown >= 0) shown_ = shown;
  plot.cut_top(gap);
  if (train) {
    losses(ui, plot, lesson, shown_ > 0);
  } else if (shown_ == 0) {
    grid_.histograms(ui, plot, lesson, gradients_);
  } else {
    grid_.sizes(ui, plot, lesson, gradients_);
  }
  Rect change = stage.cut_top(row);
  const int tab =
      segmented(ui, "tab", change, "Change", {"Initialisers", train ? "Train" : "Net"}, std::min(tab_, 1));
  if (tab >= 0) tab_ = tab;
  stage.cut_top(gap);
  if (tab_ == 0) return init_rules(ui, stage, lesson, 3);
  const float height = std::min(ui.u(kFinger), stage.h / 3 - ui.u(4));
  if (train) {
    init_training(ui, stage.cut_top(height), lesson);
  } else {
    Rect line = stage.cut_top(height);
    const int chosen = segmented(ui, "what", line.cut_left(line.w * 0.56f), "Histograms of",
                                 {"Activations", "Gradients"}, gradients_ ? 1 : 0);
    if (chosen >= 0) gradients_ = chosen == 1;
    line.cut_left(ui.u(8));
    init_source(ui, line, lesson);
  }
  stage.cut_top(ui.u(4));
  Rect line = stage.cut_top(height);
  init_depth(ui, line.cut_left((line.w - ui.u(8)) / 2), lesson);
  line.cut_left(ui.u(8));
  init_activation(ui, line, lesson);
  stage.cut_top(ui.u(4));
  train ? training_words(ui, stage, lesson) : init_rule_number(ui, stage.cut_top(height), lesson);
}

}  // namespace kg
