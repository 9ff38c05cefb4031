#include "view/lessons/batchnorm_steps.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/plot_frame.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

constexpr int kBars = 48;
constexpr double kReach = 3, kStep = 0.05;  // of the sliders for g and b
constexpr int kShownBatches = 100;          // in the plot of the means
constexpr double kReaches[] = {4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128};

constexpr const char* kNames[] = {"x", "z", "z·g", "z·g + b"};

// Of the axis, which is the same for all four: it changes in few large steps, so that it stands still while g
// and b move what is on it.
double reach_of(const NormBatches::Steps& steps) {
  double most = 0;
  for (const NormBatches::Step& step : steps) {
    most = std::max({most, std::abs(static_cast<double>(step.numbers.least)),
                     std::abs(static_cast<double>(step.numbers.most))});
  }
  const auto fits =
      std::find_if(std::begin(kReaches), std::end(kReaches), [&](double r) { return r >= most; });
  return fits == std::end(kReaches) ? most : *fits;
}

std::string how(const BatchnormLesson& lesson, std::size_t step) {
  const NormBatches::Moments used = lesson.used();
  switch (step) {
    case 0:
      return "unit " + std::to_string(lesson.unit()) + " of Dense(32, relu)";
    case 1:
      return "(x − " + fixed_text(used.mean) + ") / " +
             fixed_text(std::sqrt(used.variance + BatchnormLesson::epsilon()));
    case 2:
      return "times g = " + fixed_text(lesson.gamma());
    default:
      return "plus b = " + fixed_text(lesson.beta());
  }
}

// What else is to be said of the first two.
std::string remark(const BatchnormLesson& lesson, std::size_t step) {
  if (step == 0) {
    return "silent for " + std::to_string(lesson.steps()[0].numbers.zeros) + " of " +
           std::to_string(NormBatches::kBatch) + " digits";
  }
  return "divided by √(variance + " + number_text(BatchnormLesson::epsilon(), 4) + ")";
}

void number_slider(Ui& ui, Rect row, const char* id, const char* verb, const char* name, double value) {
  const Rect words = row.cut_left(ui.u(76));
  ui.text(words.x, words.middle_y() - ui.u(8), std::string(name) + " = " + fixed_text(value), type::kText,
          ui.theme.ink, Weight::semibold);
  SliderLook look;
  look.filled = false;
  look.arrow_step = static_cast<float>(kStep / (2 * kReach));
  const auto to = slider(ui, id, row, std::string(name) + ", " + fixed_text(value),
                         static_cast<float>((value + kReach) / (2 * kReach)), look);
  if (!to) return;
  const double chosen = std::round((static_cast<double>(*to) * 2 * kReach - kReach) / kStep) * kStep;
  if (std::abs(chosen - value) > 1e-6) ui.intend(verb, std::round(chosen * 100) / 100);
}

}  // namespace

