#include "view/widgets/gallery.h"

#include <imgui.h>

#include <algorithm>
#include <cassert>
#include <cmath>

#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/slider.h"

namespace kg {

Gallery::Page Gallery::page_for(const Ui& ui, const Rect& room) {
  Page page;
  page.columns = std::max(1, static_cast<int>(room.w / ui.u(74)));
  page.rows = std::max(1, static_cast<int>(room.h / ui.u(90)));
  page.width = room.w / static_cast<float>(page.columns);
  page.height = room.h / static_cast<float>(page.rows);
  return page;
}

void Gallery::pictures(Ui& ui, const Rect& room, const Page& page, const Picture& picture) {
  for (int place = 0; place < page.size() && first_ + place < picture.idx_count(); ++place) {
    const int index = first_ + place;
    const Rect box{room.x + page.width * static_cast<float>(place % page.columns),
                   room.y + page.height * static_cast<float>(place / page.columns), page.width, page.height};
    const Tensor image = picture.idx_image(index);
    const int label = picture.idx_label(index);
    const std::string words = std::to_string(index) + (label >= 0 ? " · " + std::to_string(label) : "");
    const Press press =
        ui.press("picture" + std::to_string(place), box.inset(ui.u(2)),
                 "Picture " + std::to_string(index) + (label >= 0 ? ", label " + std::to_string(label) : ""));
    const Rect room_for_map{box.x + ui.u(7), box.y + ui.u(6), box.w - ui.u(14), box.h - ui.u(28)};
    HeatMapLook look;
    look.ink = HeatMap::Ink::grey;
    const Rect map = fit_cells(ui, room_for_map, image.shape().h, image.shape().w);
    heat_map(ui, map, image.shape().h, image.shape().w, image.values(), look);
    ui.text(map.middle_x(), map.bottom() + ui.u(3), words, type::kSmall, ui.theme.muted, Weight::regular,
            Align::centre);
    const bool chosen = index == picture.idx_index();
    if (chosen || press.hovered) ui.outline(map.inset(-ui.u(3)), ui.theme.action, chosen ? 3 : 1.5f, 3);
    if (press.focused) ui.focus_ring(box.inset(ui.u(5)));
    if (press.clicked) {
      ui.intend("select_image", index);
      open_ = false;
    }
  }
}

void Gallery::turning(Ui& ui, Rect row, const Page& page, const Picture& picture) {
  const int last_first = (picture.idx_count() - 1) / page.size() * page.size();
  const auto turn = [&](const char* id, Icon icon, const char* label, const Rect& box, int to) {
    ButtonLook look;
    look.icon = icon;
    look.enabled = to >= 0 && to <= last_first;
    look.hint = look.enabled ? label : "There are no more pictures that way";
    if (button(ui, id, box, label, look)) first_ = to;
  };
  ButtonLook done;
  done.kind = ButtonLook::Kind::primary;
  done.words = "Done";
  done.hint = "Back to the lesson (Escape)";
  if (button(ui, "done", row.cut_right(ui.u(90)), "Done", done)) open_ = false;
  row.cut_right(ui.u(12));
  turn("page-", Icon::back, "Page back", row.cut_left(row.h), first_ - page.size());
  row.cut_left(ui.u(6));
  turn("page+", Icon::forward, "Page forward", row.cut_left(row.h), first_ + page.size());
  row.cut_left(ui.u(10));
  if (last_first == 0) return;
  const float place = static_cast<float>(first_) / static_cast<float>(last_first);
  SliderLook look;
  look.filled = false;
  look.arrow_step = static_cast<float>(page.size()) / static_cast<float>(last_first);
  if (const auto to =
          slider(ui, "pages", row, "Place in the file, picture " + std::to_string(first_), place, look)) {
    first_ =
        static_cast<int>(std::round(*to * static_cast<float>(last_first) / static_cast<float>(page.size()))) *
        page.size();
  }
}

void Gallery::draw(Ui& ui, const Rect& stage, const Picture& picture) {
  assert(picture.idx_count() > 0);
  Rect rest = stage.inset(ui.u(16), ui.u(12));
  const Rect title = rest.cut_top(ui.u(30));
  ui.text(title.x, title.y, "Pick a picture", type::kStrong, ui.theme.ink, Weight::semibold);
  ui.text(title.right(), title.y, std::to_string(picture.idx_count()) + " pictures", type::kText,
          ui.theme.muted, Weight::regular, Align::right);
  const Rect row = rest.cut_bottom(ui.u(44));
  rest.cut_bottom(ui.u(8));
  const Page page = page_for(ui, rest);
  first_ = std::clamp(first_, 0, picture.idx_count() - 1) / page.size() * page.size();
  pictures(ui, rest, page, picture);
  turning(ui, row, page, picture);
  if (ui.key(ImGuiKey_Escape, false)) open_ = false;
  if (!open_) ui.focus.drop(), ui.animating = true;  // the next frame shows the lesson again
  if (ui.key(ImGuiKey_PageUp)) first_ = std::max(0, first_ - page.size());
  if (ui.key(ImGuiKey_PageDown) && first_ + page.size() < picture.idx_count()) first_ += page.size();
}

}  // namespace kg
