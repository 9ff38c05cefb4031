#include "view/lessons/finetune_controls.h"

#include <algorithm>

#include "lesson/number_text.h"
#include "view/lessons/finetune_nets.h"
#include "view/widgets/button.h"
#include "view/widgets/picture_map.h"
#include "view/widgets/plot_frame.h"
#include "view/widgets/setting.h"

namespace kg {
namespace {

using L = FinetuneLesson;

constexpr float kRow = 34, kGap = 6;  // units
constexpr float kPicture = 84;

constexpr double kExamples[] = {5, 10, 20, 30, 50, 75, 100};
constexpr double kKept[] = {1, 2, 3};
constexpr double kRates[] = {0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1};

}  // namespace

void FinetuneControls::scenes(Ui& ui, const Rect& row, const L& lesson) const {
  if (!ui.shows("view")) return;
  ui.part("view", row);
  const int chosen =
      segmented(ui, "view", row, "Scene", {"1 Base", "2 New task"}, lesson.scene() == L::Scene::base ? 0 : 1,
                {"A network learns the digits 0 to 4", "What it has learned is used for something new"});
  if (chosen >= 0) ui.intend("set_view", chosen == 0 ? "base" : "second");
}

void FinetuneControls::next(Ui& ui, const Rect& row, const L& lesson) const {
  ui.part("next", row);
  const int updates = lesson.base().updates();
  ButtonLook look;
  if (updates < L::kBaseUpdates) {
    look.words = "Train the base: " + std::to_string(L::kBaseUpdates) + " updates";
    look.hint =
        "It learns the digits 0 to 4, until it has had " + std::to_string(L::kBaseUpdates) + " updates";
    look.kind = updates == 0 && !lesson.busy() ? ButtonLook::Kind::primary : ButtonLook::Kind::plain;
    if (button(ui, "next", row, look.words, look)) ui.intend("train_base");
    return;
  }
  look.words = "On to the new task";
  look.hint = "Take the head away, put a new one on, and learn the second task";
  look.kind = ButtonLook::Kind::primary;
  if (button(ui, "next", row, look.words, look)) ui.intend("set_view", "second");
}

float FinetuneControls::settings_height(const Ui& ui, const L& lesson) const {
  const bool count = ui.shows("examples") && lesson.task() == L::Material::digits;
  const int rows =
      (ui.shows("task") ? 1 : 0) + (count ? 1 : 0) + (ui.shows("kept") ? 1 : 0) + (ui.shows("rate") ? 1 : 0);
  return ui.u(static_cast<float>(rows) * (kRow + kGap) - kGap);
}

void FinetuneControls::settings(Ui& ui, Rect room, const L& lesson) const {
  const auto row = [&] {
    const Rect box = room.cut_top(ui.u(kRow));
    room.cut_top(ui.u(kGap));
    return box;
  };
  if (ui.shows("task")) {
    const Rect box = row();
    ui.part("task", box);
    const int chosen = segmented(ui, "task", box, "Second task", {"Digits 5–9", "My symbols"},
                                 lesson.task() == L::Material::digits ? 0 : 1,
                                 {"Digits that the base has never seen", "Symbols that you draw"});
    if (chosen >= 0) ui.intend("set_task", chosen == 0 ? "digits" : "symbols");
  }
  const auto set = [&](const char* verb, const SettingShown& shown) {
    const Rect box = row();
    ui.part(shown.id, box);
    if (const std::optional<double> to = setting(ui, box, shown)) ui.intend(verb, *to);
  };
  if (ui.shows("examples") && lesson.task() == L::Material::digits) {
    set("set_examples", {"count", "Examples", std::to_string(lesson.wanted_examples()),
                         static_cast<double>(lesson.wanted_examples()), kExamples,
                         "One of each is the fewest", "100 are the most here", 100});
  }
  if (ui.shows("kept")) {
    set("set_kept",
        {"kept", "Layers kept", std::to_string(lesson.kept()), static_cast<double>(lesson.kept()), kKept,
         "Without any layer nothing would be handed on", "The head knows only the digits 0 to 4", 100});
  }
  if (ui.shows("rate")) {
    set("set_learning_rate", {"rate", "Learning rate", number_text(lesson.rate(), 4), lesson.rate(), kRates,
                              "A smaller rate would take very long", "0.1 is the largest rate here", 100});
  }
}

float FinetuneControls::picture_height(const Ui& ui) const { return ui.u(20 + kPicture + kGap + kRow); }

bool FinetuneControls::picture(Ui& ui, Rect room, const L& lesson) const {
  if (!ui.shows("picture")) return false;
  // As large as the room allows: on a phone it has a tab of its own. Answers stay near what they answer.
  room.w = std::min(room.w, ui.u(400));
  const float rest = picture_height(ui) - ui.u(kPicture);
  const float side = std::clamp(std::min(room.h - rest, room.w * 0.44f), ui.u(kPicture), ui.u(220));
  room.h = rest + side;
  ui.part("picture", room);
  ui.text(room.x, room.y, "What is this?", type::kText, ui.theme.ink, Weight::semibold);
  room.cut_top(ui.u(20));
  Rect top = room.cut_top(side);
  const Rect frame = top.cut_left(side);
  top.cut_left(ui.u(12));
  if (lesson.has_picture()) {
    picture_map(ui, fit_cells(ui, frame, DigitSet::kSide, DigitSet::kSide), lesson.picture(), -1, "");
  } else {
    ui.fill(frame, ui.theme.empty, 4);
    ui.text_in(frame.inset(ui.u(4), 0), "empty sheet", type::kSmall, ui.theme.muted);
  }
  const bool base = lesson.scene() == L::Scene::base;
  for (int i = 0; i < lesson.runs().count(); ++i) {
    Rect line = top.cut_top(side / 3);
    const std::vector<float>& p = lesson.answers(i);
    ui.fill({line.x, line.middle_y() - ui.u(5), ui.u(10), ui.u(10)},
            series_colour(ui.theme, base ? kBaseSeries : i), 2);
    line.cut_left(ui.u(16));
    ui.text(line.x, line.middle_y() - ui.u(8), lesson.runs().name(i), type::kSmall, ui.theme.muted);
    std::string answer = "–", sure;
    if (!p.empty()) {
      const int best = largest(p);
      answer = lesson.class_name(best);
      sure = percent_text(static_cast<double>(p[static_cast<std::size_t>(best)]), 0);
    }
    ui.text(line.right() - ui.u(44), line.middle_y() - ui.u(10), answer, type::kStrong, ui.theme.ink,
            Weight::semibold, Align::right);
    ui.text(line.right(), line.middle_y() - ui.u(8), sure, type::kSmall, ui.theme.muted, Weight::regular,
            Align::right);
  }
  room.cut_top(ui.u(kGap));
  Rect row = room.cut_top(ui.u(kRow));
  ButtonLook look;
  look.words = "Next digit";
  look.hint = "Another digit from 0 to 9, by another hand";
  if (button(ui, "next digit", row.cut_left((row.w - ui.u(kGap)) / 2), look.words, look)) {
    const bool digit = lesson.picture().source() == Picture::Source::digit;
    ui.intend("set_digit", digit ? (lesson.picture().digit() + 1) % 10 : 0);
  }
  row.cut_left(ui.u(kGap));
  look = {};
  look.words = "Draw";
  look.icon = Icon::pen;
  look.hint = "Draw one yourself";
  return button(ui, "draw", row, "Draw one", look);
}

void FinetuneControls::status(Ui& ui, const Rect& room, const L& lesson) const {
  ui.part("status", room);
  if (const std::string why = lesson.trouble(); !why.empty())
    return ui.paragraph(room, why, type::kSmall, ui.theme.error);
  std::string words;
  if (!lesson.has_digits()) {
    words = lesson.working() ? "Writing digits to learn from: " + percent_text(lesson.digits_made(), 0)
                             : "The base has not learned anything yet.";
  } else if (lesson.scene() == L::Scene::base) {
    words = "The base: epoch " + std::to_string(lesson.run().epoch() + 1) + ", update " +
            std::to_string(lesson.run().updates()) + ".";
  } else if (const std::string why = lesson.missing(); !why.empty()) {
    words = why;
  } else {
    const Summary sums = lesson.summary(L::frozen);
    words = "Update " + std::to_string(lesson.run().updates()) + ". Frozen trains " +
            std::to_string(sums.trainable) + " of " + std::to_string(sums.total) + " parameters; " +
            std::to_string(sums.non_trainable) + " stay.";
  }
  ui.paragraph(room, words, type::kSmall, ui.theme.muted);
}

}  // namespace kg
