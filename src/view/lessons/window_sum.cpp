#include "view/lessons/window_sum.h"

#include <imgui.h>

#include <algorithm>
#include <numeric>

#include "engine/tensor.h"
#include "lesson/number_text.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/matrix.h"

namespace kg {
namespace {

constexpr int kCells = 9;

// The first `shown` products, one channel after the other.
double share_of(const std::vector<float>& products, int channels, int channel, int shown) {
  const std::vector<float> own = every_nth(products, channels, channel);
  const auto end = own.begin() + std::clamp(shown - channel * kCells, 0, kCells);
  return std::accumulate(own.begin(), end, 0.0);
}

void operand(Ui& ui, const Rect& box, const std::string& name, std::span<const float> values,
             const MatrixLook& look) {
  ui.text(box.middle_x(), box.y - ui.u(18), name, type::kSmall, ui.theme.muted, Weight::regular,
          Align::centre);
  matrix(ui, box, 3, 3, values, look);
}

std::string channel_name(int channel, int channels) {
  static constexpr const char* kColours[] = {"red", "green", "blue"};
  return channels == 3 ? kColours[channel] : "channel " + std::to_string(channel);
}

// One line for each channel: its share of the sum.
void shares(const Ui& ui, Rect box, const std::vector<float>& products, int channels, int shown) {
  const int lines = std::min(channels, 4);
  for (int c = 0; c < lines; ++c) {
    const Rect row = box.cut_top(ui.u(17));
    if (c == 3 && channels > 4) {
      ui.text(row.x, row.y, "… and " + std::to_string(channels - 3) + " more", type::kSmall, ui.theme.muted);
      return;
    }
    ui.text(row.x, row.y, channel_name(c, channels), type::kSmall, ui.theme.muted);
    ui.text(row.right(), row.y, fixed_text(share_of(products, channels, c, shown)), type::kText, ui.theme.ink,
            Weight::regular, Align::right);
  }
}

}  // namespace

Rect window_sum(Ui& ui, const Rect& room, const WindowSum& what) {
  const int channels = what.channels, shown = what.shown;
  const bool complete = shown == kCells * channels;
  int channel = what.channel;
  if (channel < 0 || !complete) channel = complete ? 0 : std::min(shown / kCells, channels - 1);
  const std::vector<float>&block = what.block, &weights = what.weights, &products = what.products;

  // Beside the matrices there is room for the sum; otherwise it goes beneath them.
  const bool narrow = room.w < ui.u(520) && room.h > room.w * 0.36f;
  Rect rest = room;
  rest.cut_top(ui.u(20));
  const float sign = ui.u(narrow ? 20 : room.w < ui.u(520) ? 24 : 34);
  const float sum_width = narrow ? 0 : std::min(ui.u(190), room.w * 0.27f);
  const float side =
      std::min(rest.h - (narrow ? ui.u(44) : 0), (room.w - 2 * sign - sum_width - (narrow ? 0 : sign)) / 3);
  const float used = 3 * side + 2 * sign + (narrow ? 0 : sign + sum_width);
  rest.x += (room.w - used) / 2;
  if (!narrow) rest.y += (rest.h - side) / 2;
  const auto square = [&] {
    const Rect box{ui.snap(rest.x), ui.snap(rest.y), side, side};
    rest.cut_left(side);
    return box;
  };
  const auto operation = [&](const char* words) {
    ui.text_in({rest.x, rest.y, sign, side}, words, type::kSign, ui.theme.ink);
    rest.cut_left(sign);
  };
  MatrixLook look;
  look.text_size = narrow ? type::kSmall : type::kText;
  look.lit = complete ? -1 : shown % kCells;
  look.reach = reach_of(block);
  look.ink = what.own_numbers ? MatrixLook::Ink::diverging : MatrixLook::Ink::grey;
  if (look.ink == MatrixLook::Ink::grey) look.reach = 1;
  const Rect first = square();
  const std::string of_channel = channels > 1 ? ", " + channel_name(channel, channels) : "";
  operand(ui, first, "Window" + of_channel, every_nth(block, channels, channel), look);
  ui.outline(first, ui.theme.attention, 3);
  operation("×");
  look.ink = MatrixLook::Ink::diverging;
  look.reach = reach_of(weights);
  operand(ui, square(), (what.flipped ? "Flipped filter" : "Filter") + of_channel,
          every_nth(weights, channels, channel), look);
  operation("=");
  look.reach = std::max(reach_of(products), 1e-6f);
  look.shown = std::clamp(shown - channel * kCells, 0, kCells);
  look.lit = -1;
  operand(ui, square(), "Products", every_nth(products, channels, channel), look);

  double so_far = 0;
  for (int c = 0; c < channels; ++c) so_far += share_of(products, channels, c, shown);
  const double sum = complete ? static_cast<double>(what.sum) : so_far;
  const Colour back = value_colour(static_cast<float>(sum) / std::max(what.reach, 1e-6f));
  const std::string place = "row " + std::to_string(what.row) + ", column " + std::to_string(what.col);
  Rect box;
  if (narrow) {
    box = {room.x + (room.w - used) / 2, rest.y + side + ui.u(8), used, ui.u(34)};
    Rect row = box;
    ui.text_in(row.cut_left(ui.u(88)),
               complete ? (channels > 1 ? "All channels" : "Their sum") : "Sum so far", type::kText,
               ui.theme.muted);
    box = row.cut_left(ui.u(84));
    row.cut_left(ui.u(10));
    ui.text_in(row, "into " + place, type::kText, ui.theme.muted);
  } else {
    operation("Σ");
    rest.cut_left(ui.u(6));
    Rect column{rest.x, rest.y, sum_width - ui.u(6), side};
    if (channels > 1) {
      shares(ui, column, products, channels, shown);
      column.cut_top(ui.u(17) * static_cast<float>(std::min(channels, 4)) + ui.u(6));
      box = column.cut_top(ui.u(38));
    } else {
      ui.text(column.x, column.y + ui.u(2), complete ? "The products add up to" : "So far they add up to",
              type::kText, ui.theme.muted);
      column.cut_top(ui.u(24));
      box = column.cut_top(ui.u(48));
    }
    ui.text(column.x, column.y + ui.u(8), "into " + place, type::kText, ui.theme.muted);
  }
  if (!what.remark.empty() && !narrow)
    ui.text(box.x, box.bottom() + ui.u(26), what.remark, type::kText, ui.theme.ink);
  ui.part("sum", box);
  ui.fill(box, back, 6);
  ui.outline(box, complete ? ui.theme.attention : ui.theme.muted, complete ? 3 : 1, 6);
  ui.text_in(box.inset(ui.u(6), 0), fixed_text(sum, all_whole(products) ? 0 : 2),
             narrow ? type::kSign : type::kSum, text_on(back), Weight::semibold);
  return box;
}

}  // namespace kg
