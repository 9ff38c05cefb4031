// Shell: the frame around every lesson's view: Begin and End, the transport bar, the keyboard, and the clock.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lesson/session.h"
#include "view/focus.h"
#include "view/fonts.h"
#include "view/ui.h"
#include "view/view.h"

namespace kg {

// What came of a frame.
struct FrameResult {
  bool again = false;                // something is in motion: draw the next frame, too
  bool only_work = false;            // nothing is, but for what the lesson's work changes
  std::vector<std::string> refused;  // sentences of refused verbs, to be shown
  std::vector<Wish> wishes;
  std::string over_part;  // of the stage, under the pointer
};

class Shell {
 public:
  explicit Shell(Session& session) : session_(session) {}

  // Draws one frame into ImGui's current frame and into `scene`, `seconds` after the last one, and carries
  // out what the learner did. The caller has called ImGui::NewFrame and calls ImGui::Render.
  FrameResult frame(const Display& display, const Fonts& fonts, Scene& scene, float seconds);

  Focus& focus() { return focus_; }
  // Whether the last frame had this part (see Ui::part).
  bool has_part(std::string_view name) const { return parts_.contains(name); }
  // From now on every frame writes down there what it places; before, it throws away what was there.
  void watch(std::vector<Placed>* placed) { placed_ = placed; }

 private:
  void keep_view_of_lesson();

  Session& session_;
  std::unique_ptr<View> view_;
  std::uint64_t opening_ = 0;  // of the session, that the view belongs to
  Focus focus_;
  std::set<std::string, std::less<>> parts_;
  std::vector<Placed>* placed_ = nullptr;
  std::string pointed_;  // by the text, in the last frame
};

}  // namespace kg
