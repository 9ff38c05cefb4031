#include "view/lessons/network_training.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/setting.h"
#include "view/widgets/training_bar.h"

namespace kg {
namespace {

constexpr float kRow = 34, kGapRow = 6;  // units

constexpr double kRates[] = {0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02,
                             0.05,   0.1,    0.2,    0.5,   1,     2,     5,    10};
constexpr double kMomenta[] = {0, 0.5, 0.8, 0.9, 0.95, 0.99};
constexpr double kFactors[] = {0, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1};
constexpr double kBatches[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};

}  // namespace

void NetworkTraining::settings(Ui& ui, Rect room, const NetworkLesson& lesson, int columns) const {
  const float gap = ui.u(kGapRow);
  const Rect whole = room;
  int number = 0;
  const auto setting = [&](const char* id, const char* part, const char* name, const char* verb, double value,
                           std::span<const double> list, const char* least, const char* most) {
    const int col = number % columns, row = number / columns;
    ++number;
    const float width = (whole.w - static_cast<float>(columns - 1) * 2 * gap) / static_cast<float>(columns);
    Rect box{whole.x + static_cast<float>(col) * (width + 2 * gap),
             whole.y + static_cast<float>(row) * (ui.u(kRow) + gap), width, ui.u(kRow)};
    ui.part(part, box);
    const Rect label = box.cut_left(ui.u(columns == 1 ? 84 : 72));
    ui.text(label.x, label.middle_y() - ui.u(8), name, type::kText, ui.theme.muted);
    const double lower = beside(list, value, -1), higher = beside(list, value, 1);
    const int way =
        stepper(ui, id, box, name, number_text(value, 6), lower<value, higher> value, least, most);
    if (way != 0) ui.intend(verb, way < 0 ? lower : higher);
  };
  // Of a float the decimals that were meant.
  const auto meant = [](float value) { return std::round(static_cast<double>(value) * 1e7) / 1e7; };
  setting("rate", "rate", "Rate", "set_learning_rate", meant(lesson.optimizer().learning_rate), kRates,
          "A smaller rate would hardly move the weights", "10 is the largest rate here");
  setting("momentum", "momentum", "Momentum", "set_momentum", meant(lesson.optimizer().momentum), kMomenta,
          "0 is no momentum", "0.99 is the most here");
  setting("l2", "penalty", "L2", "set_l2", meant(lesson.l2()), kFactors, "0 is no penalty",
          "1 is the largest penalty here");
  setting("batch", "batch", "Batch", "set_batch_size", lesson.run().settings().batch_size, kBatches,
          "A batch has at least one image", "256 images are the most here");
}

float NetworkTraining::controls_height(const Ui& ui, int columns) const {
  const int rows = 3 + (4 + columns - 1) / columns;
  return static_cast<float>(rows) * ui.u(kRow + kGapRow);
}

void NetworkTraining::controls(Ui& ui, Rect room, const NetworkLesson& lesson, int columns) const {
  if (ui.shows("training")) {
    training_bar(ui, room.cut_top(training_bar_height(ui)), lesson);
    room.cut_top(ui.u(kGapRow));
  }
  if (ui.shows("settings")) settings(ui, room, lesson, columns);
}

void NetworkTraining::status(Ui& ui, const Rect& room, const NetworkLesson& lesson) const {
  ui.part("status", room);
  const TrainingRun& run = lesson.run();
  if (const std::string why = lesson.trouble(); !why.empty())
    return ui.paragraph(room, why, type::kSmall, ui.theme.error);
  std::string words;
  if (!lesson.has_digits()) {
    words = lesson.working() ? "Writing digits to learn from: " + percent_text(lesson.digits_made(), 0)
                             : "The network has learned nothing yet. Press Train.";
  } else {
    words = "Epoch " + std::to_string(run.epoch() + 1) + ", batch " + std::to_string(run.batch()) + " of " +
            std::to_string(run.batches_per_epoch()) + ". " + std::to_string(run.images_seen()) +
            " images seen";
    if (lesson.working() && run.images_per_second() > 0)
      words += ", " + number_text(run.images_per_second(), 0) + " a second";
    words += ".";
  }
  ui.paragraph(room, words, type::kSmall, ui.theme.muted);
}

void NetworkTraining::Curve::fill(const TrainingCurve& curve) {
  x.clear(), loss.clear(), accuracy.clear();
  for (const CurvePoint& point : curve.points()) {
    x.push_back(static_cast<float>(point.images));
    loss.push_back(static_cast<float>(point.loss));
    accuracy.push_back(static_cast<float>(100 * point.accuracy));
  }
}

void NetworkTraining::curves(Ui& ui, Rect room, const NetworkLesson& lesson) {
  batches_.fill(lesson.run().curve()), validations_.fill(lesson.run().validation_curve());
  std::string before = "before";
  if (lesson.earlier()) {
    before_.fill(lesson.earlier()->validations);
    if (const std::string with = lesson.earlier_settings(); !with.empty()) before += ": " + with;
  }
  Rect left = room, right = room;
  if (room.w > room.h) {
    left = room.cut_left((room.w - ui.u(16)) / 2);
    room.cut_left(ui.u(16));
    right = room;
  } else {
    left = room.cut_top((room.h - ui.u(8)) / 2);
    room.cut_top(ui.u(8));
    right = room;
  }
  const auto plot = [&](LinePlot& plot, const Rect& box, const char* id, const char* name, const char* unit,
                        std::vector<float> Curve::*values) {
    std::vector<PlotLine> lines = {
        {"training", 0, Dash::solid, batches_.x, batches_.*values, {}, 1.5f},
        {"validation", 1, Dash::solid, validations_.x, validations_.*values, {}, 2.5f}};
    if (lesson.earlier()) lines.push_back({before, 1, Dash::dashed, before_.x, before_.*values, {}, 1.5f});
    LinePlotShown shown;
    shown.id = id;
    shown.name = name;
    shown.x_name = "images seen";
    shown.y_name = unit;
    shown.lines = lines;
    shown.from_zero = true;
    shown.empty = "Press Train";
    ui.part(id, box);
    plot.draw(ui, box, shown);
  };
  plot(loss_, left, "loss", "Loss", "loss", &Curve::loss);
  plot(accuracy_, right, "accuracy", "Accuracy", "right, %", &Curve::accuracy);
}

}  // namespace kg
