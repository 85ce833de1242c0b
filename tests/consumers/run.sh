#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh BUILD: installs the finished build BUILD to an empty prefix and builds one program against it
# in three ways: find_package with the library, find_package with headers only, pkg-config. All must
# print the same, and it must be right.
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
# The same compiler as the library's: of C++ libraries one may ask that.
compiler=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$build/CMakeCache.txt")
cmake -S "$here" -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/log" 2>&1 ||
  { cat "$work/log"; fail "cmake"; }
grep -q "^dues_DIR:PATH=$work/prefix/" "$work/build/CMakeCache.txt" || fail "another dues was found than the installed one"
step="find_package, build"
cmake --build "$work/build" -- -k 0 >"$work/log" 2>&1 || { cat "$work/log"; fail "build"; }

step="pkg-config, build"
pc=$(find "$work/prefix" -name dues.pc)
[ -n "$pc" ] || fail "no dues.pc was installed"
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$pc")
[ "$(pkg-config --modversion dues)" = 0.1.0 ] || fail "version is $(pkg-config --modversion dues)"
# shellcheck disable=SC2046 # words are what is wanted
"$compiler" -std=c++20 $(pkg-config --cflags dues) "$here/program.cpp" -o "$work/by_pkg_config" $(pkg-config --libs dues)

step="run"
cat >"$work/expected" <<'END'
compiled lime-court
T110 /fees/0/schedule: no schedule is called 'montly'; did you mean 'monthly'?
T120 /schedules/0: nothing refers to schedule 'monthly'
END
for program in build/linked build/header_only by_pkg_config; do
  LD_LIBRARY_PATH=$(dirname "$(dirname "$pc")") "$work/$program" >"$work/printed"
  diff "$work/expected" "$work/printed" || fail "$program printed something else"
  echo "consumers: $(basename "$program") passed"
done
