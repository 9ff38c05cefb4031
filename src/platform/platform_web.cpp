// The page as a platform: SDL2 for the canvas, its input and its WebGL2 context; requestAnimationFrame for
// the clock.
#include <GLES3/gl3.h>
#include <SDL.h>
#include <emscripten/em_js.h>
#include <emscripten/emscripten.h>
#include <emscripten/eventloop.h>
#include <emscripten/html5.h>
#include <emscripten/html5_webgl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_impl_sdl2.h>
#include <imgui_internal.h>

#include <cfloat>
#include <cmath>

#include "platform/platform.h"

// SDL looks for its canvas under this name, wherever the page has put it.
EM_JS_DEPS(kernelglass_platform, "$specialHTMLTargets,$UTF8ToString");
EM_JS(void, kernelglass_name_canvas, (), { specialHTMLTargets["#canvas"] = Module["canvas"]; });
EM_JS(void, kernelglass_send, (const char* json), { Module["kernelglass_event"](UTF8ToString(json)); });
EM_JS(bool, kernelglass_helper_ready, (), { return Module["kernelglass_helper"]["ready"](); });
EM_JS(void, kernelglass_helper_send, (const std::uint8_t* bytes, int length),
      { Module["kernelglass_helper"]["send"](HEAPU8.slice(bytes, bytes + length)); });
EM_JS(void, kernelglass_helper_go_on, (), { Module["kernelglass_helper"]["goOn"](); });

namespace kg {
namespace {

constexpr const char* kCanvas = "#canvas";
constexpr int kSettlingFrames = 3;  // ImGui takes in queued events one frame at a time

class WebPlatform final : public Platform {
 public:
  explicit WebPlatform(Host& host) : host_(host) {}

  bool start(std::string& problem) {
    kernelglass_name_canvas();
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, kCanvas);
    SDL_SetHint(SDL_HINT_EMSCRIPTEN_ASYNCIFY, "0");
    if (SDL_Init(SDL_INIT_VIDEO) != 0) return problem = SDL_GetError(), false;
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
    window_ = SDL_CreateWindow("Kernelglass", 0, 0, 900, 640, SDL_WINDOW_OPENGL);
    context_ = window_ ? SDL_GL_CreateContext(window_) : nullptr;
    if (!context_) return problem = SDL_GetError(), false;
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui_ImplSDL2_InitForOpenGL(window_, context_);
    ImGui_ImplOpenGL3_Init("#version 300 es");
    host_.graphics_made();
    emscripten_set_webglcontextlost_callback(kCanvas, this, false,
                                             [](int, const void*, void* self) -> EM_BOOL {
                                               return static_cast<WebPlatform*>(self)->context_lost();
                                             });
    emscripten_set_webglcontextrestored_callback(kCanvas, this, false,
                                                 [](int, const void*, void* self) -> EM_BOOL {
                                                   return static_cast<WebPlatform*>(self)->context_restored();
                                                 });
    // Keys that are let go elsewhere are not reported here.
    emscripten_set_blur_callback(kCanvas, this, false,
                                 [](int, const EmscriptenFocusEvent*, void*) -> EM_BOOL {
                                   SDL_ResetKeyboard();
                                   return EM_FALSE;
                                 });
    SDL_AddEventWatch([](void* self, SDL_Event*) { return static_cast<WebPlatform*>(self)->event_came(), 0; },
                      this);
    return true;
  }

  // Called by the page. Setting a canvas' size clears it, so the frame is drawn at once, before the page is
  // painted.
  void resize(float css_width, float css_height, int device_width, int device_height, float scale) {
    surface_ = {css_width, css_height, static_cast<float>(device_width) / css_width, scale};
    SDL_SetWindowSize(window_, static_cast<int>(std::lround(css_width)),
                      static_cast<int>(std::lround(css_height)));
    emscripten_set_canvas_element_size(kCanvas, device_width, device_height);
    draw(0);
    request_frame();
  }

  void begin_frame() override {
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = ImVec2(surface_.width, surface_.height);
    io.DisplayFramebufferScale = ImVec2(surface_.density, surface_.density);
    ImGui::NewFrame();
  }

  void end_frame() override {
    ImGui::Render();
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    SDL_GL_SwapWindow(window_);
  }

  void typeface_changed() override {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }

  void request_frame() override {
    settling_ = kSettlingFrames;
    ask_for_frame();
  }

  void settle() override {
    if (in_frame_ || !can_draw()) return;
    take_events();
    while (input_waits()) draw(0);
  }

  double now() const override { return emscripten_get_now() / 1000; }

  void send(const std::string& event) override { kernelglass_send(event.c_str()); }

  bool helper_ready() override { return kernelglass_helper_ready(); }
  void helper_send(std::span<const std::uint8_t> bytes) override {
    kernelglass_helper_send(bytes.data(), static_cast<int>(bytes.size()));
  }
  void helper_go_on() override { kernelglass_helper_go_on(); }

  Host& host() { return host_; }

 private:
  // SDL also reports what our own frame does to it (a new cursor, the end of its queue): that is no reason
  // for another.
  void event_came() {
    if (!in_frame_) request_frame();
  }

