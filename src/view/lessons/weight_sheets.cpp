#include "view/lessons/weight_sheets.h"

#include <algorithm>

#include "view/lessons/parameters_controls.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Selection = ParametersLesson::Selection;

constexpr float kHeader = 24, kGap = 4, kGroupGap = 16, kLargestCell = 46, kPager = 34;  // units
// The smallest cells that can still be told apart, by mouse and by finger; and those of lists of single
// weights.
constexpr float kFine = 4, kFinger = 9, kSingle = 13;
constexpr int kMostSheets = 192;  // at a time

int lines(int count, int per_line) { return (count + per_line - 1) / per_line; }

// So many filters side by side, and so many of a filter's sheets: the way with the largest cells.
struct Layout {
  int groups = 1, sheets = 1;
  float cell = 0;  // CSS pixels
};

Layout layout_for(const Ui& ui, const Rect& room, const WeightGrid& grid, int outs, int ins) {
  Layout best;
  for (int groups = 1; groups <= outs; ++groups) {
    for (int sheets = 1; sheets <= ins; ++sheets) {
      const int down = lines(outs, groups), under = lines(ins, sheets);
      const float w =
          (room.w - ui.u(kGroupGap) * static_cast<float>(groups - 1)) / static_cast<float>(groups);
      const float h =
          (room.h - ui.u(kGap) * static_cast<float>(down - 1)) / static_cast<float>(down) - ui.u(kHeader);
      const float cell_w =
          (w - ui.u(kGap) * static_cast<float>(sheets - 1)) / static_cast<float>(sheets * grid.width);
      const float cell_h =
          (h - ui.u(kGap) * static_cast<float>(under - 1)) / static_cast<float>(under * grid.height);
      const float cell = std::min({cell_w, cell_h, ui.u(kLargestCell)});
      if (cell > best.cell * 1.01f) best = {groups, sheets, cell};
    }
  }
  const float pixels = static_cast<float>(static_cast<int>(best.cell * ui.display.density));
  if (pixels >= 1) best.cell = pixels / ui.display.density;
  return best;
}

// A layer too large to be seen at once is leafed through: some filters a page or, if one alone is too large,
// some of its sheets.
struct Pages {
  int outs = 1, ins = 1;  // a page's filters, and its sheets of each
  int per_out = 1, count = 1;
  int first_out(int page) const { return page / per_out * outs; }
  int first_in(int page) const { return page % per_out * ins; }
  int of(const WeightGrid::Place& at) const { return at.out / outs * per_out + (at.bias ? 0 : at.in / ins); }
};

Pages pages_for(const Ui& ui, const Rect& room, const WeightGrid& grid) {
  const bool single = grid.height * grid.width == 1;
  const float least = ui.u(single ? kSingle : ui.narrow() ? kFinger : kFine);
  const auto fit = [&](int outs, int ins) { return layout_for(ui, room, grid, outs, ins).cell >= least; };
  Pages pages{.outs = std::max(std::min(grid.out, kMostSheets / grid.in), 1),
              .ins = std::min(grid.in, kMostSheets)};
  while (pages.outs > 1 && !fit(pages.outs, pages.ins)) --pages.outs;
  while (pages.outs == 1 && pages.ins > 1 && !fit(1, pages.ins)) --pages.ins;
  pages.per_out = lines(grid.in, pages.ins);
  pages.count = lines(grid.out, pages.outs) * pages.per_out;
  return pages;
}

// "3", or "0 … 3".
std::string range_text(int first, int count) {
  const std::string from = std::to_string(first);
  return count == 1 ? from : from + " … " + std::to_string(first + count - 1);
}

std::string capital(std::string word) {
  word.front() = static_cast<char>(word.front() - 'a' + 'A');
  return word;
}

// Which page; the way to another one.
int turn(Ui& ui, const Rect& box, const ParametersLesson& lesson, const Pages& pages, int page) {
  const int layer = lesson.current();
  const WeightGrid& grid = lesson.grid(layer);
  const int out = pages.first_out(page), in = pages.first_in(page);
  const std::string name = capital(lesson.output_word(layer));
  std::string words = name + (pages.outs > 1 ? "s " : " ") +
                      range_text(out, std::min(pages.outs, grid.out - out)) + " of " +
                      std::to_string(grid.out);
  if (pages.per_out > 1) {
    words +=
        ", channels " + range_text(in, std::min(pages.ins, grid.in - in)) + " of " + std::to_string(grid.in);
  }
  return stepper(ui, "page", box, "Weights shown", words, page > 0, page + 1 < pages.count,
                 "These are the first of this layer", "These are the last of this layer");
}

