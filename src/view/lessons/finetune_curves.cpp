#include "view/lessons/finetune_curves.h"

#include "view/lessons/finetune_nets.h"

namespace kg {

void FinetuneCurves::accuracy(Ui& ui, const Rect& room, const FinetuneLesson& lesson) {
  ui.part("accuracy", room);
  plot(ui, room, lesson, true);
}

void FinetuneCurves::loss(Ui& ui, const Rect& room, const FinetuneLesson& lesson) {
  ui.part("loss", room);
  plot(ui, room, lesson, false);
}

void FinetuneCurves::plot(Ui& ui, const Rect& room, const FinetuneLesson& lesson, bool accuracy) {
  const TrainingRuns& runs = lesson.runs();
  const bool base = lesson.scene() == FinetuneLesson::Scene::base;
  std::vector<PlotLine> lines;
  for (int i = 0; i < runs.count(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    const TrainingCurve& curve = accuracy ? runs.run(i).validation_curve() : runs.run(i).curve();
    x_[k].clear(), y_[k].clear();
    for (const CurvePoint& point : curve.points()) {
      x_[k].push_back(static_cast<float>(point.updates));
      y_[k].push_back(static_cast<float>(accuracy ? 100 * point.accuracy : point.loss));
    }
    PlotLine line;
    line.name = runs.name(i);
    line.colour = base ? kBaseSeries : i;
    // Transfer and frozen often lie over each other.
    line.dash = i == FinetuneLesson::frozen ? Dash::dashed : Dash::solid;
    line.x = x_[k], line.y = y_[k];
    line.width = 2.5f;
    lines.push_back(std::move(line));
  }
  LinePlotShown shown;
  shown.id = accuracy ? "accuracy" : "loss";
  shown.name = accuracy ? "Right answers on pictures kept apart" : "Loss of the examples";
  shown.x_name = "updates";
  shown.y_name = accuracy ? "new pictures read, %" : "loss of the examples";
  shown.lines = lines;
  if (accuracy) shown.y = Axis{0, 100};
  shown.from_zero = true;
  shown.legend = accuracy && runs.count() > 1;
  shown.empty = "Press Train";
  (accuracy ? accuracy_ : loss_).draw(ui, room, shown);
}

}  // namespace kg