  bool can_draw() const { return !lost_ && surface_.width > 0; }

  void ask_for_frame() {
    if (frame_asked_ || !can_draw()) return;
    frame_asked_ = true;
    emscripten_request_animation_frame(
        [](double time, void* self) -> EM_BOOL {
          return static_cast<WebPlatform*>(self)->on_frame(time), EM_FALSE;
        },
        this);
  }

  void on_frame(double milliseconds) {
    frame_asked_ = false;
    // After a rest the clock starts anew: the time in between was nobody's.
    const double seconds = last_frame_ > 0 ? (milliseconds - last_frame_) / 1000 : 1.0 / 60;
    last_frame_ = milliseconds;
    take_events();
    undrawn_ += static_cast<float>(seconds);
    const bool asked_for = settling_ > 0 || input_waits();
    const bool again =
        (!asked_for && can_draw() && host_.waits(static_cast<float>(seconds))) || draw(undrawn_);
    if (again) begin_work();
    if (settling_ > 0) --settling_;
    if (again || input_waits() || settling_ > 0) {
      ask_for_frame();
    } else {
      last_frame_ = 0;
    }
  }

  // Work is a task of its own: the frame goes to the screen meanwhile, and events come in between. It is
  // begun by frames, so it rests with them while the page is hidden. Frames that follow each other without a
  // gap would never let it come to that: then a slice is done at once.
  void begin_work() {
    if (work_asked_ && timer_ == 0) {
      (void)host_.work();
      return;
    }
    if (timer_ != 0) emscripten_clear_timeout(timer_);
    ask_for_work(0);
  }

  void ask_for_work(double seconds) {
    work_asked_ = true;
    const auto work = [](void* self) { static_cast<WebPlatform*>(self)->work(); };
    timer_ = 0;
    if (seconds == 0) {
      (void)emscripten_set_immediate(work, this);
    } else {
      timer_ = emscripten_set_timeout(work, seconds * 1000, this);
    }
  }

  void work() {
    work_asked_ = false;
    timer_ = 0;
    if (const double again = host_.work(); again >= 0) ask_for_work(again);
  }

  // ImGui takes in what came faster than frames piece by piece, so that no press is lost.
  static bool input_waits() { return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0; }

  void take_events() {
    in_frame_ = true;
    SDL_Event event;
    while (SDL_PollEvent(&event)) {
      // A second tap at the same place comes without a motion of its own.
      if (event.type == SDL_MOUSEBUTTONDOWN) {
        ImGui::GetIO().AddMousePosEvent(static_cast<float>(event.button.x),
                                        static_cast<float>(event.button.y));
      }
      ImGui_ImplSDL2_ProcessEvent(&event);
      // A finger that is lifted no longer points anywhere.
      if (event.type == SDL_FINGERUP) ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    }
    in_frame_ = false;
  }

  bool draw(float seconds) {
    if (!can_draw()) return false;
    in_frame_ = true;
    undrawn_ = 0;
    const bool again = host_.frame(surface_, seconds);
    in_frame_ = false;
    return again;
  }

  EM_BOOL context_lost() {
    lost_ = true;
    ImGui_ImplOpenGL3_DestroyDeviceObjects();
    host_.graphics_lost();
    return EM_TRUE;  // we will draw again when it comes back
  }

  EM_BOOL context_restored() {
    lost_ = frame_asked_ = false;
    ImGui_ImplOpenGL3_CreateDeviceObjects();
    host_.graphics_made();
    request_frame();
    return EM_TRUE;
  }

  Host& host_;
  SDL_Window* window_ = nullptr;
  SDL_GLContext context_ = nullptr;
  Surface surface_{0, 0, 1, 1};
  double last_frame_ = 0;
  float undrawn_ = 0;  // seconds since a frame was drawn
  int settling_ = 0;
  int timer_ = 0;  // of work that is asked for later; 0: it is not
  bool frame_asked_ = false, work_asked_ = false, in_frame_ = false, lost_ = false;
};

WebPlatform* the_platform = nullptr;  // for the calls from the page, which know no objects

}  // namespace

std::unique_ptr<Platform> make_platform(Host& host, std::string& problem) {
  auto platform = std::make_unique<WebPlatform>(host);
  if (!platform->start(problem)) return nullptr;
  the_platform = platform.get();
  return platform;
}

}  // namespace kg

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* kg_call(const char* request) {
  static std::string answer;  // the page reads it before its next call
  answer = kg::the_platform->host().call(request);
  return answer.c_str();
}

EMSCRIPTEN_KEEPALIVE void kg_stage(const std::uint8_t* bytes, int length) {
  kg::the_platform->host().stage({bytes, bytes + length});
}

EMSCRIPTEN_KEEPALIVE void kg_helper_came(const std::uint8_t* bytes, int length) {
  kg::the_platform->host().helper_came({bytes, bytes + length});
}

EMSCRIPTEN_KEEPALIVE void kg_resize(float css_width, float css_height, float device_width,
                                    float device_height, float scale) {
  kg::the_platform->resize(css_width, css_height, static_cast<int>(device_width),
                           static_cast<int>(device_height), scale);
}
}
