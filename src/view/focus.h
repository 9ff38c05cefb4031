// Focus: which control of the stage has the keyboard.
//
// Controls register in the order in which they are drawn; Tab walks along them, and out of the stage at either end, so
// that the keyboard is never caught in the canvas.
#pragma once

#include <string>
#include <vector>

namespace kg {

class Focus {
 public:
  void begin_frame();
  // Registers a control; true if it has the focus. `label` says what it is, for those who hear it.
  bool offer(const std::string& id, const std::string& label);
  void take(const std::string& id) { current_ = id; }
  void drop() { current_.clear(); }
  // To the next (+1) or previous (−1) control of the last frame; false when there is none: then the focus leaves.
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
};

}  // namespace kg
