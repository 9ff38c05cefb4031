#include "view/lessons/network_flow.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/axis.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr int kPlaces[] = {1, 2, 3,
                           4};  // those that are shown as maps: behind the convolutions and the pools
constexpr float kGap = 4;       // units between maps
constexpr float kHead = 34;     // units above a layer’s maps: its name and its size
constexpr const char* kParts[] = {"input", "first_conv", "first_pool", "second_conv", "second_pool"};

// In what colour the values of a place are shown; the same for all its channels, so that they compare.
float reach_at(const NetworkLesson& lesson, int place, bool gradients) {
  const NetworkProbe& probe = lesson.probe();
  return reach_of(gradients ? probe.gradients(place) : probe.values(place));
}

// The places of the layer before that the selected value was made of, as a box of cells.
struct Window {
  int place = -1;
  int row = 0, col = 0, height = 0, width = 0, channel = -1;  // −1: all channels
};

Window window_of(const NetworkLesson& lesson) {
  if (!lesson.selected()) return {};
  const Spot& spot = *lesson.selected();
  const Explained made = lesson.probe().explain(spot);
  if (made.terms.empty() || lesson.probe().network().shape(spot.layer).rank() != 3) return {};
  const Explained::Term& first = made.terms.front();
  return {spot.layer,  first.row,  first.col,
          made.height, made.width, made.kind == Explained::Kind::sum ? -1 : first.channel};
}

}  // namespace

void NetworkFlow::picture(Ui& ui, const Rect& box, const NetworkLesson& lesson) const {
  const std::span<const float> values = lesson.picture().pixels().values();
  HeatMapLook look;
  look.ink = HeatMap::Ink::grey;
  look.id = "flow input";
  const HeatMapTouch touch = heat_map(ui, box, 28, 28, values, look);
  ui.part("input", box);
  if (touch.hovered) {
    const float value = values[static_cast<std::size_t>(touch.row * 28 + touch.col)];
    ui.tooltip("row " + std::to_string(touch.row) + ", column " + std::to_string(touch.col) + ": " +
               fixed_text(static_cast<double>(value)));
  }
  if (const Window window = window_of(lesson); window.place == 0) {
    bold_frame(ui,
               cells_box(box, 28, 28, static_cast<float>(window.row), static_cast<float>(window.col),
                         static_cast<float>(window.height), static_cast<float>(window.width)),
               ui.theme.attention, 2);
  }
}

// Press a value to take it apart. By keyboard a layer is one stop: Enter takes its strongest value, and the
// panel walks on from there.
void NetworkFlow::maps(Ui& ui, const Rect& box, int place, int columns, float side,
                       const NetworkLesson& lesson) const {
  const NetworkProbe& probe = lesson.probe();
  const SampleShape& shape = probe.network().shape(place);
  const bool back = gradients && probe.has_gradients();
  const std::span<const float> values = back ? probe.gradients(place) : probe.values(place);
  const float reach = reach_at(lesson, place, back), gap = ui.u(kGap);
  const std::string name = probe.network().name(place - 1);
  const Window window = window_of(lesson);
  const float across = (box.w - side) / static_cast<float>(columns - 1);
  for (int c = 0; c < shape.c(); ++c) {
    const Rect map{ui.snap(box.x + static_cast<float>(c % columns) * across),
                   ui.snap(box.y + static_cast<float>(c / columns) * (side + gap)), side, side};
    HeatMapLook look;
    look.reach = reach;
    look.id = "flow " + std::to_string(place) + "." + std::to_string(c);
    const HeatMapTouch touch = heat_map(ui, map, shape.h(), shape.w(), every_nth(values, shape.c(), c), look);
    if (touch.hovered) {
      const auto at = static_cast<std::size_t>((touch.row * shape.w() + touch.col) * shape.c() + c);
      ui.tooltip(name + ", channel " + std::to_string(c) + ", row " + std::to_string(touch.row) +
                 ", column " + std::to_string(touch.col) + (back ? ", gradient: " : ": ") +
                 (back ? reading_text(static_cast<double>(values[at]))
                       : number_text(static_cast<double>(values[at]), 3)));
    }
    if (touch.clicked) ui.intend("select", place - 1, touch.row, touch.col, c);
    if (window.place == place && (window.channel < 0 || window.channel == c)) {
      ui.outline(
          cells_box(map, shape.h(), shape.w(), static_cast<float>(window.row), static_cast<float>(window.col),
                    static_cast<float>(window.height), static_cast<float>(window.width)),
          ui.theme.attention, 1.5f);
    }
    const auto& selected = lesson.selected();
    if (selected && selected->layer == place - 1 && selected->channel == c) {
      bold_frame(ui, cell_box(map, shape.h(), shape.w(), selected->row, selected->col), ui.theme.attention,
                 2);
      ui.outline(map, ui.theme.attention, 1.5f);
    }
  }
}

