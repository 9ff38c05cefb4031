// A platform without window, GL or page: views run on it in tests.
#include <imgui.h>

#include "platform/platform_null.h"

namespace kg {

NullPlatform::NullPlatform(Host& host) : host_(host) {
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;
}

NullPlatform::~NullPlatform() { ImGui::DestroyContext(); }

void NullPlatform::begin_frame() {
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = ImVec2(surface.width, surface.height);
  io.DeltaTime = 1.0f / 60;
  ImGui::NewFrame();
}

void NullPlatform::end_frame() { ImGui::Render(); }
void NullPlatform::typeface_changed() {}
void NullPlatform::request_frame() { wanted_ = true; }
void NullPlatform::settle() {}
double NullPlatform::now() const { return time += tick; }
void NullPlatform::send(const std::string& event) { sent.push_back(event); }

int NullPlatform::run(int most, float seconds) {
  int frames = 0;
  wanted_ = true;
  while (wanted_ && frames < most) {
    wanted_ = host_.frame(surface, seconds);
    ++frames;
    while (wanted_ && host_.work() == 0) {
    }
  }
  return frames;
}

std::unique_ptr<Platform> make_platform(Host& host, std::string&) {
  return std::make_unique<NullPlatform>(host);
}

}  // namespace kg
