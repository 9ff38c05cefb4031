// Platform: the window, its events, its clock, and the way to the page. Which one is linked decides where
// Kernelglass runs: platform_web.cpp in a page, platform_null.cpp nowhere (tests).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kg {

// The drawing surface.
struct Surface {
  float width = 0, height = 0;  // CSS pixels
  float density = 1;            // device pixels per CSS pixel
  float scale = 1;              // CSS pixels per unit of the interface
};

// What a platform calls; main.cpp implements it.
class Host {
 public:
  virtual ~Host() = default;
  virtual void graphics_made() = 0;  // a GL context is there, and empty
  virtual void graphics_lost() = 0;  // it is gone, with all that was in it
  // Draws one frame; true if it wants another right after it.
  virtual bool frame(const Surface& surface, float seconds) = 0;
  // Asked instead of a frame that was wanted by the last one alone, with no input since: true if there is
  // nothing to draw yet. `seconds` since the last time that this or frame was called.
  virtual bool waits(float seconds) { return (void)seconds, false; }
  // Called after a frame that wants another, before that: computes for a few milliseconds. Answers in how
  // many seconds it wants to be called again, if no frame comes first: 0 as soon as events have come through,
  // a number below 0 not at all.
  virtual double work() { return -1; }
  virtual std::string call(std::string_view request) = 0;
  virtual void stage(std::vector<std::uint8_t> bytes) = 0;
  // The other thread has sent something back.
  virtual void helper_came(std::vector<std::uint8_t> bytes) { (void)bytes; }
};

class Platform {
 public:
  virtual ~Platform() = default;
  // Within Host::frame: ImGui's frame begins; what ImGui drew is put on the surface; its typeface is uploaded
  // again.
  virtual void begin_frame() = 0;
  virtual void end_frame() = 0;
  virtual void typeface_changed() = 0;
  // Frames are drawn only on request, and after events.
  virtual void request_frame() = 0;
  // Takes in all input that has come so far, before something that came after it.
  virtual void settle() = 0;
  // Seconds since some moment; only differences mean anything.
  virtual double now() const = 0;
  // The other thread, if there is one here (view/helper.h): whether it can be sent anything; sends it
  // something; tells it to go on.
  virtual bool helper_ready() { return false; }
  virtual void helper_send(std::span<const std::uint8_t> bytes) { (void)bytes; }
  virtual void helper_go_on() {}
  // An event for the page, as JSON.
  virtual void send(const std::string& event) = 0;
};

// The host must outlive the platform. Nothing (and a sentence in `problem`) if there is no way to draw.
std::unique_ptr<Platform> make_platform(Host& host, std::string& problem);

}  // namespace kg
