# find_package(nas) gives nas::nas, the library behind the tool: #include "embed/interpreter.h".
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
find_dependency(Eigen3)
find_dependency(nlohmann_json)
find_dependency(SQLite3)
find_dependency(ZLIB)
include(${CMAKE_CURRENT_LIST_DIR}/nas-targets.cmake)
