#include "view/lessons/network_answers.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"

namespace kg {

void NetworkAnswers::draw(Ui& ui, Rect room, const NetworkLesson& lesson) {
  const Examination& examination = lesson.examination();
  Rect head = room.cut_top(ui.u(34));
  room.cut_top(ui.u(8));
  ButtonLook look;
  look.words = "Evaluate";
  look.hint = lesson.test() ? "Let it answer the test set"
                            : "Let it answer all validation digits, which it has never learned from";
  ui.part("evaluate", head);
  if (button(ui, "evaluate", head.cut_left(ui.u(92)), "Evaluate", look)) ui.intend("evaluate");
  head.cut_left(ui.u(10));
  std::string words = "Nothing is evaluated yet.";
  if (examination.done()) {
    words = std::to_string(examination.correct()) + " of " + std::to_string(examination.count()) +
            (lesson.examined_test() ? " test" : " validation") +
            " digits are right: " + percent_text(examination.accuracy()) +
            (lesson.examined_at() != lesson.run().updates() ? ", before it learned on." : ".");
  }
  ui.paragraph({head.x, head.y + ui.u(head.w < ui.u(330) ? 0 : 9), head.w, head.h}, words, type::kSmall,
               ui.theme.ink);
  if (!examination.done()) return;
  if (room.w > room.h * 1.3f) {
    matrix_of(ui, room.cut_left(std::min(room.h + ui.u(20), room.w * 0.55f)), examination);
    room.cut_left(ui.u(16));
  } else {
    matrix_of(ui, room.cut_top(std::min(room.w, room.h * 0.62f)), examination);
    room.cut_top(ui.u(8));
  }
  digits(ui, room, examination);
}

// Rows are the labels, columns the answers. The colours stand for shares of a row, so that a few mistakes can
// be seen beside a hundred right answers.
void NetworkAnswers::matrix_of(Ui& ui, const Rect& room, const Examination& examination) {
  ui.part("confusion", room);
  const std::vector<int> cells = examination.confusion();
  const float edge = ui.u(18), side = std::min(room.w - edge, room.h - 2 * edge), cell = side / 10;
  const Rect map{room.x + edge, room.y + edge, side, side};
  ui.text(map.x, room.y, "label ↓  answer →", type::kSmall, ui.theme.muted);
  const bool chosen = row_ >= 0;
  for (int k = 0; k < 10; ++k) {
    ui.text(room.x + edge / 2, map.y + (static_cast<float>(k) + 0.5f) * cell - ui.u(8), std::to_string(k),
            type::kSmall, ui.theme.muted, Weight::regular, Align::centre);
    ui.text(map.x + (static_cast<float>(k) + 0.5f) * cell, map.bottom() + ui.u(2), std::to_string(k),
            type::kSmall, ui.theme.muted, Weight::regular, Align::centre);
  }
  for (int row = 0; row < 10; ++row) {
    int sum = 0;
    for (int col = 0; col < 10; ++col) sum += cells[static_cast<std::size_t>(row * 10 + col)];
    for (int col = 0; col < 10; ++col) {
      const int count = cells[static_cast<std::size_t>(row * 10 + col)];
      const float share = sum > 0 ? static_cast<float>(count) / static_cast<float>(sum) : 0;
      const Rect box = cell_box(map, 10, 10, row, col);
      const Colour back =
          count == 0 ? ui.theme.panel : value_colour((row == col ? -1.0f : 1.0f) * std::sqrt(share));
      ui.fill(box, back);
      if (count > 0)
        ui.text_in(box.inset(ui.u(1), 0), std::to_string(count), std::min(type::kText, cell / ui.u(1) * 0.5f),
                   text_on(back));
      if (chosen && row == row_ && col == col_) bold_frame(ui, box, ui.theme.attention, 2);
    }
  }
  ui.outline(map, ui.theme.hairline, 1);
  // One stop for the keyboard: the arrows walk from cell to cell.
  const Press press = ui.press("confusion", map, "Confusion matrix: rows are labels, columns answers");
  if (press.focused) {
    ui.focus_ring(map);
    const int down = (ui.key(ImGuiKey_DownArrow) ? 1 : 0) - (ui.key(ImGuiKey_UpArrow) ? 1 : 0);
    const int right = (ui.key(ImGuiKey_RightArrow) ? 1 : 0) - (ui.key(ImGuiKey_LeftArrow) ? 1 : 0);
    ui.arrows_taken = true;
    if (down != 0 || right != 0) row_ = std::clamp(row_ + down, 0, 9), col_ = std::clamp(col_ + right, 0, 9);
  }
  float x = 0, y = 0;
  ui.pointer(x, y);
  const int row = static_cast<int>(std::clamp((y - map.y) / cell, 0.0f, 9.0f)),
            col = static_cast<int>(std::clamp((x - map.x) / cell, 0.0f, 9.0f));
  if (press.hovered) {
    ui.tooltip(std::to_string(cells[static_cast<std::size_t>(row * 10 + col)]) + " × label " +
               std::to_string(row) + " answered with " + std::to_string(col));
    if (press.clicked) {
      const bool again = row == row_ && col == col_;
      row_ = again ? -1 : row, col_ = again ? -1 : col;
    }
  }
}

void NetworkAnswers::digits(Ui& ui, Rect room, const Examination& examination) const {
  ui.part("mistakes", room);
  const bool worst = row_ < 0;
  const float caption = ui.u(17), gap = ui.u(6), least = ui.u(50);
  const int columns = std::max(2, static_cast<int>((room.w + gap) / (least + gap)));
  const float side = (room.w - static_cast<float>(columns - 1) * gap) / static_cast<float>(columns);
  Rect rest = room;
  const Rect title = rest.cut_top(ui.u(22));
  const int rows = std::max(1, static_cast<int>((rest.h + gap) / (side + caption + gap)));
  const float fitted = std::min(side, rest.h - caption);
  const std::vector<int> which =
      worst ? examination.worst(rows * columns) : examination.in_cell(row_, col_, rows * columns);
  std::string words = "Worst mistakes";
  if (!worst) words = "Label " + std::to_string(row_) + ", answered " + std::to_string(col_);
  if (which.empty()) words += ": none";
  ui.text(title.x, title.y, ui.shortened(words, type::kText, title.w), type::kText, ui.theme.ink,
          Weight::semibold);
  for (std::size_t i = 0; i < which.size(); ++i) {
    const auto row = static_cast<float>(i / static_cast<std::size_t>(columns)),
               col = static_cast<float>(i % static_cast<std::size_t>(columns));
    const Rect box{ui.snap(rest.x + col * (side + gap)), ui.snap(rest.y + row * (side + caption + gap)),
                   fitted, fitted};
    const int digit = which[i];
    const Examination::Answer& answer = examination.answer(digit);
    const Tensor image = examination.set()->image(digit);
    HeatMapLook look;
    look.ink = HeatMap::Ink::grey;
    heat_map(ui, box, 28, 28, image.values(), look);
    const int label = examination.set()->label(digit);
    const std::string id = "mistake" + std::to_string(i);
    const Press press = ui.press(id, box,
                                 "Put this " + std::to_string(label) + ", answered " +
                                     std::to_string(answer.given) + ", on the stage");
    if (press.focused) ui.focus_ring(box, 2);
    if (press.hovered) {
      ui.tooltip("Label " + std::to_string(label) + ": " +
                 number_text(100 * static_cast<double>(answer.right), 1) + " %. Answer " +
                 std::to_string(answer.given) + ": " +
                 number_text(100 * static_cast<double>(answer.sure), 1) + " %. Press to put it on the stage");
    }
    if (press.clicked) ui.intend("draw", std::vector<float>(image.values().begin(), image.values().end()));
    ui.text(box.middle_x(), box.bottom() + ui.u(1),
            std::to_string(label) + " → " + std::to_string(answer.given), type::kSmall,
            label == answer.given ? ui.theme.muted : ui.theme.ink, Weight::regular, Align::centre);
  }
}

}  // namespace kg