void NetworkFlow::head(Ui& ui, const Rect& row, int place, const NetworkLesson& lesson, bool brief) const {
  const NetworkProbe& probe = lesson.probe();
  const SampleShape& shape = probe.network().shape(place);
  const std::string name =
      place == 0 ? "input"
                 : base_name_of(probe.network().descriptions()[static_cast<std::size_t>(place - 1)]);
  const std::string words = name == "conv2d"          ? "conv 3×3"
                            : name == "max_pooling2d" ? "max pool"
                            : name == "input"         ? "picture"
                                                      : name;
  const std::string size = std::to_string(shape.h()) + "×" + std::to_string(shape.w()) +
                           (shape.c() > 1 ? " ×" + std::to_string(shape.c()) : "");
  if (place > 0) {
    const Press press = ui.press(
        "layer" + std::to_string(place), row.inset(-ui.u(2), 0),
        "Layer " + probe.network().name(place - 1) + ", " + size + ": take its strongest value apart");
    if (press.focused) ui.focus_ring(row.inset(-ui.u(2), 0), 4);
    if (press.hovered) {
      ui.fill(row.inset(-ui.u(2), 0), mix(ui.theme.panel, ui.theme.action, 0.1f), 4);
      ui.tooltip("Press for its strongest value");
    }
    if (press.clicked) ui.intend("select_strongest", place - 1);
  }
  ui.text(row.x, row.y + ui.u(1), words, type::kSmall, ui.theme.ink, Weight::semibold);
  if (brief) {
    ui.text(row.x + ui.text_width(words, type::kSmall, Weight::semibold) + ui.u(8), row.y + ui.u(1), size,
            type::kSmall, ui.theme.muted);
  } else {
    ui.text(row.x, row.y + ui.u(16), size, type::kSmall, ui.theme.muted);
  }
}

void NetworkFlow::draw(Ui& ui, const Rect& room, const NetworkLesson& lesson) {
  ui.part("flow", room);
  if (room.w > room.h * 1.5f) {
    across(ui, room, lesson);
  } else {
    down(ui, room, lesson);
  }
}

// Columns of maps, four high: 2, 2, 4 and 4 maps wide.
void NetworkFlow::across(Ui& ui, Rect room, const NetworkLesson& lesson) {
  const float gap = ui.u(kGap), between = ui.u(17), bars = std::clamp(room.w * 0.16f, ui.u(116), ui.u(190));
  const float free = room.w - bars - 5 * between - 8 * gap;
  const float side = std::floor(std::min(free / 14.2f, (room.h - ui.u(kHead) - 3 * gap) / 4));
  const float input = std::min(side * 2.2f, room.h - ui.u(kHead));
  Rect rest = room;
  const auto column = [&](int place, float width) {
    Rect box = rest.cut_left(width);
    rest.cut_left(between);
    const Rect whole = box;
    head(ui, box.cut_top(ui.u(kHead)), place, lesson, false);
    const float height = place == 0 ? input : 4 * side + 3 * gap;
    if (rest.w > bars * 0.5f) {
      ui.text(whole.right() + between / 2, box.y + 2 * side + gap - ui.u(10), "→", type::kStrong,
              ui.theme.muted, Weight::regular, Align::centre);
    }
    return Rect{box.x, box.y, width, height};
  };
  const Rect first = column(0, input);
  picture(ui, {ui.snap(first.x), ui.snap(first.y + (4 * side + 3 * gap - input) / 2), input, input}, lesson);
  for (const int place : kPlaces) {
    const int columns = place <= 2 ? 2 : 4;
    const Rect box = column(place, static_cast<float>(columns) * (side + gap) - gap);
    maps(ui, box, place, columns, side, lesson);
    ui.part(kParts[place], box);
  }
  rest.cut_top(ui.u(2));
  rest.h = std::min(rest.h, ui.u(kHead) + 4 * side + 3 * gap);
  probability_bars(ui, rest, lesson);
}

