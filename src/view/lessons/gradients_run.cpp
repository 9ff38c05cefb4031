#include "view/lessons/gradients_run.h"

#include <string>

#include "lesson/number_text.h"
#include "view/lessons/gradients_chart.h"
#include "view/widgets/button.h"

namespace kg {
namespace {

constexpr int kMany = 100;
constexpr float kButton = 34;

std::string name_for(const DeepNet& net, const char* name) {
  return name + std::string(net.diverged() ? ": blown up after update " + std::to_string(net.updates()) : "");
}

}  // namespace

void GradientsRun::Points::take(const DeepNet& net) {
  x.clear(), y.clear();
  for (const CurvePoint& point : net.curve()) {
    x.push_back(static_cast<float>(point.updates));
    y.push_back(static_cast<float>(point.loss));
  }
}

void GradientsRun::buttons(Ui& ui, Rect row, const GradientsLesson& lesson) const {
  if (!ui.shows("training")) return;
  const float gap = ui.u(6), width = (row.w - 2 * gap) / 3;
  const bool over = lesson.net().finished();
  const std::string why = !over                     ? ""
                          : lesson.net().diverged() ? "This run has diverged: rewind it, or change the net"
                                                    : "This run has made all of its updates: rewind it";
  ButtonLook look;
  look.text_size = type::kText;
  look.words = "1 update", look.enabled = !over && !lesson.busy(), look.hint = why;
  if (button(ui, "update 1", row.cut_left(width), "One update", look)) ui.intend("update", 1);
  row.cut_left(gap);
  if (lesson.busy()) {
    look.words = "Stop", look.enabled = true;
    if (button(ui, "update many", row.cut_left(width), "Stop the updates", look)) ui.intend("stop");
  } else {
    look.words = std::to_string(kMany);
    look.kind = over ? ButtonLook::Kind::plain : ButtonLook::Kind::primary;
    if (button(ui, "update many", row.cut_left(width), std::to_string(kMany) + " updates", look))
      ui.intend("update", kMany);
  }
  row.cut_left(gap);
  look.kind = ButtonLook::Kind::plain;
  look.words = "Rewind";
  look.enabled = lesson.net().updates() > 0 || lesson.net().diverged();
  look.hint = look.enabled ? "Back to the weights before the first update" : "No update has been made yet";
  if (button(ui, "rewind", row, "Rewind the run", look)) ui.intend("rewind");
}

void GradientsRun::draw(Ui& ui, Rect box, const GradientsLesson& lesson) {
  ui.part("run", box);
  if (ui.shows("training")) {
    buttons(ui, box.cut_bottom(ui.u(kButton)), lesson);
    box.cut_bottom(ui.u(6));
  }
  net_.take(lesson.net());
  std::vector<PlotLine> lines;
  PlotLine now;
  now.name = name_for(lesson.net(), "now"), now.colour = kNetSeries;
  now.x = net_.x, now.y = net_.y;
  lines.push_back(now);
  if (lesson.compares()) {
    kept_.take(*lesson.kept());
    PlotLine a;
    a.name = name_for(*lesson.kept(), "A"), a.colour = kKeptSeries, a.dash = Dash::dashed;
    a.x = kept_.x, a.y = kept_.y;
    lines.push_back(a);
  }
  LinePlotShown what;
  what.id = "loss", what.name = "Loss";
  what.x_name = "updates", what.y_name = "loss";
  what.lines = lines;
  what.from_zero = true;
  what.legend = lines.size() > 1 || lesson.net().diverged();
  plot_.draw(ui, box, what);
}

}  // namespace kg
