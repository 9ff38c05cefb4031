// Ui: what a view draws with, for one frame: measures, colours, text, presses, and the list of what the
// learner wants.
//
// All measures on the stage are CSS pixels; views think in units (u), which grow on a projector.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lesson/json.h"
#include "lesson/verb.h"
#include "render/scene.h"
#include "view/focus.h"
#include "view/fonts.h"
#include "view/placed.h"
#include "view/theme.h"

struct ImDrawList;

namespace kg {

// How and where the stage is shown; from the page.
struct Display {
  float width = 900, height = 640;  // CSS pixels
  float density = 1;                // device pixels per CSS pixel
  float scale = 1;                  // CSS pixels per unit
  ThemeName theme = ThemeName::light;
  bool reduced_motion = false;
  std::set<std::string, std::less<>> hidden;  // controls a teacher has taken away
  std::string pointed;                        // the part of the stage that the text points at
};

// What the learner did, as a verb of the lesson; carried out by the shell after the frame.
struct Intent {
  std::string verb;
  Json args;
};

// What the stage wants from the page.
struct Wish {
  enum class Kind { open_file, help, save_weights, follow };
  Kind kind;
  std::string link = {};  // to follow: a place of the course, as in its address: "parameters?net=cnn_2515"
};

struct Press {
  bool hovered = false;  // the pointer is over it
  bool held = false;     // and pressed
  bool clicked = false;  // released on it, or Enter or Space while it has the keyboard
  bool focused = false;  // it has the keyboard
};

enum class Align { left, centre, right };

// Below this width, in units, a stage is arranged for a phone.
inline constexpr float kNarrow = 620;

// The type scale, in units. On a projector (1920×1080) a unit is 1.5 pixels.
namespace type {
inline constexpr float kSmall = 13;   // captions
inline constexpr float kText = 14;    // labels and buttons
inline constexpr float kStrong = 16;  // headings, digits to press
inline constexpr float kSign = 22;    // × = Σ between matrices
inline constexpr float kSum = 26;     // the one number that matters
}  // namespace type

class Ui {
 public:
  Ui(const Display& display, const Fonts& fonts, Focus& focus, Scene& scene, ImDrawList& paint,
     float seconds);

  const Display& display;
  const Theme& theme;
  Focus& focus;
  Scene& scene;
  ImDrawList& paint;
  const float seconds;  // since the last frame, for a view's own short motions

  float u(float units) const { return units * display.scale; }
  // Low and wide: a phone on its side.
  bool lies_low(const Rect& stage) const { return stage.h < u(440) && stage.w > stage.h * 1.4f; }
  bool narrow() const { return display.width < u(kNarrow); }
  bool shows(std::string_view control) const { return !display.hidden.contains(control); }
  float snap(float css) const;  // to whole device pixels

  // Text. `size` in units.
  float text_width(std::string_view text, float size, Weight weight = Weight::regular) const;
  void text(float x, float y, std::string_view text, float size, const Colour& colour,
            Weight weight = Weight::regular, Align align = Align::left) const;
  // In the middle of a box, made smaller if it would not fit.
  void text_in(const Rect& box, std::string_view text, float size, const Colour& colour,
               Weight weight = Weight::regular) const;
  void heading(const Rect& row, const std::string& name, const std::string& detail) const;
  // Words at the left of a row; what is left of it.
  Rect labelled(Rect row, std::string_view words) const;
  void paragraph(const Rect& box, std::string_view text, float size, const Colour& colour) const;
  float paragraph_height(std::string_view text, float size, float width) const;  // in CSS pixels

  // As much of it as fits in `width` CSS pixels, ending in … if that is not all.
  std::string shortened(std::string_view text, float size, float width) const;

  // Shapes. `radius` and `width` in units.
  void fill(const Rect& box, const Colour& colour, float radius = 0) const;
  void outline(const Rect& box, const Colour& colour, float width, float radius = 0) const;
  void card(const Rect& box) const;  // a panel to put something on
  void focus_ring(const Rect& box, float radius = 6) const;

  // Makes a box something to press and a stop for the keyboard. A pointer that presses it does not give it
  // the keyboard: after a click the space bar still plays and the arrows still step.
  Press press(const std::string& id, const Rect& box, const std::string& label) const;
  // The same without being a stop: for areas that the pointer explores.
  Press area(const std::string& id, const Rect& box) const;
  // A part of the stage that the text has a word for: the word and the part light each other up.
  void part(std::string_view name, const Rect& box);
  bool key(int imgui_key, bool repeat = true) const;  // pressed this frame, without Ctrl, Alt or Meta
  void pointer(float& x, float& y) const;
  bool pointer_moved() const;
  bool tapped_here(const Rect& box) const;
  void tooltip(const std::string& text) const;  // beside the pointer, drawn last
  Ui in_front() const;                          // draws over everything on the stage

  template <class... Values>
  void intend(std::string verb, Values&&... values) {
    intents.push_back({std::move(verb), args(std::forward<Values>(values)...)});
  }

  std::set<std::string, std::less<>> parts;  // that have been drawn
  std::string over_part;                     // the one under the pointer; of several the one drawn last
  std::vector<Intent> intents;
  std::vector<Wish> wishes;
  bool newly_pointed = false;             // display.pointed is another part than in the last frame
  bool animating = false;                 // a view is in motion and needs another frame
  std::vector<Placed>* placed = nullptr;  // where it writes down what it places, if somebody asks
  // The keys a focused control has used this frame, so that the transport does not use them, too.
  mutable bool arrows_taken = false, space_taken = false, typing = false;

 private:
  // All words come here; `wrap` is the width of a line in CSS pixels, 0 for one line.
  void write(ImDrawList& on, float x, float y, std::string_view words, float size, const Colour& colour,
             Weight weight, float wrap) const;
  Press touch(const std::string& id, const Rect& box) const;
  void note(Placed::Kind kind, std::string_view id, const std::string& label, const Rect& box,
            const ImDrawList& on) const;

  const Fonts& fonts_;
};

}  // namespace kg
