#include "view/lessons/digit_flow.h"

#include <imgui.h>

#include <algorithm>
#include <string>
#include <vector>

#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

using Step = BackpropLesson::DigitStep;

// A column of the stage: one layer.
struct Column {
  DigitNet::Layer layer;
  const char* name;
  int across;  // maps side by side
  Step forward, back;
};
constexpr Column kColumns[] = {{DigitNet::conv_1, "conv2d", 4, Step::conv_1, Step::back_conv_1},
                               {DigitNet::pool_1, "pooling", 4, Step::pool_1, Step::back_pool_1},
                               {DigitNet::conv_2, "conv2d_1", 4, Step::conv_2, Step::back_conv_2},
                               {DigitNet::pool_2, "pooling_1", 4, Step::pool_2, Step::back_pool_2}};
constexpr float kShare[] = {1.15f, 0.95f, 1.15f, 0.95f, 1.0f};  // of the width; the last is the output

bool lit(const BackpropLesson& lesson, Step step) {
  const Timeline& time = lesson.timeline();
  if (time.at_end()) return false;
  const int seen = time.ticks_shown() > 0 ? time.step() : time.step() - 1;
  return seen == static_cast<int>(step);
}

// One layer's channels as small maps; answers the box they fill. `values` (H, W, C).
Rect channel_maps(Ui& ui, const Rect& box, std::span<const float> values, const SampleShape& shape,
                  int across, float reach, bool known) {
  const int down = (shape.c() + across - 1) / across;
  const float gap = ui.u(2);
  const Rect room{0, 0, (box.w - gap * static_cast<float>(across - 1)) / static_cast<float>(across),
                  (box.h - gap * static_cast<float>(down - 1)) / static_cast<float>(down)};
  // Not in whole pixels a cell: the maps are small, and side by side they should fill their column.
  const float cell = std::min(room.w / static_cast<float>(shape.w()), room.h / static_cast<float>(shape.h()));
  const float w = cell * static_cast<float>(shape.w()), h = cell * static_cast<float>(shape.h());
  for (int c = 0; c < shape.c(); ++c) {
    const Rect place{box.x + (w + gap) * static_cast<float>(c % across),
                     box.y + (h + gap) * static_cast<float>(c / across), w, h};
    if (!known) {
      ui.fill(place, ui.theme.empty);
      continue;
    }
    HeatMapLook look;
    look.reach = reach;
    heat_map(ui, place, shape.h(), shape.w(), every_nth(values, shape.c(), c), look);
  }
  return {box.x, box.y, w * static_cast<float>(across) + gap * static_cast<float>(across - 1),
          h * static_cast<float>(down) + gap * static_cast<float>(down - 1)};
}

