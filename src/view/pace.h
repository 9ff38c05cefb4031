// Pace: how often the stage is drawn while nothing moves on it but what a network learns.
//
// Where frames come on time, all of them are drawn. Without a graphics chip, though, pictures are painted by
// the very cores that train: drawing sixty of them a second makes many late, and the whole page with them.
// Then every second or third is drawn, and the frames between go to the lesson's work. Whatever the learner
// does is drawn at once.
#pragma once

namespace kg {

class Pace {
 public:
  static constexpr double kFrame = 1.0 / 60;  // seconds
  static constexpr double kLate = 1.1;        // so many times longer, in the mean: one in ten was left out
  static constexpr double kSlowDisplay =
      1.5;                              // the same of the fastest frame: no drawing less makes it faster
  static constexpr int kMeasured = 24;  // frames between two decisions
  static constexpr int kMost = 3;       // of this many frames one is drawn at the least

  // Asked at each frame that only work wants, `seconds` after the one before; whether it is to be drawn.
  bool draws(double seconds);
  // Something else was drawn. What was learned about the machine stays.
  void drawn() { left_out_ = 0; }
  // One of so many frames is drawn.
  int every() const { return every_; }

 private:
  void decide();

  double sum_ = 0, fastest_ = 1;
  int frames_ = 0, every_ = 1, left_out_ = 0;
  bool settled_ = false;
};

}  // namespace kg
