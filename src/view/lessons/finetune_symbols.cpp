#include "view/lessons/finetune_symbols.h"

#include <algorithm>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/digit_gallery.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr float kRow = 32, kGap = 6, kWords = 20;  // units

std::string letter_text(int label) { return std::string(1, SymbolSet::letter(label)); }

}  // namespace

void FinetuneSymbols::draw(Ui& ui, Rect room, const FinetuneLesson& lesson) {
  if (lesson.scene() == FinetuneLesson::Scene::base) return base(ui, room, lesson);
  if (lesson.task() == FinetuneLesson::Material::symbols) return symbols(ui, room, lesson);
  digits(ui, room, lesson);
}

void FinetuneSymbols::base(Ui& ui, Rect room, const FinetuneLesson& lesson) const {
  const bool low = room.w > room.h * 1.3f;
  Rect top = low ? room.cut_left(room.w * 0.5f - ui.u(8)) : room.cut_top(std::min(room.h * 0.46f, ui.u(150)));
  if (low) {
    room.cut_left(ui.u(16));
  } else {
    room.cut_top(ui.u(10));
  }
  filters(ui, top, lesson);
  ui.part("examples", room);
  ui.text(room.x, room.y,
          ui.shortened(lesson.base_given()
                           ? std::to_string(lesson.base_given()->count()) + " digits 0 to 4 for the base"
                           : std::string("Digits 0 to 4 for the base"),
                       type::kSmall, room.w),
          type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(kWords));
  if (!lesson.base_given()) {
    ui.paragraph(room, "They are written when the training begins.", type::kText, ui.theme.muted);
    return;
  }
  digit_gallery(ui, room, *lesson.base_given(), {.side = 30});
}

// The weights of the first layer, which sees the picture itself: edges, when it has learned.
void FinetuneSymbols::filters(Ui& ui, Rect room, const FinetuneLesson& lesson) const {
  ui.part("filters", room);
  const Parameter& kernel = lesson.base().network().parameters(0)[0];
  const int count = kernel.shape[3];
  const float reach = reach_of(kernel.values);
  ui.text(room.x, room.y,
          ui.shortened("Filters of the first layer, ±" + number_text(static_cast<double>(reach), 2),
                       type::kSmall, room.w),
          type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(kWords));
  const float gap = ui.u(8);
  const int columns = 4, rows = (count + columns - 1) / columns;
  const float side =
      std::min({(room.w + gap) / columns - gap, (room.h + gap) / static_cast<float>(rows) - gap, ui.u(58)});
  if (side < ui.u(6)) return;
  std::vector<float> filter(9);
  for (int f = 0; f < count; ++f) {
    for (std::size_t k = 0; k < filter.size(); ++k)
      filter[k] = kernel.values[k * static_cast<std::size_t>(count) + static_cast<std::size_t>(f)];
    const Rect cell = fit_cells(ui,
                                {room.x + static_cast<float>(f % columns) * (side + gap),
                                 room.y + static_cast<float>(f / columns) * (side + gap), side, side},
                                3, 3);
    HeatMapLook look;
    look.reach = reach;
    look.id = "filter" + std::to_string(f);
    const HeatMapTouch touch = heat_map(ui, cell, 3, 3, filter, look);
    if (touch.hovered) {
      ui.tooltip(
          "filter " + std::to_string(f) + ", row " + std::to_string(touch.row) + ", column " +
          std::to_string(touch.col) + ": " +
          number_text(static_cast<double>(filter[static_cast<std::size_t>(touch.row * 3 + touch.col)]), 3));
    }
  }
}

void FinetuneSymbols::digits(Ui& ui, Rect room, const FinetuneLesson& lesson) const {
  ui.part("examples", room);
  ui.text(room.x, room.y,
          ui.shortened("All there is to learn from: " + std::to_string(lesson.examples()) + " examples",
                       type::kSmall, room.w),
          type::kSmall, ui.theme.muted);
  room.cut_top(ui.u(kWords));
  if (!lesson.given()) return;
  DigitGalleryShown what;
  what.side = lesson.examples() > 25 ? 30 : 36;
  what.name = [&](int label) { return lesson.class_name(label); };
  digit_gallery(ui, room, *lesson.given(), what);
}

