# Sourced by ./nas and tests/run: what is missing on this machine, how it is installed, how the tool is configured and built.

# wanted_packages ROOT GROUP... : the packages of these groups, one a line.
wanted_packages() {
  local root=$1 group
  shift
  for group in "$@"; do awk -v g="$group" '$1 == g { print $2 }' "$root/cmake/packages.txt"; done
}

# missing_packages ROOT GROUP... : those that are not installed.
missing_packages() {
  local wanted installed
  mapfile -t wanted < <(wanted_packages "$@")
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null | awk '$1 == "ii" { print $2 }')
  printf '%s\n' "${wanted[@]}" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

# has_apt : whether this is a machine whose packages we know.
has_apt() { command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; }

# say_what_is_needed ROOT GROUP... : for machines with another package manager.
say_what_is_needed() {
  echo "nas: this machine has no apt-get; install the counterparts of these Debian packages:" $(wanted_packages "$@") >&2
}

# ask_for_packages ROOT BUILD GROUP... : says what will be installed, or what to type and exits with 2; sets as_root, typed
# and log for install_packages.
ask_for_packages() {
  local root=$1 build=$2 missing
  shift 2
  as_root=()
  log=$build/install.log
  has_apt || return 0
  mapfile -t missing < <(missing_packages "$root" "$@")
  [ ${#missing[@]} -gt 0 ] && [ -n "${missing[0]}" ] || return 0
  if [ "$(id -u)" != 0 ]; then as_root=(sudo); fi
  typed="${as_root[*]:+sudo }apt-get install ${missing[*]}"
  if [ "${NAS_NO_INSTALL:-0}" = 1 ]; then
    echo "nas: packages are missing; type: $typed" >&2
    exit 2
  fi
  echo "nas: installing ${missing[*]}" >&2
  if [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; then
    echo "nas: not root and no sudo; as root, type: apt-get install ${missing[*]}" >&2
    exit 2
  fi
  build_folder "$build"
  : >"$log"
}

# install_packages ROOT GROUP... : installs what is missing and was asked for, or says why not and exits with 2.
install_packages() {
  local root=$1 missing
  shift
  has_apt || return 0
  mapfile -t missing < <(missing_packages "$root" "$@")
  [ ${#missing[@]} -gt 0 ] && [ -n "${missing[0]}" ] || return 0
  local get=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}")
  # The package lists are fetched only where the ones at hand do not do; an earlier installation may have been interrupted.
  if ! "${as_root[@]}" "${get[@]}" </dev/null >>"$log" 2>&1; then
    if ! { "${as_root[@]}" dpkg --configure -a && "${as_root[@]}" apt-get update -q && "${as_root[@]}" "${get[@]}"; } </dev/null >>"$log" 2>&1; then
      grep -E '^[EW]: |No space left' "$log" | awk '!seen[$0]++' | tail -n 10 >&2
      say_why "$log" "apt-get failed"
      echo "nas: or type it yourself: $typed" >&2
      exit 2
    fi
  fi
}

# say_why LOG WHAT : the sentence behind a failure; the log has the rest.
say_why() {
  if grep -q 'No space left on device\|enough free space' "$1" 2>/dev/null; then
    echo "nas: $2: the disk is full; free some space and run again" >&2
  elif grep -q 'Temporary failure resolving\|Could not resolve\|Could not connect\|Network is unreachable' "$1" 2>/dev/null; then
    echo "nas: $2: there is no network; run again when there is one" >&2
  elif grep -q 'Killed signal terminated program' "$1" 2>/dev/null; then
    echo "nas: $2: the machine has too little memory; type: cmake --build build --parallel 1" >&2
  else
    echo "nas: $2; all of it is in $1" >&2
  fi
}

# build_folder BUILD : makes the folder or exits with 2.
build_folder() {
  if ! mkdir -p "$1" 2>/dev/null || ! [ -w "$1" ]; then
    echo "nas: the folder $1 cannot be written" >&2
    exit 2
  fi
}

# configure ROOT BUILD ARGUMENT... : configures, or says why not and exits with 2.
configure() {
  local root=$1 build=$2 log=$2/configure.log tool
  shift 2
  for tool in cmake ninja c++; do
    command -v "$tool" >/dev/null && continue
    echo "nas: there is no $tool on this machine" >&2
    has_apt || say_what_is_needed "$root" build module run
    exit 2
  done
  # A copied or moved folder brings a cache that speaks of the old place.
  if [ -e "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
    rm -rf "$build/CMakeCache.txt" "$build/CMakeFiles" "$build/build.ninja"
  fi
  [ -e "$build/CMakeCache.txt" ] || set -- -DNAS_UNITY=ON "$@"  # a first build is a whole one
  if ! cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@" </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    say_why "$log" "configuring failed"
    has_apt || say_what_is_needed "$root" build module run
    rm -f "$build/CMakeCache.txt"
    exit 2
  fi
}

# build_with_progress BUILD LOG TARGET... : one line that counts up on a terminal, a line per tenth in a log. As many compilers as
# cores: ninja's own two more take twice the memory and gain nothing.
build_with_progress() {
  local folder=$1 log=$2 line percent shown=-10
  shift 2
  if ! : 2>/dev/null >"$log"; then
    echo "nas: the file $log cannot be written" >&2
    return 2
  fi
  NINJA_STATUS='%p|' cmake --build "$folder" --parallel "${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}" --target "$@" </dev/null 2>&1 | while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    percent=${line%%\%|*}
    percent=${percent// /}
    case $percent in '' | *[!0-9]*) continue ;; esac
    if [ -t 2 ]; then
      printf '\rnas: building %3d %%' "$percent" >&2
    elif [ "$percent" -ge $((shown + 10)) ]; then
      shown=$percent
      printf 'nas: building %d %%\n' "$percent" >&2
    fi
  done
  local status=${PIPESTATUS[0]}
  if [ -t 2 ]; then printf '\r\033[K' >&2; fi
  if [ "$status" != 0 ]; then
    grep -E 'error|Error|FAILED' -A 3 "$log" | head -n 40 >&2
    say_why "$log" "the build failed"
  fi
  return "$status"
}
