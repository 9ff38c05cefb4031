#include "lesson/symbol_set.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "data/deform.h"
#include "data/normalise.h"
#include "data/picture_text.h"
#include "lesson/number_text.h"
#include "lesson/wording.h"

namespace kg {
namespace {

constexpr int kVaried = 240;  // about so many pictures to validate with, of all examples together
constexpr int kOfEach = 5;    // of our own
constexpr float kShake = 0.045f, kLean = 0.12f;  // of our hand, in sheets

// Our symbols: the corners of their strokes.
const std::vector<Strokes>& our_symbols() {
  static const std::vector<Strokes> symbols = {
      {{{0.5f, 0.15f},
        {0.68f, 0.48f},
        {0.85f, 0.8f},
        {0.5f, 0.8f},
        {0.15f, 0.8f},
        {0.32f, 0.48f},
        {0.5f, 0.15f}}},
      {{{0.2f, 0.2f}, {0.5f, 0.5f}, {0.8f, 0.8f}}, {{0.8f, 0.2f}, {0.5f, 0.5f}, {0.2f, 0.8f}}},
      {{{0.12f, 0.32f}, {0.32f, 0.7f}, {0.5f, 0.32f}, {0.68f, 0.7f}, {0.88f, 0.32f}}},
      {{{0.2f, 0.2f},
        {0.5f, 0.2f},
        {0.8f, 0.2f},
        {0.8f, 0.5f},
        {0.8f, 0.8f},
        {0.5f, 0.8f},
        {0.2f, 0.8f},
        {0.2f, 0.5f},
        {0.2f, 0.2f}}}};
  return symbols;
}

Drawing drawn_by_hand(const Strokes& corners, Rng& rng) {
  const float lean = rng.uniform(-kLean, kLean), turn = rng.uniform(-kLean, kLean);
  Drawing drawing;
  for (const Stroke& stroke : corners) {
    bool first = true;
    for (const Point& corner : stroke) {
      const float dx = corner.x - 0.5f, dy = corner.y - 0.5f;
      const float x = 0.5f + dx + (lean - turn) * dy + rng.uniform(-kShake, kShake);
      const float y = 0.5f + dy + turn * dx + rng.uniform(-kShake, kShake);
      [[maybe_unused]] const Status kept = first ? drawing.begin(x, y) : drawing.extend(x, y);
      assert(kept);
      first = false;
    }
    drawing.end();
  }
  return drawing;
}

}  // namespace

int SymbolSet::count_of(int label) const {
  return static_cast<int>(std::count_if(examples_.begin(), examples_.end(),
                                        [&](const Example& example) { return example.label == label; }));
}

int SymbolSet::classes() const {
  int most = 0;
  for (const Example& example : examples_) most = std::max(most, example.label + 1);
  return most;
}

Status SymbolSet::check(double label) const {
  if (!(label >= 0 && label < kMostClasses)) {
    return Error{"The symbols are A to E, with the labels 0 to 4; " + number_text(label) +
                 " is none of them."};
  }
  if (label > classes()) {
    return Error{"The next new symbol is " + std::string(1, letter(classes())) + ", with the label " +
                 std::to_string(classes()) + "; " + number_text(label, 0) + " comes later."};
  }
  if (count() >= kMost) {
    return Error{"There are " + std::to_string(kMost) + " examples: that is as many as fit."};
  }
  return Done{};
}

Status SymbolSet::add(const Drawing& drawing, double label) {
  if (Status fits = check(label); !fits) return fits;
  Result<Normalised> normal = drawing.normalised();
  if (!normal) return Error{"Nothing is drawn on the sheet yet: draw a symbol, then say which it is."};
  examples_.push_back({std::move(normal).value().picture, static_cast<int>(label), drawing.save()});
  return Done{};
}

Status SymbolSet::add(std::span<const float> pixels, double label) {
  if (Status fits = check(label); !fits) return fits;
  const Shape shape{1, kPictureSide, kPictureSide, 1};
  if (pixels.size() != shape.size()) {
    return Error{"An example has 784 values, 28 rows of 28; " + std::to_string(pixels.size()) + " came."};
  }
  if (!std::all_of(pixels.begin(), pixels.end(), [](float v) { return v >= 0 && v <= 1; }))
    return Error{"The values of an example are 0 (paper) to 1 (ink); one of these is outside."};
  if (std::all_of(pixels.begin(), pixels.end(), [](float v) { return v < kInkFloor; }))
    return Error{"There is no ink on this picture: nothing to learn from."};
  Tensor picture(shape);
  std::transform(pixels.begin(), pixels.end(), picture.values().begin(), quantised);
  std::string text = picture_to_text(picture);
  examples_.push_back({std::move(picture), static_cast<int>(label), std::move(text)});
  return Done{};
}

void SymbolSet::undo() {
  if (!examples_.empty()) examples_.pop_back();
}

DigitSet SymbolSet::set() const {
  assert(ready());
  DigitSet set(classes());
  for (const Example& example : examples_) set.add(example.picture.values(), example.label);
  return set;
}

DigitSet SymbolSet::varied(std::uint64_t seed) const {
  assert(ready());
  DigitSet set(classes());
  const int each = (kVaried + count() - 1) / count();
  Rng rng(seed);
  for (int k = 0; k < each; ++k) {
    for (const Example& example : examples_) set.add(deformed(example.picture, rng).values(), example.label);
  }
  return set;
}

std::string SymbolSet::save() const {
  std::string text;
  for (const Example& example : examples_)
    text += (text.empty() ? "" : "~") + std::string(1, letter(example.label)) + "." + example.text;
  return text;
}

Result<SymbolSet> SymbolSet::load(std::string_view text) {
  SymbolSet set;
  for (;;) {
    const std::string_view one = text.substr(0, text.find('~'));
    if (one.size() < 3 || one[1] != '.') return Error{"an example is a letter, a point and a picture"};
    const int label = one[0] - 'A';
    const std::string_view picture = one.substr(2);
    if (picture.find(':') == std::string_view::npos) {
      const Result<Drawing> drawing = Drawing::load(picture);
      if (!drawing) return drawing.error();
      if (Status added = set.add(*drawing, label); !added) return added.error();
    } else {
      const Result<Tensor> pixels = picture_from_text(picture);
      if (!pixels) return pixels.error();
      if (Status added = set.add(pixels->values(), label); !added) return added.error();
      if (set.examples_.back().text != picture) return Error{"a picture of an example is 28x28x1"};
    }
    if (one.size() == text.size()) return set;
    text.remove_prefix(one.size() + 1);
  }
}

SymbolSet SymbolSet::ours(std::uint64_t seed) {
  SymbolSet set;
  Rng rng(seed);
  for (int k = 0; k < kOfEach; ++k) {
    for (std::size_t label = 0; label < our_symbols().size(); ++label) {
      [[maybe_unused]] const Status added =
          set.add(drawn_by_hand(our_symbols()[label], rng), static_cast<double>(label));
      assert(added);
    }
  }
  return set;
}

}  // namespace kg
