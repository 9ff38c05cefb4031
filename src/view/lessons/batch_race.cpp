#include "view/lessons/batch_race.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/setting.h"
#include "view/widgets/training_bar.h"

namespace kg {
namespace {

constexpr double kRates[] = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2};
constexpr double kEpochs[] = {1, 2, 5, 10, 20, 50, 100};
constexpr double kSmoothedOver = 0.2;  // epochs: the loss of one batch alone says little

const char* axis_name(BatchLesson::Along along) {
  return along == BatchLesson::Along::updates  ? "updates"
         : along == BatchLesson::Along::epochs ? "epochs"
                                               : "seconds of training";
}

}  // namespace

// Above the curves where the settings lie elsewhere, else above the settings.
void BatchRace::bar(Ui& ui, Rect& room, const BatchLesson& lesson, bool whole) const {
  const std::string hint = "Train all of them for " + std::to_string(lesson.epochs()) + " epochs (space bar)";
  TrainingBarLook look;
  look.steps = false, look.epoch_beside = true, look.pace = whole;
  look.rewind_hint = "Back to the weights that all started from (Home)";
  look.words = "Race", look.hint = hint.c_str();
  if (lesson.has_digits() && lesson.finished())
    look.over = "The race is over: rewind, or ask for more epochs";
  training_bar(ui, room.cut_top(training_bar_height(ui, look)), lesson, look);
  room.cut_top(ui.u(kBatchGap));
}

void BatchRace::main(Ui& ui, Rect room, const BatchLesson& lesson, BatchRoom how) {
  if (how != BatchRoom::wide && ui.shows("training")) bar(ui, room, lesson, false);
  if (ui.shows("axis")) {
    const Rect row = batch_row(ui, room);
    ui.part("axis", row);
    static constexpr BatchLesson::Along kAlong[] = {BatchLesson::Along::updates, BatchLesson::Along::epochs,
                                                    BatchLesson::Along::seconds};
    const int now = static_cast<int>(lesson.along());
    const int chosen = segmented(ui, "axis", row, "Compare", {"per update", "per epoch", "per second"}, now,
                                 {"After as many updates each, whatever they cost",
                                  "After as many images each: an epoch is all of them once",
                                  "After as much time of this machine each"});
    if (chosen >= 0) ui.intend("set_axis", BatchLesson::name_of(kAlong[chosen]));
  }
  curves(ui, room, lesson, room.h >= ui.u(330));
}

void BatchRace::curves(Ui& ui, Rect room, const BatchLesson& lesson, bool both) {
  const BatchLesson::Along along = lesson.along();
  const int m = lesson.images(), count = lesson.runs().count();
  std::vector<PlotLine> accuracy, loss;
  double furthest = 0;
  for (int i = 0; i < count; ++i) {
    const auto k = static_cast<std::size_t>(i);
    Curves &right = accuracies_[k], &wrong = losses_[k];
    right.x.clear(), right.y.clear(), wrong.x.clear(), wrong.y.clear();
    for (const CurvePoint& point : lesson.run(i).validation_curve().points()) {
      right.x.push_back(static_cast<float>(BatchLesson::place_of(point, along, m)));
      right.y.push_back(static_cast<float>(100 * point.accuracy));
    }
    // Averaged over the same number of images in every run, or the small batches would be nothing but noise.
    double mean = 0;
    std::int64_t before = 0;
    for (const CurvePoint& point : lesson.run(i).curve().points()) {
      const double passed = static_cast<double>(point.images - before) / m;
      const double share = before == 0 ? 1 : 1 - std::exp(-passed / kSmoothedOver);
      mean += (point.loss - mean) * share;
      before = point.images;
      wrong.x.push_back(static_cast<float>(BatchLesson::place_of(point, along, m)));
      wrong.y.push_back(static_cast<float>(mean));
    }
    for (const Curves* curve : {&right, &wrong}) {
      if (!curve->x.empty()) furthest = std::max(furthest, static_cast<double>(curve->x.back()));
    }
    accuracy.push_back({lesson.runs().name(i), i, Dash::solid, right.x, right.y, {}, 2.25f});
    loss.push_back({lesson.runs().name(i), i, Dash::solid, wrong.x, wrong.y, {}, 2.0f});
  }
  LinePlotShown shown;
  shown.x_name = axis_name(along);
  if (along == BatchLesson::Along::updates) shown.x_name += ", each step ten times as many";
  shown.x_scale = along == BatchLesson::Along::updates ? AxisScale::log10 : AxisScale::linear;
  // The same for both plots.
  if (furthest > 0) {
    shown.x = along == BatchLesson::Along::updates ? Axis{1, std::max(furthest, 10.0), AxisScale::log10}
                                                   : Axis{0, furthest};
  }
  shown.empty = "Press Race";
  shown.from_zero = true;
  Rect upper = both ? room.cut_top((room.h - ui.u(8)) * 0.52f) : room;
  shown.id = "accuracy", shown.name = "Validation accuracy", shown.y_name = "validation digits right, %";
  shown.lines = accuracy;
  shown.y = Axis{0, 100};
  ui.part("accuracy", upper);
  accuracy_.draw(ui, upper, shown);
  if (!both) return;
  room.cut_top(ui.u(8));
  shown.id = "loss", shown.name = "Training loss", shown.y_name = "training loss, smoothed";
  shown.lines = loss;
  shown.y.reset();
  shown.legend = false;
  ui.part("loss", room);
  loss_.draw(ui, room, shown);
}

