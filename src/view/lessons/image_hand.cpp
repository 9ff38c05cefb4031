#include "view/lessons/image_hand.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Pixel = ImageLesson::Pixel;
using Region = ImageLesson::Region;

int side_of(const Region& region) { return std::max(region.height, region.width); }

int next_side(const ImageLesson& lesson, int way) {
  const Shape& shape = lesson.input().shape();
  const int side = side_of(lesson.zoom()), notch = std::max(1, side / 5);
  return std::clamp(side - way * notch, std::min(ImageLesson::kSmallestZoom, std::max(shape.h, shape.w)),
                    std::max(shape.h, shape.w));
}

}  // namespace

void ImageHand::use(Ui& ui, const ImageLesson& lesson, const Pixel& at) const {
  if (pencil) {
    const int channel = lesson.channel();
    const float value = static_cast<float>(ink) / 255;
    bool same = true;
    for (int c = 0; c < lesson.input().shape().c; ++c)
      same &= (channel >= 0 && c != channel) || lesson.value(at, c) == value;
    if (same) return;
    if (channel >= 0) {
      ui.intend("set_pixel", at.row, at.col, value, channel);
    } else {
      ui.intend("set_pixel", at.row, at.col, value);
    }
    return;
  }
  if (at == lesson.pixel() && lesson.zoom().contains(at)) return;
  if (!lesson.zoom().contains(at)) {
    const Region region = lesson.region_around(at);
    ui.intend("set_zoom", region.top, region.left, region.height, region.width);
  }
  ui.intend("look_at", at.row, at.col);
}

bool ImageHand::can_zoom(const ImageLesson& lesson, int way) {
  return next_side(lesson, way) != side_of(lesson.zoom());
}

// The pixel that is looked at stays in the middle of what is shown.
void ImageHand::zoom(Ui& ui, const ImageLesson& lesson, int way) {
  if (!can_zoom(lesson, way)) return;
  const Region region = lesson.region_of(next_side(lesson, way));
  ui.intend("set_zoom", region.top, region.left, region.height, region.width);
}

void ImageHand::wheel(Ui& ui, const ImageLesson& lesson) {
  const float notches = ImGui::GetIO().MouseWheel;
  if (notches != 0) zoom(ui, lesson, notches > 0 ? 1 : -1);
}

std::vector<float> light_of(const ImageLesson& lesson, const Region& region) {
  std::vector<float> light;
  for (int row = region.top; row < region.top + region.height; ++row) {
    for (int col = region.left; col < region.left + region.width; ++col) {
      for (int c = 0; c < 3; ++c)
        light.push_back(lesson.value({row, col}, lesson.channel() < 0 ? c : lesson.channel()));
    }
  }
  return light;
}

Colour shade_of(const ImageLesson& lesson, const Pixel& at) {
  const float reach = std::max(1.0f, reach_of(lesson.input().values()));
  const auto part = [&](int c) { return std::clamp(lesson.value(at, c) / reach, 0.0f, 1.0f); };
  if (lesson.channel() != ImageLesson::kAllChannels) return grey_colour(part(lesson.channel()));
  return {part(0), part(1), part(2), 1};
}

std::string reading(const ImageLesson& lesson, const Pixel& at) {
  std::string words = "Row " + std::to_string(at.row) + ", column " + std::to_string(at.col) + ": ";
  if (lesson.covered(at)) return words + "guess it";
  const auto both = [&](int c) {
    return ImageLesson::text(lesson.value(at, c), ImageLesson::Scale::bytes) + " (" +
           ImageLesson::text(lesson.value(at, c), ImageLesson::Scale::ones) + ")";
  };
  if (lesson.channel() != ImageLesson::kAllChannels) return words + both(lesson.channel());
  return words + "red " + both(0) + ", green " + both(1) + ", blue " + both(2);
}

}  // namespace kg
