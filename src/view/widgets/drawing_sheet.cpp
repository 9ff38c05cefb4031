#include "view/widgets/drawing_sheet.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

constexpr float kPenStep = 0.03f;  // of the sheet, per press of an arrow key
constexpr int kPenSides = 64;      // of the polygon that stands for the round pen: its corners must not show
constexpr Colour kPaper{0, 0, 0, 1}, kInk{1, 1, 1, 1};

}  // namespace

void ink_strokes(const Ui& ui, const Strokes& polylines, const Rect& frame, const SheetPlacement& at,
                 const Colour& colour) {
  for (const Stroke& line : polylines) {
    const auto place = [&](const Point& p) {
      return ImVec2(frame.x + (at.x + p.x * at.size) * frame.w, frame.y + (at.y + p.y * at.size) * frame.h);
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
      const float width = Drawing::kPenWidth * line[i].pressure * at.size * frame.w;
      ui.paint.AddCircleFilled(place(line[i]), width / 2, packed(colour), kPenSides);
      if (i > 0) ui.paint.AddLine(place(line[i - 1]), place(line[i]), packed(colour), width);
    }
  }
}

bool DrawingSheet::finish_stroke(Ui& ui) {
  const bool drawn = stroke_.size() >= 2;
  if (drawn) ui.intend("add_stroke", stroke_);
  stroke_.clear();
  pen_down_ = false;
  return drawn;
}

bool DrawingSheet::keyboard_pen(Ui& ui, const Rect& box) {
  ui.arrows_taken = true;
  bool drawn = false;
  const float right =
      (ui.key(ImGuiKey_RightArrow) ? kPenStep : 0) - (ui.key(ImGuiKey_LeftArrow) ? kPenStep : 0);
  const float down = (ui.key(ImGuiKey_DownArrow) ? kPenStep : 0) - (ui.key(ImGuiKey_UpArrow) ? kPenStep : 0);
  pen_x_ = std::clamp(pen_x_ + right, 0.0f, 1.0f);
  pen_y_ = std::clamp(pen_y_ + down, 0.0f, 1.0f);
  if (ui.key(ImGuiKey_Space, false)) {
    if (pen_down_) {
      drawn = finish_stroke(ui);
    } else {
      pen_down_ = true;
      stroke_ = {pen_x_, pen_y_};
    }
  } else if (pen_down_ && (right != 0 || down != 0)) {
    stroke_.insert(stroke_.end(), {pen_x_, pen_y_});
  }
  const ImVec2 at(box.x + pen_x_ * box.w, box.y + pen_y_ * box.h);
  ui.paint.AddCircle(at, ui.u(9), packed(ui.theme.attention), 0, ui.u(pen_down_ ? 4 : 2));
  return drawn;
}

bool DrawingSheet::draw(Ui& ui, const Rect& box, const Picture& picture) {
  ui.fill(box, kPaper, 4);
  ui.paint.PushClipRect(ImVec2(box.x, box.y), ImVec2(box.right(), box.bottom()), true);
  bool drawn = false;
  ink_strokes(ui, picture.drawing().polylines(), box, {}, kInk);
  if (stroke_.size() >= 2) {
    Stroke line;
    for (std::size_t i = 0; i + 1 < stroke_.size(); i += 2) line.push_back({stroke_[i], stroke_[i + 1], 1});
    ink_strokes(ui, {line}, box, {}, kInk);
  }
  ui.paint.PopClipRect();
  if (picture.drawing().empty() && stroke_.empty()) {
    ui.text_in(box, "Nothing drawn yet", type::kStrong, {0.62f, 0.65f, 0.7f, 1});
  }
  const Press press = ui.area("sheet", box);
  const bool focused =
      ui.focus.offer("sheet", "Sheet. Arrow keys move the pen, space puts it down and lifts it");
  if (press.held) {
    float x = 0, y = 0;
    ui.pointer(x, y);
    x = std::clamp((x - box.x) / box.w, 0.0f, 1.0f);
    y = std::clamp((y - box.y) / box.h, 0.0f, 1.0f);
    const std::size_t n = stroke_.size();
    if (n < 2 || std::hypot(stroke_[n - 2] - x, stroke_[n - 1] - y) > 0.006f)
      stroke_.insert(stroke_.end(), {x, y});
  } else if (!stroke_.empty() && !pen_down_) {
    drawn = finish_stroke(ui);
  }
  if (focused && ui.focus.by_keyboard()) drawn = keyboard_pen(ui, box) || drawn;
  ui.outline(box, ui.theme.muted, 1, 4);
  if (focused) ui.focus_ring(box, 4);
  return drawn;
}

}  // namespace kg