float BatchRace::facts_height(const Ui& ui, BatchRoom) const { return batch_table_height(ui) + ui.u(22); }

void BatchRace::facts(Ui& ui, Rect room, const BatchLesson& lesson) const {
  ui.part("standing", room);
  const BatchLesson::Standing standing = lesson.standing(lesson.along());
  const Rect head = room.cut_top(ui.u(22));
  std::string words = "All have the same weights at the start.";
  if (standing.leader >= 0) {
    const std::string at = lesson.along() == BatchLesson::Along::seconds
                               ? number_text(standing.at, standing.at < 0.1 ? 4 : 2) + " s"
                               : number_text(standing.at, 0) + " " +
                                     (lesson.along() == BatchLesson::Along::updates ? "updates" : "epochs");
    words = "After " + at + " each, " + lesson.name_of_run(standing.leader) + " is ahead.";
  }
  ui.text(head.x, head.y, ui.shortened(words, type::kText, head.w), type::kText, ui.theme.ink,
          Weight::semibold);
  BatchTable table;
  table.heads = {"batch", "updates", "epochs", "seconds", "right then", "right now"};
  table.lit = standing.leader;
  for (int i = 0; i < lesson.runs().count(); ++i) {
    const TrainingRun& run = lesson.run(i);
    const double then = standing.accuracies[static_cast<std::size_t>(i)];
    std::string now = run.validated().images > 0 ? percent_text(run.validated().accuracy()) : "–";
    if (!run.trouble().empty()) now = "diverged";
    table.rows.push_back({lesson.name_of_run(i), std::to_string(run.updates()),
                          number_text(static_cast<double>(run.images_seen()) / lesson.images(), 1),
                          number_text(run.seconds(), run.seconds() < 1 ? 3 : 1),
                          then >= 0 && standing.leader >= 0 ? percent_text(then) : "–", now});
  }
  batch_table(ui, room, table);
}

void BatchRace::controls(Ui& ui, Rect room, const BatchLesson& lesson) const {
  BatchRows rows(ui, room);
  if (ui.shows("training") && !ui.narrow() && room.h > ui.u(260)) bar(ui, room, lesson, true);
  if (ui.shows("sizes")) {
    const Rect head = room.cut_top(ui.u(20));
    ui.text(head.x, head.y, "Batch sizes in the race", type::kSmall, ui.theme.muted);
    batch_sizes(ui, room, lesson);
  }
  if (ui.shows("settings")) {
    const Rect box = rows.next(ui, room);
    ui.part("rate", box);
    if (const auto to = setting(ui, box,
                                {.id = "learning_rate",
                                 .name = "Rate",
                                 .text = number_text(lesson.learning_rate(), 4),
                                 .value = lesson.learning_rate(),
                                 .list = kRates,
                                 .least = "A smaller rate would hardly move the weights",
                                 .most = "2 is the largest rate of these buttons"}))
      ui.intend("set_learning_rate", *to);
    const Rect next = rows.next(ui, room);
    ui.part("epochs", next);
    if (const auto to = setting(ui, next,
                                {.id = "race epochs",
                                 .name = "Epochs",
                                 .text = std::to_string(lesson.epochs()),
                                 .value = static_cast<double>(lesson.epochs()),
                                 .list = kEpochs,
                                 .least = "One epoch is the least",
                                 .most = "100 epochs are the most here"}))
      ui.intend("set_epochs", *to);
  }
  // On a phone the rest of the bar stands above the curves.
  if (ui.shows("training") && ui.narrow()) {
    TrainingBarLook pace;
    pace.train = pace.steps = false;
    training_bar(ui, room.cut_top(training_bar_height(ui, pace)), lesson, pace);
    room.cut_top(ui.u(kBatchGap));
  }
  if (room.h < ui.u(30)) return;
  if (const std::string why = lesson.trouble(); !why.empty())
    return ui.paragraph(room, why, type::kSmall, ui.theme.error);
  std::string words;
  for (int i = 0; i < lesson.runs().count(); ++i) {
    if (!lesson.run(i).trouble().empty())
      words += "Batches of " + lesson.name_of_run(i) + ": " + lesson.run(i).trouble() + " ";
  }
  if (!words.empty()) return ui.paragraph(room, words, type::kSmall, ui.theme.error);
  words = !lesson.has_digits() ? "Writing the digits …"
          : lesson.finished()  ? "The race is over. Rewind for another one."
                               : std::to_string(lesson.images()) +
                                    " training digits, 400 others to validate. All runs see the images of an "
                                    "epoch in the same order.";
  ui.paragraph(room, words, type::kSmall, ui.theme.muted);
}

}  // namespace kg
