#include "view/lessons/chain_card.h"

#include <algorithm>
#include <string>
#include <vector>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/value_badge.h"

namespace kg {
namespace {

constexpr float kChip = 25, kName = 16;  // units: a factor's number, and its name above it

// A piece of the formula: a number with its name, or a sign.
struct Piece {
  std::string name, text;
  double value = 0;
  bool chip = true, breaks = false;  // breaks: a line may end in front of it
  bool result = false;
};

std::vector<Piece> pieces_of(const Working& working) {
  std::vector<Piece> pieces;
  const auto sign = [&](const char* text, bool breaks) {
    Piece piece;
    piece.text = text, piece.chip = false, piece.breaks = breaks;
    pieces.push_back(piece);
  };
  if (!working.formula.empty()) {
    sign(working.formula.c_str(), false);
  }
  for (const Product& product : working.sum) {
    if (&product != working.sum.data()) sign("+", true);
    for (const Factor& factor : product) {
      if (&factor != product.data()) sign("·", false);
      pieces.push_back({factor.name, significant_text(factor.value), factor.value});
    }
  }
  if (!working.name.empty()) {
    sign("=", true);
    pieces.push_back({working.name, significant_text(working.result), working.result});
    pieces.back().result = true;
  }
  return pieces;
}

float width_of(const Ui& ui, const Piece& piece) {
  const float text = ui.text_width(piece.text, type::kStrong, Weight::semibold);
  if (!piece.chip) return text;
  return std::max(text + ui.u(14), ui.text_width(piece.name, type::kSmall));
}

// Lines of pieces that fit into the width; a sign stays with what follows it.
std::vector<std::vector<Piece>> lines_of(const Ui& ui, const std::vector<Piece>& pieces, float width) {
  std::vector<std::vector<Piece>> lines(1);
  float used = 0;
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    float ahead = 0;  // up to the next place where a line may end
    for (std::size_t j = k; j < pieces.size() && (j == k || !pieces[j].breaks); ++j)
      ahead += width_of(ui, pieces[j]) + ui.u(8);
    if (pieces[k].breaks && used > 0 && used + ahead > width) lines.emplace_back(), used = 0;
    lines.back().push_back(pieces[k]);
    used += width_of(ui, pieces[k]) + ui.u(8);
  }
  return lines;
}

// What is left of the box.
Rect formula(Ui& ui, Rect box, const Working& working) {
  const std::vector<Piece> pieces = pieces_of(working);
  double reach = 1e-9;
  for (const Piece& piece : pieces) {
    if (piece.chip) reach = std::max(reach, std::abs(piece.value));
  }
  const auto lines = lines_of(ui, pieces, box.w);
  const float each = std::min(ui.u(kName + kChip + 5), box.h / static_cast<float>(lines.size()));
  const bool names = each >= ui.u(kName + kChip - 3);
  for (const std::vector<Piece>& line : lines) {
    float wide = -ui.u(8);
    for (const Piece& piece : line) wide += width_of(ui, piece) + ui.u(8);
    const float shrink = std::min(1.0f, box.w / std::max(wide, 1.0f));
    const Rect row = box.cut_top(each);
    const float chip_h = std::min(ui.u(kChip), each - ui.u(2));
    const float y = names ? row.y + ui.u(kName) : row.y;
    float x = row.x;
    for (const Piece& piece : line) {
      const float w = width_of(ui, piece) * shrink;
      const Rect chip{x, y, w, chip_h};
      if (piece.chip) {
        BadgeLook look;
        look.round = false, look.now = piece.result;
        value_badge(ui, chip, piece.text, static_cast<float>(piece.value / reach), type::kStrong, look);
        if (names) ui.text_in({x, row.y, w, ui.u(kName - 2)}, piece.name, type::kSmall, ui.theme.muted);
      } else {
        ui.text_in(chip, piece.text, type::kStrong, ui.theme.ink, Weight::semibold);
      }
      x += w + ui.u(8) * shrink;
    }
  }
  return box;
}

void note(const Ui& ui, Rect box, const std::string& words, bool warns = false) {
  if (words.empty() || box.h < ui.u(15)) return;
  const Colour& ink = warns ? ui.theme.error : ui.theme.muted;
  const bool fits = ui.text_width(words, type::kText) <= box.w;
  ui.paragraph(box, fits ? words : words, fits ? type::kText : type::kSmall, ink);
}

// Title, check and close of what is selected; false if there is no room for buttons.
void selection_buttons(Ui& ui, Rect row, const BackpropLesson& lesson) {
  ButtonLook look;
  look.words = "Done";
  look.hint = "Back to the step";
  if (button(ui, "deselect", row.cut_right(ui.u(64)), "Done with this weight", look))
    ui.intend("clear_selection");
  row.cut_right(ui.u(8));
  if (lesson.check()) return;
  look.words = "Check it";
  look.hint = "Move the weight a little to both sides and see what the loss does";
  if (button(ui, "check", row.cut_right(ui.u(92)), "Check this gradient with a finite difference", look)) {
    ui.intend("gradient_check");
  }
}

std::string check_words(const BackpropLesson& lesson, bool brief) {
  if (!lesson.check()) return brief ? "" : "Check it: is that gradient right?";
  const GradientComparison& check = *lesson.check();
  const std::string numeric = significant_text(check.numeric, 4),
                    analytic = significant_text(check.analytic, 4);
  const std::string verdict = check.agrees() ? "They agree." : "They do not agree: here the loss has a kink.";
  if (brief) return "Chain rule " + analytic + ", finite difference " + numeric + ". " + verdict;
  return "Moved by ±" + significant_text(check.step, 2) + " the loss is " + significant_text(check.above, 5) +
         " and " + significant_text(check.below, 5) + ". Finite difference " + numeric + ", chain rule " +
         analytic + ". " + verdict;
}

std::string capital(std::string words) {
  if (words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

}  // namespace

const char* step_name(BackpropStep step) {
  static const char* const kNames[] = {"Hidden",           "Outputs",          "Loss",
                                       "Wishes",           "← Output weights", "← Hidden wishes",
                                       "← Hidden weights", "Update",           "Again"};
  return kNames[static_cast<int>(step)];
}

const char* step_name(BackpropLesson::DigitStep step) {
  static const char* const kNames[] = {"Forward: conv2d",
                                       "Forward: max_pooling2d",
                                       "Forward: conv2d_1",
                                       "Forward: max_pooling2d_1",
                                       "Forward: dense",
                                       "The loss",
                                       "What each output should do",
                                       "Back: weights of dense",
                                       "Back to max_pooling2d_1",
                                       "Back to conv2d_1",
                                       "Back: filters of conv2d_1",
                                       "Back to max_pooling2d",
                                       "Back to conv2d",
                                       "Back: filters of conv2d",
                                       "Update",
                                       "Forward again"};
  return kNames[static_cast<int>(step)];
}

void chain_card(Ui& ui, Rect box, const BackpropLesson& lesson) {
  ui.part("card", box);
  const float button_h = ui.u(ui.narrow() ? 32 : 30);
  if (lesson.selected()) {
    Rect head = box.cut_top(button_h);
    selection_buttons(ui, head, lesson);
    head.cut_right(ui.u(172));
    ui.text(head.x, head.middle_y() - ui.u(9),
            ui.shortened(capital(lesson.selected_name()), type::kStrong, head.w), type::kStrong, ui.theme.ink,
            Weight::semibold);
    const std::string words = check_words(lesson, ui.narrow());
    const bool one_line = ui.text_width(words, type::kText) <= box.w;
    const Rect foot = box.cut_bottom(one_line ? ui.u(18) : std::min(ui.u(36), box.h * 0.4f));
    (void)formula(ui, box, lesson.chain_rule().gradient_of(*lesson.selected()));
    return note(ui, foot, words);
  }
  const std::optional<Moment> now = lesson.moment();
  if (!now) {
    ui.text(box.x, box.y, "Forward", type::kStrong, ui.theme.ink, Weight::semibold);
    box.cut_top(ui.u(24));
    return note(
        ui, box,
        "Step forward: one number comes in after the other. Shift and the arrow keys go number by number.");
  }
  const Working working = lesson.chain_rule().at(*now);
  const bool guessed = lesson.predicted() && lesson.predicted()->of == *now;
  const Rect head = box.cut_top(ui.u(22));
  ui.text(head.x, head.y, working.title, type::kStrong, ui.theme.ink, Weight::semibold);
  if (guessed) {
    const std::string words = "You predicted " + significant_text(lesson.predicted()->value);
    const bool right = lesson.predicted_right();
    ui.text(head.right(), head.y, words + (right ? ": right" : ""), type::kText,
            right ? ui.theme.ink : ui.theme.error, Weight::semibold, Align::right);
  }
  const Rect rest = formula(ui, box, working);
  const bool last = now->step == BackpropStep::again && now->tick == 2;
  const std::string advice = last ? lesson.advice() : "";
  note(ui, {rest.x, rest.y + ui.u(3), rest.w, rest.h - ui.u(3)}, advice.empty() ? working.note : advice,
       !advice.empty());
}

void check_card(Ui& ui, Rect box, const BackpropLesson& lesson) {
  Rect head = box.cut_top(ui.u(30));
  selection_buttons(ui, head, lesson);
  head.cut_right(ui.u(172));
  ui.text(head.x, head.middle_y() - ui.u(9),
          ui.shortened(capital(lesson.selected_name()), type::kText, head.w), type::kText, ui.theme.ink,
          Weight::semibold);
  box.cut_top(ui.u(6));
  const std::string numbers = "Value " + significant_text(lesson.selected_value()) + ", gradient " +
                              significant_text(lesson.selected_gradient()) + ", after the update " +
                              significant_text(lesson.selected_next(), 4) + ".";
  ui.paragraph(box, numbers + " " + check_words(lesson, true), type::kSmall, ui.theme.ink);
}

}  // namespace kg
