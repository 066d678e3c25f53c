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
  install_packages "$root" build run
  mkdir -p "$build" || exit 2
  exec 9>"$build/launcher.lock"
  flock 9
  if ! up_to_date; then
    begun=$(mktemp "$build/stamp.XXXXXX")
    if [ ! -e "$build/CMakeCache.txt" ]; then
      echo "nas: first use, building the tool (once)" >&2
      if ! cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DNAS_TESTS=OFF -DNAS_BENCH=OFF </dev/null >"$build/configure.log" 2>&1; then
        tail -n 20 "$build/configure.log" >&2
        echo "nas: configuring failed; all of it is in $build/configure.log" >&2
        rm -f "$build/CMakeCache.txt" "$begun"
        exit 2
      fi
    fi
    if ! build_with_progress "$build" "$build/build.log" nas_tool nas_modules; then
      rm -f "$begun"
      exit 2
    fi
    mv -f "$begun" "$stamp"  # as old as the start of the build: an edit during it is seen next time
  fi
  exec 9>&-
fi
exec "$tool" "$@"
