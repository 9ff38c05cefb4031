#include "view/lessons/batch_map.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/plot_frame.h"
#include "view/widgets/setting.h"

namespace kg {
namespace {

constexpr int kSide = LossSurface::kSide;
constexpr double kRates[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3};
constexpr double kStarts[] = {-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2};
// Between the lowest and the highest loss of the map, where lines of equal loss run.
constexpr double kLevels[] = {0.002, 0.01, 0.03, 0.07, 0.14, 0.25, 0.4, 0.6, 0.8};

// Where weights lie on the map; at its edge if they lie beyond.
PlotPoint place(const Rect& map, const LossSurface::Weights& w) {
  constexpr double kStep = (LossSurface::kTo - LossSurface::kFrom) / (kSide - 1);
  const double col = (w.left - LossSurface::kFrom) / kStep + 0.5,
               row = (LossSurface::kTo - w.right) / kStep + 0.5;
  const auto kept = [](double share) { return static_cast<float>(std::clamp(share, 0.0, 1.0)); };
  return {map.x + map.w * kept(col / kSide), map.y + map.h * kept(row / kSide)};
}

LossSurface::Weights weights_under(const Rect& map, float x, float y) {
  const double col = static_cast<double>((x - map.x) / map.w) * kSide - 0.5,
               row = static_cast<double>((y - map.y) / map.h) * kSide - 0.5;
  const LossSurface::Weights w = LossSurface::weights_at(row, col);
  const auto rounded = [](double v) {
    return std::round(std::clamp(v, LossSurface::kFrom, LossSurface::kTo) * 100) / 100;
  };
  return {rounded(w.left), rounded(w.right)};
}

}  // namespace

void BatchMap::main(Ui& ui, Rect room, const BatchLesson& lesson) const {
  const LossSurface* surface = lesson.surface();
  if (!surface || !surface->done()) return plot_empty(ui, room, "Computing the loss at every point …");
  const bool roomy = room.w > ui.u(540);
  const float numbers = ui.u(24), row = ui.u(17);
  room.cut_bottom(ui.u(20) + row * (roomy ? 1 : 2));
  // A cell need not be a whole number of pixels: nobody counts them here.
  const float side = ui.snap(std::min(room.w - numbers, room.h - ui.u(6)));
  const Rect map{ui.snap(room.x + numbers + (room.w - numbers - side) / 2), ui.snap(room.y + ui.u(6)), side,
                 side};
  const float highest = *std::max_element(surface->grid().begin(), surface->grid().end());
  HeatMapLook look;
  look.id = "map";
  look.reach = highest * 0.6f;
  const HeatMapTouch touch = heat_map(ui, map, kSide, kSide, surface->grid(), look);
  ui.part("map", map);
  contours(ui, map, *surface);
  paths(ui, map, lesson);

  for (int v = -1; v <= 2; ++v) {
    const PlotPoint at = place(map, {static_cast<double>(v), static_cast<double>(v)});
    const std::string words = number_text(v);
    ui.text(at.x, map.bottom() + ui.u(3), words, type::kSmall, ui.theme.muted, Weight::regular,
            Align::centre);
    ui.text(map.x - ui.u(6), std::clamp(at.y - ui.u(7), map.y - ui.u(4), map.bottom() - ui.u(11)), words,
            type::kSmall, ui.theme.muted, Weight::regular, Align::right);
  }
  const std::string axes = "across: weight of the left neighbour, up: of the right",
                    scale =
                        "white: loss 0, red: " + number_text(static_cast<double>(look.reach), 2) + " or more";
  const auto note = [&](int line, const std::string& words) {
    ui.text(room.x + room.w / 2, map.bottom() + ui.u(20) + row * static_cast<float>(line),
            ui.shortened(words, type::kSmall, room.w), type::kSmall, ui.theme.muted, Weight::regular,
            Align::centre);
  };
  if (roomy)
    note(0, axes + " · " + scale);
  else
    note(0, axes), note(1, scale);
  if (!touch.hovered && !touch.held) return;
  float x = 0, y = 0;
  ui.pointer(x, y);
  const LossSurface::Weights under = weights_under(map, x, y);
  if (touch.held && ui.shows("rate") &&
      (under.left != lesson.start().left || under.right != lesson.start().right))
    ui.intend("set_start", under.left, under.right);
  ui.tooltip(
      "Weights " + fixed_text(under.left) + " and " + fixed_text(under.right) + ": loss " +
      number_text(
          static_cast<double>(surface->grid()[static_cast<std::size_t>(touch.row * kSide + touch.col)]), 3) +
      (ui.shows("rate") ? ". Press to begin the paths here" : ""));
}

// Lines of equal loss: in every square of four grid points the line enters and leaves where the loss, which
// changes evenly along an edge, has that level.
void BatchMap::contours(Ui& ui, const Rect& map, const LossSurface& surface) const {
  const std::vector<float>& grid = surface.grid();
  const auto [low, high] = std::minmax_element(grid.begin(), grid.end());
  const float cell = map.w / kSide;
  const ImU32 ink = packed(Colour{0, 0, 0, 0.28f});
  for (const double share : kLevels) {
    const float level = *low + (*high - *low) * static_cast<float>(share);
    for (int row = 0; row + 1 < kSide; ++row) {
      for (int col = 0; col + 1 < kSide; ++col) {
        const auto at = static_cast<std::size_t>(row * kSide + col);
        const float corner[] = {grid[at], grid[at + 1], grid[at + kSide + 1], grid[at + kSide]};
        static constexpr float kX[] = {0, 1, 1, 0}, kY[] = {0, 0, 1, 1};
        ImVec2 crossing[4];
        int count = 0;
        for (int k = 0; k < 4; ++k) {
          const int next = (k + 1) % 4;
          if ((corner[k] < level) == (corner[next] < level)) continue;
          const float t = (level - corner[k]) / (corner[next] - corner[k]);
          crossing[count++] = {
              map.x + cell * (static_cast<float>(col) + 0.5f + kX[k] + (kX[next] - kX[k]) * t),
              map.y + cell * (static_cast<float>(row) + 0.5f + kY[k] + (kY[next] - kY[k]) * t)};
        }
        for (int k = 0; k + 1 < count; k += 2) ui.paint.AddLine(crossing[k], crossing[k + 1], ink, ui.u(1));
      }
    }
  }
}

void BatchMap::paths(Ui& ui, const Rect& map, const BatchLesson& lesson) const {
  ui.paint.PushClipRect({map.x, map.y}, {map.right(), map.bottom()}, true);
  const double walked = lesson.updates_walked();
  const auto& all = lesson.paths();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const LossSurface::Path& path = all[i];
    std::vector<PlotPoint> points;
    const double steps = std::min(walked, static_cast<double>(path.at.size() - 1));
    const auto whole = static_cast<std::size_t>(steps);
    for (std::size_t k = 0; k <= whole; ++k) points.push_back(place(map, path.at[k]));
    if (const double part = steps - static_cast<double>(whole); part > 0) {
      const PlotPoint next = place(map, path.at[whole + 1]);
      const auto t = static_cast<float>(part);
      points.push_back({points.back().x + (next.x - points.back().x) * t,
                        points.back().y + (next.y - points.back().y) * t});
    }
    const Colour& colour = series_colour(ui.theme, static_cast<int>(i));
    const bool full = path.batch_size == lesson.images();
    plot_line(ui, points, faded(ui.theme.panel, 0.75f), Dash::solid, 4);
    plot_line(ui, points, colour, Dash::solid, full ? 3 : 2);
    plot_sign(ui, points.back().x, points.back().y, static_cast<int>(i), ui.theme.panel, 6.5f);
    plot_sign(ui, points.back().x, points.back().y, static_cast<int>(i), colour, 5);
  }
  const PlotPoint from = place(map, lesson.start()), lowest = place(map, lesson.surface()->minimum());
  ui.paint.AddCircle({from.x, from.y}, ui.u(7), packed(ui.theme.panel), 0, ui.u(4));
  ui.paint.AddCircle({from.x, from.y}, ui.u(7), packed(ui.theme.ink), 0, ui.u(2));
  for (const float way : {-1.0f, 1.0f}) {
    const float r = ui.u(6);
    ui.paint.AddLine({lowest.x - r, lowest.y - r * way}, {lowest.x + r, lowest.y + r * way},
                     packed(Colour{0, 0, 0, 0.85f}), ui.u(2));
  }
  ui.paint.PopClipRect();
}

