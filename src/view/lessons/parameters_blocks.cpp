#include "view/lessons/parameters_blocks.h"

#include <imgui.h>

#include <algorithm>

#include "view/lessons/parameters_lines.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr float kCaption = 36, kStep = 5;  // units: two lines of words; between two sheets of a block
constexpr int kMostSheets = 6,
              kMostUnits = 9;  // that are drawn of a place; the caption says how many there are

std::string size_text(const SampleShape& shape) {
  if (shape.rank() == 1) return std::to_string(shape.c());
  return std::to_string(shape.h()) + "×" + std::to_string(shape.w()) + "×" + std::to_string(shape.c());
}

// A place's block, as large beside the largest picture as it is. `front` is its front sheet.
struct Block {
  Rect front = {};
  int sheets = 1;
  float step = 0;  // CSS pixels between two of them
};

Block block_of(const Ui& ui, const Rect& column, const SampleShape& shape, int largest_side) {
  Block block{.sheets = std::min(shape.c(), kMostSheets)};
  const float behind = static_cast<float>(block.sheets - 1);
  block.step = std::min(ui.u(kStep), column.w * 0.06f);
  const float side = std::min(column.h - ui.u(4) - block.step * 3, column.w * 0.62f);
  const auto length = [&](int n) {
    return std::max(side * static_cast<float>(n) / static_cast<float>(largest_side), ui.u(4));
  };
  const float back = block.step * behind, w = length(shape.w()), h = length(shape.h());
  block.front = {column.middle_x() - (w + back) / 2, column.middle_y() - (h - back) / 2, w, h};
  return block;
}

void sheets(const Ui& ui, const Block& block, bool lit) {
  for (int c = block.sheets - 1; c >= 0; --c) {
    const float back = block.step * static_cast<float>(c);
    const Rect sheet{block.front.x + back, block.front.y - back, block.front.w, block.front.h};
    ui.fill(sheet, c == 0 ? ui.theme.panel : mix(ui.theme.panel, ui.theme.hairline, 0.6f), 2);
    ui.outline(sheet, lit ? ui.theme.attention : ui.theme.muted, lit ? 2.5f : 1.2f, 2);
  }
}

// The filter on the block before, and the way from it to one cell of the block it makes.
void filter_window(const Ui& ui, const Rect& from, const Rect& to, float share, bool lit) {
  const float side = std::max(from.w * std::min(share, 1.0f), ui.u(6));
  const Rect window{from.middle_x() - side / 2, from.middle_y() - side / 2, side, side};
  const Colour colour = lit ? ui.theme.attention : ui.theme.muted;
  const ImVec2 cell(to.middle_x(), to.middle_y());
  ui.paint.AddLine(ImVec2(window.right(), window.y), cell, packed(faded(colour, 0.8f)), ui.u(1.2f));
  ui.paint.AddLine(ImVec2(window.right(), window.bottom()), cell, packed(faded(colour, 0.8f)), ui.u(1.2f));
  ui.outline(window, colour, lit ? 2.5f : 1.5f);
  ui.fill({cell.x - ui.u(2.5f), cell.y - ui.u(2.5f), ui.u(5), ui.u(5)}, colour);
}

// The units of a Dense layer, one upon the other; of many, the first and the last of them.
class Units {
 public:
  Units(const Ui& ui, const Rect& column, int units)
      : ui_(ui), column_(column), drawn_(std::min(units, kMostUnits)), all_(drawn_ == units) {
    spacing_ = std::min(ui.u(26), column.h / static_cast<float>(drawn_));
    radius_ = std::min({ui.u(10), spacing_ * 0.4f, column.w * 0.3f});
  }
  int drawn() const { return drawn_; }
  bool left_out(int k) const { return !all_ && k == drawn_ - 2; }  // dots stand there
  ImVec2 at(int k) const {
    return {column_.middle_x(),
            column_.middle_y() + spacing_ * (static_cast<float>(k) - static_cast<float>(drawn_ - 1) / 2)};
  }
  Rect box() const {
    const float h = spacing_ * static_cast<float>(drawn_);
    return {column_.middle_x() - radius_, column_.middle_y() - h / 2, 2 * radius_, h};
  }
  void draw(bool lit) const {
    for (int k = 0; k < drawn_; ++k) {
      const ImVec2 middle = at(k);
      if (left_out(k)) {
        for (const float y : {-0.25f, 0.0f, 0.25f})
          ui_.paint.AddCircleFilled(ImVec2(middle.x, middle.y + y * spacing_), ui_.u(1.4f),
                                    packed(ui_.theme.muted));
        continue;
      }
      ui_.paint.AddCircleFilled(middle, radius_, packed(ui_.theme.panel));
      ui_.paint.AddCircle(middle, radius_, packed(lit ? ui_.theme.attention : ui_.theme.ink), 0,
                          ui_.u(lit ? 2.5f : 1.5f));
    }
  }

