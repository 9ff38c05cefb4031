#include "view/ui.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

namespace kg {
namespace {

const char* end_of(std::string_view text) { return text.data() + text.size(); }

constexpr float kFar = 1e6f;  // CSS pixels: beyond everything

// What was drawn on a list covers.
Rect covered(const ImDrawList& list) {
  float left = kFar, top = kFar, right = -kFar, bottom = -kFar;
  for (const ImDrawVert& v : list.VtxBuffer) {
    left = std::min(left, v.pos.x), right = std::max(right, v.pos.x);
    top = std::min(top, v.pos.y), bottom = std::max(bottom, v.pos.y);
  }
  return {left, top, right - left, bottom - top};
}

}  // namespace

Ui::Ui(const Display& display_, const Fonts& fonts, Focus& focus_, Scene& scene_, ImDrawList& paint_,
       float seconds_)
    : display(display_),
      theme(kg::theme(display_.theme)),
      focus(focus_),
      scene(scene_),
      paint(paint_),
      seconds(seconds_),
      fonts_(fonts) {}

float Ui::snap(float css) const { return std::round(css * display.density) / display.density; }

float Ui::text_width(std::string_view text, float size, Weight weight) const {
  const ImFont* face = fonts_.face(weight, u(size));
  return face->CalcTextSizeA(u(size), 1e9f, 0, text.data(), end_of(text)).x;
}

void Ui::text(float x, float y, std::string_view text, float size, const Colour& colour, Weight weight,
              Align align) const {
  if (align != Align::left) {
    const float width = text_width(text, size, weight);
    x -= align == Align::centre ? width / 2 : width;
  }
  write(paint, x, y, text, size, colour, weight, 0);
}

void Ui::write(ImDrawList& on, float x, float y, std::string_view words, float size, const Colour& colour,
               Weight weight, float wrap) const {
  const ImFont* face = fonts_.face(weight, u(size));
  const auto draw = [&](ImDrawList& list) {
    list.AddText(face, u(size), ImVec2(snap(x), snap(y)), packed(colour), words.data(), end_of(words), wrap);
  };
  draw(on);
  if (!placed) return;
  // Again on a list that cuts nothing off, to see what the letters cover.
  ImDrawList whole(ImGui::GetDrawListSharedData());
  whole._ResetForNewFrame();
  whole.PushTextureID(face->ContainerAtlas->TexID);
  whole.PushClipRect(ImVec2(-kFar, -kFar), ImVec2(kFar, kFar));
  draw(whole);
  if (whole.VtxBuffer.Size > 0) note(Placed::Kind::text, words, "", covered(whole), on);
}

void Ui::note(Placed::Kind kind, std::string_view id, const std::string& label, const Rect& box,
              const ImDrawList& on) const {
  if (placed) placed->push_back({kind, std::string(id), label, box, &on == ImGui::GetForegroundDrawList()});
}

void Ui::text_in(const Rect& box, std::string_view words, float size, const Colour& colour,
                 Weight weight) const {
  const float width = text_width(words, size, weight);
  if (width > box.w) size *= box.w / width;
  text(box.middle_x(), box.middle_y() - u(size) * 0.5f, words, size, colour, weight, Align::centre);
}

void Ui::heading(const Rect& row, const std::string& name, const std::string& detail) const {
  text(row.x, row.y, name, type::kStrong, theme.ink, Weight::semibold);
  text(row.x + text_width(name, type::kStrong, Weight::semibold) + u(8), row.y + u(1.5f), detail, type::kText,
       theme.muted);
}

Rect Ui::labelled(Rect row, std::string_view words) const {
  const Rect name = row.cut_left(text_width(words, type::kText) + u(8));
  text(name.x, name.middle_y() - u(7), words, type::kText, theme.muted);
  return row;
}

void Ui::paragraph(const Rect& box, std::string_view words, float size, const Colour& colour) const {
  write(paint, box.x, box.y, words, size, colour, Weight::regular, box.w);
}

float Ui::paragraph_height(std::string_view words, float size, float width) const {
  const ImFont* face = fonts_.face(Weight::regular, u(size));
  return face->CalcTextSizeA(u(size), 1e9f, width, words.data(), end_of(words)).y;
}

std::string Ui::shortened(std::string_view words, float size, float width) const {
  if (text_width(words, size) <= width) return std::string(words);
  std::string kept(words);
  while (!kept.empty() && text_width(kept + "…", size) > width) {
    // A character of UTF-8 goes as a whole: its later bytes are 10xxxxxx.
    while (!kept.empty() && (static_cast<unsigned char>(kept.back()) & 0xC0) == 0x80) kept.pop_back();
    if (!kept.empty()) kept.pop_back();
  }
  return kept + "…";
}

void Ui::fill(const Rect& box, const Colour& colour, float radius) const {
  paint.AddRectFilled(ImVec2(box.x, box.y), ImVec2(box.right(), box.bottom()), packed(colour), u(radius));
}

void Ui::outline(const Rect& box, const Colour& colour, float width, float radius) const {
  paint.AddRect(ImVec2(box.x, box.y), ImVec2(box.right(), box.bottom()), packed(colour), u(radius), 0,
                u(width));
}

void Ui::card(const Rect& box) const {
  fill(box, theme.panel, 10);
  outline(box, theme.hairline, theme.border, 10);
}

void Ui::focus_ring(const Rect& box, float radius) const {
  if (focus.by_keyboard()) outline(box.inset(-u(3)), theme.ink, 2, radius + 3);
}

Press Ui::press(const std::string& id, const Rect& box, const std::string& label) const {
  note(Placed::Kind::press, id, label, box, paint);
  Press press = touch(id, box);
  if (press.held) focus.drop();
  press.focused = focus.offer(id, label);
  space_taken |= press.focused;
  if (press.focused && (key(ImGuiKey_Enter, false) || key(ImGuiKey_Space, false))) press.clicked = true;
  return press;
}

Press Ui::area(const std::string& id, const Rect& box) const {
  note(Placed::Kind::area, id, "", box, paint);
  return touch(id, box);
}

Press Ui::touch(const std::string& id, const Rect& box) const {
  if (box.w <= 0 || box.h <= 0) return {};
  ImGui::SetCursorScreenPos(ImVec2(box.x, box.y));
  Press press;
  press.clicked = ImGui::InvisibleButton(id.c_str(), ImVec2(box.w, box.h));
  press.hovered = ImGui::IsItemHovered();
  press.held = ImGui::IsItemActive();
  return press;
}

void Ui::part(std::string_view name, const Rect& box) {
  parts.insert(std::string(name));
  note(Placed::Kind::part, name, "", box, paint);
  if (name == display.pointed) outline(box.inset(-u(5)), theme.action, 3, 7);
  float x = 0, y = 0;
  pointer(x, y);
  if (ImGui::IsWindowHovered() && box.contains(x, y)) over_part = name;
}

bool Ui::key(int imgui_key, bool repeat) const {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl || io.KeyAlt || io.KeySuper) return false;
  return ImGui::IsKeyPressed(static_cast<ImGuiKey>(imgui_key), repeat);
}

