#include "view/lessons/init_net_grid.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace kg {

void InitNetGrid::histograms(Ui& ui, Rect box, const InitLesson& lesson, bool gradients) {
  ui.part("layers", box);
  const auto& nets = lesson.nets();
  const int rows = static_cast<int>(nets.size());
  const bool narrow = box.w < ui.u(560);
  const float name_width = narrow ? 0 : ui.u(118), name_row = narrow ? ui.u(14) : 0;
  const int columns =
      std::clamp(static_cast<int>((box.w - name_width) / ui.u(narrow ? 56 : 70)), 2, lesson.depth());
  const BarRange range = gradients ? gradient_range() : activation_range(lesson.activation());
  const Rect foot = box.cut_bottom(ui.u(32));
  const float gap = ui.u(4), height = (box.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows);
  const float width = (box.w - name_width) / static_cast<float>(columns);
  cells_.resize(static_cast<std::size_t>(rows * columns));
  for (int row = 0; row < rows; ++row) {
    const auto& net = nets[static_cast<std::size_t>(row)];
    const WeightRule rule = lesson.compared()[static_cast<std::size_t>(row)];
    const std::string name = words_of(rule).title;
    Rect line{box.x, box.y + (height + gap) * static_cast<float>(row), box.w, height};
    if (narrow) {
      const Rect words = line.cut_top(name_row);
      ui.text(words.x, words.y, ui.shortened(name, 11, words.w), 11, ui.theme.ink, Weight::semibold);
    } else {
      const Rect words = line.cut_left(name_width);
      ui.text(words.x, words.middle_y() - ui.u(7), ui.shortened(name, type::kSmall, words.w - ui.u(8)),
              type::kSmall, ui.theme.ink, Weight::semibold);
    }
    for (int col = 0; col < columns; ++col) {
      // Evenly picked, the first and the last among them.
      const int layer =
          columns == 1 ? 0 : static_cast<int>(std::lround(col * (lesson.depth() - 1.0) / (columns - 1)));
      const LayerLook& look = net[static_cast<std::size_t>(layer)];
      const Rect cell{line.x + width * static_cast<float>(col), line.y, width - gap, line.h};
      HistogramShown what;
      what.id = "layer " + std::to_string(row) + "." + std::to_string(col);
      what.name = name + ", layer " + std::to_string(layer + 1);
      what.from = range.from, what.to = range.to;
      what.counts = gradients ? look.gradient_bars : look.value_bars;
      what.x_name = "";
      what.series = row, what.numbers = false, what.stop = false, what.ends_hold_rest = range.log;
      what.log_counts = true;
      what.empty = "all 0";
      (void)cells_[static_cast<std::size_t>(row * columns + col)].draw(ui, cell, what);
      if (row + 1 == rows) {
        ui.text(cell.middle_x(), foot.y + ui.u(2), std::to_string(layer + 1), 11, ui.theme.muted,
                Weight::regular, Align::centre);
      }
    }
  }
  std::string axis = gradients   ? "powers of ten of |gradient|"
                     : range.log ? "powers of ten of activations"
                                 : "activations";
  axis += " from " + reading_text(range.from) + " to " + reading_text(range.to) +
          " in each layer, counts logarithmic";
  ui.text(box.x, foot.y + ui.u(17), ui.shortened(axis, type::kSmall, foot.w), type::kSmall, ui.theme.muted);
}

void InitNetGrid::sizes(Ui& ui, const Rect& box, const InitLesson& lesson, bool gradients) {
  ui.part("sizes", box);
  const auto& nets = lesson.nets();
  std::vector<float> layers;
  std::vector<std::vector<float>> sizes(nets.size());
  for (int k = 0; k < lesson.depth(); ++k) layers.push_back(static_cast<float>(k + 1));
  std::vector<PlotLine> lines;
  for (std::size_t i = 0; i < nets.size(); ++i) {
    for (const LayerLook& look : nets[i])
      sizes[i].push_back(static_cast<float>((gradients ? look.gradients : look.values).root_mean_square));
    lines.push_back(
        {words_of(lesson.compared()[i]).title, static_cast<int>(i), Dash::solid, layers, sizes[i]});
  }
  LinePlotShown what;
  what.id = "sizes", what.name = gradients ? "Size of the gradients" : "Size of the activations";
  what.x_name = "layer",
  what.y_name = gradients ? "gradient (root mean square)" : "activation (root mean square)";
  what.lines = lines;
  what.y_scale = AxisScale::log10;
  what.empty = "All values are 0";
  (void)plot_.draw(ui, box, what);
}

}  // namespace kg
