#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh BUILD: installs the finished build BUILD to an empty prefix and builds programs against it in every
# way in which Dues can be had: C++ by find_package, by pkg-config and as headers only; C by find_package, by
# pkg-config and by dlopen; C++ as headers beside the library for C. What they print must be right, and the
# library for C small, quick to load, and in need of the standard libraries alone.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(cd "${1:?usage: run.sh BUILD}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What one is told goes wrong at which step, also when a command fails.
step=setup
trap 'echo "consumers: FAILED at: $step" >&2' ERR
fail() {
  echo "consumers: FAILED at: $step: $1" >&2
  exit 1
}

step="install"
cmake --install "$build" --prefix "$work/first" >/dev/null
# Moved, so that nothing can lean on where it was installed.
mv "$work/first" "$work/prefix"
config=$(find "$work/prefix" -name duesConfig.cmake)
[ -n "$config" ] || fail "no duesConfig.cmake was installed"

step="find_package, configure"
# The same compiler as the library's: of C++ libraries one may ask that. Programs are not optimised, as a host's are
# while he works on them.
compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
cmake -S "$here" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE= -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" 2>&1 ||
  { cat "$work/log"; fail "cmake"; }
grep -q "^dues_DIR:PATH=$work/prefix/" "$work/build/CMakeCache.txt" || fail "another dues was found than the installed one"
step="find_package, build"
cmake --build "$work/build" -- -k 0 >"$work/log" 2>&1 || { cat "$work/log"; fail "build"; }

step="pkg-config, build"
pc=$(find "$work/prefix" -name dues.pc)
[ -n "$pc" ] || fail "no dues.pc was installed"
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$pc")
for package in dues dues-cpp; do
  [ "$(pkg-config --modversion $package)" = 0.1.0 ] || fail "version of $package is $(pkg-config --modversion $package)"
done
# shellcheck disable=SC2046 # words are what is wanted
"$compiler" -std=c++20 $(pkg-config --cflags dues-cpp) "$here/program.cpp" -o "$work/by_pkg_config" $(pkg-config --libs dues-cpp)
# shellcheck disable=SC2046
cc -std=c99 -pedantic -Wall -Wextra -Werror $(pkg-config --cflags dues) "$here/program.c" -o "$work/in_c_by_pkg_config" $(pkg-config --libs dues)

step="the library for C"
library=$(find "$work/prefix" -name libdues.so)
[ -n "$library" ] || fail "no libdues.so was installed"
export LD_LIBRARY_PATH
LD_LIBRARY_PATH=$(dirname "$library")
# Not grep -q nor head: who stops reading early breaks the pipe of who still writes, sometimes.
readelf -d "$library" | grep 'SONAME.*\[libdues\.so\.0\]' >/dev/null || fail "its SONAME is not libdues.so.0"
needs=$(readelf -d "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -vE '^(libstdc\+\+\.so\.6|libgcc_s\.so\.1|libm\.so\.6|libc\.so\.6)$' || true)
[ -z "$needs" ] || fail "it needs $needs"
nm -D --defined-only "$library" | sed -n 's/.* T \([^@]*\).*/\1/p' | LC_ALL=C sort >"$work/symbols"
[ -z "$(nm -D --defined-only "$library" | grep -v ' [TA] ' || true)" ] || fail "it shows more than functions"
diff "$here/../../capi/symbols.txt" "$work/symbols" || fail "what it shows is not capi/symbols.txt"
strip -o "$work/stripped" "$library"
size=$(stat -c %s "$work/stripped")
# Bounds against doubling, not against growth. With meters, steps and quotes what bills takes 1.83 MB, the ledger 0.52 MB
# more, penalties 0.20 MB and quotes 0.09 MB where each stands alone, 2.49 MB all. Far more means that something came twice: a template for
# one more width, a part that is no longer compiled for size.
packed=
if grep -q '^DUES_LINKER_PACKS_RELOCATIONS:[A-Z]*=1' "$build/CMakeCache.txt"; then packed=-Wl,-z,pack-relative-relocs; fi
door_of() { # PATTERN: bytes of a library without the parts of the boundary that fit
  # shellcheck disable=SC2046,SC2086 # words are what is wanted
  "$compiler" -shared -o "$work/door.so" -Wl,--version-script="$here/../../capi/dues.map" -Wl,--gc-sections -Wl,--as-needed \
    -Wl,-z,noseparate-code $packed $(find "$build/capi/CMakeFiles/dues_c.dir" -name '*.o' | grep -v -E "$1" | sort) "$build/libdues-cpp.a"
  strip -o "$work/door" "$work/door.so"
  stat -c %s "$work/door"
}
billing=$(door_of 'ledger|arrow_table|penalties|quotes')
ledger=$(door_of '/penalties|/quotes')
penalties=$(door_of 'ledger|arrow_table|/quotes')
quotes=$(door_of 'ledger|arrow_table|/penalties')
[ "$billing" -lt 2100000 ] || fail "stripped, billing alone has $billing bytes"
[ "$size" -lt 3000000 ] || fail "stripped it has $size bytes"
echo "consumers: libdues.so has $size bytes: $billing to bill, $((ledger - billing)) more with the ledger, $((penalties - billing)) with penalties, $((quotes - billing)) with quotes, of which they share much"
# The least of several, because other programs run too.
took=$(for _ in 1 2 3 4 5 6 7 8 9 10; do "$work/build/opened" "$library" || echo failed; done | sort -n)
case $took in *failed*) fail "opened: $took" ;; esac
took=${took%%$'\n'*}
[ "$took" -lt 2000 ] || fail "it takes $took us to load"
echo "consumers: libdues.so loads in $took us"

step="run"
cat >"$work/expected" <<'END'
compiled lime-court
T110 /fees/0/schedule: no schedule is called 'montly'; did you mean 'monthly'?
T120 /schedules/0: nothing refers to schedule 'monthly'
END
try() { # try PROGRAM EXPECTED
  "$work/$1" >"$work/printed" || fail "$1 failed: $(cat "$work/printed")"
  diff "$2" "$work/printed" || fail "$1 printed something else"
  echo "consumers: $(basename "$1") passed"
}
for program in build/linked build/header_only by_pkg_config; do try $program "$work/expected"; done
echo "Chen owes 248.06" >"$work/expected"
for program in build/in_c in_c_by_pkg_config; do try $program "$work/expected"; done
echo "both tell the same" >"$work/expected"
try build/beside "$work/expected"