// All filters of a layer in one sheet: filter by filter to the right, channel by channel down.
void filter_sheet(Ui& ui, const Rect& box, const BackpropLesson& lesson, int trained, bool gradients,
                  bool known) {
  const int layer = DigitNet::kTrained[trained];
  const bool renewed = !gradients && lesson.reached(Step::update) > 0 && !lesson.diverges();
  const Network& net = renewed ? lesson.digits().next() : lesson.digits().now();
  const Parameter& kernel = net.parameters(layer)[0];
  const std::vector<float>& from = gradients ? kernel.gradient : kernel.values;
  const int in = kernel.shape[2], out = kernel.shape[3];
  // As many filters a row as make the sheet fit its box best.
  int rows_of_filters = 1;
  const auto cell_for = [&](int rows) {
    const int per_row = (out + rows - 1) / rows;
    return std::min(box.w / static_cast<float>(3 * per_row), box.h / static_cast<float>(3 * in * rows));
  };
  for (int rows = 2; rows <= out; ++rows) {
    if (cell_for(rows) > cell_for(rows_of_filters)) rows_of_filters = rows;
  }
  const int per_row = (out + rows_of_filters - 1) / rows_of_filters;
  const int rows = 3 * in * rows_of_filters, cols = 3 * per_row;
  const float cell = cell_for(rows_of_filters);
  const Rect place{box.x, box.y, cell * static_cast<float>(cols), cell * static_cast<float>(rows)};
  if (!known) return ui.fill(place, ui.theme.empty);
  std::vector<float> sheet(static_cast<std::size_t>(rows * cols));
  const auto index_at = [&](int row, int col) {
    const int o = row / (3 * in) * per_row + col / 3, i = row / 3 % in;
    return o < out ? ((row % 3 * 3 + col % 3) * in + i) * out + o : -1;
  };
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) {
      const int index = index_at(row, col);
      if (index >= 0)
        sheet[static_cast<std::size_t>(row * cols + col)] = from[static_cast<std::size_t>(index)];
    }
  }
  HeatMapLook look;
  look.reach = reach_of(from);
  look.id = std::string(gradients ? "gradients " : "filters ") + std::to_string(trained);
  const HeatMapTouch touch = heat_map(ui, place, rows, cols, sheet, look);
  const auto box_of = [&](int index) {
    for (int k = 0; k < rows * cols; ++k) {
      if (index_at(k / cols, k % cols) == index) return cell_box(place, rows, cols, k / cols, k % cols);
    }
    return Rect{};
  };
  const bool here = lesson.selected() && lesson.selected()->layer == trained;
  if (here && lesson.selected()->index < rows * cols) {
    const Rect chosen = box_of(lesson.selected()->index);
    if (chosen.w > 0) bold_frame(ui, chosen, ui.theme.attention, 2);
  }
  if (touch.hovered) {
    const int index = index_at(touch.row, touch.col);
    if (index >= 0) {
      ui.tooltip(std::string(gradients ? "Gradient " : "Weight ") +
                 significant_text(static_cast<double>(from[static_cast<std::size_t>(index)])) +
                 "; press to look at it");
      if (touch.clicked) ui.intend("select", trained, index);
    }
  }
  if (gradients) return;
  // By keyboard: the arrows go from weight to weight.
  if (!ui.focus.offer("filters " + std::to_string(trained) + " keys",
                      "Weights of " + net.name(layer) + (here ? ": " + lesson.selected_name() : "") +
                          "; arrow keys choose one"))
    return;
  ui.focus_ring(place);
  ui.arrows_taken = true;
  const int way = (ui.key(ImGuiKey_RightArrow) || ui.key(ImGuiKey_DownArrow) ? 1 : 0) -
                  (ui.key(ImGuiKey_LeftArrow) || ui.key(ImGuiKey_UpArrow) ? 1 : 0);
  if (way == 0) return;
  const int last = in * out * 9 - 1;
  ui.intend("select", trained, here ? std::clamp(lesson.selected()->index + way, 0, last) : 0);
}

// Ten classes as bars: their shares, or which way each should go.
void class_bars(Ui& ui, const Rect& box, std::span<const float> values, const BackpropLesson& lesson,
                bool wishes, bool known) {
  const float each = box.h / 10, size = std::min(type::kSmall, each / ui.display.scale * 0.95f);
  float reach = 1e-9f;
  for (const float value : values) reach = std::max(reach, std::abs(value));
  const int best = static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
  for (int k = 0; k < 10; ++k) {
    Rect row{box.x, box.y + each * static_cast<float>(k), box.w, each};
    const Rect name = row.cut_left(ui.u(14));
    const bool label = k == lesson.label();
    ui.text_in(name, std::to_string(k), size, label ? ui.theme.ink : ui.theme.muted,
               label ? Weight::semibold : Weight::regular);
    row = row.inset(ui.u(2), std::min(ui.u(1.5f), each * 0.12f));
    ui.fill(row, ui.theme.empty, 2);
    if (!known) continue;
    const float value = values[static_cast<std::size_t>(k)];
    if (!wishes) {
      ui.fill({row.x, row.y, row.w * std::clamp(value, 0.0f, 1.0f), row.h}, ui.theme.action, 2);
      if (label || k == best) ui.outline(row, ui.theme.ink, k == best ? 1.75f : 1.0f, 2);
    } else {
      const float half = row.w / 2, length = half * value / reach, middle = row.x + half;
      // The way it should go is against the gradient: a share that should rise points to the right.
      const Rect bar{length > 0 ? middle - length : middle, row.y, std::abs(length), row.h};
      ui.fill(bar, value_colour(value > 0 ? 0.8f : -0.8f), 2);
      ui.fill({middle - ui.u(0.5f), row.y, ui.u(1), row.h}, ui.theme.muted);
    }
  }
}

// The gradient at a place, as backward left it.
std::vector<float> gradient_at(const BackpropLesson& lesson, int place) {
  const std::span<const float> g = lesson.digits().gradient(place);
  return {g.begin(), g.end()};
}

}  // namespace

