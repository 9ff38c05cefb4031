// Normalise: a drawing of any size becomes a 28×28 digit, the way MNIST's digits were made (LeCun et al.
// 1998): the ink's bounding box is scaled to fit 20×20 with its aspect kept, anti-aliased, and laid into
// 28×28 so that its centre of mass is in the middle. MNIST's own middle is pixel 14, counted from 0: in its
// training files the centre of mass lies evenly between 14 and 15 pixels from the upper left corner, and so
// it does here. The digits of the generator, of the learner and of photographs all come through here, so that
// a network sees all of them alike.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/result.h"
#include "engine/tensor.h"

namespace kg {

inline constexpr int kPictureSide = 28;
inline constexpr int kFitSide = 20;

// Whole pixels: columns left … right − 1, rows top … bottom − 1.
struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;
  int width() const { return right - left; }
  int height() const { return bottom - top; }
  friend bool operator==(const Box&, const Box&) = default;
};

// A rectangle of a picture, in pixels from its upper left corner.
struct Place {
  float left = 0, top = 0, width = 0, height = 0;
};

// The stages on the way, in numbers.
struct Normalising {
  int source_height = 0, source_width = 0;  // pixels of the picture that came in
  Box ink;                                  // 1. its pixels with ink, the pen's width included
  Place fit;                         // 2. where that box lies in the fitted 20×20: centred, longer side 20
  float centre_x = 0, centre_y = 0;  // 3. its centre of mass, in pixels from its upper left corner
  int shift_x = 0, shift_y = 0;  // 4. whole pixels by which it is moved from the middle of the 28×28 picture;
                                 //    its corner comes to (4 + shift_x, 4 + shift_y)
};

// The result and every stage on the way to it, so that the way can be shown.
struct Normalised : Normalising {
  Tensor fitted;   // (1, 20, 20, 1)
  Tensor picture;  // 5. (1, 28, 28, 1), every value one of 0/255, 1/255, … 255/255
};

// `ink` is (1, H, W, 1) of any size, 0 (paper) to 1 (ink). A pixel counts as inked from kInkFloor on.
// What is thinner than a pixel after scaling is drawn a pixel wide, and the darkest pixel always becomes 1: a
// hair-line stays visible. The shift is held back where it would push ink over the edge. Refuses with
// "nothing drawn yet" a picture without ink.
Result<Normalised> normalise(const Tensor& ink);

// The same for many pictures a second: memory that is used again and again, and no tensors.
struct NormaliserRoom {
  struct Overlap {  // of a fitted pixel with source pixels: the first, how many, and where their shares stand
    int first = 0, count = 0;
    std::size_t share = 0;
  };
  struct Axis {
    std::array<Overlap, kFitSide> overlaps;
    std::vector<float> shares;
  };
  Axis across, down;
  std::vector<float> line;
  std::array<float, kFitSide* kFitSide> fitted = {};
};

// `picture` (28, 28) from `ink` (height, width). False, and nothing written, if there is no ink.
bool normalise_onto(std::span<float> picture, std::span<const float> ink, int height, int width,
                    NormaliserRoom& room, Normalising& way);

inline constexpr float kInkFloor = 0.1f;

// The nearest of 0/255, 1/255, … 255/255; values outside 0..1 are clamped. Such values pass through links and
// IDX files unchanged.
float quantised(float value);

}  // namespace kg