// Draw, say which it is, and the sheet is free for the next.
void FinetuneSymbols::symbols(Ui& ui, Rect room, const FinetuneLesson& lesson) {
  ui.part("examples", room);
  const bool low = room.w > room.h * 1.3f;
  Rect top = low ? room.cut_left(room.w * 0.56f)
                 : room.cut_top(std::min(room.w * 0.66f, room.h * 0.5f) + ui.u(kWords));
  room.cut_top(low ? 0 : ui.u(8));
  room.cut_left(low ? ui.u(12) : 0);
  ui.text(top.x, top.y, ui.shortened("Draw a symbol, then say which it is", type::kSmall, top.w),
          type::kSmall, ui.theme.muted);
  top.cut_top(ui.u(kWords));
  const float side = std::min(top.h, top.w - ui.u(70));
  Rect pad = top.cut_left(side);
  pad.h = side;
  ui.part("sheet", pad);
  sheet_.draw(ui, pad, lesson.picture());
  top.cut_left(ui.u(10));
  top.h = side;
  labels(ui, top, lesson);
  buttons(ui, room.cut_top(ui.u(kRow)), lesson);
  room.cut_top(ui.u(8));
  if (lesson.symbols().count() == 0) {
    ui.paragraph(room, "Two symbols at least, some of each. Or take ours.", type::kSmall, ui.theme.muted);
    return;
  }
  DigitGalleryShown what;
  what.side = 28;
  what.name = letter_text;
  DigitSet all(SymbolSet::kMostClasses);
  const SymbolSet& symbols = lesson.symbols();
  // The newest come first: they are the ones one wants to see.
  for (int i = symbols.count() - 1; i >= 0; --i) all.add(symbols.picture(i).values(), symbols.label(i));
  digit_gallery(ui, room, all, what);
}

void FinetuneSymbols::labels(Ui& ui, Rect room, const FinetuneLesson& lesson) const {
  const float height = (room.h - 4 * ui.u(4)) / SymbolSet::kMostClasses;
  const SymbolSet& symbols = lesson.symbols();
  const bool drawn =
      lesson.picture().source() == Picture::Source::drawing && !lesson.picture().drawing().empty();
  for (int label = 0; label < SymbolSet::kMostClasses; ++label) {
    const Rect box = room.cut_top(height);
    room.cut_top(ui.u(4));
    const bool next = label <= symbols.classes();
    ButtonLook look;
    look.words =
        letter_text(label) +
        (symbols.count_of(label) > 0 ? " · " + std::to_string(symbols.count_of(label)) : std::string());
    look.enabled = drawn && next;
    look.hint = !next   ? letter_text(label - 1) + " comes first"
                : drawn ? "Add the drawing as " + letter_text(label)
                        : "Draw it on the sheet first";
    if (drawn && next) look.kind = ButtonLook::Kind::primary;
    if (button(ui, "add" + letter_text(label), box, "Add the drawing as " + letter_text(label), look))
      ui.intend("add_example", label);
  }
}

void FinetuneSymbols::buttons(Ui& ui, Rect row, const FinetuneLesson& lesson) const {
  const float width = (row.w - 2 * ui.u(kGap)) / 3;
  const auto next = [&](const char* id, const char* words, const char* label, bool enabled,
                        const char* hint) {
    const Rect box = row.cut_left(width);
    row.cut_left(ui.u(kGap));
    ButtonLook look;
    look.words = words, look.enabled = enabled, look.hint = hint;
    return button(ui, id, box, label, look);
  };
  const bool any = lesson.symbols().count() > 0;
  const bool drawn =
      lesson.picture().source() == Picture::Source::drawing && !lesson.picture().drawing().empty();
  if (next("undo", "Undo", drawn ? "Take the last stroke back" : "Take the last example back", drawn || any,
           drawn ? "Take the last stroke back"
           : any ? "Take the last example back"
                 : "There is nothing to take back"))
    ui.intend(drawn ? "undo_stroke" : "undo_example");
  if (next("clear", "Clear all", "Take all examples away", any,
           any ? "Take all examples away" : "There are none"))
    ui.intend("clear_examples");
  if (next("ours", "Ours", "Take twenty symbols of ours", !any,
           any ? "Clear yours first" : "Five triangles, crosses, zigzags and squares of ours"))
    ui.intend("use_our_symbols");
}

}  // namespace kg
