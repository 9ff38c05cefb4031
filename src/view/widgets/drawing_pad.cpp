#include "view/widgets/drawing_pad.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "view/easing.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr float kWatchSeconds = 3.5f;
constexpr Colour kPaper{0, 0, 0, 1}, kInk{1, 1, 1, 1};

// The way to 28×28 has four stages; these are their ends.
constexpr float kBoxFound = 0.22f, kScaled = 0.58f, kMoved = 0.84f;
constexpr float kScaling = 0.3f, kMoving = 0.2f;  // how long each of the two glides

// Without motion each stage is shown as it ends.
float end_of_stage(float t) { return t < kBoxFound ? 0 : t < kScaled ? kScaled : t < kMoved ? kMoved : 1; }

SheetPlacement between(const SheetPlacement& a, const SheetPlacement& b, float t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.size + (b.size - a.size) * t};
}

}  // namespace

void DrawingPad::buttons(Ui& ui, Rect row, const Picture& picture) {
  const float gap = ui.u(8), width = (row.w - 3 * gap) / 4;
  const bool empty = picture.drawing().empty();
  const auto next = [&](const char* id, const char* words, Icon icon, bool enabled, const char* hint,
                        ButtonLook::Kind kind = ButtonLook::Kind::plain) {
    const Rect box = row.cut_left(width);
    row.cut_left(gap);
    ButtonLook look;
    look.kind = kind;
    look.words = words;
    look.icon = icon;
    look.enabled = enabled;
    look.hint = hint;
    return button(ui, id, box, words, look);
  };
  if (next("undo", "Undo", Icon::undo, !empty,
           empty ? "Nothing drawn yet" : "Take the last stroke back (Ctrl Z)"))
    ui.intend("undo_stroke");
  if (next("clear", "Clear", Icon::clear, !empty, empty ? "Nothing drawn yet" : "Start with an empty sheet"))
    ui.intend("clear_drawing");
  if (next("watch", "Watch", Icon::play, !empty,
           empty ? "Nothing drawn yet" : "Watch the drawing become a 28×28 digit"))
    watched_ = 0;
  if (next("done", "Done", Icon::none, true, "Back to the lesson (Escape)", ButtonLook::Kind::primary))
    open_ = false;
}

