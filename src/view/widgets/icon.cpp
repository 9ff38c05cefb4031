#include "view/widgets/icon.h"

#include <imgui.h>

#include <initializer_list>

namespace kg {
namespace {

// Draws in a square of −1 … 1 around a centre.
class Pencil {
 public:
  Pencil(const Ui& ui, const Rect& box, const Colour& colour, float size)
      : paint_(ui.paint),
        x_(box.middle_x()),
        y_(box.middle_y()),
        r_(ui.u(size) / 2),
        colour_(packed(colour)),
        width_(ui.u(size) / 8) {}

  void triangle(float left, float right) const {  // pointing to `right`
    paint_.AddTriangleFilled(at(left, -0.95f), at(right, 0), at(left, 0.95f), colour_);
  }
  void bar(float left, float top, float right, float bottom) const {
    paint_.AddRectFilled(at(left, top), at(right, bottom), colour_);
  }
  void line(std::initializer_list<ImVec2> points) const {
    for (const ImVec2& p : points) paint_.PathLineTo(at(p.x, p.y));
    paint_.PathStroke(colour_, 0, width_);
  }
  void arc(float radius, float from, float to) const {
    paint_.PathArcTo(at(0, 0), radius * r_, from, to);
    paint_.PathStroke(colour_, 0, width_);
  }

 private:
  ImVec2 at(float x, float y) const { return {x_ + x * r_, y_ + y * r_}; }

  ImDrawList& paint_;
  float x_, y_, r_;
  ImU32 colour_;
  float width_;
};

}  // namespace

void draw_icon(const Ui& ui, Icon icon, const Rect& box, const Colour& colour, float size) {
  const Pencil pencil(ui, box, colour, size);
  switch (icon) {
    case Icon::none:
      break;
    case Icon::play:
      pencil.triangle(-0.7f, 1);
      break;
    case Icon::pause:
      pencil.bar(-0.75f, -0.9f, -0.2f, 0.9f);
      pencil.bar(0.2f, -0.9f, 0.75f, 0.9f);
      break;
    case Icon::forward:
      pencil.triangle(-0.8f, 0.5f);
      pencil.bar(0.55f, -0.95f, 0.85f, 0.95f);
      break;
    case Icon::back:
      pencil.triangle(0.8f, -0.5f);
      pencil.bar(-0.85f, -0.95f, -0.55f, 0.95f);
      break;
    case Icon::last:
      pencil.triangle(-1, 0);
      pencil.triangle(-0.1f, 0.85f);
      pencil.bar(0.75f, -0.95f, 1, 0.95f);
      break;
    case Icon::first:
      pencil.triangle(1, 0);
      pencil.triangle(0.1f, -0.85f);
      pencil.bar(-1, -0.95f, -0.75f, 0.95f);
      break;
    case Icon::plus:
      pencil.bar(-0.12f, -0.75f, 0.12f, 0.75f);
      [[fallthrough]];
    case Icon::minus:
      pencil.bar(-0.75f, -0.12f, 0.75f, 0.12f);
      break;
    case Icon::pen:
      pencil.line({{-0.9f, 0.9f}, {-0.7f, 0.3f}, {0.5f, -0.9f}, {0.9f, -0.5f}, {-0.3f, 0.7f}, {-0.9f, 0.9f}});
      break;
    case Icon::undo:
      pencil.arc(0.75f, -2.4f, 2.2f);
      pencil.line({{-0.95f, -0.9f}, {-0.6f, -0.45f}, {-0.1f, -0.65f}});
      break;
    case Icon::clear:
      pencil.line({{-0.7f, -0.7f}, {0.7f, 0.7f}});
      pencil.line({{-0.7f, 0.7f}, {0.7f, -0.7f}});
      break;
    case Icon::open:
      pencil.line({{-0.9f, 0.7f},
                   {-0.9f, -0.7f},
                   {-0.2f, -0.7f},
                   {0.05f, -0.4f},
                   {0.9f, -0.4f},
                   {0.9f, 0.7f},
                   {-0.9f, 0.7f}});
      break;
    case Icon::shuffle:
      pencil.arc(0.75f, 0.3f, 5.2f);
      pencil.line({{0.15f, -1.0f}, {0.45f, -0.62f}, {0.05f, -0.3f}});
      break;
    case Icon::lock:
      pencil.bar(-0.75f, -0.1f, 0.75f, 0.95f);
      pencil.line({{-0.48f, 0}, {-0.48f, -0.5f}, {-0.2f, -0.9f}, {0.2f, -0.9f}, {0.48f, -0.5f}, {0.48f, 0}});
      break;
    case Icon::open_lock:
      pencil.line({{-0.7f, -0.05f}, {0.7f, -0.05f}, {0.7f, 0.9f}, {-0.7f, 0.9f}, {-0.7f, -0.05f}});
      pencil.line({{0.48f, 0}, {0.48f, -0.5f}, {0.2f, -0.9f}, {-0.2f, -0.9f}, {-0.48f, -0.5f}});
      break;
  }
}

}  // namespace kg
