// Focus: which control of the stage has the keyboard.
//
// Controls register in the order in which they are drawn; Tab walks along them, and out of the stage at
// either end, so that the keyboard is never caught in the canvas.
#pragma once

#include <string>
#include <vector>

namespace kg {

class Focus {
 public:
  void begin_frame();
  // Registers a control; true if it has the focus. `label` says what it is, for those who hear it.
  bool offer(const std::string& id, const std::string& label);
  // By a pointer: the control gets the keys, but needs no ring, since the eye is already there.
  void take(const std::string& id) { current_ = id, by_keyboard_ = false; }
  void drop() { current_.clear(); }
  bool by_keyboard() const { return by_keyboard_; }
  // To the next (+1) or previous (−1) control of the last frame; false when there is none: then the focus
  // leaves.
  bool move(int direction);

  const std::string& current() const { return current_; }
  // The label of the control in focus; empty if none.
  std::string label() const;

 private:
  struct Stop {
    std::string id, label;
  };
  std::vector<Stop> stops_, last_;  // of the frame being drawn, and of the one before
  std::string current_;
  bool by_keyboard_ = false;  // the focus came by Tab
};

}  // namespace kg
