// The wiring diagram: what there is, and what one frame does.
#include <imgui.h>

#include <string>

#include "lesson/session.h"
#include "platform/platform.h"
#include "render/renderer.h"
#include "view/fonts.h"
#include "view/helper.h"
#include "view/pace.h"
#include "view/page_channel.h"
#include "view/shell.h"
#include "view/worker.h"

namespace kg {
namespace {

const char* event_of(Wish::Kind wish) {
  switch (wish) {
    case Wish::Kind::open_file:
      return "ask_file";
    case Wish::Kind::save_weights:
      return "save_weights";
    case Wish::Kind::follow:
      return "follow";
    case Wish::Kind::help:
      break;
  }
  return "help";
}

// The platform's.
class PlatformThread final : public HelperThread {
 public:
  explicit PlatformThread(const std::unique_ptr<Platform>& platform) : platform_(platform) {}
  bool ready() override { return platform_->helper_ready(); }
  void send(std::span<const std::uint8_t> errand) override { platform_->helper_send(errand); }
  void go_on() override { platform_->helper_go_on(); }

 private:
  const std::unique_ptr<Platform>& platform_;
};

class Kernelglass final : public Host {
 public:
  // Returns why it cannot start; nothing if it has started.
  std::string start() {
    std::string problem;
    platform_ = make_platform(*this, problem);
    return problem;
  }

  void graphics_made() override { renderer_.create(); }
  void graphics_lost() override { renderer_.forget(); }
  std::string call(std::string_view request) override {
    platform_->settle();
    std::string answer = page_.call(request);
    if (page_.take_touched()) platform_->request_frame();
    return answer;
  }
  void stage(std::vector<std::uint8_t> bytes) override { page_.stage(std::move(bytes)); }
  void helper_came(std::vector<std::uint8_t> bytes) override { helper_.came(std::move(bytes)); }

  bool waits(float seconds) override {
    if (!only_work_ || !session_.lesson().working() || pace_.draws(static_cast<double>(seconds)))
      return false;
    worker_.frame_begins();
    helper_.take();
    helper_.send();
    worker_.frame_ends();
    return true;
  }

  bool frame(const Surface& surface, float seconds) override {
    display_.width = surface.width, display_.height = surface.height;
    display_.density = surface.density, display_.scale = surface.scale;
    worker_.frame_begins();
    helper_.take();
    if (fonts_.prepare(*ImGui::GetIO().Fonts, surface.density, surface.scale)) platform_->typeface_changed();
    platform_->begin_frame();
    const FrameResult result = shell_.frame(display_, fonts_, scene_, seconds);
    renderer_.draw(scene_, surface.width, surface.height, surface.density);
    platform_->end_frame();
    tell_page(result);
    helper_.send();
    worker_.frame_ends(pace_.every() > 1 ? Worker::kShared : Worker::kBudget);
    pace_.drawn();
    only_work_ = result.only_work;
    return result.again;
  }

  double work() override {
    const double again = helper_.away() ? -1 : worker_.slice();
    tell_ends();
    return again;
  }

 private:
  void send(const Json& event) { platform_->send(event.dump()); }

  void tell_page(const FrameResult& result) {
    tell_ends();
    for (const std::string& sentence : result.refused)
      send({{"event", "say"}, {"text", sentence}, {"tone", "error"}});
    for (const Wish& wish : result.wishes) send({{"event", event_of(wish.kind)}, {"link", wish.link}});
    if (told_focus_ != shell_.focus().label()) {
      told_focus_ = shell_.focus().label();
      send({{"event", "focus"}, {"label", told_focus_}});
    }
    if (told_part_ != result.over_part) {
      told_part_ = result.over_part;
      send({{"event", "part"}, {"part", told_part_}});
    }
    const bool playing = session_.lesson().playing() || session_.lesson().busy();
    if (told_revision_ != session_.revision() || told_playing_ != playing) {
      told_revision_ = session_.revision();
      told_playing_ = playing;
      send({{"event", "change"}, {"revision", told_revision_}, {"playing", playing}});
    }
    if (!ready_) {
      ready_ = true;
      send({{"event", "ready"}});
    }
  }

  void tell_ends() {
    for (const Ended& end : session_.take_ended()) {
      Json event = {{"event", "worked"}, {"ticket", end.ticket}};
      if (!end.how.trouble.empty()) event["error"] = end.how.trouble;
      if (end.how.dropped) event["dropped"] = true;
      if (!end.how.value.is_null()) event["value"] = sendable(end.how.value);
      send(event);
    }
  }

  Session session_;
  Shell shell_{session_};
  PlatformThread thread_{platform_};
  Helper helper_{session_, thread_};
  Worker worker_{session_, [this] { return platform_->now(); }};
  Pace pace_;
  Display display_;
  PageChannel page_{session_, shell_, display_};
  Fonts fonts_;
  Scene scene_;
  Renderer renderer_;
  std::unique_ptr<Platform> platform_;
  std::uint64_t told_revision_ = ~0ull;
  bool told_playing_ = false, ready_ = false, only_work_ = false;
  std::string told_focus_, told_part_;
};

}  // namespace
}  // namespace kg

// Returns at once: from then on the platform calls when there is something to do.
int main() {
  static kg::Kernelglass app;
  const std::string problem = app.start();
  return problem.empty() ? 0 : 1;
}