 private:
  const Ui& ui_;
  Rect column_;
  int drawn_;
  bool all_;
  float spacing_ = 0, radius_ = 0;
};

void bar(const Ui& ui, const Rect& box) {
  ui.fill(box, ui.theme.panel, 2);
  for (float y = box.y + ui.u(5); y < box.bottom() - ui.u(2); y += ui.u(5))
    ui.fill({box.x, y, box.w, ui.u(1)}, mix(ui.theme.hairline, ui.theme.muted, 0.4f));
  ui.outline(box, ui.theme.muted, 1.2f, 2);
}

// What each place is, below it; where columns are too narrow for that, the name of the one that is lit.
void captions(const Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const std::vector<ParametersLesson::Row>& rows = lesson.rows();
  const int places = static_cast<int>(rows.size());
  const bool crowded = std::any_of(rows.begin(), rows.end(), [&](const ParametersLesson::Row& row) {
    return ui.text_width(row.type, type::kText, Weight::semibold) >
           box.w / static_cast<float>(places) * 1.15f;
  });
  if (crowded) {
    const ParametersLesson::Row& now = lesson.row(lesson.current());
    return ui.text_in({box.x, box.y + ui.u(8), box.w, ui.u(18)},
                      now.name + " (" + now.type + "): " + size_text(now.in) + " → " + size_text(now.out),
                      type::kText, ui.theme.ink, Weight::semibold);
  }
  for (int place = 0; place < places; ++place) {
    const ParametersLesson::Row& row = rows[static_cast<std::size_t>(place)];
    const Rect words = place_column(box, place, places);
    ui.text_in({words.x, words.y + ui.u(2), words.w, ui.u(16)}, row.type, type::kText, ui.theme.ink,
               Weight::semibold);
    ui.text_in({words.x + ui.u(3), words.y + ui.u(19), words.w - ui.u(6), ui.u(14)}, size_text(row.out),
               type::kSmall, ui.theme.muted);
  }
}

}  // namespace

void network_blocks(Ui& ui, const Rect& box, const ParametersLesson& lesson) {
  const std::vector<ParametersLesson::Row>& rows = lesson.rows();
  const int places = static_cast<int>(rows.size());
  Rect drawing = box;
  captions(ui, drawing.cut_bottom(ui.u(kCaption)), lesson);
  const auto row_at = [&](int place) -> const ParametersLesson::Row& {
    return rows[static_cast<std::size_t>(place)];
  };
  const auto lit = [&](int place) { return row_at(place).layer == lesson.current(); };
  int largest = 1;
  for (int place = 0; place < places; ++place) {
    const Rect column = place_column(box, place, places);
    const ParametersLesson::Row& row = row_at(place);
    largest = std::max({largest, row.out.h(), row.out.w()});
    if (row.layer < 0) continue;
    const Press press = ui.press("block" + std::to_string(place), column.inset(ui.u(3), 0),
                                 row.name + ", " + size_text(row.out) + (lit(place) ? ", chosen" : ""));
    if (press.hovered && !lit(place)) ui.fill(column.inset(ui.u(3), 0), faded(ui.theme.action, 0.08f), 6);
    if (press.focused) ui.focus_ring(column.inset(ui.u(3), 0));
    if (press.clicked) ui.intend("seek", row.layer);
  }
  Rect before;  // what was drawn at the place to the left
  bool units_before = false;
  for (int place = 0; place < places; ++place) {
    const ParametersLesson::Row& row = row_at(place);
    const Rect column = place_column(drawing, place, places);
    if (row.out.rank() == 3) {
      const Block block = block_of(ui, column, row.out, largest);
      sheets(ui, block, lit(place));
      if (row.window > 0) {
        filter_window(ui, before, block.front,
                      static_cast<float>(row.window) / static_cast<float>(row.in.w()), lit(place));
      }
      before = block.front;
    } else if (row.type == "Dense" || units_before) {
      const Units units(ui, column, row.out.c());
      const Colour line = lit(place) ? ui.theme.attention : mix(ui.theme.hairline, ui.theme.muted, 0.5f);
      for (int k = 0; k < units.drawn() && row.type == "Dense"; ++k) {
        if (units.left_out(k)) continue;
        for (const float y : {before.y, before.middle_y(), before.bottom()})
          ui.paint.AddLine(ImVec2(before.right(), y), units.at(k), packed(line), ui.u(1.2f));
      }
      units.draw(lit(place));
      before = units.box();
      units_before = true;
    } else {
      before = {column.middle_x() - ui.u(7), column.y + ui.u(4), ui.u(14), column.h - ui.u(8)};
      bar(ui, before);
    }
  }
}

}  // namespace kg
