#include "view/lessons/finetune_nets.h"

#include <algorithm>

#include "lesson/number_text.h"
#include "view/widgets/axis.h"
#include "view/widgets/button.h"
#include "view/widgets/plot_frame.h"

namespace kg {
namespace {

using L = FinetuneLesson;

constexpr int kBase = -1;
constexpr float kHead = 36, kBar = 16, kGap = 6;  // units
constexpr float kRoomy = 480;                     // from this width on there is room for more words

int series_of(int which) { return which == kBase ? kBaseSeries : which; }

const char* name_of_run(int which) {
  return which == kBase         ? "base"
         : which == L::scratch  ? "scratch"
         : which == L::transfer ? "transfer"
                                : "frozen";
}

// What the layer of a network was when it began, or has become of it.
enum class Origin { noise, base, removed };

Origin origin(const L& lesson, int which, int layer) {
  const bool second = lesson.scene() == L::Scene::second;
  if (which == kBase) return second && !lesson.is_kept(layer) ? Origin::removed : Origin::base;
  return which != L::scratch && lesson.is_kept(layer) ? Origin::base : Origin::noise;
}

}  // namespace

void FinetuneNets::draw(Ui& ui, Rect room, const L& lesson) const {
  ui.part("nets", room);
  const float names = ui.u(room.w > ui.u(kRoomy) ? 118 : 84);
  head(ui, room.cut_top(ui.u(kHead)), names, lesson);
  double most = 0;
  for (int which = L::scratch; which <= L::frozen; ++which) {
    for (int k = 0; k < L::kLayers; ++k) most = std::max(most, lesson.change(which, k));
  }
  const float height = std::min(room.h / 4, ui.u(76));
  for (int which = kBase; which <= L::frozen; ++which)
    net(ui, room.cut_top(height), names, which, most, lesson);
}

void FinetuneNets::head(Ui& ui, const Rect& row, float names, const L& lesson) const {
  const bool roomy = row.w > ui.u(kRoomy);
  const Summary sums = lesson.summary(kBase);
  const float width = (row.w - names) / L::kLayers;
  for (int k = 0; k < L::kLayers; ++k) {
    const Rect cell{row.x + names + width * static_cast<float>(k), row.y, width - ui.u(kGap), row.h / 2};
    const Summary::Row& layer = sums.rows[static_cast<std::size_t>(L::place_of(k))];
    ui.text_in(cell, k == L::kKeepable ? std::string("head") : layer.name, type::kSmall, ui.theme.ink,
               Weight::semibold);
    ui.text_in(
        {cell.x, cell.bottom() - ui.u(1), cell.w, cell.h},
        std::to_string(k == L::kKeepable ? lesson.summary(L::frozen).rows.back().params : layer.params) +
            (roomy ? " parameters" : ""),
        type::kSmall, ui.theme.muted);
  }
}

void FinetuneNets::net(Ui& ui, Rect row, float names, int which, double most, const L& lesson) const {
  const bool base_scene = lesson.scene() == L::Scene::base, here = base_scene == (which == kBase);
  const Rect name = row.cut_left(names);
  const Colour& ink = here ? ui.theme.ink : ui.theme.muted;
  const bool there = which == kBase || lesson.has_second();
  ui.fill({row.x - names, row.y, row.w + names, ui.u(1)}, ui.theme.hairline);
  row.cut_top(ui.u(5));

  const float x = name.x + ui.u(16), wide = names - ui.u(20);
  ui.fill({name.x, row.y + ui.u(4), ui.u(10), ui.u(10)}, series_colour(ui.theme, series_of(which)), 2);
  ui.text(x, row.y, name_of_run(which), type::kText, ink, Weight::semibold);
  const TrainingRun* const run = which == kBase ? &lesson.base()
                                 : there        ? &lesson.second().run(which)
                                                : nullptr;
  std::string right = run && run->updates() > 0 && run->validated().images > 0
                          ? number_text(100 * run->validated().accuracy(), 0) + " % right"
                          : std::string("not trained");
  if (run && !run->trouble().empty()) right = "diverged";
  ui.text(x, row.y + ui.u(17), ui.shortened(right, type::kSmall, wide), type::kSmall, ink);
  const Summary sums = lesson.summary(which);
  if (row.h > ui.u(50))
    ui.text(x, row.y + ui.u(33), ui.shortened("trains " + std::to_string(sums.trainable), type::kSmall, wide),
            type::kSmall, ui.theme.muted);

  const float width = row.w / L::kLayers;
  for (int k = 0; k < L::kLayers; ++k) {
    Rect cell{row.x + width * static_cast<float>(k), row.y, width - ui.u(kGap), row.h - ui.u(4)};
    Rect bar = cell.cut_bottom(ui.u(kBar));
    block(ui, cell, which, k, lesson);
    if (!there) continue;
    // Bars of the base have a scale of their own: it has learned for longer, and faster.
    double whole = most;
    if (which == kBase) {
      for (int i = 0; i < L::kLayers; ++i) whole = std::max(i == 0 ? 0.0 : whole, lesson.base_change(i));
    }
    const double moved = which == kBase ? lesson.base_change(k) : lesson.change(which, k);
    const Rect number = bar.cut_right(ui.u(34));
    ui.text(number.right(), number.middle_y() - ui.u(7), moved == 0 ? "0" : fixed_text(moved), type::kSmall,
            here ? ui.theme.ink : ui.theme.muted, Weight::regular, Align::right);
    bar.w -= ui.u(4);
    const Rect line{bar.x, bar.middle_y() - ui.u(3), bar.w, ui.u(6)};
    ui.fill(line, ui.theme.empty, 3);
    if (moved > 0 && whole > 0) {
      const float share = static_cast<float>(moved / whole);
      ui.fill({line.x, line.y, std::max(ui.u(2), line.w * share), line.h},
              faded(series_colour(ui.theme, series_of(which)), here ? 1.0f : 0.55f), 3);
    }
  }
  if (which == L::scratch) ui.part("change", {row.x, row.y, row.w, 3 * (row.h + ui.u(5)) - ui.u(5)});
  if (which == L::frozen) ui.part("locks", {row.x, row.y, row.w - ui.u(kGap), row.h - ui.u(kBar + 4)});
}

void FinetuneNets::block(Ui& ui, const Rect& box, int which, int layer, const L& lesson) const {
  const bool base_scene = lesson.scene() == L::Scene::base, here = base_scene == (which == kBase);
  const Origin from = origin(lesson, which, layer);
  const bool switchable = which == L::frozen && lesson.is_kept(layer);
  const bool frozen = switchable && lesson.is_frozen(layer);
  const bool roomy = box.w > ui.u(96);
  Press press;
  if (switchable && ui.shows("freeze")) {
    press = ui.press("freeze" + std::to_string(layer), box,
                     lesson.summary(kBase).rows[static_cast<std::size_t>(L::place_of(layer))].name +
                         (frozen ? " is frozen: let it learn" : " learns: freeze it"));
    if (press.clicked) ui.intend("set_frozen", layer, !frozen);
  }
  const bool learned = from == Origin::base && (which != kBase || lesson.has_base());
  const Colour own = series_colour(ui.theme, kBaseSeries);
  Colour back = learned ? mix(ui.theme.panel, own, here || which != kBase ? 0.2f : 0.12f) : ui.theme.panel;
  if (frozen) back = ui.theme.action;
  if (press.hovered) back = mix(back, frozen ? ui.theme.panel : ui.theme.action, 0.15f);
  ui.fill(box, back, 5);
  ui.outline(box,
             switchable ? ui.theme.action
             : learned  ? own
                        : ui.theme.hairline,
             switchable ? std::max(1.5f, ui.theme.border) : ui.theme.border, 5);
  if (press.focused) ui.focus_ring(box, 5);
  if (press.hovered) {
    ui.tooltip(frozen ? "Frozen: these weights do not update. Press to let them learn."
                      : "These weights learn. Press to freeze them.");
  }
  std::string words;
  switch (from) {
    case Origin::removed:
      words = roomy ? "taken away" : "gone";
      break;
    case Origin::noise:
      words = which == L::scratch ? "random" : roomy ? "new, random" : "new";
      break;
    case Origin::base:
      words = which == kBase       ? (lesson.has_base() ? "learned" : "random")
              : which == L::frozen ? (frozen ? "frozen" : "learns")
                                   : (roomy ? "from the base" : "base");
      break;
  }
  Rect text = box.inset(ui.u(4), 0);
  const Colour ink = frozen ? ui.theme.on_action : here || switchable ? ui.theme.ink : ui.theme.muted;
  if (switchable) {
    const Rect sign = text.cut_left(ui.u(roomy ? 26 : 18));
    draw_icon(ui, frozen ? Icon::lock : Icon::open_lock, sign, ink, 13);
  }
  ui.text_in(text, words, type::kSmall, ink, switchable ? Weight::semibold : Weight::regular);
}

}  // namespace kg
