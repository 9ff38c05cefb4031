// Plot frame: what every plot stands in: two labelled axes with a faint grid; the card that tells exact
// values; and how lines are told apart.
#pragma once

#include <string>
#include <vector>

#include "view/ui.h"
#include "view/widgets/axis.h"

namespace kg {

// How lines differ besides their colour.
enum class Dash { solid, dashed, dotted };

// The colour of the series number `index`; after the last colour of the theme the first comes again.
const Colour& series_colour(const Theme& theme, int index);

struct PlotFrame {
  Rect area;        // within the axes
  Axis x, y;        // y grows upwards
  float text = 13;  // size of its letters, in units

  float px(double x) const;  // CSS pixels; what lies beyond an axis is drawn at its end
  float py(double y) const;
};

struct PlotWords {
  std::string x, y;  // what the axes are; may be empty
  bool numbers = true;
};

// Draws axes, grid and words into `box` and says what room is left for the curves.
PlotFrame plot_frame(const Ui& ui, const Rect& box, const Axis& x, const Axis& y, const PlotWords& words);

// A line of one colour and dash through points (CSS pixels), `width` in units.
struct PlotPoint {
  float x = 0, y = 0;
};
void plot_line(const Ui& ui, const std::vector<PlotPoint>& points, const Colour& colour, Dash dash,
               float width);

// A small filled sign, a different one for every index: disc, square, diamond, triangle.
void plot_sign(const Ui& ui, float x, float y, int index, const Colour& colour, float radius);

// What a card of exact values says: one line each, with the line's colour in front if it has one.
struct Reading {
  std::string name, value;
  int series = -1;  // −1: no colour
  Dash dash = Dash::solid;
};
// In front of everything, beside (x, y), within the display.
void reading_card(const Ui& ui, float x, float y, const std::string& title,
                  const std::vector<Reading>& lines);

// Says in the middle of `area` that there is nothing yet.
void plot_empty(const Ui& ui, const Rect& area, const std::string& words);

}  // namespace kg