float BatchMap::facts_height(const Ui& ui, BatchRoom) const { return batch_table_height(ui) + ui.u(2); }

void BatchMap::facts(Ui& ui, Rect room, const BatchLesson& lesson) const {
  ui.part("noise", room);
  BatchTable table;
  const auto walked = static_cast<std::size_t>(lesson.updates_walked());
  table.heads = {"batch", "loss", "noise", "noise × √b", "way"};
  for (std::size_t i = 0; i < lesson.sizes().size(); ++i) {
    std::vector<std::string> row = {lesson.name_of_run(static_cast<int>(i)), "–", "–", "–", "–"};
    if (i < lesson.paths().size()) {
      const LossSurface::Path& path = lesson.paths()[i];
      row[1] = number_text(path.loss[std::min(walked, path.loss.size() - 1)], 4);
      row[2] = number_text(path.noise, 3);
      row[3] =
          path.batch_size == lesson.images() ? "–" : number_text(path.noise * std::sqrt(path.batch_size), 3);
      const double full = std::max(lesson.full_path().length, 1e-12);
      row[4] = path.diverged()
                   ? "diverged"
                   : number_text(path.length / full, 2) + (lesson.smooth(path) ? "×, smooth" : "×");
    }
    table.rows.push_back(std::move(row));
  }
  batch_table(ui, room, table);
}

