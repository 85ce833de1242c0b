#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# headers.sh FOLDER: dues.h and dues_arrow.h compile when they are all that is included, once or twice, by gcc
# and by clang, as C from C99 and as C++ from C++11 on, without a warning.
set -euo pipefail
folder=${1:?usage: headers.sh FOLDER}
tried=0
failed=0
try() { # try COMPILER LANGUAGE STANDARD
  local header
  for header in dues.h dues_arrow.h; do
    tried=$((tried + 1))
    printf '#include <%s>\n#include <%s>\nint in_use;\n' "$header" "$header" |
      "$1" -x "$2" -std="$3" -pedantic -Wall -Wextra -Wshadow -Wconversion -Werror -fsyntax-only -I"$folder" - ||
      { echo "FAILED: $header by $1 as $3"; failed=$((failed + 1)); }
  done
}
for standard in c99 c11 c17; do
  for compiler in gcc clang; do try $compiler c $standard; done
done
for standard in c++11 c++14 c++17 c++20 c++2b; do
  for compiler in g++ clang++; do try $compiler c++ $standard; done
done
echo "$((tried - failed)) passed, $failed failed"
[ "$failed" = 0 ] && [ "$tried" = 32 ]
