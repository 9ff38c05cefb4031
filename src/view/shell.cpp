#include "view/shell.h"

#include <imgui.h>

#include <algorithm>

#include "view/widgets/transport.h"

namespace kg {
namespace {

constexpr float kLongestFrame = 0.1f;  // seconds: after a pause of the page (a hidden tab) nothing jumps

void set_colours(Scene& scene, const Theme& theme) {
  scene.ground = theme.ground;
  scene.empty = theme.empty;
  scene.line = {0.5f, 0.5f, 0.5f, 0.26f};
  scene.palette = value_palette();
}

}  // namespace

void Shell::keep_view_of_lesson() {
  if (view_ && opening_ == session_.opening()) return;
  opening_ = session_.opening();
  view_ = make_view(session_.entry().slug);
  focus_.drop();
}

FrameResult Shell::frame(const Display& display, const Fonts& fonts, Scene& scene, float seconds) {
  keep_view_of_lesson();
  seconds = std::clamp(seconds, 0.0f, kLongestFrame);
  session_.advance(static_cast<double>(seconds));
  focus_.begin_frame();
  scene.clear();
  set_colours(scene, theme(display.theme));

  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(ImVec2(display.width, display.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("stage", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus);
  Ui ui(display, fonts, focus_, scene, *ImGui::GetWindowDrawList(), seconds);
  if (placed_) placed_->clear();
  ui.placed = placed_;
  ui.newly_pointed = display.pointed != pointed_;
  pointed_ = display.pointed;
  const Lesson& lesson = session_.lesson();
  Rect stage{0, 0, display.width, display.height};
  const bool covered = view_->covers_lesson();
  const bool timed = lesson.has_timeline() && !covered;
  const Rect bar = stage.cut_bottom(ui.shows("transport") && timed ? transport_height(ui) : 0);
  view_->draw(ui, stage, lesson);
  if (bar.h > 0) transport(ui, bar, lesson.timeline());
  if (timed) transport_keys(ui, lesson.timeline());
  if (ImGui::GetIO().InputQueueCharacters.contains(ImWchar('?'))) ui.wishes.push_back({Wish::Kind::help});
  ImGui::End();
  ImGui::PopStyleVar(2);

  FrameResult result;
  for (Intent& intent : ui.intents) {
    if (Status status = session_.perform(intent.verb, intent.args); !status)
      result.refused.push_back(status.sentence());
  }
  result.wishes = std::move(ui.wishes);
  result.over_part = std::move(ui.over_part);
  parts_ = std::move(ui.parts);
  const Lesson& after = session_.lesson();
  const bool moves = ui.animating || !ui.intents.empty();
  result.only_work = !moves && after.working();
  result.again = moves || after.playing() || after.working();
  return result;
}

}  // namespace kg
