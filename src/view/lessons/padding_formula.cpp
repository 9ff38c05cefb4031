#include "view/lessons/padding_formula.h"

#include <algorithm>

#include "lesson/number_text.h"

namespace kg {
namespace {

constexpr float kHalf = 21;  // units: half the height of a fraction

// Writes from left to right around a middle line; without a room to write in, it only measures.
class Line {
 public:
  Line(Ui& ui, float x, float y, float size, bool writes)
      : ui_(ui), x_(x), y_(y), size_(size), writes_(writes) {}

  float x() const { return x_; }

  void words(const std::string& text, const Colour& colour, Weight weight = Weight::regular) {
    if (writes_) ui_.text(x_, y_ - ui_.u(size_ * 0.5f), text, size_, colour, weight);
    x_ += ui_.text_width(text, size_, weight) + ui_.u(size_ * 0.45f);
  }

  // ⌊ above / below ⌋, whose brackets say: rounded down.
  void floor_of(const std::string& above, const std::string& below, const Colour& colour) {
    const float inside = std::max(ui_.text_width(above, size_), ui_.text_width(below, size_));
    const float side = ui_.u(7), width = inside + 2 * side, middle = x_ + width / 2;
    if (writes_) {
      ui_.text(middle, y_ - ui_.u(size_ + 4), above, size_, colour, Weight::regular, Align::centre);
      ui_.text(middle, y_ + ui_.u(4), below, size_, colour, Weight::regular, Align::centre);
      ui_.fill({x_ + side - ui_.u(2), y_ - ui_.u(0.75f), inside + ui_.u(4), ui_.u(1.5f)}, colour);
      bracket(x_, 1, colour);
      bracket(x_ + width, -1, colour);
    }
    x_ += width + ui_.u(size_ * 0.45f);
  }

 private:
  void bracket(float x, float way, const Colour& colour) const {
    const float thick = ui_.u(1.5f), foot = ui_.u(5), half = ui_.u(kHalf);
    ui_.fill({x - thick / 2, y_ - half, thick, 2 * half}, colour);
    ui_.fill({way > 0 ? x : x - foot, y_ + half - thick, foot, thick}, colour);
  }

  Ui& ui_;
  float x_, y_, size_;
  bool writes_;
};

// Returns where the result's box begins.
float write(Ui& ui, float x, float y, float size, const PaddedAxis& axis, bool letters, bool writes) {
  Line line(ui, x, y, size, writes);
  if (letters) {
    line.floor_of("n + 2p − f", "s", ui.theme.muted);
    line.words("+ 1", ui.theme.muted);
    line.words("=", ui.theme.muted);
  }
  line.floor_of(axis.numerator(), std::to_string(axis.s), ui.theme.ink);
  line.words("+ 1", ui.theme.ink);
  line.words("=", ui.theme.ink);
  return line.x();
}

std::string lines(int count, const char* what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string window_words(const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  const int loss = a.n - a.out();
  std::string words;
  if (lesson.predicted()) {
    words = "You said " + std::to_string(*lesson.predicted()) +
            (*lesson.predicted() == a.out() ? ", and you were right. "
                                            : "; it is " + std::to_string(a.out()) + ". ");
  }
  if (a.before + a.after == 0) {
    words += "No border. ";
  } else if (a.uneven()) {
    words += "The zeros do not share out evenly: " + std::to_string(a.before) + " at the top and left, " +
             std::to_string(a.after) + " at the bottom and right. ";
  } else {
    words += "A border of " + lines(a.before, "line") + " of zeros all around. ";
  }
  if (lesson.mode() == PaddingLesson::Mode::same && a.s > 1) {
    words += "n/s rounded up gives " + std::to_string(a.out()) + ". ";
  } else if (loss > 0) {
    words += a.s == 1 ? "The output loses " + lines(loss, "row") + " and as many columns. "
                      : std::to_string(a.n) + "×" + std::to_string(a.n) + " becomes " +
                            std::to_string(a.out()) + "×" + std::to_string(a.out()) + ". ";
  } else {
    words += loss == 0 ? "The size stays. "
                       : "The output is " + std::to_string(-loss) + " larger than the input. ";
  }
  if (a.unused() > 0) {
    words += a.unused() == 1 ? "The last row and column are"
                             : "The last " + lines(a.unused(), "row") + " and columns are";
    words += " never reached: the next stop would hang over.";
  }
  return words;
}

std::string chain_words(const PaddingLesson& lesson) {
  const PaddedAxis& a = lesson.axis();
  const std::vector<int>& sizes = lesson.sizes();
  const std::string filter = std::to_string(a.f) + "×" + std::to_string(a.f);
  if (lesson.nothing_left()) {
    const std::string left = std::to_string(sizes[sizes.size() - 2]);
    return "Layer " + std::to_string(sizes.size() - 1) + " cannot be: the " + filter +
           " filter does not fit into the " + left + "×" + left + " that is left.";
  }
  const std::string last = std::to_string(sizes.back()) + "×" + std::to_string(sizes.back());
  if (sizes.back() == a.n) return "Every layer hands on what came in: " + last + ", however many there are.";
  if (sizes.back() > a.n)
    return "So wide a border makes each layer’s output larger: " + last + " in the end.";
  if (a.s == 1) {
    return "Every layer takes " + std::to_string(a.n - a.out()) + " rows and columns away. After " +
           lines(lesson.layers(), "layer") + " " + last + " is left.";
  }
  return "The stride divides the side by about " + std::to_string(a.s) + " in every layer. After " +
         lines(lesson.layers(), "layer") + " " + last + " is left.";
}

}  // namespace

float padding_formula(Ui& ui, const Rect& room, const PaddingLesson& lesson) {
  const float box_width = ui.u(46), box_height = ui.u(38), y = room.middle_y();
  const PaddedAxis axis = lesson.axis_at_hand();
  float size = type::kStrong;
  bool letters = true;
  for (const auto& [smaller, with_letters] : {std::pair{type::kStrong, true},
                                              {type::kSmall, true},
                                              {type::kStrong, false},
                                              {type::kSmall, false}}) {
    size = smaller, letters = with_letters;
    if (write(ui, 0, y, size, axis, letters, false) + box_width <= room.w) break;
  }
  const float x = write(ui, room.x, y, size, axis, letters, true);
  const Rect box{x, y - box_height / 2, box_width, box_height};
  ui.fill(box, lesson.hidden() ? ui.theme.empty : mix(ui.theme.panel, ui.theme.action, 0.14f), 6);
  ui.outline(box, ui.theme.action, 2, 6);
  const std::string result = lesson.hidden() ? "?" : axis.fits() ? std::to_string(axis.out()) : "none";
  ui.text_in(box.inset(ui.u(4), 0), result, type::kSum, axis.fits() ? ui.theme.ink : ui.theme.error,
             Weight::semibold);
  ui.part("formula", {room.x, y - ui.u(kHalf + 2), box.right() - room.x, ui.u(2 * kHalf + 4)});
  return box.right() - room.x;
}

std::string padding_words(const PaddingLesson& lesson) {
  if (lesson.hidden())
    return "How large will the output be? Work it out, then say so. Rounded down means: drop what is behind "
           "the point.";
  return lesson.scene() == PaddingLesson::Scene::chain ? chain_words(lesson) : window_words(lesson);
}

}  // namespace kg
