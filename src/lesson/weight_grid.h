// Weight grid: where each parameter of a layer lies, so that it can be drawn, pointed at and named.
//
// A kernel is O filters of I sheets, each H×W: of Conv2D as it is; of Dense with sheets of 1×1; of a Dense
// behind Flatten with sheets as large as the picture that was flattened. In all three weight (y, x, i, o)
// stands at ((y·W + x)·I + i)·O + o, Keras' order; the O biases follow.
#pragma once

namespace kg {

struct WeightGrid {
  int height = 1, width = 1, in = 1, out = 1;
  bool has_biases = true;

  struct Place {
    int row = 0, col = 0, in = 0, out = 0;
    bool bias = false;  // then only `out` counts
    friend bool operator==(const Place&, const Place&) = default;
  };

  int weights() const { return height * width * in * out; }
  int biases() const { return has_biases ? out : 0; }
  int total() const { return weights() + biases(); }

  int index(const Place& at) const {
    return at.bias ? weights() + at.out : ((at.row * width + at.col) * in + at.in) * out + at.out;
  }
  Place place(int index) const {
    if (index >= weights()) return {.out = index - weights(), .bias = true};
    const int pixel = index / (in * out);
    return {pixel / width, pixel % width, index / out % in, index % out, false};
  }

  // The same in the order of reading: output by output, sheet by sheet, row by row; then the biases.
  int reading(const Place& at) const {
    return at.bias ? weights() + at.out : ((at.out * in + at.in) * height + at.row) * width + at.col;
  }
  Place at_reading(int n) const {
    if (n >= weights()) return {.out = n - weights(), .bias = true};
    return {n / width % height, n % width, n / (width * height) % in, n / (width * height * in), false};
  }
  friend bool operator==(const WeightGrid&, const WeightGrid&) = default;
};

}  // namespace kg
