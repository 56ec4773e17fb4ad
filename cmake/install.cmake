# What `cmake --install` puts where, in two components:
#   core      the library: headers, static libraries and the CMake package `detente`
#   program   detente with its man page and the completions of bash, zsh and fish
include(CMakePackageConfigHelpers)

# ---- core: the folders of src/ from base to forecast, which need no parser, database or command line
set(core_folders base log layers memory effects hazard estimate simulate forecast)
add_library(detente_core INTERFACE)
target_link_libraries(detente_core INTERFACE detente_forecast)
set_target_properties(detente_core PROPERTIES EXPORT_NAME detente)
install(TARGETS detente_core detente_flags detente_base detente_log detente_layer detente_sentiment detente_publics
                detente_organizations detente_arena detente_layers detente_memory detente_effects detente_hazard
                detente_estimate detente_simulate detente_forecast
        EXPORT detenteTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT core)
set(headers ${CMAKE_INSTALL_INCLUDEDIR}/detente)
install(FILES src/detente.hpp DESTINATION ${headers} COMPONENT core)
foreach(folder IN LISTS core_folders)
  install(DIRECTORY src/${folder} DESTINATION ${headers} COMPONENT core FILES_MATCHING PATTERN "*.hpp"
          PATTERN reference EXCLUDE PATTERN "*_study.hpp" EXCLUDE PATTERN "test_*.hpp" EXCLUDE)
endforeach()
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/detente)
configure_package_config_file(cmake/detenteConfig.cmake.in ${CMAKE_BINARY_DIR}/detenteConfig.cmake
                              INSTALL_DESTINATION ${package} NO_SET_AND_CHECK_MACRO
                              NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/detenteConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/detenteConfig.cmake ${CMAKE_BINARY_DIR}/detenteConfigVersion.cmake
              cmake/core_libraries.cmake
        DESTINATION ${package} COMPONENT core)
install(EXPORT detenteTargets NAMESPACE detente:: DESTINATION ${package} COMPONENT core)

# ---- program
set_target_properties(detente PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}/detente")
install(TARGETS detente RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
cmake_path(IS_PREFIX DETENTE_DEPS ${DUCKDB_LIBRARY} unpacked)
if(unpacked)  # no system copy
  install(FILES ${DUCKDB_LIBRARY} DESTINATION ${CMAKE_INSTALL_LIBDIR}/detente COMPONENT program)
endif()
set(share ${CMAKE_BINARY_DIR}/share)
set(made)
# words of the command, file in the build folder, folder below share/, name there
function(detente_prints words file folder name)
  separate_arguments(words)
  add_custom_command(OUTPUT ${share}/${file}
                     COMMAND ${CMAKE_COMMAND} -E make_directory ${share}
                     COMMAND detente ${words} > ${share}/${file}
                     DEPENDS detente VERBATIM)
  install(FILES ${share}/${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} RENAME ${name} COMPONENT program)
  set(made ${made} ${share}/${file} PARENT_SCOPE)
endfunction()
detente_prints("man" detente.1 man/man1 detente.1)
detente_prints("completion bash" detente.bash bash-completion/completions detente)
detente_prints("completion zsh" detente.zsh zsh/site-functions _detente)
detente_prints("completion fish" detente.fish fish/vendor_completions.d detente.fish)
add_custom_target(detente_share ALL DEPENDS ${made})
