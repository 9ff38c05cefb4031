#include "view/lessons/batch_epoch.h"

#include <algorithm>
#include <cmath>

#include "lesson/number_text.h"
#include "view/widgets/button.h"
#include "view/widgets/heat_map.h"
#include "view/widgets/plot_frame.h"
#include "view/widgets/setting.h"

namespace kg {
namespace {

constexpr double kImages[] = {10, 20, 50, 100, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000};
constexpr double kSizes[] = {1,  2,  4,   5,   8,   10,  16,  20,  25,  32,  40,   50,
                             64, 80, 100, 128, 200, 250, 256, 400, 500, 512, 1000, 2000};
constexpr double kEpochs[] = {1, 2, 5, 10, 20, 50, 100};
constexpr int kMostFramed = 260;  // images of a batch that get a frame each; more are tinted

// As many columns as make the images as large as they can be.
int best_columns(const Rect& room, int count) {
  int best = 1;
  float side = 0;
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const float fits = std::min(room.w / static_cast<float>(columns), room.h / static_cast<float>(rows));
    if (fits > side) side = fits, best = columns;
  }
  return best;
}

std::string images_text(int n) { return std::to_string(n) + (n == 1 ? " image" : " images"); }

}  // namespace

void BatchEpoch::main(Ui& ui, const Rect& room, const BatchLesson& lesson) {
  const Digits& digits = lesson.small_digits();
  if (!digits) return plot_empty(ui, room, "Writing the digits …");
  const int count = digits->count(), columns = best_columns(room, count),
            rows = (count + columns - 1) / columns;
  const int side = digits->width();
  if (shown_ != digits || columns_ != columns) {
    shown_ = digits, columns_ = columns;
    picture_.assign(static_cast<std::size_t>(rows * columns * side * side), 0.0f);
    for (int i = 0; i < count; ++i) {
      const std::span<const std::uint8_t> pixels = digits->pixels(i);
      const int top = i / columns * side, left = i % columns * side;
      for (int p = 0; p < side * side; ++p)
        picture_[static_cast<std::size_t>((top + p / side) * columns * side + left + p % side)] =
            static_cast<float>(pixels[static_cast<std::size_t>(p)]) / 255.0f;
    }
  }
  const Rect map = fit_cells(ui, room, rows, columns);
  HeatMapLook look;
  look.ink = HeatMap::Ink::grey;
  (void)heat_map(ui, map, rows * side, columns * side, picture_, look);
  ui.part("images", map);

  place_.resize(static_cast<std::size_t>(count));
  for (int p = 0; p < count; ++p)
    place_[static_cast<std::size_t>(lesson.order()[static_cast<std::size_t>(p)])] = p;
  const BatchLesson::Range now = lesson.now();
  const Colour unseen = faded(ui.theme.ground, 0.66f), seen = faded(ui.theme.action, 0.42f),
               lit = faded(ui.theme.attention, 0.4f);
  const bool frames = now.count <= kMostFramed;
  for (int i = 0; i < rows * columns; ++i) {
    const Rect tile = cell_box(map, rows, columns, i / columns, i % columns);
    if (i >= count) {
      ui.fill({tile.x, tile.y, tile.w + ui.u(2), tile.h + ui.u(2)}, ui.theme.ground);  // over the map’s edge
      continue;
    }
    const int place = place_[static_cast<std::size_t>(i)];
    if (lesson.hidden() || place >= now.first + now.count)
      ui.fill(tile, unseen);
    else if (place < now.first)
      ui.fill(tile, seen);
    else if (!frames)
      ui.fill(tile, lit);
  }
  if (lesson.hidden() || !frames) return;
  for (int p = now.first; p < now.first + now.count; ++p) {
    const int i = lesson.order()[static_cast<std::size_t>(p)];
    const Rect tile = cell_box(map, rows, columns, i / columns, i % columns);
    ui.outline(tile.inset(-ui.u(0.5f)), ui.theme.attention, std::clamp(tile.w / ui.u(10), 1.5f, 3.0f), 1);
  }
}

void BatchEpoch::facts(Ui& ui, Rect room, const BatchLesson& lesson) {
  ui.card(room);
  Rect inside = room.inset(ui.u(16), ui.u(9));
  ui.part("formula", inside);
  if (lesson.hidden()) return riddle(ui, inside, lesson);
  const int m = lesson.images(), b = lesson.batch_size(), n = lesson.batches();
  std::string sum = std::to_string(m) + " / " + std::to_string(b) + " = ";
  if (m % b != 0) sum += number_text(static_cast<double>(m) / b) + ", rounded up: ";
  sum += std::to_string(n) + (n == 1 ? " batch" : " batches");
  const Rect line = inside.cut_top(ui.u(28));
  const float size =
      ui.text_width(sum, type::kSign, Weight::semibold) <= line.w ? type::kSign : type::kStrong;
  ui.text(line.x, line.y, ui.shortened(sum, size, line.w), size, ui.theme.ink, Weight::semibold);
  std::string words = m % b == 0 ? "All of them have " + images_text(b) + ". "
                                 : "The last one has only " + images_text(lesson.last_batch_size()) + ". ";
  if (lesson.predicted()) {
    words = "You said " + std::to_string(*lesson.predicted()) +
            (*lesson.predicted() == n ? ", and you were right. " : ". ") + words;
  }
  const int shown = lesson.updates_shown();
  words += "Every batch gives one update: " + std::to_string(shown) + " of " + std::to_string(n) +
           " in epoch " + std::to_string(lesson.epoch()) + ", " + std::to_string(n * lesson.epochs()) +
           " in " +
           (lesson.epochs() == 1 ? "the one epoch." : "all " + std::to_string(lesson.epochs()) + " epochs.");
  ui.paragraph(inside, words, inside.w < ui.u(420) ? type::kSmall : type::kText, ui.theme.ink);
}