void Ui::pointer(float& x, float& y) const {
  const ImVec2 at = ImGui::GetMousePos();
  x = at.x;
  y = at.y;
}

bool Ui::pointer_moved() const {
  const ImVec2 delta = ImGui::GetIO().MouseDelta;
  return delta.x != 0 || delta.y != 0;
}

bool Ui::tapped_here(const Rect& box) const {
  const ImVec2 at = ImGui::GetIO().MouseClickedPos[0];
  return ImGui::IsMouseClicked(0) && box.contains(at.x, at.y);
}

Ui Ui::in_front() const {
  Ui front(display, fonts_, focus, scene, *ImGui::GetForegroundDrawList(), seconds);
  front.placed = placed;
  return front;
}

void Ui::tooltip(const std::string& words) const {
  ImDrawList& front = *ImGui::GetForegroundDrawList();
  const ImFont* face = fonts_.face(Weight::regular, u(type::kText));
  const float pad = u(8), edge = u(4);
  const float widest = std::min(u(380), display.width - 2 * (pad + edge));
  const ImVec2 size = face->CalcTextSizeA(u(type::kText), 1e9f, widest, words.c_str());
  const float w = size.x + 2 * pad, h = size.y + 2 * pad;
  float x = 0, y = 0;
  pointer(x, y);
  x = std::clamp(x + u(16), edge, std::max(edge, display.width - w - edge));
  y = y - h - u(10) > edge ? y - h - u(10) : std::min(y + u(24), display.height - h - edge);
  front.AddRectFilled(ImVec2(x, y), ImVec2(x + w, y + h), packed(theme.ink), u(6));
  write(front, x + pad, y + pad, words, type::kText, theme.ground, Weight::regular, widest);
}

}  // namespace kg
