# How tests are added, so that their names say which build they ran in: "asan.Ids.…", "tsan.…".

find_package(GTest REQUIRED)
include(GoogleTest)

if(RIPOSTE_SANITIZE STREQUAL "address")
  set(RIPOSTE_TEST_PREFIX "asan.")
elseif(RIPOSTE_SANITIZE STREQUAL "thread")
  set(RIPOSTE_TEST_PREFIX "tsan.")
else()
  set(RIPOSTE_TEST_PREFIX "")
endif()

# The interpreter for which Debian's packages are installed, not the first one in PATH.
set(RIPOSTE_PYTHON /usr/bin/python3)

# What a sanitizer's finding does: it ends the test with a failure.
set(RIPOSTE_TEST_ENVIRONMENT
  "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1"
  "UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1"
  "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1")

# riposte_unit_test(NAME SOURCES file... LINK target... [LABELS label...] [ALONE file...])
# A GoogleTest executable `riposte_NAME_test`; each of its tests is a test of ctest. ALONE: see riposte_library().
function(riposte_unit_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK;LABELS;ALONE" ${ARGN})
  add_executable(riposte_${name}_test ${arg_SOURCES})
  riposte_compile_by_the_eight(riposte_${name}_test ${arg_ALONE})
  target_include_directories(riposte_${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(riposte_${name}_test PRIVATE ${arg_LINK} riposte_warnings GTest::gmock GTest::gtest_main)
  gtest_discover_tests(riposte_${name}_test
    TEST_PREFIX "${RIPOSTE_TEST_PREFIX}" DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES
    PROPERTIES TIMEOUT 120 LABELS "unit;${arg_LABELS}" ENVIRONMENT "${RIPOSTE_TEST_ENVIRONMENT}")
endfunction()

# riposte_python_test(NAME FILE [arguments...] LABELS label... [SERIAL] [TIMEOUT seconds])
# Runs pytest on FILE with RIPOSTE_BINARY, RIPOSTE_BUILD and RIPOSTE_SOURCE in the environment.
function(riposte_python_test name file)
  cmake_parse_arguments(arg "SERIAL" "TIMEOUT" "LABELS;ARGUMENTS" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  # ThreadSanitizer watches the host; the plugins, in processes of their own, are those of the release build.
  set(artefacts ${PROJECT_BINARY_DIR})
  if(RIPOSTE_SANITIZE STREQUAL "thread")
    set(artefacts ${PROJECT_SOURCE_DIR}/build/release)
  endif()
  add_test(NAME ${RIPOSTE_TEST_PREFIX}${name}
    COMMAND ${RIPOSTE_PYTHON} -B -m pytest -q -p no:cacheprovider ${file} ${arg_ARGUMENTS} ${arg_UNPARSED_ARGUMENTS}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set_tests_properties(${RIPOSTE_TEST_PREFIX}${name} PROPERTIES
    TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
    ENVIRONMENT "${RIPOSTE_TEST_ENVIRONMENT};RIPOSTE_BUILD=${artefacts};RIPOSTE_SOURCE=${PROJECT_SOURCE_DIR};RIPOSTE_BINARY=${PROJECT_BINARY_DIR}/host/riposte")
  if(RIPOSTE_SANITIZE)  # the longest of all: begun first, beside the many short ones
    set_tests_properties(${RIPOSTE_TEST_PREFIX}${name} PROPERTIES COST 1000)
  endif()
  if(arg_SERIAL)
    set_tests_properties(${RIPOSTE_TEST_PREFIX}${name} PROPERTIES RUN_SERIAL ON)
  endif()
endfunction()

# riposte_fuzz_target(NAME SOURCES file... LINK target... [CORPUS folder] [DICTIONARY file])
# A libFuzzer target `riposte_NAME_fuzz`, run for 30 s from the seeds in CORPUS. A finding fails the test and leaves the
# input in the build folder (crash-…), which the test's output names.
function(riposte_fuzz_target name)
  cmake_parse_arguments(arg "" "CORPUS;DICTIONARY" "SOURCES;LINK" ${ARGN})
  add_executable(riposte_${name}_fuzz ${arg_SOURCES})
  target_link_libraries(riposte_${name}_fuzz PRIVATE ${arg_LINK} riposte_warnings)
  target_link_options(riposte_${name}_fuzz PRIVATE -fsanitize=fuzzer)
  set(corpus ${CMAKE_CURRENT_BINARY_DIR}/${name}-corpus)
  file(MAKE_DIRECTORY ${corpus})
  if(arg_CORPUS)
    cmake_path(ABSOLUTE_PATH arg_CORPUS OUTPUT_VARIABLE seeds)
  endif()
  if(arg_DICTIONARY)
    set(dictionary -dict=${CMAKE_CURRENT_SOURCE_DIR}/${arg_DICTIONARY})
  endif()
  add_test(NAME fuzz.${name} COMMAND riposte_${name}_fuzz -max_total_time=30 -timeout=5 -rss_limit_mb=1024
    -print_final_stats=1 -verbosity=0 ${dictionary} ${corpus} ${seeds} WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties(fuzz.${name} PROPERTIES TIMEOUT 120 LABELS fuzz ENVIRONMENT "${RIPOSTE_TEST_ENVIRONMENT}")
endfunction()
