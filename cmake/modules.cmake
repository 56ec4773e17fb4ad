# detente_module(NAME SOURCES ... LINKS ... [PCH header ...] [APART]): one folder of src/ as a static library.
# detente_tests(NAME SOURCES ... LINKS ... [LABELS ...] [APART] [PARTS n]): the tests that stand beside its sources, as one
# program, run as one test or as n that may run side by side.
# The sources of a target are compiled ten at a time, which nearly halves the time and makes one of their unnamed
# namespaces, unless they are APART or DETENTE_UNITY is off.
include(GNUInstallDirs)
add_library(detente_flags INTERFACE)
target_include_directories(detente_flags INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/src>
  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/detente>)
target_compile_features(detente_flags INTERFACE $<INSTALL_INTERFACE:cxx_std_20>)
set(flags -Wall -Wextra -Wconversion -Wpedantic -Wshadow -ffp-contract=off -fpch-preprocess)
# g++ 12 at -O2 and above: false alarms about strings in thrown aggregates and in concatenations.
list(APPEND flags "$<$<CONFIG:Release>:-Wno-maybe-uninitialized;-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds>")
if(DETENTE_WARNINGS_AS_ERRORS)
  list(APPEND flags -Werror)
endif()
# Our own: whoever links the installed library keeps theirs.
target_compile_options(detente_flags INTERFACE "$<BUILD_INTERFACE:${flags}>")
target_compile_definitions(detente_flags INTERFACE $<BUILD_INTERFACE:DETENTE_VERSION="${PROJECT_VERSION}">)
if(DETENTE_SANITIZE)
  # Checks of each pointer that is followed would double the time to compile; the address sanitizer stops at a null one too.
  target_compile_options(detente_flags INTERFACE -fsanitize=${DETENTE_SANITIZE} -fno-sanitize=null,alignment,vptr
                         -fno-omit-frame-pointer)
  target_link_options(detente_flags INTERFACE -fsanitize=${DETENTE_SANITIZE})
endif()

function(detente_together target apart)
  if(DETENTE_UNITY AND NOT apart)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
  endif()
endfunction()

function(detente_module name)
  cmake_parse_arguments(arg "APART" "" "SOURCES;LINKS;PCH" ${ARGN})
  add_library(detente_${name} STATIC ${arg_SOURCES})
  target_link_libraries(detente_${name} PUBLIC detente_flags ${arg_LINKS})
  detente_together(detente_${name} "${arg_APART}")
  if(DETENTE_PCH AND arg_PCH)
    target_precompile_headers(detente_${name} PRIVATE ${arg_PCH})
  endif()
endfunction()

function(detente_tests name)
  if(NOT DETENTE_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "APART" "PARTS" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${name}_tests ${arg_SOURCES})
  target_link_libraries(${name}_tests PRIVATE detente_flags ${arg_LINKS} detente_rapidcheck GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name}_tests PRIVATE DETENTE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  detente_together(${name}_tests "${arg_APART}")
  if(DETENTE_PCH)
    if(TARGET base_tests AND NOT name STREQUAL "base")
      target_precompile_headers(${name}_tests REUSE_FROM base_tests)
    else()
      target_precompile_headers(${name}_tests PRIVATE <gtest/gtest.h> <vector> <string> <cmath>)
    endif()
  endif()
  if(NOT arg_PARTS)
    set(arg_PARTS 1)
  endif()
  foreach(part RANGE 1 ${arg_PARTS})
    set(test ${name})
    if(arg_PARTS GREATER 1)
      set(test ${name}_${part})
    endif()
    math(EXPR index "${part} - 1")
    add_test(NAME ${test} COMMAND ${name}_tests)
    set_tests_properties(${test} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 1800
                         ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_PARTS};GTEST_SHARD_INDEX=${index}")
  endforeach()
endfunction()
