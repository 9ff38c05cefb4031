#include "view/lessons/batchnorm_table.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "lesson/number_text.h"
#include "view/easing.h"
#include "view/widgets/button.h"
#include "view/widgets/plot_frame.h"

namespace kg {
namespace {

constexpr float kGlide = 0.7f;                           // seconds
constexpr float kRow = 34, kLowestRow = 17, kFoot = 40;  // units
constexpr double kMilesStep = 1000, kAgeStep = 1;

constexpr Column kColumns[] = {Column::miles, Column::age};

const char* formula_of(Scaling scaling) {
  switch (scaling) {
    case Scaling::raw:
      return "as they are";
    case Scaling::scaled:
      return "(x − min) / (max − min)";
    case Scaling::standardised:
      return "(x − mean) / standard deviation";
  }
  return "";
}

// One axis for both columns: that is the point of it.
Axis axis_of(const BatchnormLesson& lesson, Scaling scaling) {
  AxisFit fit;
  fit.add(0);
  for (const Column column : kColumns) {
    for (const float value : lesson.column(column, scaling)) fit.add(static_cast<double>(value));
  }
  return fit.axis();
}

// A number of the table or of the axis, as long as it has to be.
std::string text_of(double value, Scaling scaling, int digits) {
  return scaling == Scaling::raw ? number_text(value, digits) : fixed_text(value);
}

}  // namespace

void BatchnormTable::scalings(Ui& ui, const Rect& row, const BatchnormLesson& lesson) const {
  ui.part("scalings", row);
  const int chosen =
      segmented(ui, "scaling", row, "The numbers", {"Raw", "0–1 scaled", "Standardised"},
                static_cast<int>(lesson.scaling()),
                {"As they are", "The least becomes 0, the largest 1", "Mean 0, standard deviation 1"});
  if (chosen >= 0) ui.intend("set_scaling", name_of(kScalings[chosen]));
}

void BatchnormTable::glide(Ui& ui, Scaling to) {
  if (!drawn_) from_ = to_ = to, drawn_ = true;  // where it stands when it comes into sight
  if (to != to_) from_ = to_, to_ = to, way_ = 0;
  if (way_ >= 1) return;
  way_ = ui.display.reduced_motion ? 1 : std::min(1.0f, way_ + ui.seconds / kGlide);
  ui.animating |= way_ < 1;
}

float BatchnormTable::share(const BatchnormLesson& lesson, Column column, std::size_t driver) const {
  const auto at = [&](Scaling scaling) {
    return static_cast<float>(
        axis_of(lesson, scaling).share(static_cast<double>(lesson.column(column, scaling)[driver])));
  };
  const float end = at(to_);
  if (way_ >= 1) return end;
  const float start = at(from_);
  return start + (end - start) * eased(way_);
}

void BatchnormTable::strips(Ui& ui, Rect room, const BatchnormLesson& lesson) {
  glide(ui, lesson.scaling());
  ui.part("strips", room);
  ui.card(room);
  room = room.inset(ui.u(16), ui.u(10));
  const Rect head = room.cut_top(ui.u(20));
  ui.text(head.x, head.y, "Both on one axis", type::kText, ui.theme.ink, Weight::semibold);
  if (head.w > ui.u(300))
    ui.text(head.right(), head.y, formula_of(lesson.scaling()), type::kText, ui.theme.muted, Weight::regular,
            Align::right);

  const Axis axis = axis_of(lesson, lesson.scaling());
  const bool low = room.h < ui.u(140);
  const float words = ui.u(low ? 18 : 22), radius = ui.u(low ? 7 : 9);
  const float left = room.x + radius, width = room.w - 2 * radius;
  // The words stand above the upper lane and below the axis: the lines between the lanes are left alone.
  const Rect titles[] = {room.cut_top(words), room.cut_bottom(words)};
  const Rect numbers = room.cut_bottom(ui.u(20));
  const float y[] = {room.y + radius + ui.u(low ? 2 : 8), room.bottom() - radius - ui.u(2)};
  for (const Column column : kColumns) {
    const auto c = static_cast<std::size_t>(column);
    const Rect& title = titles[c];
    const Statistics of = statistics(lesson.column(column, lesson.scaling()));
    ui.fill({title.x, title.middle_y() - ui.u(5), ui.u(10), ui.u(10)},
            series_colour(ui.theme, static_cast<int>(c)), 2);
    const float line = title.middle_y() - ui.u(8);
    ui.text(title.x + ui.u(16), line, name_of(column), type::kText, ui.theme.ink, Weight::semibold);
    const float from = title.x + ui.u(62);
    const int digits = column == Column::miles ? 0 : 1;
    ui.text(from, line,
            ui.shortened("mean " + text_of(of.mean, lesson.scaling(), digits) + ", standard deviation " +
                             text_of(of.deviation, lesson.scaling(), digits),
                         type::kText, title.right() - from),
            type::kText, ui.theme.muted);
  }
  // The grid, and its numbers.
  const float top = y[0] - radius - ui.u(2), bottom = numbers.y;
  float free_from = numbers.x - 1;
  for (const Tick& tick : ticks(axis, std::max(3, static_cast<int>(width / ui.u(70))))) {
    const float x = left + width * static_cast<float>(axis.share(tick.value));
    const bool zero = tick.value == 0;
    ui.fill({ui.snap(x), top, ui.u(1), bottom - top}, zero ? ui.theme.muted : ui.theme.hairline);
    const float w = ui.text_width(tick.text, type::kSmall);
    const float at = std::clamp(x - w / 2, numbers.x, numbers.right() - w);
    if (at < free_from) continue;
    ui.text(at, numbers.y + ui.u(3), tick.text, type::kSmall, ui.theme.muted);
    free_from = at + w + ui.u(8);
  }
  for (const float at : y) ui.fill({left, ui.snap(at), width, ui.u(1)}, ui.theme.muted);

  float x[2][kDrivers] = {};
  for (const Column column : kColumns) {
    for (std::size_t i = 0; i < kDrivers; ++i)
      x[static_cast<std::size_t>(column)][i] = left + width * share(lesson, column, i);
  }
  const Rect reach{left - radius, y[0] - radius, width + 2 * radius, y[1] - y[0] + 2 * radius};
  if (ui.area("dots", reach).hovered) {
    float px = 0, py = 0, nearest = ui.u(16);
    ui.pointer(px, py);
    lit_ = -1;
    for (int lane_at = 0; lane_at < 2; ++lane_at) {
      for (int i = 0; i < kDrivers; ++i) {
        const float away = std::hypot(px - x[lane_at][i], py - y[lane_at]);
        if (away < nearest) nearest = away, lit_ = i;
      }
    }
  }
  const auto line = [&](int i, bool lit) {
    ui.paint.AddLine(ImVec2(x[0][i], y[0]), ImVec2(x[1][i], y[1]),
                     packed(lit ? ui.theme.attention : mix(ui.theme.panel, ui.theme.muted, 0.45f)),
                     ui.u(lit ? 3.0f : 1.0f));
  };
  const auto dot = [&](int lane_at, int i, bool lit) {
    const Colour& colour = series_colour(ui.theme, lane_at);
    const ImVec2 at(x[lane_at][i], y[lane_at]);
    ui.paint.AddCircleFilled(at, radius + (lit ? ui.u(2) : 0),
                             packed(lit ? ui.theme.attention : ui.theme.panel));
    ui.paint.AddCircleFilled(at, radius - ui.u(1), packed(colour));
    const std::string name = std::to_string(i + 1);
    ui.text(at.x, at.y - ui.u(low ? 5.5f : 6.5f), name, low ? 11 : 13, text_on(colour), Weight::semibold,
            Align::centre);
  };
  for (int i = 0; i < kDrivers; ++i) line(i, false);
  if (lit_ >= 0) line(lit_, true);
  for (int lane_at = 0; lane_at < 2; ++lane_at) {
    for (int i = 0; i < kDrivers; ++i) {
      if (i != lit_) dot(lane_at, i, false);
    }
    if (lit_ >= 0) dot(lane_at, lit_, true);
  }
}

void BatchnormTable::driver(Ui& ui, Rect row, int i, const Cells& cells, const BatchnormLesson& lesson) {
  if (i == lit_) ui.fill(row, faded(ui.theme.attention, 0.28f), 4);
  const Rect number = row.cut_left(cells.number);
  ui.text_in(number, std::to_string(i + 1), type::kSmall, ui.theme.muted);
  for (const Column column : kColumns) {
    const Rect cell = row.cut_left(cells.column).inset(ui.u(2), ui.u(1));
    const bool miles = column == Column::miles;
    const double value = value_of(lesson.drivers()[static_cast<std::size_t>(i)], column);
    const std::string id = std::string(name_of(column)) + std::to_string(i + 1);
    const KnobTouch knob =
        knobs_.touch(ui, id, cell, "Driver " + std::to_string(i + 1) + ", " + name_of(column), value,
                     miles ? kMilesStep : kAgeStep, Driver::kMostMiles);
    if (knob.value) {
      const double to = std::clamp(*knob.value, 0.0, miles ? Driver::kMostMiles : Driver::kMostAge);
      if (to != value) ui.intend("set_driver", i + 1, name_of(column), to);
    }
    if (knob.hovered || knob.focused) lit_ = i;
    ui.fill(cell, knob.hovered ? mix(ui.theme.panel, ui.theme.action, 0.12f) : ui.theme.ground, 4);
    ui.outline(cell, knob.hovered ? ui.theme.action : ui.theme.hairline, 1, 4);
    ui.text_in(cell.inset(ui.u(4), 0), knob.typed.empty() ? number_text(value, 1) : knob.typed, type::kText,
               ui.theme.ink);
    if (knob.focused) ui.focus_ring(cell, 4);
  }
  if (!cells.shown) return;
  for (const Column column : kColumns) {
    const Rect cell = row.cut_left(cells.column);
    const float value = lesson.column(column, lesson.scaling())[static_cast<std::size_t>(i)];
    ui.text_in(cell, fixed_text(static_cast<double>(value)), type::kText, ui.theme.ink, Weight::semibold);
  }
}

// How the numbers are changed, and the way back.
void BatchnormTable::reset(Ui& ui, Rect room, const BatchnormLesson& lesson) const {
  const bool beside = room.w > ui.u(220);
  ButtonLook look;
  look.words = "Reset";
  look.enabled = lesson.edited();
  look.hint = lesson.edited() ? "The table as it was at first" : "The table is as it was at first";
  const float height = ui.u(30);
  const Rect box = beside ? Rect{room.right() - ui.u(82), room.bottom() - height, ui.u(82), height}
                          : Rect{room.x, room.y + ui.u(46), std::min(room.w, ui.u(82)), height};
  const std::string words = "Drag a number up or down, or type one.";
  ui.paragraph({room.x, beside ? box.middle_y() - ui.u(7) : room.y,
                beside ? box.x - room.x - ui.u(8) : room.w, ui.u(34)},
               words, type::kSmall, ui.theme.muted);
  if (button(ui, "reset drivers", box, "Reset the table", look)) ui.intend("reset_drivers");
}

void BatchnormTable::table(Ui& ui, Rect room, const BatchnormLesson& lesson) {
  ui.part("table", room);
  const bool summed = room.h >= ui.u(15 * 21);
  const bool footed = summed && room.h >= ui.u(15 * 21 + kFoot);
  const Rect foot = room.cut_bottom(footed ? ui.u(kFoot) : 0);
  const float line = std::clamp(room.h / (summed ? 15 : 11), ui.u(kLowestRow), ui.u(kRow));
  Cells cells;
  cells.shown = lesson.scaling() != Scaling::raw;
  cells.number = ui.u(42);
  cells.column = (room.w - cells.number) / 4;
  Rect head = room.cut_top(line);
  head.cut_left(cells.number);
  for (int group = 0; group < (cells.shown ? 2 : 1); ++group) {
    for (const Column column : kColumns) {
      const Rect cell = head.cut_left(cells.column);
      const std::string name = std::string(name_of(column));
      ui.text_in(cell, group == 0 ? name : name + "′", type::kSmall,
                 group == 0 ? ui.theme.muted : ui.theme.ink, Weight::semibold);
    }
  }
  // The half that the raw table leaves empty says what it is for; where the table takes all the height, it
  // has the way back, too.
  const Rect half{room.right() - cells.column * 2 + ui.u(14), room.y + ui.u(2), cells.column * 2 - ui.u(14),
                  ui.u(80)};
  if (footed || !cells.shown) reset(ui, footed ? foot : half, lesson);
  if (footed && !cells.shown) {
    ui.paragraph(half, "Scaled or standardised, the numbers that the neuron gets stand here.", type::kSmall,
                 ui.theme.muted);
  }
  for (int i = 0; i < kDrivers; ++i) driver(ui, room.cut_top(line), i, cells, lesson);
  if (!summed) return;
  ui.fill({room.x, room.y, room.w, ui.u(1)}, ui.theme.hairline);
  struct Line {
    const char* name;
    double (*of)(const Statistics&);
  };
  static constexpr Line kLines[] = {{"mean", [](const Statistics& s) { return s.mean; }},
                                    {"std", [](const Statistics& s) { return s.deviation; }},
                                    {"min", [](const Statistics& s) { return static_cast<double>(s.least); }},
                                    {"max", [](const Statistics& s) { return static_cast<double>(s.most); }}};
  for (const Line& known : kLines) {
    Rect row = room.cut_top(line);
    ui.text_in(row.cut_left(cells.number), known.name, type::kSmall, ui.theme.muted);
    for (int group = 0; group < (cells.shown ? 2 : 1); ++group) {
      const Scaling scaling = group == 0 ? Scaling::raw : lesson.scaling();
      for (const Column column : kColumns) {
        const double value = known.of(statistics(lesson.column(column, scaling)));
        ui.text_in(row.cut_left(cells.column).inset(ui.u(3), 0),
                   group == 0 ? number_text(value, column == Column::miles ? 0 : 1) : fixed_text(value),
                   type::kText, ui.theme.ink, group == 0 ? Weight::regular : Weight::semibold);
      }
    }
  }
}

}  // namespace kg
