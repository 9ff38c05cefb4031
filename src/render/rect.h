// Rect: a rectangle on the stage, in CSS pixels, y down.
#pragma once

namespace kg {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  float middle_x() const { return x + w / 2; }
  float middle_y() const { return y + h / 2; }
  bool contains(float px, float py) const { return px >= x && px < right() && py >= y && py < bottom(); }
  Rect inset(float dx, float dy) const { return {x + dx, y + dy, w - 2 * dx, h - 2 * dy}; }
  Rect inset(float d) const { return inset(d, d); }

  // Cut a strip off one side: returns it, and keeps the rest.
  Rect cut_top(float size) {
    const Rect cut{x, y, w, size};
    y += size, h -= size;
    return cut;
  }
  Rect cut_bottom(float size) {
    h -= size;
    return {x, y + h, w, size};
  }
  Rect cut_left(float size) {
    const Rect cut{x, y, size, h};
    x += size, w -= size;
    return cut;
  }
  Rect cut_right(float size) {
    w -= size;
    return {x + w, y, size, h};
  }
};

}  // namespace kg
