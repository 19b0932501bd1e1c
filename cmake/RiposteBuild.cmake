# How Riposte's own code is compiled: warnings, sanitizers, linker, ccache, and riposte_library().

set(CMAKE_C_FLAGS_SANITIZE "-O0 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_SANITIZE "-O0 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1" CACHE STRING "" FORCE)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG" CACHE STRING "" FORCE)

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

find_program(MOLD mold)
find_program(LLD ld.lld)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_link_options(-fuse-ld=mold)
elseif(LLD)
  add_link_options(-fuse-ld=lld)
endif()

if(RIPOSTE_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")  # clang 14 cannot compile coroutines with it
    add_compile_options(-fno-sanitize=function)
  endif()
elseif(RIPOSTE_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
endif()

if(RIPOSTE_FUZZ)
  add_compile_options(-O1 -fsanitize=fuzzer-no-link)  # libFuzzer sees which branches an input takes
endif()

# Flags of our own code, never of third-party headers.
add_library(riposte_warnings INTERFACE)
# Designated initializers leave out what has a default: no warning for that.
target_compile_options(riposte_warnings INTERFACE -Wall -Wextra -Wpedantic -Wno-missing-field-initializers
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion>)
# gcc 12 misjudges an empty std::optional and a coroutine's frame once it optimises, and takes the anonymous namespaces of
# sources compiled as one for those of a header.
target_compile_options(riposte_warnings INTERFACE
  $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-maybe-uninitialized -Wno-mismatched-new-delete -Wno-subobject-linkage>)
if(RIPOSTE_SANITIZE STREQUAL "thread")
  target_compile_options(riposte_warnings INTERFACE -Wno-tsan)
endif()

# riposte_compile_by_the_eight(TARGET file...): with RIPOSTE_UNITY, all but these files (docs/decisions/0085).
function(riposte_compile_by_the_eight target)
  if(RIPOSTE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()

# riposte_library(NAME SOURCES file... LINK target... PRIVATE_LINK target... ALONE file...)
# One folder of the host as a static library `riposte_NAME`; LINK is what its headers may include; ALONE are the sources
# that cannot be compiled with others.
function(riposte_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK;ALONE" ${ARGN})
  add_library(riposte_${name} STATIC ${arg_SOURCES})
  riposte_compile_by_the_eight(riposte_${name} ${arg_ALONE})
  target_include_directories(riposte_${name} PUBLIC ${PROJECT_SOURCE_DIR}/host)
  target_link_libraries(riposte_${name} PUBLIC ${arg_LINK} PRIVATE riposte_warnings ${arg_PRIVATE_LINK})
endfunction()
