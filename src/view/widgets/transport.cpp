#include "view/widgets/transport.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

// The speed slider runs on a logarithmic scale from one tick a second to the whole lesson in a second.
struct SpeedRange {
  double slowest, fastest;
  explicit SpeedRange(const Timeline& t)
      : slowest(std::max(Timeline::kSlowest, Timeline::kRest / t.mean_ticks())),
        fastest(std::clamp(static_cast<double>(t.steps()), 20.0, Timeline::kFastest)) {}
  float place(double speed) const {
    return static_cast<float>(std::log(speed / slowest) / std::log(fastest / slowest));
  }
  double speed(float place) const {
    return slowest * std::pow(fastest / slowest, static_cast<double>(place));
  }
};

// “cells”, “batches”.
std::string several(const std::string& word) { return word + (word.ends_with("ch") ? "es" : "s"); }

std::string speed_words(const Timeline& t) {
  const std::string products = number_text(t.speed() * t.mean_ticks() / Timeline::kRest, 1);
  if (t.speed() < 1 && !t.has_ticks())
    return number_text(t.speed()) + " " + several(t.step_word()) + " a second";
  if (t.speed() < 1)
    return products + " " + (products == "1" ? t.tick_word() : several(t.tick_word())) + " a second";
  if (t.speed() >= t.steps() * 0.999) return "everything in a second";
  if (t.speed() < 1.05) return "1 " + t.step_word() + " a second";
  return number_text(t.speed(), t.speed() < 10 ? 1 : 0) + " " + several(t.step_word()) + " a second";
}

std::string place_words(const Timeline& t) {
  return t.at_end() ? "all " + std::to_string(t.steps()) + " " + several(t.step_word())
                    : t.step_word() + " " + std::to_string(t.step() + 1) + " of " + std::to_string(t.steps());
}

void speed(Ui& ui, const Rect& box, const Timeline& t) {
  const SpeedRange range(t);
  const std::string words = speed_words(t);
  Rect rest = box;
  const Rect caption = rest.cut_top(ui.u(16));
  ui.text(caption.x + ui.u(9), caption.y, words, type::kSmall, ui.theme.muted);
  SliderLook look;
  look.filled = false;
  look.arrow_step = 0.05f;
  if (const auto place = slider(ui, "speed", rest, "Speed, " + words, range.place(t.speed()), look)) {
    ui.intend("set_speed", range.speed(*place));
  }
}

// A step without a finer grain needs no buttons for it.
float small_buttons(const Timeline& t) { return t.has_ticks() ? 6 : 4; }

void buttons(Ui& ui, Rect row, const Timeline& t) {
  const float gap = ui.u(6), size = std::min(row.h, ui.u(44));
  const auto icon = [&](const char* id, Icon shape, const std::string& label, const char* key, float width) {
    Rect box = row.cut_left(width);
    row.cut_left(gap);
    box.y = row.middle_y() - size / 2, box.h = size;
    ButtonLook look;
    look.icon = shape;
    look.hint = label + " (" + key + ")";
    if (shape == Icon::play || shape == Icon::pause) look.kind = ButtonLook::Kind::primary;
    return button(ui, id, box, label, look);
  };
  const float count = small_buttons(t);
  const float small = std::min(size, (row.w - ui.u(72) - count * gap) / count);
  if (icon("first", Icon::first, "First " + t.step_word(), "Home", small)) ui.intend("seek", 0);
  if (icon("back", Icon::back, "One " + t.step_word() + " back", "←", small)) ui.intend("step", -1);
  if (icon("play", t.playing() ? Icon::pause : Icon::play, t.playing() ? "Pause" : "Play", "space",
           ui.u(68))) {
    ui.intend(t.playing() ? "pause" : "play");
  }
  if (icon("forward", Icon::forward, "One " + t.step_word() + " forward", "→", small)) ui.intend("step", 1);
  if (icon("last", Icon::last, "To the end", "End", small)) ui.intend("finish");
  if (!t.has_ticks()) return;
  const std::string sign = t.tick_word() == "product" ? "×" : "+";
  const auto tick = [&](const char* id, const std::string& words, const char* way, const char* key, int n) {
    Rect box = row.cut_left(small);
    row.cut_left(gap);
    box.y = row.middle_y() - size / 2, box.h = size;
    ButtonLook look;
    look.words = words;
    const std::string label = "One " + t.tick_word() + " " + way;
    look.hint = label + " (" + key + ")";
    if (button(ui, id, box, label, look)) ui.intend("step_product", n);
  };
  tick("product-", "‹ " + sign, "back", "Shift ←", -1);
  tick("product+", sign + " ›", "forward", "Shift →", 1);
}

void scrubber(Ui& ui, const Rect& box, const Timeline& t) {
  const float place = static_cast<float>(t.position() / t.steps());
  if (const auto to = slider(ui, "scrub", box, "Position, " + place_words(t), place)) {
    if (*to >= 1) {
      ui.intend("scrub", t.steps());
    } else {
      // Dragging rests on whole steps; the finer grain has its own buttons.
      ui.intend("scrub", std::min(std::floor(static_cast<double>(*to) * t.steps()), t.steps() - 1.0) +
                             Timeline::kRest);
    }
  }
}

}  // namespace

float transport_height(const Ui& ui) { return ui.u(ui.narrow() ? 102 : 68); }

void transport(Ui& ui, const Rect& bar, const Timeline& t) {
  ui.fill(bar, ui.theme.panel);
  ui.fill({bar.x, bar.y, bar.w, ui.u(ui.theme.border)}, ui.theme.hairline);
  Rect row = bar.inset(ui.u(ui.narrow() ? 10 : 20), ui.u(6));
  if (ui.narrow()) {
    Rect top = row.cut_top(ui.u(40));
    if (ui.shows("speed")) speed(ui, top.cut_right(ui.u(130)), t);
    ui.text(top.x + ui.u(9), top.y, place_words(t), type::kSmall, ui.theme.muted);
    top.cut_top(ui.u(16));
    scrubber(ui, top, t);
    row.cut_top(ui.u(4));
    buttons(ui, row, t);
    return;
  }
  const float count = small_buttons(t);
  buttons(ui, row.cut_left(ui.u(68 + count * 44 + (count + 1) * 6)), t);
  row.cut_left(ui.u(10));
  if (ui.shows("speed")) speed(ui, row.cut_right(ui.u(150)).inset(0, ui.u(6)), t);
  row.cut_right(ui.u(10));
  row = row.inset(0, ui.u(6));
  const Rect caption = row.cut_top(ui.u(16));
  ui.text(caption.x + ui.u(9), caption.y, place_words(t), type::kSmall, ui.theme.muted);
  scrubber(ui, row, t);
}

void transport_keys(Ui& ui, const Timeline& t) {
  if (ui.typing) return;
  if (!ui.space_taken && (ui.key(ImGuiKey_Space, false) || ui.key(ImGuiKey_Enter, false))) {
    ui.intend(t.playing() ? "pause" : "play");
  }
  if (ui.key(ImGuiKey_Escape, false)) ui.focus.drop();
  if (ui.arrows_taken) return;
  const bool fine = ImGui::GetIO().KeyShift && t.has_ticks();
  if (ui.key(ImGuiKey_LeftArrow)) ui.intend(fine ? "step_product" : "step", -1);
  if (ui.key(ImGuiKey_RightArrow)) ui.intend(fine ? "step_product" : "step", 1);
  if (ui.key(ImGuiKey_Home, false)) ui.intend("seek", 0);
  if (ui.key(ImGuiKey_End, false)) ui.intend("finish");
}

}  // namespace kg