void BatchEpoch::riddle(Ui& ui, Rect room, const BatchLesson& lesson) {
  const Rect line = room.cut_top(ui.u(24));
  const std::string words = "How many batches of " + std::to_string(lesson.batch_size()) + " do " +
                            std::to_string(lesson.images()) + " images make: predict it.";
  ui.text(line.x, line.y, ui.shortened(words, type::kStrong, line.w), type::kStrong, ui.theme.ink,
          Weight::semibold);
  Rect row = room.cut_top(std::min(ui.u(38), room.h));
  row.w = std::min(row.w, ui.u(440));
  const float gap = ui.u(6), width = (row.w - 4 * gap) / 5;
  const auto cut = [&](float wide) {
    const Rect box = row.cut_left(wide);
    row.cut_left(gap);
    return box;
  };
  ButtonLook look;
  look.words = "−10";
  if (button(ui, "guess-10", cut(width * 0.8f), "Ten less", look)) guess_ = std::max(1, guess_ - 10);
  const int way = stepper(ui, "guess", cut(width * 1.9f), "My prediction", std::to_string(guess_), guess_ > 1,
                          guess_ < BatchLesson::kMostImages, "An epoch has one batch at least", "");
  guess_ += way;
  look.words = "+10";
  if (button(ui, "guess+10", cut(width * 0.8f), "Ten more", look))
    guess_ = std::min(BatchLesson::kMostImages, guess_ + 10);
  look.words = "Predict";
  look.kind = ButtonLook::Kind::primary;
  if (button(ui, "predict", row, "Say this prediction", look)) ui.intend("predict", guess_);
}

void BatchEpoch::controls(Ui& ui, Rect room, const BatchLesson& lesson) const {
  BatchRows rows(ui, room);
  const auto row = [&](const char* control, const char* part, const char* verb, SettingShown shown) {
    if (!ui.shows(control)) return;
    const Rect box = rows.next(ui, room);
    ui.part(part, box);
    shown.id = part;
    shown.text = number_text(shown.value, 0);
    if (const auto to = setting(ui, box, shown)) ui.intend(verb, *to);
  };
  row("images", "set", "set_images",
      {.name = "Images",
       .value = static_cast<double>(lesson.images()),
       .list = kImages,
       .least = "10 images are the fewest here",
       .most = "2000 images are the most here"});
  std::vector<double> sizes;
  for (const double size : kSizes) {
    if (size <= lesson.images()) sizes.push_back(size);
  }
  if (sizes.back() < lesson.images()) sizes.push_back(lesson.images());
  row("batch_size", "batch_size", "set_batch_size",
      {.name = "Batch",
       .value = static_cast<double>(lesson.batch_size()),
       .list = sizes,
       .least = "A batch has at least one image",
       .most = "There are no more images than that"});
  row("epochs", "epochs", "set_epochs",
      {.name = "Epochs",
       .value = static_cast<double>(lesson.epochs()),
       .list = kEpochs,
       .least = "One epoch is the least",
       .most = "100 epochs are the most here"});
  if (ui.shows("shuffle")) {
    std::vector<double> numbers;
    for (int k = 1; k <= lesson.epochs(); ++k) numbers.push_back(k);
    row("epochs", "epoch", "set_epoch",
        {.name = "Epoch no.",
         .value = static_cast<double>(lesson.epoch()),
         .list = numbers,
         .least = "This is the first epoch",
         .most = "This is the last epoch"});
    const Rect box = rows.next(ui, room);
    ui.part("shuffle", box);
    const int chosen = segmented(
        ui, "shuffle", box, "Order", {"shuffled", "as they lie"}, lesson.shuffled() ? 0 : 1,
        {"A new order in every epoch, as Keras does it", "The first images first, in every epoch the same"});
    if (chosen >= 0) ui.intend("set_shuffle", chosen == 0);
  }
  if (ui.shows("riddle")) {
    const Rect box = rows.next(ui, room);
    ui.part("riddle", box);
    ButtonLook look;
    look.words = lesson.hidden() ? "Show the answer" : "A riddle";
    look.hint = lesson.hidden() ? "Show the number of batches without a prediction"
                                : "Other numbers: predict how many batches there are";
    if (button(ui, "riddle", box, look.words, look)) ui.intend(lesson.hidden() ? "reveal" : "challenge");
  }
  if (room.h < ui.u(60) || lesson.hidden()) return;
  ui.paragraph(
      room,
      "Framed: the images of this batch. Blue: seen in this epoch. Pale: still to come. Each shows a "
      "training digit, as small as the race learns from it, 14×14.",
      type::kSmall, ui.theme.muted);
}

}  // namespace kg
