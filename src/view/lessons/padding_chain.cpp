#include "view/lessons/padding_chain.h"

#include <algorithm>
#include <cmath>

#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

constexpr float kCaption = 20, kArrow = 20, kLeast = 30;  // units: under, behind, and the narrowest square

std::string side_text(int side) { return std::to_string(side) + "×" + std::to_string(side); }

// Where the squares come to lie with cells of this size, row by row; how tall that is.
struct Layout {
  std::vector<Rect> boxes;
  float height = 0;
};

Layout laid_out(const Ui& ui, const Rect& room, const std::vector<int>& sizes, float cell, int filter) {
  Layout layout;
  float x = room.x, y = room.y, tallest = 0;
  std::size_t row_start = 0;
  const auto end_row = [&] {
    // On a common ground line, and each row in the middle of its height.
    for (std::size_t i = row_start; i < layout.boxes.size(); ++i) {
      layout.boxes[i].y = ui.snap(y + tallest - layout.boxes[i].h);
    }
    y += tallest + ui.u(kCaption);
    row_start = layout.boxes.size();
  };
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const int size = sizes[i];
    const float arrow = i + 1 < sizes.size() ? ui.u(kArrow) : 0;
    const float side = cell * static_cast<float>(size > 0 ? size : filter);
    const float width = std::max(side, ui.u(kLeast));
    if (x > room.x && x + width + arrow > room.right()) {
      end_row();
      x = room.x, y += ui.u(6), tallest = 0;
    }
    layout.boxes.push_back({ui.snap(x + (width - side) / 2), y, side, side});
    tallest = std::max(tallest, side);
    x += width + ui.u(kArrow);
  }
  end_row();
  layout.height = y - room.y;
  return layout;
}

// The largest cells with which all of them find room.
float cell_that_fits(const Ui& ui, const Rect& room, const std::vector<int>& sizes, int filter) {
  const int largest = *std::max_element(sizes.begin(), sizes.end());
  float cell = std::min(room.w, room.h) / static_cast<float>(largest);
  while (cell > 0.3f && laid_out(ui, room, sizes, cell, filter).height > room.h) cell *= 0.97f;
  const float pixels = std::floor(cell * ui.display.density);
  return pixels >= 2 ? pixels / ui.display.density : cell;
}

void picture(Ui& ui, const Rect& box, int layer, const PaddingLesson& lesson, const std::string& id) {
  const Tensor& map = lesson.maps()[static_cast<std::size_t>(layer)];
  HeatMapLook look;
  look.id = id;
  look.ink = layer == 0 ? HeatMap::Ink::grey : HeatMap::Ink::diverging;
  look.reach = reach_of(map.values());
  (void)heat_map(ui, box, map.shape().h, map.shape().w, map.values(), look);
}

}  // namespace

void PaddingChain::draw(Ui& ui, Rect room, const PaddingLesson& lesson) {
  const std::vector<int>& sizes = lesson.sizes();
  if (room.w > ui.u(600)) {
    Rect side = room.cut_right(std::min(room.h - ui.u(44), ui.u(210)));
    room.cut_right(ui.u(24));
    close_up(ui, side, lesson);
  }
  ui.heading(room.cut_top(ui.u(24)), "Layer by layer", "in true proportion");
  const int filter = lesson.axis().f;
  const float cell = cell_that_fits(ui, room, sizes, filter);
  const Layout layout = laid_out(ui, room, sizes, cell, filter);
  const int done = lesson.layers_made(), current = lesson.timeline().step() + 1;
  for (int layer = 0; layer < static_cast<int>(sizes.size()); ++layer) {
    const Rect& box = layout.boxes[static_cast<std::size_t>(layer)];
    const int size = sizes[static_cast<std::size_t>(layer)];
    const bool here = layer == current && !lesson.timeline().at_end();
    if (layer > done) {
      ui.fill(box, ui.theme.empty, 2);
    } else if (size == 0) {
      gone(ui, box, cell, lesson);
    } else {
      square(ui, box, layer, lesson);
    }
    if (here) bold_frame(ui, box, ui.theme.attention, 2.5f);
    const float width = std::max(box.w, ui.u(kLeast));
    const std::string words = size == 0 ? "none" : side_text(size);
    ui.text_in({box.middle_x() - width / 2 - ui.u(4), box.bottom() + ui.u(2), width + ui.u(8), ui.u(16)},
               words, type::kSmall, size == 0 && layer <= done ? ui.theme.error : ui.theme.ink,
               layer == current || size == 0 ? Weight::semibold : Weight::regular);
    if (layer + 1 < static_cast<int>(sizes.size())) {
      const float x = box.middle_x() + width / 2, y = box.bottom() - std::min(box.h, ui.u(20)) / 2;
      ui.text_in({x, y - ui.u(8), ui.u(kArrow), ui.u(16)}, "→", type::kStrong, ui.theme.muted);
    }
  }
}

void PaddingChain::square(Ui& ui, const Rect& box, int layer, const PaddingLesson& lesson) const {
  picture(ui, box, layer, lesson, "");
  const Press press = ui.area("layer" + std::to_string(layer), box);
  if (press.clicked && layer > 0) ui.intend("seek", layer - 1);
  if (!press.hovered) return;
  bold_frame(ui, box, ui.theme.panel, 1.5f);
  const std::string size = side_text(lesson.sizes()[static_cast<std::size_t>(layer)]);
  ui.tooltip(layer == 0 ? "The picture, " + size : "After layer " + std::to_string(layer) + ": " + size);
}

// The filter, as large as it is, over the little that is left for it to stand on.
void PaddingChain::gone(Ui& ui, const Rect& box, float cell, const PaddingLesson& lesson) const {
  const float left = cell * static_cast<float>(lesson.sizes()[lesson.sizes().size() - 2]);
  ui.fill({box.x, box.y, left, left}, ui.theme.muted);
  ui.outline(box, ui.theme.error, 2, 1);
  const Press press = ui.area("gone", box);
  if (press.hovered) ui.tooltip("The filter is larger than what is left: there is no place to put it.");
}

// The picture of this moment as large as there is room for: what a next layer has to work with.
void PaddingChain::close_up(Ui& ui, Rect room, const PaddingLesson& lesson) const {
  const int layer = std::min(lesson.layers_made(), static_cast<int>(lesson.maps().size()) - 1);
  const int size = lesson.sizes()[static_cast<std::size_t>(layer)];
  ui.heading(room.cut_top(ui.u(24)), "Close up",
             layer == 0 ? "the picture" : "after layer " + std::to_string(layer));
  const Rect box = fit_cells(ui, {room.x, room.y, room.w, room.w}, size, size);
  picture(ui, box, layer, lesson, "close up");
  const Tensor& map = lesson.maps()[static_cast<std::size_t>(layer)];
  if (layer > 0) legend(ui, {box.x, box.bottom() + ui.u(4), box.w, ui.u(30)}, reach_of(map.values()));
}

}  // namespace kg