void digit_flow(Ui& ui, Rect box, const BackpropLesson& lesson) {
  const DigitNet& digits = lesson.digits();
  const bool again = lesson.reached(Step::again) > 0 && !lesson.diverges();
  const Network& shown = again ? digits.next() : digits.now();
  const bool narrow = box.w < ui.u(480);
  const float gap = ui.u(narrow ? 8 : 20), head = ui.u(18);
  float sum = 0;
  for (const float share : kShare) sum += share;
  const float unit = (box.w - gap * 4) / sum;
  Rect heads = box.cut_top(head);
  const float caption = ui.u(narrow ? 15 : 18), between = ui.u(narrow ? 5 : 12);
  const float band = (box.h - between - 2 * caption) / 2;
  const Rect words_up = box.cut_top(caption);
  const Rect up = box.cut_top(band);
  box.cut_top(between);
  const Rect words_down = box.cut_top(caption);
  const Rect down = box;
  ui.text(words_up.x, words_up.y,
          narrow ? "Values and filters" : "Forward: values, and beneath them the filters", type::kSmall,
          ui.theme.muted);
  ui.text(words_down.x, words_down.y,
          narrow ? "Gradients"
                 : "Back: what the loss says about each of them (blue should rise, red should fall)",
          type::kSmall, ui.theme.muted);
  const float filters = band * 0.36f, space = ui.u(narrow ? 4 : 8);
  float x = box.x;
  for (int k = 0; k < 5; ++k) {
    const float width = unit * kShare[k];
    const Rect top{x, up.y, width, up.h}, low{x, down.y, width, down.h};
    x += width + gap;
    if (k == 4) {
      ui.text(top.x, heads.y, narrow ? "output" : "dense, softmax", type::kSmall, ui.theme.ink,
              Weight::semibold);
      const bool now = lit(lesson, Step::dense) || lit(lesson, Step::loss),
                 back = lit(lesson, Step::wishes) || lit(lesson, Step::back_dense);
      class_bars(ui, top, shown.values(DigitNet::kLayers), lesson, false, lesson.reached(Step::dense) > 0);
      class_bars(ui, low, digits.gradient(DigitNet::kLayers), lesson, true, lesson.reached(Step::wishes) > 0);
      if (now) ui.outline(top.inset(-ui.u(4)), ui.theme.attention, 3, 5);
      if (back) ui.outline(low.inset(-ui.u(4)), ui.theme.attention, 3, 5);
      ui.part("outputs", top);
      ui.part("wishes", low);
      continue;
    }
    const Column& column = kColumns[k];
    const int place = column.layer + 1;
    const SampleShape& shape = shown.shape(place);
    const bool convolves = column.layer == DigitNet::conv_1 || column.layer == DigitNet::conv_2;
    ui.text(x - gap - width, heads.y, ui.shortened(column.name, type::kSmall, width), type::kSmall,
            ui.theme.ink, Weight::semibold);
    const Rect maps{top.x, top.y, top.w, top.h - filters - space},
        wishes{low.x, low.y, low.w, low.h - filters - space};
    const std::span<const float> values = shown.values(place);
    const std::vector<float> gradient = gradient_at(lesson, place);
    const Rect filled = channel_maps(ui, maps, values, shape, column.across, reach_of(values),
                                     lesson.reached(column.forward) > 0);
    const Rect wished = channel_maps(ui, wishes, gradient, shape, column.across, reach_of(gradient),
                                     lesson.reached(column.back) > 0);
    if (lit(lesson, column.forward)) ui.outline(filled.inset(-ui.u(4)), ui.theme.attention, 3, 5);
    if (lit(lesson, column.back)) ui.outline(wished.inset(-ui.u(4)), ui.theme.attention, 3, 5);
    if (k == 0) ui.part("maps", filled), ui.part("gradients", wished);
    if (!convolves) continue;
    const int trained = k / 2;
    const Step step = k == 0 ? Step::filters_1 : Step::filters_2;
    const Rect sheet{top.x, top.bottom() - filters, top.w, filters},
        changes{low.x, low.bottom() - filters, low.w, filters};
    filter_sheet(ui, sheet, lesson, trained, false, true);
    filter_sheet(ui, changes, lesson, trained, true, lesson.reached(step) > 0);
    if (lit(lesson, step)) ui.outline(changes.inset(-ui.u(4)), ui.theme.attention, 3, 5);
    if (lit(lesson, Step::update)) ui.outline(sheet.inset(-ui.u(4)), ui.theme.attention, 3, 5);
    if (k == 0) ui.part("filters", sheet);
  }
}

}  // namespace kg
