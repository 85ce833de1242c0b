#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# run.sh CASE_BYTES: makes the source distribution of dues, installs it in a fresh virtual environment outside the
# clone, and runs every test there; then installs from the clone, as README.md says, and runs its page.
# CASE_BYTES is the program dues_case_bytes. Packages come from PyPI; where it is not reached nothing is tested,
# which the exit code 75 says. DUES_PYTHON names another interpreter than Debian's.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
clone=$(cd "$here/../.." && pwd)
case_bytes=$(realpath "${1:?usage: run.sh CASE_BYTES}")
[ -x "$case_bytes" ] || { echo "python: $case_bytes is no program" >&2; exit 1; }
python=${DUES_PYTHON:-/usr/bin/python3}
[ -x "$python" ] || python=python3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
step=setup
trap 'echo "python: FAILED at: $step" >&2' ERR
begin() {
  step=$1
  echo "-- python: $step ($SECONDS s)"
}
# Everything temporary in one place, from which paths can be told relative: so ccache knows again what was
# compiled elsewhere from the same sources, by the release build as well.
export TMPDIR=$work CCACHE_BASEDIR=$work CCACHE_NOHASHDIR=1
export CXX=${CXX:-c++}
if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONDONTWRITEBYTECODE=1
strict=(--config-settings cmake.define.DUES_WARNINGS_AS_ERRORS=ON)

begin "is the package registry reached?"
"$python" -m venv "$work/make"
if ! timeout 120 "$work/make/bin/pip" download -q --no-deps -d "$work/probe" scikit-build-core >"$work/log" 2>&1; then
  tail -3 "$work/log"
  echo "python: NOT TESTED: the Python package registry was not reached" >&2
  exit 75
fi

begin "source distribution"
"$work/make/bin/pip" install -q build
"$work/make/bin/python" -m build --sdist --outdir "$work/dist" "$here" >"$work/log" 2>&1 || { cat "$work/log"; false; }
[ -z "$(git -C "$clone" status --porcelain -- bindings 2>/dev/null | grep -v '^ \?M' || true)" ] || { echo "it left files in the clone"; false; }

begin "one pip install, of the source distribution"
"$python" -m venv "$work/use"
cd "$work"
"$work/use/bin/pip" install -q "${strict[@]}" --config-settings build-dir=engine/build/sdist "$work"/dist/dues-*.tar.gz

begin "what the tests need"
"$work/use/bin/pip" install -q -r "$here/tests/requirements.txt"

begin "tests"
export DUES_CASE_BYTES=$case_bytes
"$work/use/bin/python" -m pytest -q -p no:cacheprovider "$here/tests"

begin "style"
"$work/use/bin/ruff" check --no-cache "$here"
"$work/use/bin/ruff" format --no-cache --check "$here"

begin "a small city"
"$work/use/bin/python" "$here/bench/city.py" 200000

begin "one pip install, from the clone"
"$python" -m venv "$work/clone"
CCACHE_BASEDIR=$clone "$work/clone/bin/pip" install -q "${strict[@]}" --config-settings build-dir="$clone/build/python" "$here"
"$work/use/bin/python" "$here/tests/page.py" "$clone/README.md" "$work/page"
[ "$(cd "$work/page" && "$work/clone/bin/python" page.py)" = "$(cat "$work/page/printed")" ]
echo "-- python: all passed ($SECONDS s)"
