#include "view/lessons/image_view.h"

#include <imgui.h>

#include <algorithm>

#include "lesson/number_text.h"
#include "view/lessons/image_channels.h"
#include "view/lessons/image_controls.h"
#include "view/lessons/image_map.h"
#include "view/lessons/image_numbers.h"
#include "view/widgets/button.h"
#include "view/widgets/tabs.h"

namespace kg {
namespace {

constexpr float kRulerLeft = 24, kRulerTop = 18, kTitle = 24;  // units

std::string count_text(const ImageLesson& lesson) {
  const Shape& shape = lesson.input().shape();
  return std::to_string(shape.h) + "×" + std::to_string(shape.w) + " pixels" +
         (shape.c == 1 ? "" : ", " + std::to_string(shape.c) + " channels");
}

std::string region_text(const ImageLesson& lesson) {
  const auto& zoom = lesson.zoom();
  return "rows " + std::to_string(zoom.top) + "–" + std::to_string(zoom.top + zoom.height - 1) +
         ", columns " + std::to_string(zoom.left) + "–" + std::to_string(zoom.left + zoom.width - 1);
}

// From the zoomed region to the same pixels as numbers.
void funnel(const Ui& ui, const Rect& from, const Rect& to) {
  const auto line = [&](float y0, float y1) {
    ui.paint.AddLine(ImVec2(from.right(), y0), ImVec2(to.x, y1), packed(faded(ui.theme.attention, 0.75f)),
                     ui.u(1.5f));
  };
  line(from.y, to.y);
  line(from.bottom(), to.bottom());
}

}  // namespace

void ImageView::draw(Ui& ui, const Rect& stage, const Lesson& base) {
  const auto& lesson = static_cast<const ImageLesson&>(base);
  hand_.found.reset();
  bar_read_ = -1;
  if (covers_lesson()) {
    chooser_.cover(ui, stage, lesson.picture());
  } else if (ui.lies_low(stage)) {
    draw_short(ui, stage, lesson);
  } else if (stage.w < ui.u(kNarrow)) {
    draw_narrow(ui, stage, lesson);
  } else {
    draw_wide(ui, stage, lesson);
  }
  // What is pointed at in one place is marked in the others, from the next frame on.
  if (hand_.over != hand_.found || hand_.bar != bar_read_) ui.animating = true;
  hand_.over = hand_.found;
  hand_.bar = bar_read_;
}

void ImageView::draw_wide(Ui& ui, Rect stage, const ImageLesson& lesson) {
  stage = stage.inset(ui.u(22), ui.u(16));
  const float gap = ui.u(26), column = ui.u(184), under = ui.u(206);
  const float side = std::min((stage.w - column - 2 * gap - ui.u(kRulerLeft)) / 2,
                              stage.h - under - ui.u(kTitle + kRulerTop) - ui.u(14));
  const float slack = stage.w - column - 2 * gap - ui.u(kRulerLeft) - 2 * side;
  stage = stage.inset(std::min(slack / 2, ui.u(60)), 0);
  Rect top = stage.cut_top(ui.u(kTitle + kRulerTop) + side);
  stage.cut_top(ui.u(14));

  Rect left = top.cut_left(ui.u(kRulerLeft) + side);
  top.cut_left(gap);
  Rect right = top.cut_left(side);
  top.cut_left(gap);
  picture(ui, left, lesson);
  const Rect box = numbers(ui, {right.x, right.y, side, right.h}, lesson);
  funnel(ui, region_, box);
  top.cut_top(ui.u(kTitle + kRulerTop));
  image_controls(ui, top, lesson, hand_, 1);

  Rect source = stage.cut_left(left.w);
  stage.cut_left(gap);
  chooser(ui, source.cut_top(ui.u(80)), lesson);
  source.cut_top(ui.u(18));
  if (ui.shows("channels")) image_channels(ui, source, lesson);
  if (!ui.shows("histogram")) return readout(ui, stage.cut_top(ui.u(36)), lesson);
  ui.card(stage);
  stage = stage.inset(ui.u(16), ui.u(10));
  readout(ui, stage.cut_top(ui.u(36)), lesson);
  stage.cut_top(ui.u(8));
  histogram(ui, stage, lesson);
}

void ImageView::draw_narrow(Ui& ui, Rect stage, const ImageLesson& lesson) {
  stage = stage.inset(ui.u(10), ui.u(8));
  tab_ = tabs(ui, "tab", stage.cut_top(ui.u(38)),
              {{"Numbers", {"numbers", "row", "zoom", "pixel", "region"}},
               {"Picture", {"picture", "pixel", "region"}},
               {"Histogram", {"histogram", "pixel"}},
               {"Draw", {"chooser", "pencil", "scale", "shades", "channels"}}},
              tab_);
  stage.cut_top(ui.u(10));
  if (tab_ == 0) {
    Rect row = stage.cut_bottom(ui.u(40));
    stage.cut_bottom(ui.u(8));
    const float way = ui.u(92), side = std::min(stage.w - way - ui.u(14), stage.h - ui.u(kTitle));
    (void)numbers(ui, stage.cut_left(side), lesson);
    stage.cut_left(ui.u(14));
    stage.cut_top(ui.u(kTitle));
    (void)image_map(ui, stage.cut_top(way), lesson, hand_, false);
    stage.cut_top(ui.u(12));
    if (ui.shows("zoom")) zoom_control(ui, stage.cut_top(ui.u(36)), lesson);
    readout(ui, row, lesson);
  } else if (tab_ == 1) {
    readout(ui, stage.cut_bottom(ui.u(40)), lesson);
    stage.cut_bottom(ui.u(8));
    Rect channels = stage.cut_right(ui.u(66));
    stage.cut_right(ui.u(10));
    picture(ui, stage, lesson);
    channels.cut_top(ui.u(kTitle + kRulerTop));
    if (ui.shows("channels") && lesson.in_colour()) image_channels(ui, channels, lesson);
  } else if (tab_ == 2) {
    readout(ui, stage.cut_top(ui.u(40)), lesson);
    stage.cut_top(ui.u(8));
    histogram(ui, stage, lesson);
  } else {
    chooser(ui, stage.cut_top(ui.u(88)), lesson);
    stage.cut_top(ui.u(16));
    image_controls(ui, stage.cut_top(ui.u(124)), lesson, hand_, 2);
    stage.cut_top(ui.u(16));
    if (ui.shows("channels")) image_channels(ui, stage, lesson);
  }
}

// A phone on its side: pixels and numbers side by side, everything else at the right.
void ImageView::draw_short(Ui& ui, Rect stage, const ImageLesson& lesson) {
  stage = stage.inset(ui.u(10), ui.u(6));
  const float gap = ui.u(14);
  const float side = std::min(stage.h - ui.u(kTitle), (stage.w - 2 * gap) * 0.31f);
  const Rect left = stage.cut_left(side);
  stage.cut_left(gap);
  const Rect right = stage.cut_left(side);
  stage.cut_left(gap);
  Rect small = left;
  ui.text(small.x, small.y, "Picture", type::kStrong, ui.theme.ink, Weight::semibold);
  small.cut_top(ui.u(kTitle));
  region_ = image_map(ui, small, lesson, hand_, false).region;
  funnel(ui, region_, numbers(ui, right, lesson));
  tab_ = tabs(ui, "tab", stage.cut_top(ui.u(36)),
              {{"Histogram", {"histogram", "pixel"}},
               {"Numbers", {"pencil", "scale", "shades", "zoom"}},
               {"Picture", {"chooser"}},
               {"Channels", {"channels"}}},
              tab_);
  stage.cut_top(ui.u(8));
  if (tab_ == 0) {
    readout(ui, stage.cut_top(ui.u(34)), lesson);
    stage.cut_top(ui.u(4));
    histogram(ui, stage, lesson);
  } else if (tab_ == 1) {
    image_controls(ui, stage, lesson, hand_, 2);
  } else if (tab_ == 2) {
    chooser(ui, stage.cut_top(std::min(stage.h, ui.u(88))), lesson);
  } else if (ui.shows("channels")) {
    image_channels(ui, stage, lesson);
  }
}

void ImageView::picture(Ui& ui, Rect room, const ImageLesson& lesson) {
  Rect title = room.cut_top(ui.u(kTitle));
  title.cut_left(ui.u(kRulerLeft));
  ui.heading(title, "Picture", count_text(lesson));
  region_ = image_map(ui, room, lesson, hand_, true).region;
}

Rect ImageView::numbers(Ui& ui, Rect room, const ImageLesson& lesson) {
  const Rect title = room.cut_top(ui.u(kTitle));
  const bool low = ui.lies_low({0, 0, ui.display.width, ui.display.height});
  if (!ui.narrow() && !low) room.cut_top(ui.u(kRulerTop));
  const auto& zoom = lesson.zoom();
  const float cell =
      std::min(room.w / static_cast<float>(zoom.width), room.h / static_cast<float>(zoom.height));
  const bool fit = numbers_fit(ui, lesson, cell);
  const bool all = lesson.channel() == ImageLesson::kAllChannels;
  const std::string detail = !fit                  ? "zoom in to read them"
                             : title.w < ui.u(240) ? ""
                             : all                 ? "red, green, blue from above"
                                                   : region_text(lesson);
  ui.heading(title, "Numbers", detail);
  return image_numbers(ui, room, lesson, hand_);
}

// The pixel that is looked at: where it is, its colour, its numbers on both scales.
void ImageView::readout(Ui& ui, Rect row, const ImageLesson& lesson) const {
  using Scale = ImageLesson::Scale;
  const ImageLesson::Pixel at = hand_.over ? *hand_.over : lesson.pixel();
  ui.part("pixel", row);
  const bool covered = lesson.covered(at);
  Rect swatch = row.cut_left(row.h);
  ui.fill(swatch, shade_of(lesson, at), 5);
  ui.outline(swatch, hand_.over ? ui.theme.muted : ui.theme.action, hand_.over ? 1 : 2, 5);
  row.cut_left(ui.u(12));
  const std::string place = "Row " + std::to_string(at.row) + ", column " + std::to_string(at.col);
  std::string words;
  if (covered) {
    words = "covered: guess it, from 0 to 255";
  } else if (lesson.channel() == ImageLesson::kAllChannels) {
    words = "red " + lesson.text(lesson.value(at, 0)) + ", green " + lesson.text(lesson.value(at, 1)) +
            ", blue " + lesson.text(lesson.value(at, 2));
  } else {
    const float value = lesson.value(at, lesson.channel());
    words = ImageLesson::text(value, Scale::bytes) + " of 255, or " + ImageLesson::text(value, Scale::ones);
  }
  const auto& guess = lesson.prediction();
  if (guess && guess->pixel == at) {
    words += std::string(lesson.predicted_right() ? "; near your " : "; far from your ") +
             number_text(guess->value);
  }
  ui.text(row.x, row.y + ui.u(1), place, type::kSmall, ui.theme.muted);
  Rect line{row.x, row.y + ui.u(16), row.w, ui.u(20)};
  line.w = std::min(line.w, ui.text_width(words, type::kStrong, Weight::semibold));
  ui.text_in(line, words, type::kStrong, ui.theme.ink, Weight::semibold);
}

void ImageView::histogram(Ui& ui, const Rect& box, const ImageLesson& lesson) {
  if (!ui.shows("histogram")) return;
  const bool bytes = lesson.scale() == ImageLesson::Scale::bytes;
  const double unit = bytes ? 255 : 1;
  HistogramShown what;
  what.id = "histogram";
  what.name = "How often each number occurs";
  what.from = static_cast<double>(lesson.bar_range(0).from) * unit;
  what.to = static_cast<double>(lesson.bar_range(ImageLesson::kBars - 1).to) * unit;
  what.counts = lesson.histogram();
  what.x_name = "number";
  what.y_name = lesson.channel() == ImageLesson::kAllChannels ? "values" : "pixels";
  what.log_counts = true;
  what.lit = lesson.chosen_bar();
  const ImageLesson::Pixel at = hand_.over ? *hand_.over : lesson.pixel();
  if (what.lit < 0 && !lesson.covered(at)) {
    what.lit = lesson.bar_of(lesson.value(at, std::max(lesson.channel(), 0)));
  }
  ui.part("histogram", box);
  bar_read_ = histogram_.draw(ui, box, what);
  if (bar_read_ >= 0 && ui.tapped_here(box))
    ui.intend("set_bar", bar_read_ == lesson.chosen_bar() ? -1 : bar_read_);
}

void ImageView::chooser(Ui& ui, const Rect& box, const ImageLesson& lesson) {
  if (!ui.shows("picture")) return;
  ui.part("chooser", box);
  chooser_.panel(ui, box, lesson.picture());
}

}  // namespace kg