void BatchMap::controls(Ui& ui, Rect room, const BatchLesson& lesson) const {
  BatchRows rows(ui, room);
  if (ui.shows("sizes")) {
    const Rect head = room.cut_top(ui.u(20));
    ui.text(head.x, head.y, "Batch sizes on the surface", type::kSmall, ui.theme.muted);
    batch_sizes(ui, room, lesson);
  }
  if (ui.shows("rate")) {
    const auto row = [&](const char* part, SettingShown shown) {
      const Rect box = rows.next(ui, room);
      ui.part(part, box);
      shown.id = part;
      shown.text = number_text(shown.value, 2);
      return setting(ui, box, shown);
    };
    if (const auto to = row("surface_rate", {.name = "Rate",
                                             .value = lesson.surface_rate(),
                                             .list = kRates,
                                             .least = "0.01 is the smallest rate here",
                                             .most = "3 is the largest rate here"}))
      ui.intend("set_surface_rate", *to);
    const LossSurface::Weights at = lesson.start();
    if (const auto to = row("start_left", {.name = "Start, left",
                                           .value = at.left,
                                           .list = kStarts,
                                           .least = "The map begins at −1",
                                           .most = "The map ends at 2"}))
      ui.intend("set_start", *to, at.right);
    if (const auto to = row("start_right", {.name = "Start, right",
                                            .value = at.right,
                                            .list = kStarts,
                                            .least = "The map begins at −1",
                                            .most = "The map ends at 2"}))
      ui.intend("set_start", at.left, *to);
  }
  if (room.h < ui.u(60)) return;
  ui.paragraph(room,
               "Two weights guess a pixel from its left and its right neighbour. The ring is the start, the "
               "cross the lowest loss. "
               "Way: how many times as long as that of full batches.",
               type::kSmall, ui.theme.muted);
}

}  // namespace kg
