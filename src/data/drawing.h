// Drawing: what the learner draws, as strokes on a square sheet.
#pragma once

#include <string>
#include <string_view>

#include "data/normalise.h"
#include "data/stroke.h"
#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

// Points are clamped to the unit square (x right, y down) and snapped to a fine grid when they arrive, so
// that a drawing which comes back from a link is the same drawing. `pressure` multiplies the pen's width (1 =
// mouse or finger) and is clamped to 0.25 … 1.9375. Numbers that are none (NaN, infinity) are refused and
// change nothing.
class Drawing {
 public:
  static constexpr int kMaxStrokes = 64;
  static constexpr int kMaxPoints = 2048;  // of all strokes together
  static constexpr int kRasterSide = 280;
  static constexpr float kPenWidth = 0.09f;  // of the sheet's side

  Status begin(float x, float y, float pressure = 1);   // ends a stroke that is still open
  Status extend(float x, float y, float pressure = 1);  // refused when no stroke is open
  void end();                                           // without effect when no stroke is open
  bool undo();                                          // takes the last stroke back; false if there was none
  void clear();

  bool empty() const { return strokes_.empty(); }
  bool drawing() const { return open_; }               // between begin and end
  const Strokes& strokes() const { return strokes_; }  // the points as kept
  Strokes polylines() const;                           // smoothed, as they are inked

  Tensor raster() const;                  // (1, 280, 280, 1), ink 0..1
  Result<Normalised> normalised() const;  // or "nothing drawn yet"

  // A text of a few hundred characters for a digit, of A–Z a–z 0–9 - _ only. load(save()) is the same
  // drawing, with every stroke ended. load refuses anything save does not write.
  std::string save() const;
  static Result<Drawing> load(std::string_view text);

  friend bool operator==(const Drawing& a, const Drawing& b) { return a.strokes_ == b.strokes_; }

 private:
  int points() const;

  Strokes strokes_;
  bool open_ = false;
};

}  // namespace kg