// "Filter 0" and its bias.
Press header(const Ui& ui, const Rect& row, const ParametersLesson& lesson, const Selection& bias, bool lit) {
  const WeightGrid& grid = lesson.grid(bias.layer);
  const int output = bias.index - grid.weights();
  const std::string number = std::to_string(output);
  const std::string name = capital(lesson.output_word(bias.layer)) + " " + number;
  const float mark_size = ui.u(13);
  const float room = row.w - mark_size - ui.u(6);
  const std::string text = ui.text_width(name, type::kSmall) <= room ? name : number;
  ui.text(row.x, row.y + ui.u(2), text, type::kSmall, ui.theme.muted);
  if (!grid.has_biases) return {};
  const Rect mark{ui.snap(row.x + ui.text_width(text, type::kSmall) + ui.u(6)), ui.snap(row.y + ui.u(2)),
                  mark_size, mark_size};
  const bool in = output < lesson.counted(bias.layer).biases;
  ui.fill(mark, in ? value_colour(lesson.value(bias)) : ui.theme.empty, 2);
  ui.outline(mark, in ? ui.theme.ink : ui.theme.muted, 1.5f, 2);
  const Press press = ui.area("bias of " + number, mark.inset(-ui.u(4)));
  if (lit || press.hovered) ui.outline(mark.inset(-ui.u(3)), ui.theme.attention, 3, 4);
  return press;
}

}  // namespace

std::optional<Selection> WeightSheets::draw(Ui& ui, Rect room, const ParametersLesson& lesson) {
  const int layer = lesson.current();
  const WeightGrid& grid = lesson.grid(layer);
  Pages pages = pages_for(ui, room, grid);
  if (pages.count > 1) {
    const Rect pager = room.cut_top(ui.u(ui.narrow() ? 40 : kPager));
    room.cut_top(ui.u(6));
    pages = pages_for(ui, room, grid);
    if (layer_ != layer) page_ = 0;
    if (chosen_ != lesson.selected() && lesson.selected() && lesson.selected()->layer == layer)
      page_ = pages.of(grid.place(lesson.selected()->index));
    page_ = std::clamp(page_, 0, pages.count - 1);
    page_ += turn(ui, pager, lesson, pages, page_);
  }
  layer_ = layer;
  chosen_ = lesson.selected();
  const int page = pages.count > 1 ? page_ : 0;
  const int first_out = pages.first_out(page), first_in = pages.first_in(page);
  const int outs = std::min(pages.outs, grid.out - first_out), ins = std::min(pages.ins, grid.in - first_in);
  const Layout layout = layout_for(ui, room, grid, outs, ins);
  const float sheet_w = layout.cell * static_cast<float>(grid.width),
              sheet_h = layout.cell * static_cast<float>(grid.height);
  const float group_w = static_cast<float>(layout.sheets) * (sheet_w + ui.u(kGap)) - ui.u(kGap);
  const float group_h =
      ui.u(kHeader) + static_cast<float>(lines(ins, layout.sheets)) * (sheet_h + ui.u(kGap));
  const float used_w = static_cast<float>(layout.groups) * (group_w + ui.u(kGroupGap)) - ui.u(kGroupGap);
  const float left = room.x + (room.w - used_w) / 2;
  HeatMapLook look;
  look.reach = lesson.reach(layer);
  const int cells = grid.height * grid.width, counted = lesson.counted(layer).weights;
  std::vector<float> values(static_cast<std::size_t>(cells));
  std::optional<Selection> under;
  bool pressed = false;
  Rect chosen;
  for (int o = first_out; o < first_out + outs; ++o) {
    const int place = o - first_out;
    const Rect group{left + static_cast<float>(place % layout.groups) * (group_w + ui.u(kGroupGap)),
                     room.y + static_cast<float>(place / layout.groups) * group_h, group_w, group_h};
    const Selection bias{layer, grid.weights() + o};
    const Press mark =
        header(ui, {group.x, group.y, group.w, ui.u(kHeader)}, lesson, bias, lesson.selected() == bias);
    if (mark.hovered || mark.held) under = bias;
    pressed |= mark.clicked;
    for (int i = first_in; i < first_in + ins; ++i) {
      const float across = static_cast<float>((i - first_in) % layout.sheets),
                  down = static_cast<float>((i - first_in) / layout.sheets);
      const Rect sheet{ui.snap(group.x + across * (sheet_w + ui.u(kGap))),
                       ui.snap(group.y + ui.u(kHeader) + down * (sheet_h + ui.u(kGap))), sheet_w, sheet_h};
      for (int n = 0; n < cells; ++n) {
        const int index = grid.index({n / grid.width, n % grid.width, i, o, false});
        values[static_cast<std::size_t>(n)] = lesson.value({layer, index});
      }
      look.id = "sheet " + std::to_string(o) + "." + std::to_string(i);
      look.shown = std::clamp(counted - (o * grid.in + i) * cells, 0, cells);
      const HeatMapTouch touch = heat_map(ui, sheet, grid.height, grid.width, values, look);
      const auto cell = [&](int row, int col) { return cell_box(sheet, grid.height, grid.width, row, col); };
      if (touch.hovered || touch.held) {
        under = {layer, grid.index({touch.row, touch.col, i, o, false})};
        bold_frame(ui, cell(touch.row, touch.col), ui.theme.panel, 1.5f);
      }
      pressed |= touch.clicked;
      if (!lesson.selected() || lesson.selected()->layer != layer) continue;
      const WeightGrid::Place at = grid.place(lesson.selected()->index);
      if (!at.bias && at.in == i && at.out == o) chosen = cell(at.row, at.col);
    }
  }
  if (chosen.w > 0) bold_frame(ui, chosen, ui.theme.attention, 2.5f);
  if (pressed && under) choose(ui, lesson, under);
  if (under) ui.tooltip(lesson.words(*under) + ": " + weight_text(lesson, *under));
  return under;
}

}  // namespace kg
