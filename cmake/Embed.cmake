# kg_embed(TARGET FILE…): a static library with the files' bytes in it, and a header "embedded.h":
#   shaders/heat_map.frag -> std::string_view kg::embedded::heat_map_frag()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(kg_embed target)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  set(script "${CMAKE_CURRENT_SOURCE_DIR}/tools/embed.py")
  add_custom_command(
    OUTPUT "${folder}/embedded.cpp" "${folder}/embedded.h"
    COMMAND Python3::Interpreter "${script}" "${folder}" ${ARGN}
    DEPENDS "${script}" ${ARGN}
    COMMENT "Embedding shaders and typeface"
    VERBATIM)
  add_library(${target} STATIC "${folder}/embedded.cpp" "${folder}/embedded.h")
  target_include_directories(${target} PUBLIC "${folder}")
endfunction()
