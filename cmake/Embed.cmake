# kg_embed(TARGET NAME FILE…): a static library with the files' bytes in it, and a header "NAME.h":
#   shaders/heat_map.frag -> std::string_view kg::embedded::heat_map_frag()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

function(kg_embed target name)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${target}")
  set(script "${CMAKE_SOURCE_DIR}/tools/embed.py")
  add_custom_command(
    OUTPUT "${folder}/${name}.cpp" "${folder}/${name}.h"
    COMMAND Python3::Interpreter "${script}" "${folder}" ${name} ${ARGN}
    DEPENDS "${script}" ${ARGN}
    COMMENT "Embedding files: ${name}"
    VERBATIM)
  add_library(${target} STATIC "${folder}/${name}.cpp" "${folder}/${name}.h")
  target_include_directories(${target} PUBLIC "${folder}")
endfunction()
