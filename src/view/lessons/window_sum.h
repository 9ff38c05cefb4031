// The sum of one output cell, written out: window × filter = products, and what they add up to.
#pragma once

#include <string>
#include <vector>

#include "view/ui.h"

namespace kg {

// One stop of a window. Block, weights and products are row by row, channels innermost; the weights are in
// the order in which they meet the block.
struct WindowSum {
  std::vector<float> block, weights, products;
  int channels = 1;
  int shown = 9;     // so many products have come in, one channel after the other
  int channel = -1;  // of the picture, if it has several: the one looked at; −1: follow the products as they
                     // come in
  float sum = 0;         // as the engine computed it
  float reach = 1;       // |sum| of the full colour
  int row = 0, col = 0;  // of the output cell
  bool flipped = false;
  bool own_numbers = false;  // the picture is numbers, which may be of any size and sign, and no greys
  std::string remark = {};   // a few words beneath the sum, where there is room
};

// Returns the box in which the sum stands.
Rect window_sum(Ui& ui, const Rect& room, const WindowSum& what);

}  // namespace kg
