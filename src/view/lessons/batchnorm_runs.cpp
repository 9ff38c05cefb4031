#include "view/lessons/batchnorm_runs.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "lesson/number_text.h"
#include "view/widgets/log_slider.h"

namespace kg {
namespace {

constexpr float kHead = 22, kLine = 28;  // units
constexpr float kRateName = 40, kRateValue = 46;
constexpr int kRuns[] = {BatchnormLesson::plain, BatchnormLesson::normalised};

const char* title_of(int run) {
  return run == BatchnormLesson::plain ? "without batch norm" : "with batch norm";
}

}  // namespace

TrainingBarLook BatchnormRuns::bar() {
  TrainingBarLook bar;
  bar.one_image = false;
  bar.rewind_hint = "Both runs back to the same first weights";
  return bar;
}

void BatchnormRuns::loss(Ui& ui, const Rect& room, const BatchnormLesson& lesson) {
  if (!ui.shows("curves")) return;
  ui.part("loss", room);
  curve(ui, room, lesson, false);
}

void BatchnormRuns::accuracy(Ui& ui, const Rect& room, const BatchnormLesson& lesson) {
  if (!ui.shows("curves")) return;
  ui.part("accuracy", room);
  curve(ui, room, lesson, true);
}

std::vector<PlotLine> BatchnormRuns::lines(
    const std::function<void(int run, std::vector<float>& x, std::vector<float>& y)>& fill) {
  std::vector<PlotLine> both;
  for (const int run : kRuns) {
    const auto at = static_cast<std::size_t>(run);
    x_[at].clear(), y_[at].clear();
    fill(run, x_[at], y_[at]);
    PlotLine line;
    line.name = title_of(run);
    line.colour = run;
    line.x = x_[at], line.y = y_[at];
    both.push_back(std::move(line));
  }
  return both;
}

void BatchnormRuns::curve(Ui& ui, const Rect& room, const BatchnormLesson& lesson, bool accuracy) {
  const std::vector<PlotLine> both = lines([&](int run, std::vector<float>& x, std::vector<float>& y) {
    for (const CurvePoint& point : lesson.run(run).validation_curve().points()) {
      x.push_back(static_cast<float>(point.updates));
      y.push_back(static_cast<float>(accuracy ? 100 * point.accuracy : point.loss));
    }
  });
  LinePlotShown what;
  what.id = accuracy ? "accuracy" : "loss";
  what.name = accuracy ? "Accuracy on digits kept apart" : "Loss on digits kept apart";
  what.x_name = "updates";
  what.y_name = accuracy ? "right, % of the validation digits" : "loss on the validation digits";
  what.lines = both;
  if (accuracy) what.y = Axis{0, 100};
  if (!accuracy) what.y_scale = AxisScale::log10;
  what.empty = "Press Train";
  (void)(accuracy ? accuracy_ : loss_).draw(ui, room, what);
}

void BatchnormRuns::layers(Ui& ui, const Rect& room, const BatchnormLesson& lesson) {
  if (!ui.shows("layers")) return;
  ui.part("layers", room);
  const std::vector<PlotLine> both = lines([&](int run, std::vector<float>& x, std::vector<float>& y) {
    for (const double size : lesson.gradient_sizes(run)) {
      x.push_back(static_cast<float>(x.size() + 1));
      y.push_back(static_cast<float>(size));
    }
  });
  LinePlotShown what;
  what.id = "layers", what.name = "Gradient of the weights, layer by layer";
  what.x_name = "layer, first to last", what.y_name = "gradient of the weights, last batch";
  what.lines = both;
  what.y_scale = AxisScale::log10;
  what.x = Axis{0.5, BatchnormLesson::kHidden + 1.5};
  what.empty = "Press Train";
  (void)layers_.draw(ui, room, what);
}

float BatchnormRuns::table_height(const Ui& ui) { return ui.u(kHead + 2 * kLine); }

void BatchnormRuns::table(Ui& ui, Rect room, const BatchnormLesson& lesson) const {
  ui.part("standing", room);
  static const char* const kNames[] = {"updates", "loss", "right"};
  constexpr int kColumns = 3;
  const float first = std::min(ui.u(170), room.w * 0.46f), width = (room.w - first) / kColumns;
  const bool roomy = ui.text_width(title_of(BatchnormLesson::plain), type::kText) <= first - ui.u(20);
  const Rect head = room.cut_top(ui.u(kHead));
  for (int c = 0; c < kColumns; ++c) {
    ui.text_in({head.x + first + width * static_cast<float>(c), head.y, width, head.h}, kNames[c],
               type::kSmall, ui.theme.muted);
  }
  for (const int which : kRuns) {
    const Rect row = room.cut_top(ui.u(kLine));
    const TrainingRun& run = lesson.run(which);
    const bool known = run.validated().images > 0;
    ui.fill({row.x, row.y, row.w, ui.u(1)}, ui.theme.hairline);
    ui.fill({row.x, row.middle_y() - ui.u(5), ui.u(10), ui.u(10)}, series_colour(ui.theme, which), 2);
    ui.text(row.x + ui.u(16), row.middle_y() - ui.u(8), roomy ? title_of(which) : lesson.runs().name(which),
            type::kText, ui.theme.ink);
    const std::string texts[kColumns] = {std::to_string(run.updates()),
                                         !run.trouble().empty() ? "diverged"
                                         : known                ? magnitude_text(run.validated().loss)
                                                                : "–",
                                         known ? percent_text(run.validated().accuracy(), 0) : "–"};
    for (int c = 0; c < kColumns; ++c) {
      const bool trouble = c == 1 && !run.trouble().empty();
      ui.text_in({row.x + first + width * static_cast<float>(c), row.y, width, row.h}, texts[c],
                 c == 2 ? type::kStrong : type::kText, trouble ? ui.theme.error : ui.theme.ink,
                 c == 2 ? Weight::semibold : Weight::regular);
    }
  }
}

float BatchnormRuns::rate_height(const Ui& ui) { return ui.u(34 + 16); }

void BatchnormRuns::rate(Ui& ui, Rect room, const BatchnormLesson& lesson) const {
  if (!ui.shows("rate")) return;
  ui.part("rate", {room.x, room.y, room.w, rate_height(ui)});
  const Rect row = room.cut_top(ui.u(34));
  const LogSlider look{"rate",    "Rate",    BatchnormLesson::kLeastRate, BatchnormLesson::kMostRate, 0.025,
                       kRateName, kRateValue};
  if (const auto to = log_slider(ui, row, look, lesson.rate())) ui.intend("set_rate", *to);
  const Axis axis{look.least, look.most, AxisScale::log10};
  const float left = room.x + ui.u(kRateName + 9), width = room.w - ui.u(kRateName + kRateValue + 18);
  for (double mark = look.least; mark < look.most * 1.5; mark *= 10) {
    ui.text(left + width * static_cast<float>(axis.share(mark)), room.y, number_text(mark, 3), type::kSmall,
            ui.theme.muted, Weight::regular, Align::centre);
  }
}

void BatchnormRuns::status(Ui& ui, const Rect& room, const BatchnormLesson& lesson) const {
  ui.part("status", room);
  std::string words;
  bool error = false;
  if (const std::string why = lesson.trouble(); !why.empty()) {
    words = why, error = true;
  } else if (!lesson.has_digits() && lesson.working()) {
    words = "Writing digits to learn from: " + percent_text(lesson.digits_made(), 0);
  } else if (lesson.run(BatchnormLesson::normalised).updates() == 0) {
    words = "Both nets start from the same weights and see the same digits. Press Train.";
  } else {
    if (!lesson.run(BatchnormLesson::plain).trouble().empty()) {
      words = "Without batch norm training has diverged: its numbers are too large to go on. ";
      error = true;
    }
    const Statistics g = lesson.learned(false), b = lesson.learned(true);
    words += "Learned so far: g from " + fixed_text(static_cast<double>(g.least)) + " to " +
             fixed_text(static_cast<double>(g.most)) + ", b from " +
             fixed_text(static_cast<double>(b.least)) + " to " + fixed_text(static_cast<double>(b.most)) +
             ".";
  }
  ui.paragraph(room, words, type::kSmall, error ? ui.theme.error : ui.theme.muted);
}

}  // namespace kg