void BatchnormSteps::gamma(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const {
  if (!ui.shows("gamma")) return;
  ui.part("gamma", row);
  number_slider(ui, row, "gamma", "set_gamma", "g", lesson.gamma());
}

void BatchnormSteps::beta(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const {
  if (!ui.shows("beta")) return;
  ui.part("beta", row);
  number_slider(ui, row, "beta", "set_beta", "b", lesson.beta());
}

void BatchnormSteps::unit(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const {
  if (!ui.shows("unit")) return;
  ui.part("unit", row);
  const int way =
      stepper(ui, "unit", ui.labelled(row, "Unit"), "Unit", std::to_string(lesson.unit()), lesson.unit() > 1,
              lesson.unit() < NormBatches::kUnits, "This is the first unit", "The layer has 32 units");
  if (way != 0) ui.intend("set_unit", lesson.unit() + way);
}

void BatchnormSteps::batch(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const {
  if (!ui.shows("batch")) return;
  ui.part("batch", row);
  const int way = stepper(ui, "batch", ui.labelled(row, "Batch"), "Batch", std::to_string(lesson.batch()),
                          lesson.batch() > 1, lesson.batch() < NormBatches::kMostBatches,
                          "This is the first batch", "There are no more than 1000");
  if (way > 0) ui.intend("next_batch");
  if (way < 0) ui.intend("set_batch", lesson.batch() - 1);
}

void BatchnormSteps::rows(Ui& ui, Rect room, const BatchnormLesson& lesson, bool sliders) {
  ui.part("histograms", room);
  const NormBatches::Steps& steps = lesson.steps();
  const double reach = reach_of(steps);
  const Axis axis{-reach, reach};
  Rect foot = room.cut_bottom(ui.u(18));
  const bool wide = room.w > ui.u(600);
  const float gap = ui.u(wide ? 8 : 4), height = (room.h - 3 * gap) / 4;
  const float label = ui.u(wide ? 250 : 104);
  Rect area;
  for (std::size_t k = 0; k < 4; ++k) {
    Rect row = room.cut_top(height);
    room.cut_top(gap);
    Rect words = row.cut_left(label);
    row.cut_left(ui.u(wide ? 14 : 6));
    area = row;
    const Statistics& of = steps[k].numbers;
    const Colour& colour = series_colour(ui.theme, k == 0 ? 0 : 1);
    if (wide) {
      ui.card(words);
      ui.fill({words.x, words.y + ui.u(8), ui.u(4), words.h - ui.u(16)}, colour, 2);
      words = words.inset(ui.u(16), ui.u(8));
      const Rect head = words.cut_top(ui.u(26));
      ui.text(head.x, head.y - ui.u(2), kNames[k], type::kSign, ui.theme.ink, Weight::semibold);
      ui.text(head.right(), head.y + ui.u(6), ui.shortened(how(lesson, k), type::kSmall, head.w - ui.u(84)),
              type::kSmall, ui.theme.muted, Weight::regular, Align::right);
      const Rect numbers = words.cut_top(ui.u(22));
      ui.text(numbers.x, numbers.y + ui.u(3), "mean", type::kText, ui.theme.muted);
      ui.text(numbers.x + ui.u(42), numbers.y + ui.u(2), fixed_text(of.mean), type::kStrong, ui.theme.ink,
              Weight::semibold);
      ui.text(numbers.x + ui.u(112), numbers.y + ui.u(3), "std", type::kText, ui.theme.muted);
      ui.text(numbers.x + ui.u(142), numbers.y + ui.u(2), fixed_text(of.deviation), type::kStrong,
              ui.theme.ink, Weight::semibold);
      words.cut_top(ui.u(4));
      const Rect line = words.cut_top(std::min(words.h, ui.u(30)));
      if (k < 2)
        ui.text(line.x, line.y + ui.u(4), ui.shortened(remark(lesson, k), type::kSmall, line.w), type::kSmall,
                ui.theme.muted);
      if (sliders && k == 2) gamma(ui, line, lesson);
      if (sliders && k == 3) beta(ui, line, lesson);
    } else {
      ui.fill({words.x, words.y + ui.u(3), ui.u(3), words.h - ui.u(6)}, colour, 1.5f);
      words.cut_left(ui.u(9));
      const float y = words.middle_y() - ui.u(25);
      ui.text(words.x, y, kNames[k], type::kStrong, ui.theme.ink, Weight::semibold);
      ui.text(words.x, y + ui.u(19), "mean " + fixed_text(of.mean), type::kSmall, ui.theme.muted);
      ui.text(words.x, y + ui.u(34), "std " + fixed_text(of.deviation), type::kSmall, ui.theme.muted);
    }
    const std::vector<int> bars =
        histogram(steps[k].values, static_cast<float>(-reach), static_cast<float>(reach), kBars);
    HistogramShown what;
    what.id = std::string("step") + std::to_string(k);
    what.name = std::string("Histogram of ") + kNames[k];
    what.x_name = "", what.from = -reach, what.to = reach;
    what.counts = bars, what.numbers = false;
    what.mean = of.mean, what.deviation = of.deviation;
    what.series = k == 0 ? 0 : 1;
    (void)histograms_[k].draw(ui, row, what);
  }
  // The one axis, in line with the histograms, which leave a narrow margin at the right.
  const float left = area.x, width = area.w - ui.u(3);
  for (const Tick& tick : ticks(axis, std::max(3, static_cast<int>(width / ui.u(60))))) {
    const float w = ui.text_width(tick.text, type::kSmall);
    const float x = left + width * static_cast<float>(axis.share(tick.value));
    ui.fill({ui.snap(x), foot.y - ui.u(2), ui.u(1), ui.u(4)}, ui.theme.muted);
    ui.text(std::clamp(x - w / 2, left, left + width - w), foot.y + ui.u(3), tick.text, type::kSmall,
            ui.theme.muted);
  }
}

void BatchnormSteps::moving(Ui& ui, Rect room, const BatchnormLesson& lesson) {
  if (!ui.shows("moving")) return;
  ui.part("moving", room);
  const bool wide = room.w > ui.u(560);
  Rect left = wide ? room.cut_left(ui.u(266)) : room.cut_top(std::min(room.h * 0.42f, ui.u(60)));
  if (wide)
    room.cut_left(ui.u(16));
  else
    room.cut_top(ui.u(4));
  const NormBatches::Moments own = lesson.moments(lesson.batch()),
                             averages = lesson.moving_averages(lesson.batch());
  if (wide) {
    ui.text(left.x, left.y, "Normalise with the numbers of", type::kText, ui.theme.muted);
    left.cut_top(ui.u(22));
  }
  const auto ten_more = [&](const Rect& box, const char* words) {
    const int count = std::min(10, NormBatches::kMostBatches - lesson.batch());
    ButtonLook look;
    look.words = words;
    look.enabled = count > 0;
    look.hint = count > 0 ? "The moving averages take in ten more batches" : "There are no more than 1000";
    if (ui.shows("batch") && button(ui, "ten", box, "Ten batches on", look)) ui.intend("next_batch", count);
  };
  Rect choice = left.cut_top(std::min(ui.u(34), left.h));
  if (!wide) {
    ten_more(choice.cut_right(ui.u(52)), "+10");
    choice.cut_right(ui.u(6));
  }
  const int chosen = segmented(ui, "statistics", choice, "Normalise with", {"this batch", "all so far"},
                               lesson.moving() ? 1 : 0,
                               {"While it learns: mean and standard deviation of this batch",
                                "In use: the moving averages over all batches so far"});
  if (chosen >= 0) ui.intend("set_statistics", chosen == 0 ? "batch" : "moving");
  left.cut_top(ui.u(6));
  const auto line = [&](const char* name, const NormBatches::Moments& of, bool strong) {
    const Rect row = left.cut_top(ui.u(19));
    ui.text(row.x, row.y, name, type::kSmall, ui.theme.muted);
    ui.text(row.x + ui.u(106), row.y,
            "mean " + fixed_text(of.mean) + ", std " + fixed_text(std::sqrt(of.variance)), type::kSmall,
            ui.theme.ink, strong ? Weight::semibold : Weight::regular);
  };
  if (wide) {
    line("this batch", own, !lesson.moving());
    line("moving averages", averages, lesson.moving());
    left.cut_top(ui.u(4));
    if (left.h >= ui.u(26))
      ten_more({left.x, left.y, ui.u(150), std::min(left.h, ui.u(30))}, "10 more batches");
  }
  x_.clear(), batch_means_.clear(), moving_means_.clear();
  for (int batch = std::max(1, lesson.batch() - kShownBatches + 1); batch <= lesson.batch(); ++batch) {
    x_.push_back(static_cast<float>(batch));
    batch_means_.push_back(static_cast<float>(lesson.moments(batch).mean));
    moving_means_.push_back(static_cast<float>(lesson.moving_averages(batch).mean));
  }
  const PlotLine lines[] = {{"of the batch", 0, Dash::dotted, x_, batch_means_, {}, 1.5f},
                            {"moving average", 1, Dash::solid, x_, moving_means_}};
  LinePlotShown what;
  what.id = "means", what.name = "Mean of x, batch by batch";
  what.x_name = "batch", what.y_name = "mean of x";
  what.lines = lines, what.from_zero = true;
  what.x = Axis{static_cast<double>(x_.front()) - 1,
                std::max(static_cast<double>(x_.back()), static_cast<double>(x_.front()) + 19)};
  (void)means_.draw(ui, room, what);
}

}  // namespace kg
