# SDL2 for the web as one static library. The sources are those that Emscripten's own recipe for SDL2 names,
# without sound, joysticks, sensors and renderers, of which a page uses nothing; SDL_config.h picks its
# settings for Emscripten by itself, so there is no configure step (which would take minutes).

set(SDL2_SOURCES
  SDL.c SDL_assert.c SDL_dataqueue.c SDL_error.c SDL_guid.c SDL_hints.c SDL_list.c SDL_log.c SDL_utils.c atomic/SDL_atomic.c
  atomic/SDL_spinlock.c cpuinfo/SDL_cpuinfo.c dynapi/SDL_dynapi.c events/SDL_clipboardevents.c events/SDL_displayevents.c
  events/SDL_dropevents.c events/SDL_events.c events/SDL_gesture.c events/SDL_keyboard.c events/SDL_keysym_to_scancode.c
  events/SDL_mouse.c events/SDL_quit.c events/SDL_scancode_tables.c events/SDL_touch.c events/SDL_windowevents.c
  file/SDL_rwops.c joystick/SDL_gamecontroller.c joystick/SDL_joystick.c joystick/SDL_steam_virtual_gamepad.c
  joystick/controller_type.c joystick/dummy/SDL_sysjoystick.c joystick/emscripten/SDL_sysjoystick.c
  loadso/dlopen/SDL_sysloadso.c render/SDL_render.c render/SDL_yuv_sw.c stdlib/SDL_crc16.c stdlib/SDL_crc32.c
  stdlib/SDL_getenv.c stdlib/SDL_iconv.c stdlib/SDL_malloc.c stdlib/SDL_qsort.c stdlib/SDL_stdlib.c stdlib/SDL_string.c
  stdlib/SDL_strtokr.c thread/SDL_thread.c thread/generic/SDL_syscond.c thread/generic/SDL_sysmutex.c
  thread/generic/SDL_syssem.c thread/generic/SDL_systhread.c thread/generic/SDL_systls.c timer/SDL_timer.c
  timer/unix/SDL_systimer.c video/SDL_RLEaccel.c video/SDL_blit.c video/SDL_blit_0.c video/SDL_blit_1.c video/SDL_blit_A.c
  video/SDL_blit_N.c video/SDL_blit_auto.c video/SDL_blit_copy.c video/SDL_blit_slow.c video/SDL_bmp.c video/SDL_clipboard.c
  video/SDL_egl.c video/SDL_fillrect.c video/SDL_pixels.c video/SDL_rect.c video/SDL_shape.c video/SDL_stretch.c
  video/SDL_surface.c video/SDL_video.c video/SDL_yuv.c video/emscripten/SDL_emscriptenevents.c
  video/emscripten/SDL_emscriptenframebuffer.c video/emscripten/SDL_emscriptenmouse.c
  video/emscripten/SDL_emscriptenopengles.c video/emscripten/SDL_emscriptenvideo.c video/yuv2rgb/yuv_rgb_std.c)
list(TRANSFORM SDL2_SOURCES PREPEND "${KG_DEPS_DIR}/SDL2/src/")

add_library(SDL2 STATIC ${SDL2_SOURCES})
target_include_directories(SDL2 SYSTEM PUBLIC "${KG_DEPS_DIR}/SDL2/include")
target_compile_definitions(SDL2 PRIVATE
  SDL_AUDIO_DISABLED SDL_JOYSTICK_DISABLED SDL_SENSOR_DISABLED SDL_RENDER_DISABLED)
target_compile_options(SDL2 PRIVATE -w -Oz) # events and a canvas: bytes before speed
