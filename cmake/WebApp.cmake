# kg_web_app(TARGET FOLDER): a program of the page, as FOLDER/kernelglass.mjs with its .wasm: an ES module, no file system, no eval.

function(kg_web_app target folder)
  add_executable(${target})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME kernelglass
    SUFFIX ".mjs"
    LINKER_LANGUAGE CXX
    RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/${folder}")
  target_link_options(${target} PRIVATE
    -sMODULARIZE=1
    -sEXPORT_ES6=1
    -sENVIRONMENT=web,worker
    -sFILESYSTEM=0
    -sDYNAMIC_EXECUTION=0
    -sALLOW_MEMORY_GROWTH=1
    -sSTACK_SIZE=1MB
    -sMALLOC=emmalloc
    -sMIN_WEBGL_VERSION=2
    -sMAX_WEBGL_VERSION=2
    -sEXPORTED_FUNCTIONS=_main,_kg_call,_kg_stage,_malloc,_free
    -sEXPORTED_RUNTIME_METHODS=UTF8ToString,stringToNewUTF8,HEAPU8)
  if(KG_LINK_FAST)
    target_link_options(${target} PRIVATE -O1) # without a last optimisation of the whole, which takes most of the time
  endif()
endfunction()
