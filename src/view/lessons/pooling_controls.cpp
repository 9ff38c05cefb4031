#include "view/lessons/pooling_controls.h"

#include <algorithm>

#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"
#include "view/widgets/preset_buttons.h"

namespace kg {
namespace {

// How the number of rows of the output comes about.
std::string size_formula(const PoolingLesson& lesson) {
  const std::string n = std::to_string(lesson.input().shape().h), k = std::to_string(lesson.window()),
                    s = std::to_string(lesson.stride()), out = std::to_string(lesson.down().out);
  if (lesson.padding() == Padding::same) return n + " / " + s + ", rounded up: " + out + " rows";
  return "(" + n + " − " + k + ") / " + s + " + 1, rounded down: " + out + " rows";
}

}  // namespace

void PoolingControls::pooling(Ui& ui, Rect room, const PoolingLesson& lesson) const {
  const float gap = ui.u(8), height = std::min(ui.u(36), (room.h - 3 * gap) / 4);
  const auto row = [&] {
    const Rect strip = room.cut_top(height);
    room.cut_top(gap);
    return strip;
  };
  if (ui.shows("mode")) {
    const Rect strip = row();
    ui.part("mode", strip);
    const int chosen = segmented(ui, "mode", strip, "Pooling", {"max", "average"},
                                 lesson.mode() == PoolingLesson::Mode::average ? 1 : 0,
                                 {"The largest value of the window stays", "The mean of the window stays"});
    if (chosen >= 0) ui.intend("set_mode", chosen == 1 ? "average" : "max");
  }
  const auto size = [&](const char* id, const char* part_name, const char* name, const char* verb, int n,
                        const std::string& shown, int most, const std::string& why_not_lower,
                        const std::string& why_not_raise) {
    Rect part = row();
    const Rect label = part.cut_left(ui.u(62));
    ui.text(label.x, label.middle_y() - ui.u(7), name, type::kText, ui.theme.muted);
    ui.part(part_name, part);
    const int way = stepper(ui, id, part, name, shown, n > 1, n < most, why_not_lower, why_not_raise);
    if (way != 0) ui.intend(verb, n + way);
  };
  constexpr int kMost = PoolingLesson::kMostPlaces;
  if (ui.shows("window")) {
    const Shape& in = lesson.input().shape();
    const int fits = lesson.padding() == Padding::same ? kMost : std::min({kMost, in.h, in.w});
    const int n = lesson.window();
    size("window", "size", "Window", "set_window", n, text_of(Size2{n, n}), fits,
         "A window has at least one place",
         fits < kMost ? "A larger window would not fit into the input without padding"
                      : "8×8 is the largest window here");
  }
  if (ui.shows("stride")) {
    const int n = lesson.stride();
    size("stride", "stride", "Stride", "set_stride", n, std::to_string(n), kMost,
         "A window that does not move has a stride of 0: 1 is the smallest", "8 is the largest stride here");
  }
  if (ui.shows("padding")) {
    const Rect strip = row();
    ui.part("padding", strip);
    const int chosen = segmented(ui, "padding", strip, "Padding", {"valid", "same"},
                                 lesson.padding() == Padding::same ? 1 : 0,
                                 {"Only windows that lie inside of the input",
                                  "Windows may reach over the edge; what is beyond it does not count"});
    if (chosen >= 0) ui.intend("set_padding", chosen == 1 ? "same" : "valid");
  }
}

void PoolingControls::mark_legend(const Ui& ui, const Rect& row, const PoolingLesson& lesson) const {
  if (lesson.mode() != PoolingLesson::Mode::max) return;
  const float side = ui.u(10);
  const Rect dot{row.x + ui.u(1), row.y + ui.u(4), side, side};
  ui.fill(dot.inset(ui.u(1.5f)), ui.theme.ink, 4);
  ui.text(dot.right() + ui.u(7), row.y, "won its window (faint: a tie)", type::kSmall, ui.theme.muted);
}

void PoolingControls::examples(Ui& ui, const Rect& row, const PoolingLesson& lesson) const {
  if (!ui.shows("examples")) return;
  const int now = static_cast<int>(lesson.source());  // numbers of one's own are none of the three
  const int chosen = segmented(ui, "example", row, "Example", {"4×4", "26×26", "conv + relu"}, now,
                               {"Sixteen numbers: everything can be worked out by hand",
                                "The output channel of a filter that finds top edges",
                                "Any filter, then relu, then pooling: as in a network"});
  static constexpr const char* kNames[] = {"4x4", "26x26", "digit"};
  if (chosen >= 0) ui.intend("load_preset", kNames[chosen]);
}

void PoolingControls::picture(Ui& ui, const Rect& box, const PoolingLesson& lesson) {
  if (!lesson.from_picture()) {
    const char* const words = lesson.source() == PoolingLesson::Source::four
                                  ? "Sixteen numbers. Follow one window by hand, then take "
                                    "the digit’s 26×26."
                                  : "Numbers of your own.";
    return ui.paragraph(box, words, type::kText, ui.theme.muted);
  }
  if (ui.shows("picture")) chooser.panel(ui, box, lesson.picture());
}

void PoolingControls::pipeline(Ui& ui, Rect room, const PoolingLesson& lesson) const {
  if (!lesson.from_picture()) return comparison(ui, room, lesson);
  ui.text(room.x, room.y, "How the input was made", type::kText, ui.theme.muted);
  room.cut_top(ui.u(22));
  Rect row = room.cut_top(ui.u(56));
  const Tensor& pixels = lesson.picture().pixels();
  const Shape& shape = pixels.shape();
  const float side = row.h, sign = ui.u(22);
  HeatMapLook look;
  look.ink = shape.c == 3 ? HeatMap::Ink::rgb : HeatMap::Ink::grey;
  const std::vector<float> plane = shape.c == 3
                                       ? std::vector<float>(pixels.values().begin(), pixels.values().end())
                                       : every_nth(pixels.values(), shape.c, 0);
  look.reach = reach_of(plane);
  (void)heat_map(ui, fit_cells(ui, row.cut_left(side), shape.h, shape.w), shape.h, shape.w, plane, look);
  ui.text_in(row.cut_left(sign), "∗", type::kStrong, ui.theme.ink);
  const Kernel3x3& kernel = lesson.filter().planes[0];
  thumbnail(ui, row.cut_left(side), 3, 3, kernel, reach_of(kernel));
  ui.text_in(row.cut_left(sign), "→", type::kStrong, ui.theme.ink);
  ui.text_in(row, lesson.rectified() ? "relu → input" : "input", type::kText, ui.theme.ink, Weight::semibold);
  room.cut_top(ui.u(10));
  filters(ui, room, lesson);
}

// Numbers have no past; there is room for what the other mode makes of them.
void PoolingControls::comparison(Ui& ui, Rect room, const PoolingLesson& lesson) const {
  const bool max = lesson.mode() == PoolingLesson::Mode::max;
  ui.text(room.x, room.y, max ? "Average pooling would give" : "Max pooling would give", type::kText,
          ui.theme.muted);
  room.cut_top(ui.u(22));
  const Tensor& other = lesson.other_output();
  HeatMapLook look;
  look.reach = reach_of(lesson.input().values());
  const float side = std::min({room.w, room.h, ui.u(112)});
  (void)heat_map(ui, fit_cells(ui, {room.x, room.y, side, side}, other.shape().h, other.shape().w),
                 other.shape().h, other.shape().w, other.values(), look);
}

void PoolingControls::filters(Ui& ui, const Rect& room, const PoolingLesson& lesson) const {
  if (!ui.shows("presets")) return;
  const std::string current = lesson.from_picture() ? lesson.filter().name : "";
  const std::string pressed = preset_buttons(ui, room, current);
  if (!pressed.empty()) ui.intend("set_filter", pressed);
}

void PoolingControls::output(Ui& ui, Rect room, const PoolingLesson& lesson) {
  const std::string formula = size_formula(lesson);
  const bool one_line = ui.text_width(formula, type::kText) <= room.w;
  ui.paragraph(room, formula, type::kText, ui.theme.ink);
  room.cut_top(ui.u(one_line ? 20 : 35));
  ui.text(room.x, room.y, "0 parameters to learn", type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(24));
  const Rect strip = room.cut_top(std::min(room.h, ui.u(36)));
  ui.part("gradient", strip);
  const int chosen = segmented(
      ui, "shown", strip, "The input shows", {"input", "its gradient"}, gradient ? 1 : 0,
      {"The numbers that come in", "How much of the gradient each input gets when every output cell gets 1"});
  if (chosen >= 0) gradient = chosen == 1;
}

}  // namespace kg
