# Sourced by ./nas and tests/run: what is missing on this machine, and how it is installed.

# missing_packages ROOT GROUP... : prints the packages of these groups that are not installed.
missing_packages() {
  local root=$1 group wanted=() installed
  shift
  for group in "$@"; do
    mapfile -t -O "${#wanted[@]}" wanted < <(awk -v g="$group" '$1 == g { print $2 }' "$root/cmake/packages.txt")
  done
  installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' "${wanted[@]}" 2>/dev/null | awk '$1 == "ii" { print $2 }')
  printf '%s\n' "${wanted[@]}" | grep -vxF -f <(printf '%s\n' "$installed") || true
}

# install_packages ROOT GROUP... : installs what is missing, or says what to type and exits with 2.
install_packages() {
  local missing as_root=()
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "nas: this machine has no apt-get; needed are the counterparts of: $(awk '/^[a-z]/ { printf "%s ", $2 }' "$1/cmake/packages.txt")" >&2
    return 0
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] && [ -n "${missing[0]}" ] || return 0
  if [ "$(id -u)" != 0 ]; then as_root=(sudo); fi
  if [ "${NAS_NO_INSTALL:-0}" = 1 ]; then
    echo "nas: packages are missing; type: ${as_root[*]:+${as_root[*]} }apt-get install ${missing[*]}" >&2
    exit 2
  fi
  echo "nas: installing ${missing[*]}" >&2
  if [ ${#as_root[@]} -gt 0 ] && ! command -v sudo >/dev/null; then
    echo "nas: not root and no sudo; as root, type: apt-get install ${missing[*]}" >&2
    exit 2
  fi
  local log
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  local get=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}")
  # The package lists are fetched only where the ones at hand do not do.
  if ! "${as_root[@]}" "${get[@]}" </dev/null >"$log" 2>&1; then
    if ! { "${as_root[@]}" apt-get update -q </dev/null >>"$log" 2>&1 && "${as_root[@]}" "${get[@]}" </dev/null >>"$log" 2>&1; }; then
      tail -n 20 "$log" >&2
      echo "nas: apt-get failed (above); type it yourself: ${as_root[*]:+${as_root[*]} }apt-get install ${missing[*]}" >&2
      rm -f "$log"
      exit 2
    fi
  fi
  rm -f "$log"
}

# build_with_progress FOLDER LOG TARGET... : one line that counts up on a terminal, a line per tenth in a log.
build_with_progress() {
  local folder=$1 log=$2 line percent shown=-10
  shift 2
  : >"$log"
  NINJA_STATUS='%p|' cmake --build "$folder" --target "$@" </dev/null 2>&1 | while IFS= read -r line; do
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
    echo "nas: the build failed; all of it is in $log" >&2
  fi
  return "$status"
}
