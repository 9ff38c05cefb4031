#include "view/lessons/l2_curves.h"

#include "lesson/number_text.h"
#include "view/widgets/axis.h"

namespace kg {
namespace {

constexpr float kHead = 22, kLine = 26;  // units

}  // namespace

void L2Curves::loss(Ui& ui, const Rect& room, const L2Lesson& lesson) {
  ui.part("loss", room);
  plot(ui, room, lesson, false);
}

void L2Curves::accuracy(Ui& ui, const Rect& room, const L2Lesson& lesson) {
  ui.part("accuracy", room);
  plot(ui, room, lesson, true);
}

// Colour tells the run, as everywhere in this lesson; what is validated is solid.
void L2Curves::plot(Ui& ui, const Rect& room, const L2Lesson& lesson, bool accuracy) {
  std::vector<PlotLine> lines;
  for (int k = 0; k < 4; ++k) {
    const int run = k / 2;
    const bool validation = k % 2 == 1;
    const TrainingCurve& curve = validation ? lesson.run(run).validation_curve() : lesson.fit(run);
    const auto at = static_cast<std::size_t>(k);
    x_[at].clear(), y_[at].clear();
    for (const CurvePoint& point : curve.points()) {
      x_[at].push_back(static_cast<float>(point.updates));
      y_[at].push_back(static_cast<float>(accuracy ? 100 * point.accuracy : point.loss));
    }
    PlotLine line;
    line.name = std::string(run == L2Lesson::plain ? "without" : "with L2") +
                (validation ? ", validation" : ", training");
    line.colour = run;
    line.dash = validation ? Dash::solid : Dash::dashed;
    line.x = x_[at], line.y = y_[at];
    line.width = validation ? 2.5f : 1.75f;
    lines.push_back(std::move(line));
  }
  LinePlotShown shown;
  shown.id = accuracy ? "accuracy" : "loss";
  shown.name = accuracy ? "Accuracy" : "Loss";
  shown.x_name = "updates";
  shown.y_name = accuracy ? "right, %" : "loss without penalty";
  shown.lines = lines;
  shown.from_zero = true;
  shown.empty = "Press Train";
  (accuracy ? accuracy_ : loss_).draw(ui, room, shown);
}

float L2Curves::table_height(const Ui& ui) { return ui.u(kHead + 2 * kLine); }

void L2Curves::table(Ui& ui, Rect room, const L2Lesson& lesson) const {
  ui.part("gap", room);
  static const char* const kNames[] = {"training", "validation", "gap", "right", "Σw²", "penalty"};
  constexpr int kColumns = 6;
  const float first = ui.u(room.w > ui.u(450) ? 92 : 68), width = (room.w - first) / kColumns;
  const Rect head = room.cut_top(ui.u(kHead));
  for (int c = 0; c < kColumns; ++c)
    ui.text_in({head.x + first + width * static_cast<float>(c), head.y, width - ui.u(2), head.h}, kNames[c],
               type::kSmall, ui.theme.muted);
  for (const int run : {L2Lesson::plain, L2Lesson::penalised}) {
    const Rect row = room.cut_top(ui.u(kLine));
    const L2Lesson::Standing now = lesson.standing(run);
    ui.fill({row.x, row.y, row.w, ui.u(1)}, ui.theme.hairline);
    ui.fill({row.x, row.middle_y() - ui.u(5), ui.u(10), ui.u(10)}, series_colour(ui.theme, run), 2);
    const std::string name = run == L2Lesson::plain ? "without" : "with L2";
    ui.text_in({row.x + ui.u(16), row.y, ui.text_width(name, type::kSmall) + ui.u(1), row.h}, name,
               type::kSmall, ui.theme.ink);
    const auto said = [&](const std::string& text) { return now.measured ? text : std::string("–"); };
    const std::string texts[kColumns] = {said(fixed_text(now.loss)),
                                         said(fixed_text(now.validation_loss)),
                                         said(fixed_text(now.gap)),
                                         said(percent_text(now.validation_accuracy, 0)),
                                         number_text(now.squares, now.squares < 10 ? 2 : 0),
                                         fixed_text(now.penalty)};
    for (int c = 0; c < kColumns; ++c)
      ui.text_in({row.x + first + width * static_cast<float>(c), row.y, width - ui.u(2), row.h}, texts[c],
                 c == 2 ? type::kStrong : type::kText, ui.theme.ink,
                 c == 2 ? Weight::semibold : Weight::regular);
  }
}

}  // namespace kg
