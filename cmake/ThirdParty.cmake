# What others wrote: headers (doctest, GLM, nlohmann-json), Dear ImGui, SDL2. Their warnings are theirs.

foreach(header include/doctest/doctest.h include/glm/glm.hpp include/nlohmann/json.hpp imgui/imgui.h SDL2/include/SDL.h)
  if(NOT EXISTS "${KG_DEPS_DIR}/${header}")
    message(FATAL_ERROR "${KG_DEPS_DIR}/${header} is missing: run ./dev test or ./dev run, they fetch it.")
  endif()
endforeach()

add_library(kg_headers INTERFACE)
target_include_directories(kg_headers SYSTEM INTERFACE "${KG_DEPS_DIR}/include")

# Dear ImGui without its demo, its debugging windows and its old names.
set(IMGUI "${KG_DEPS_DIR}/imgui")
add_library(imgui STATIC
  ${IMGUI}/imgui.cpp
  ${IMGUI}/imgui_draw.cpp
  ${IMGUI}/imgui_tables.cpp
  ${IMGUI}/imgui_widgets.cpp)
target_include_directories(imgui SYSTEM PUBLIC "${IMGUI}")
target_compile_definitions(imgui PUBLIC
  IMGUI_DISABLE_DEMO_WINDOWS IMGUI_DISABLE_DEBUG_TOOLS IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_FILE_FUNCTIONS
  "ImDrawIdx=unsigned int") # a large picture with its numbers needs more than 65 536 corners
target_compile_options(imgui PRIVATE -w -fno-exceptions -fno-rtti)

# The web has SDL2 as well, and ImGui's connection to it and to OpenGL ES 3.
if(EMSCRIPTEN)
  include(cmake/SDL2.cmake)
  add_library(imgui_web STATIC ${IMGUI}/backends/imgui_impl_sdl2.cpp ${IMGUI}/backends/imgui_impl_opengl3.cpp)
  target_include_directories(imgui_web SYSTEM PUBLIC "${IMGUI}/backends")
  target_compile_definitions(imgui_web PUBLIC IMGUI_IMPL_OPENGL_ES3)
  target_compile_options(imgui_web PRIVATE -w -fno-exceptions -fno-rtti)
  # Asking OpenGL for its state is very slow in a page: src/platform/gl_state.cpp answers instead.
  set_source_files_properties("${IMGUI}/backends/imgui_impl_opengl3.cpp" PROPERTIES COMPILE_DEFINITIONS
    "glGetIntegerv=kernelglass_gl_get_integerv;glIsEnabled=kernelglass_gl_is_enabled;glIsProgram=kernelglass_gl_is_program")
  target_link_libraries(imgui_web PUBLIC imgui SDL2)
endif()
