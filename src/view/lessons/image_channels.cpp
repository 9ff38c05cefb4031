#include "view/lessons/image_channels.h"

#include <algorithm>

#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"

namespace kg {
namespace {

constexpr float kName = 18;  // units, beneath each picture

std::string capitalised(std::string words) {
  words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

// One channel in its own light, or the whole picture.
std::vector<float> light_of(const ImageLesson& lesson, int channel) {
  const auto values = lesson.input().values();
  std::vector<float> light(values.begin(), values.end());
  for (std::size_t i = 0; channel >= 0 && i < light.size(); ++i) {
    if (i % 3 != static_cast<std::size_t>(channel)) light[i] = 0;
  }
  return light;
}

void three(Ui& ui, const Rect& box, const ImageLesson& lesson) {
  const Shape& shape = lesson.input().shape();
  const float gap = ui.u(10);
  const bool upright = box.h > box.w;  // one beneath the other
  const float each = upright ? (box.h - 3 * gap) / 4 : (box.w - 3 * gap) / 4;
  const float side = upright ? std::min(box.w, each - ui.u(kName)) : std::min(each, box.h - ui.u(kName));
  for (int channel = ImageLesson::kAllChannels; channel < 3; ++channel) {
    const float at = (each + gap) * static_cast<float>(channel + 1);
    const Rect place = upright ? Rect{box.x, box.y + at, side, side} : Rect{box.x + at, box.y, side, side};
    const std::string name =
        channel < 0 ? "All three" : capitalised(ImageLesson::channel_name(channel, shape.c));
    const bool chosen = lesson.channel() == channel;
    HeatMapLook look;
    look.ink = HeatMap::Ink::rgb;
    look.reach = std::max(1.0f, reach_of(lesson.input().values()));
    const Rect map = fit_cells(ui, place, shape.h, shape.w);
    (void)heat_map(ui, map, shape.h, shape.w, light_of(lesson, channel), look);
    const Rect whole{map.x, map.y, map.w, map.h + ui.u(kName)};
    const Press press = ui.press("channel " + name, whole, name + (chosen ? ", chosen" : ""));
    if (chosen || press.hovered) ui.outline(map.inset(-ui.u(2)), ui.theme.action, chosen ? 3 : 1.5f, 3);
    ui.text(map.middle_x(), map.bottom() + ui.u(4), name, type::kSmall,
            chosen ? ui.theme.ink : ui.theme.muted, chosen ? Weight::semibold : Weight::regular,
            Align::centre);
    if (press.focused) ui.focus_ring(whole, 4);
    if (press.clicked && !chosen) ui.intend("set_channel", channel);
  }
}

}  // namespace

void image_channels(Ui& ui, const Rect& box, const ImageLesson& lesson) {
  const int channels = lesson.input().shape().c;
  ui.part("channels", box);
  if (channels == 3) return three(ui, box, lesson);
  if (channels == 1) {
    return ui.paragraph(box,
                        "One channel: one number for each pixel. A picture in colour has three, "
                        "for red, green and blue.",
                        type::kText, ui.theme.muted);
  }
  const int now = lesson.channel();
  const int way =
      stepper(ui, "channel", {box.x, box.y, std::min(box.w, ui.u(240)), std::min(box.h, ui.u(36))}, "Channel",
              "channel " + std::to_string(now) + " of " + std::to_string(channels), now > 0,
              now + 1 < channels, "This is the first channel", "This is the last channel");
  if (way != 0) ui.intend("set_channel", now + way);
}

}  // namespace kg
