# The header and the library that the core needs and that bring no CMake package of their own.  Also part of the installed
# package: detenteConfig.cmake includes it.
find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)
find_path(XXHASH_INCLUDE xxhash.h REQUIRED)
find_library(XXHASH_LIBRARY xxhash REQUIRED)
if(NOT TARGET detente_random123)
  add_library(detente_random123 INTERFACE IMPORTED)
  target_include_directories(detente_random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE})
  add_library(detente_xxhash INTERFACE IMPORTED)
  target_include_directories(detente_xxhash SYSTEM INTERFACE ${XXHASH_INCLUDE})
  target_link_libraries(detente_xxhash INTERFACE ${XXHASH_LIBRARY})
endif()
