# Libraries without a CMake package of their own, as targets. Read by the build and by the installed package.
find_library(NAS_ANTLR4_RUNTIME NAMES libantlr4-runtime.a antlr4-runtime)  # the archive where it is there: a shared one costs start-up time
find_library(NAS_ANTLR4_SHARED antlr4-runtime)  # for shared libraries: Debian's archive is not position-independent
find_library(NAS_GMP gmp)
find_library(NAS_GMPXX gmpxx)
foreach(library ANTLR4_RUNTIME ANTLR4_SHARED GMP GMPXX)
  if(NOT NAS_${library})
    message(FATAL_ERROR "nas needs the library ${library}: apt-get install libantlr4-runtime-dev libgmp-dev")
  endif()
  string(TOLOWER nas_${library} target)
  if(NOT TARGET ${target})
    add_library(${target} UNKNOWN IMPORTED)
    set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${NAS_${library}})
  endif()
endforeach()
