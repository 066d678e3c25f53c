# Debian packages, by `cmake/package`: nas (the tool, its library of spaces, pages), nas-torch (the LibTorch module), libnas-dev (what
# programs embed). What the programs in them link to is read off them by dpkg-shlibdeps.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME nas)
set(CPACK_PACKAGE_VENDOR nas)
set(CPACK_PACKAGE_CONTACT "nas maintainers <maintainers@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime dev)
if(TARGET nas_torch)
  list(APPEND CPACK_COMPONENTS_ALL torch)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_STRIP_FILES ON)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME nas)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "nas-torch, graphviz, dataset-fashion-mnist")

set(CPACK_DEBIAN_TORCH_PACKAGE_NAME nas-torch)
set(CPACK_DEBIAN_TORCH_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_TORCH_PACKAGE_DEPENDS "nas (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_TORCH_DESCRIPTION "Training, evaluation and timing of networks for nas, by LibTorch")

# The libraries that nas::nas names: of cmake/packages.txt those that the tool is built with.
file(STRINGS ${CMAKE_CURRENT_LIST_DIR}/packages.txt packages REGEX "^build .*-dev$")
list(FILTER packages EXCLUDE REGEX "libcli11-dev|libedit-dev")  # the tool's own
list(TRANSFORM packages REPLACE "^build " "")
list(JOIN packages ", " packages)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libnas-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "nas (= ${PROJECT_VERSION}), ${packages}")
set(CPACK_COMPONENT_DEV_DESCRIPTION "The language of nas as a library, for programs that embed it")
include(CPack)
