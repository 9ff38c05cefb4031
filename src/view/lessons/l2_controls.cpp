#include "view/lessons/l2_controls.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "lesson/number_text.h"
#include "view/widgets/axis.h"
#include "view/widgets/button.h"
#include "view/widgets/setting.h"
#include "view/widgets/slider.h"

namespace kg {
namespace {

constexpr float kRow = 34, kGap = 6;              // units
constexpr float kFirst = 0.06f, kArrow = 0.035f;  // shares of the slider: of the least λ; of an arrow key
constexpr double kDecades = 6;                    // from the least to the most

constexpr double kRates[] = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2};
constexpr double kNoises[] = {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6};
constexpr double kSizes[] = {100, 150, 200, 300, 400};

}  // namespace

float share_of_lambda(double lambda) {
  if (lambda <= 0) return 0;
  const double decades = std::log10(lambda / L2Lesson::kLeastLambda);
  return kFirst + (1 - kFirst) * static_cast<float>(std::clamp(decades / kDecades, 0.0, 1.0));
}

double lambda_at(float share) {
  if (share < kFirst / 2) return 0;
  const double way = std::max(0.0, static_cast<double>((share - kFirst) / (1 - kFirst)));
  const double exact = L2Lesson::kLeastLambda * std::pow(10.0, way * kDecades);
  const double unit = std::pow(10.0, std::floor(std::log10(exact)) - 1);
  return std::clamp(std::round(exact / unit) * unit, L2Lesson::kLeastLambda, L2Lesson::kMostLambda);
}

void L2Controls::presets(Ui& ui, const Rect& row, const L2Lesson& lesson) const {
  ui.part("presets", row);
  std::vector<std::string> names, comments;
  int now = -1;
  for (const L2Lesson::Preset& preset : L2Lesson::presets()) {
    if (&preset == lesson.preset()) now = static_cast<int>(names.size());
    names.emplace_back(preset.title), comments.emplace_back(preset.comment);
  }
  const int chosen = segmented(ui, "preset", row, "Preset", names, now, comments);
  if (chosen >= 0) ui.intend("load_preset", L2Lesson::presets()[static_cast<std::size_t>(chosen)].name);
}

float L2Controls::lambda_height(const Ui& ui, bool factor) const { return ui.u(factor ? 94 : 46); }

void L2Controls::lambda(Ui& ui, Rect room, const L2Lesson& lesson, bool factor) const {
  const double lambda = lesson.setup().lambda;
  Rect top = room.cut_top(ui.u(28));
  Rect scale = room.cut_top(ui.u(18));
  ui.part("lambda", {top.x, top.y, top.w, scale.bottom() - top.y});
  const Rect name = top.cut_left(ui.u(72));
  ui.text(name.x, name.middle_y() - ui.u(8),
          ui.shortened("λ = " + number_text(lambda, 4), type::kText, name.w), type::kText, ui.theme.ink,
          Weight::semibold);
  SliderLook look;
  look.arrow_step = kArrow;
  const std::string label = "λ, how strongly large weights are penalised: " + number_text(lambda, 4);
  if (const auto to = slider(ui, "lambda", top, label, share_of_lambda(lambda), look)) {
    const double wanted = lambda_at(*to);
    if (std::abs(wanted - lambda) > 1e-9 * std::max(lambda, wanted)) ui.intend("set_lambda", wanted);
  }
  scale.cut_left(name.w);
  const Rect line{scale.x + ui.u(9), scale.y, scale.w - ui.u(18), scale.h};
  for (const double mark : {0.0, 0.001, 0.1, 10.0, 1000.0}) {
    const float x = line.x + line.w * share_of_lambda(mark);
    if (mark == 0.001) continue;  // too near the 0 for words
    ui.text(x, scale.y, number_text(mark, 4), type::kSmall, ui.theme.muted, Weight::regular,
            mark == 0    ? Align::left
            : mark > 100 ? Align::right
                         : Align::centre);
  }
  if (!factor) return;
  room.cut_top(ui.u(6));
  this->factor(ui, room, lesson);
}

void L2Controls::factor(Ui& ui, const Rect& room, const L2Lesson& lesson) const {
  ui.part("factor", room);
  ui.text(room.x, room.y, "factor = λ / 2m", type::kText, ui.theme.muted);
  ui.text(room.x, room.y + ui.u(20),
          ui.shortened("= " + number_text(lesson.setup().lambda, 4) + " / (2 · " +
                           std::to_string(lesson.setup().size) + ") = " + reading_text(lesson.factor()),
                       type::kText, room.w),
          type::kText, ui.theme.ink, Weight::semibold);
}

float L2Controls::settings_height(const Ui& ui) const { return ui.u(3 * kRow + 2 * kGap); }

void L2Controls::settings(Ui& ui, Rect room, const L2Lesson& lesson) const {
  ui.part("settings", {room.x, room.y, room.w, settings_height(ui)});
  const auto row = [&](const char* verb, SettingShown shown) {
    const Rect box = room.cut_top(ui.u(kRow));
    room.cut_top(ui.u(kGap));
    ui.part(shown.id, box);
    shown.label = 100;
    if (const auto to = setting(ui, box, shown)) ui.intend(verb, *to);
  };
  const L2Lesson::Setup& now = lesson.setup();
  row("set_size", {.id = "size",
                   .name = "Digits m",
                   .text = std::to_string(now.size),
                   .value = static_cast<double>(now.size),
                   .list = kSizes,
                   .least = "100 digits are the fewest here",
                   .most = "400 digits are the most here"});
  row("set_noise", {.id = "noise",
                    .name = "Wrong labels",
                    .text = percent_text(now.noise, 0),
                    .value = now.noise,
                    .list = kNoises,
                    .least = "Every label is right",
                    .most = "60 % are the most here"});
  row("set_learning_rate", {.id = "rate",
                            .name = "Rate",
                            .text = number_text(now.rate, 4),
                            .value = now.rate,
                            .list = kRates,
                            .least = "A smaller rate would take very long",
                            .most = "2 is the largest rate here"});
}

void L2Controls::status(Ui& ui, const Rect& room, const L2Lesson& lesson) const {
  ui.part("status", room);
  if (const std::string why = lesson.trouble(); !why.empty())
    return ui.paragraph(room, why, type::kSmall, ui.theme.error);
  std::string words;
  if (!lesson.has_digits()) {
    words = lesson.working() ? "Writing digits to learn from: " + percent_text(lesson.digits_made(), 0)
                             : "Two runs from the same weights, without and with L2. Press Train.";
  } else {
    const TrainingRun& run = lesson.run(L2Lesson::plain);
    words = "Epoch " + std::to_string(run.epoch() + 1) + ", update " + std::to_string(run.updates()) + ". " +
            std::to_string(lesson.wrong_labels()) + " of " + std::to_string(lesson.setup().size) +
            " labels are wrong.";
  }
  ui.paragraph(room, words, type::kSmall, ui.theme.muted);
}

}  // namespace kg
