#!/usr/bin/env bash
# Runs the tool; the first time it installs what is missing (apt-get) and builds. NAS_NO_INSTALL=1: say what is missing instead.
set -u
root=$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")
build=$root/build
stamp=$build/launcher.stamp
tool=$build/bin/nas

sources=("$root/CMakeLists.txt" "$root/cmake" "$root/grammar" "$root/interpreter" "$root/stdlib" "$root/backends")
up_to_date() { [ -x "$tool" ] && [ -e "$stamp" ] && [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]; }

if ! up_to_date; then
  . "$root/cmake/prepare.sh"
  trap 'exit 130' INT TERM  # even where apt-get or a compiler takes the signal and ends well
  ask_for_packages "$root" "$build" build module run
  install_packages "$root" build
  build_folder "$build"
  # Three quarters of the packages are not needed to compile the tool: they come beside it.
  beside=$(has_apt && missing_packages "$root" module run)
  install_packages "$root" module run 2>"$build/install.err" &
  installing=$!
  trap 'if kill -0 "$installing" 2>/dev/null; then echo "nas: apt-get goes on to its end" >&2; fi; exit 130' INT TERM
  exec 9>"$build/launcher.lock"
  if ! flock -n 9; then
    echo "nas: waiting for another build of $build" >&2
    flock 9
  fi
  if ! up_to_date; then
    begun=$(mktemp "$build/stamp.XXXXXX") || exit 2
    trap 'rm -f "$begun"' EXIT
    if [ ! -e "$build/build.ninja" ] || ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
      echo "nas: first use, building the tool (once)" >&2
      configure "$root" "$build" -DNAS_TESTS=OFF -DNAS_BENCH=OFF
    fi
    if [ -n "$beside" ]; then
      build_with_progress "$build" "$build/build.log" nas_tool || exit 2
      if kill -0 "$installing" 2>/dev/null; then echo "nas: waiting for apt-get" >&2; fi
      wait "$installing" || { cat "$build/install.err" >&2; exit 2; }
      echo "nas: adding the LibTorch module" >&2
      configure "$root" "$build"
    fi
    build_with_progress "$build" "$build/build.log" nas_tool nas_modules || exit 2
    mv -f "$begun" "$stamp"  # as old as the start of the build: an edit during it is seen next time
  fi
  exec 9>&-
fi
exec "$tool" "$@"
