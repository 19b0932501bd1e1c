# riposte_add_plugin() and riposte_add_plugin_test(): in Riposte's own tree and, by find_package(RipostePlugin), in yours.

# riposte_add_plugin(NAME SOURCES file... [LINK target...] [OUTPUT directory])
# A plugin in C or C++20 as the target NAME: OUTPUT/NAME.so, by default <build>/plugins/NAME.so. It exports nothing but
# riposte_plugin_entry, leaves nothing undefined, and can be unloaded: gcc's unique symbols, which pin a library, are off.
function(riposte_add_plugin name)
  cmake_parse_arguments(arg "" "OUTPUT" "SOURCES;LINK" ${ARGN})
  if(NOT arg_OUTPUT)
    set(arg_OUTPUT ${CMAKE_BINARY_DIR}/plugins)
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  if(NOT TARGET riposte_plugins)
    add_custom_target(riposte_plugins)  # every plugin, without the tests
  endif()
  add_dependencies(riposte_plugins ${name})
  target_link_libraries(${name} PRIVATE Riposte::plugin ${arg_LINK})
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so" LIBRARY_OUTPUT_DIRECTORY ${arg_OUTPUT} LINK_DEPENDS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_options(${name} PRIVATE -Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  # Clang resolves a sanitizer's symbols only in the executable.
  if(NOT (RIPOSTE_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang"))
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
endfunction()

# riposte_add_plugin_test(PLUGIN SOURCES file... [LINK target...])
# The executable PLUGIN_test, which finds the built plugin under RIPOSTE_PLUGIN_FILE; riposte/testing.hpp runs it. You
# add it to ctest, as your test framework does that.
function(riposte_add_plugin_test plugin)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${plugin}_test ${arg_SOURCES})
  target_link_libraries(${plugin}_test PRIVATE Riposte::plugin Threads::Threads ${CMAKE_DL_LIBS} ${arg_LINK})
  target_compile_definitions(${plugin}_test PRIVATE RIPOSTE_PLUGIN_FILE="$<TARGET_FILE:${plugin}>")
  add_dependencies(${plugin}_test ${plugin})
endfunction()