// Rows of eight maps.
void NetworkFlow::down(Ui& ui, Rect room, const NetworkLesson& lesson) {
  const float gap = ui.u(kGap), name = ui.u(19), between = ui.u(6);
  const float maps_height = room.h - 4 * (name + between) - 4 * gap;
  const float side = std::floor(std::min((room.w - 7 * gap) / 8, maps_height / 8.6f));
  const float input = std::min(maps_height - 6 * side, ui.u(170));
  Rect top = room.cut_top(input);
  room.cut_top(between);
  const float picture_side = std::min(input, room.w * 0.4f);
  picture(ui, {ui.snap(top.x), ui.snap(top.y), picture_side, picture_side}, lesson);
  top.cut_left(picture_side + ui.u(14));
  probability_bars(ui, top, lesson);
  for (const int place : kPlaces) {
    head(ui, room.cut_top(name), place, lesson, true);
    const int rows = place <= 2 ? 1 : 2;
    const float height = static_cast<float>(rows) * (side + gap) - gap;
    const Rect box = room.cut_top(height);
    maps(ui, box, place, 8, side, lesson);
    ui.part(kParts[place], {box.x, box.y, box.w, height});
    room.cut_top(between);
  }
}

void probability_bars(Ui& ui, const Rect& room, const NetworkLesson& lesson) {
  ui.part("answer", room);
  if (!lesson.has_answer()) {
    ui.paragraph({room.x, room.middle_y() - ui.u(30), room.w, ui.u(60)},
                 lesson.nothing_drawn() ? "Nothing drawn. Write a digit or draw one."
                                        : "No answer: its numbers have become too large. Rewind.",
                 type::kStrong, ui.theme.muted);
    return;
  }
  const std::span<const float> p = lesson.probabilities();
  const int best = lesson.predicted(), next = lesson.second(), count = static_cast<int>(p.size());
  const float height = room.h / static_cast<float>(count),
              letters = std::min(type::kText, height / ui.u(1) * 0.86f);
  const float digit = ui.u(18), number = ui.text_width("100 %", letters) + ui.u(6);
  for (int k = 0; k < count; ++k) {
    const float share = p[static_cast<std::size_t>(k)];
    Rect row{room.x, room.y + height * static_cast<float>(k), room.w, height};
    const Weight weight = k == best ? Weight::semibold : Weight::regular;
    const Colour& ink = k == best || k == next ? ui.theme.ink : ui.theme.muted;
    const float text_y = row.middle_y() - ui.u(letters) * 0.56f;
    ui.text(row.x + digit / 2, text_y, std::to_string(k), letters, ink, weight, Align::centre);
    row.cut_left(digit);
    const Rect label = row.cut_right(number);
    const Rect bar = row.inset(0, height * 0.16f);
    ui.fill(bar, mix(ui.theme.panel, ui.theme.hairline, 0.5f), 2);
    if (share > 0.004f)
      ui.fill({bar.x, bar.y, bar.w * share, bar.h},
              k == best ? ui.theme.action : mix(ui.theme.action, ui.theme.panel, k == next ? 0.35f : 0.55f),
              2);
    if (k == best || k == next || share >= 0.005f) {
      ui.text(label.right(), text_y,
              percent_text(share).size() > 7
                  ? percent_text(share)
                  : number_text(100 * static_cast<double>(share), k == best || k == next ? 1 : 0) + " %",
              letters, ink, weight, Align::right);
    }
  }
  const Press press = ui.press("answer", room, "The ten probabilities: " + reading_words(lesson));
  if (press.focused) ui.focus_ring(room.inset(-ui.u(2)), 4);
  if (press.hovered) {
    float x = 0, y = 0;
    ui.pointer(x, y);
    const int row = static_cast<int>(std::clamp((y - room.y) / height, 0.0f, static_cast<float>(count - 1)));
    ui.tooltip("probability of " + std::to_string(row) + ": " +
               reading_text(static_cast<double>(p[static_cast<std::size_t>(row)])));
  }
  if (press.clicked) ui.intend("select", lesson.probe().places() - 2, 0, 0, best);
}

std::string reading_words(const NetworkLesson& lesson) {
  if (!lesson.has_answer()) return lesson.nothing_drawn() ? "nothing drawn" : "no answer";
  const std::span<const float> p = lesson.probabilities();
  const auto share = [&](int k) { return percent_text(p[static_cast<std::size_t>(k)]); };
  return "reads a " + std::to_string(lesson.predicted()) + ", " + share(lesson.predicted()) + "; then " +
         std::to_string(lesson.second()) + ", " + share(lesson.second());
}

}  // namespace kg