// Four stages, on a frame that stands for 28×28: the ink's box is found; it is scaled to 20×20; its centre of
// mass moves to the middle; the pixels are taken.
void DrawingPad::way_to_28(Ui& ui, const Rect& rest, const Rect& words, const Picture& picture) {
  const Rect frame = fit_cells(ui, rest, kPictureSide, kPictureSide);
  const auto& way = picture.normalised();
  if (!way || picture.source() != Picture::Source::drawing) {
    ui.fill(frame, kPaper);
    ui.outline(frame, ui.theme.muted, 1);
    ui.paragraph(words, "Draw a digit: here you will see the 28×28 pixels a network gets.", type::kText,
                 ui.theme.muted);
    return;
  }
  const float side = static_cast<float>(kPictureSide);
  const float sheet_w = static_cast<float>(way->source_width);
  const float box_size = static_cast<float>(std::max(way->ink.width(), way->ink.height()));
  const float grown = sheet_w / box_size * kFitSide / side;  // the sheet's side once the box fits 20 pixels
  const auto fitted_at = [&](float corner_x, float corner_y) {
    return SheetPlacement{
        (corner_x + way->fit.left) / side - static_cast<float>(way->ink.left) / sheet_w * grown,
        (corner_y + way->fit.top) / side - static_cast<float>(way->ink.top) / sheet_w * grown, grown};
  };
  const SheetPlacement start{0, 0, 1}, fitted = fitted_at(4, 4);
  const SheetPlacement moved =
      fitted_at(4 + static_cast<float>(way->shift_x), 4 + static_cast<float>(way->shift_y));
  const float t = watched_;
  const float glide = ui.display.reduced_motion ? end_of_stage(t) : t;
  const SheetPlacement now = t < kScaled ? between(start, fitted, eased((glide - kBoxFound) / kScaling))
                                         : between(fitted, moved, eased((glide - kScaled) / kMoving));
  const char* caption = t < kBoxFound ? "1. The box around the ink is found."
                        : t < kScaled ? "2. It is scaled to fit 20×20 pixels."
                        : t < kMoved  ? "3. Its centre of mass moves to the middle of 28×28."
                                      : "4. Each of the 28×28 pixels takes its share of the ink.";
  if (t >= kMoved) {
    HeatMapLook look;
    look.ink = HeatMap::Ink::grey;
    heat_map(ui, frame, kPictureSide, kPictureSide, way->picture.values(), look);
  } else {
    ui.fill(frame, kPaper);
    ui.paint.PushClipRect(ImVec2(frame.x, frame.y), ImVec2(frame.right(), frame.bottom()), true);
    ink_strokes(ui, picture.drawing().polylines(), frame, now, kInk);
    ui.paint.PopClipRect();
    const float left = now.x + static_cast<float>(way->ink.left) / sheet_w * now.size;
    const float top = now.y + static_cast<float>(way->ink.top) / sheet_w * now.size;
    ui.outline({frame.x + left * frame.w, frame.y + top * frame.h,
                static_cast<float>(way->ink.width()) / sheet_w * now.size * frame.w,
                static_cast<float>(way->ink.height()) / sheet_w * now.size * frame.h},
               ui.theme.attention, 2);
    ui.outline(frame, ui.theme.muted, 1);
  }
  if (t >= kScaled) {  // the middle, to which the centre of mass goes
    const float x = frame.middle_x(), y = frame.middle_y(), r = ui.u(7);
    ui.paint.AddLine(ImVec2(x - r, y), ImVec2(x + r, y), packed(ui.theme.attention), ui.u(1.5f));
    ui.paint.AddLine(ImVec2(x, y - r), ImVec2(x, y + r), packed(ui.theme.attention), ui.u(1.5f));
  }
  ui.paragraph(words, caption, type::kText, ui.theme.ink);
}

void DrawingPad::draw(Ui& ui, const Rect& stage, const Picture& picture) {
  if (watched_ < 1) {
    watched_ = std::min(1.0f, watched_ + ui.seconds / kWatchSeconds);
    ui.animating = true;
  }
  const bool tall = stage.w < stage.h * 1.1f;
  Rect rest = stage.inset(ui.u(tall ? 12 : 24), ui.u(tall ? 10 : 20));
  ui.text(rest.x, rest.y, "Draw a digit", type::kStrong, ui.theme.ink, Weight::semibold);
  rest.cut_top(ui.u(30));
  const Rect row = rest.cut_bottom(ui.u(44));
  rest.cut_bottom(ui.u(12));
  Rect pad, frame, words;
  if (tall) {
    const float side = std::min(rest.w, rest.h - ui.u(124));
    pad = rest.cut_top(side);
    pad.w = side;
    rest.cut_top(ui.u(12));
    frame = rest.cut_left(std::min(rest.h, ui.u(112)));
    rest.cut_left(ui.u(12));
    words = rest;
  } else {
    const float side = std::min(rest.h, rest.w * 0.56f);
    pad = rest.cut_left(side);
    pad.h = side;
    rest.cut_left(ui.u(28));
    frame = rest;
    frame.h = frame.w = std::min(rest.w, rest.h - ui.u(60));
    words = {frame.x, frame.bottom() + ui.u(12), rest.w, ui.u(48)};
  }
  if (sheet_.draw(ui, pad, picture)) watched_ = 1;
  way_to_28(ui, frame, words, picture);
  buttons(ui, row, picture);
  if (ui.key(ImGuiKey_Escape, false)) open_ = false;
  if (ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(ImGuiKey_Z) && !picture.drawing().empty())
    ui.intend("undo_stroke");
  if (!open_) {
    sheet_.finish_stroke(ui);
    ui.focus.drop();
    ui.animating = true;  // the next frame shows the lesson again
  }
}

}  // namespace kg
