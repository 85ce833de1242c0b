# SPDX-License-Identifier: Apache-2.0
"""The package as it is installed: types, what it shows of itself, and the pages that tell about it."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dues
from dues import _dues
from page import REPOSITORY, write

PAGES = [REPOSITORY / "README.md", REPOSITORY / "bindings" / "python" / "README.md"]


def run(*command: str, **options: object) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


def test_one_version_everywhere() -> None:
    assert importlib.metadata.version("dues") == dues.__version__
    assert f"VERSION {dues.__version__}" in (REPOSITORY / "CMakeLists.txt").read_text(encoding="utf-8")


def test_the_package_needs_no_other_and_is_not_the_clone() -> None:
    assert importlib.metadata.requires("dues") is None
    assert REPOSITORY not in Path(dues.__file__).resolve().parents


def test_the_module_shows_its_entry_alone_and_needs_the_standard_libraries_alone() -> None:
    module = str(_dues.__file__)
    assert [line.split()[-1] for line in run("nm", "-D", "--defined-only", module).splitlines()] == ["PyInit__dues"]
    needed = set(re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", module)))
    assert needed <= {"libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libc.so.6"}


@pytest.mark.parametrize("page", PAGES, ids=["README", "bindings README"])
def test_what_a_page_shows_runs_prints_what_it_says_and_is_well_typed(page: Path, tmp_path: Path) -> None:
    write(page, tmp_path)
    assert run(sys.executable, "page.py", cwd=tmp_path) == (tmp_path / "printed").read_text(encoding="utf-8")
    run(sys.executable, "-m", "mypy", "--strict", "page.py", cwd=tmp_path)


def test_the_package_is_well_typed_and_says_that_it_is_typed(tmp_path: Path) -> None:
    folder = Path(dues.__file__).parent
    assert (folder / "py.typed").is_file()
    # A copy, because mypy passes over what is wrong in installed packages.
    shutil.copytree(folder, tmp_path / "dues", ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    run(sys.executable, "-m", "mypy", "--strict", "-p", "dues", cwd=tmp_path)


def test_the_stub_of_the_module_has_all_that_the_module_has() -> None:
    stub = (Path(dues.__file__).parent / "_dues.pyi").read_text(encoding="utf-8")
    for name in dir(_dues):
        if name.startswith("_"):
            continue
        assert re.search(rf"^(?:def|class) {name}\b|^{name}:", stub, re.MULTILINE), name
        made = getattr(_dues, name)
        if isinstance(made, type):
            methods = stub.partition(f"class {name}:")[2].partition("\nclass ")[0].partition("\ndef ")[0]
            for method in vars(made):
                assert method.startswith("_") or f"def {method}(" in methods, f"{name}.{method}"


def test_every_public_name_tells_what_it_is() -> None:
    for name in dues.__all__:
        if name not in ("__version__", "Table"):
            assert getattr(dues, name).__doc__, name


def test_wrong_types_are_found_before_the_program_runs(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(
        'import dues\nt = dues.Tariff.load("x.json")\n'
        't.bill("f.json", 20260701, "2026-08-01")\n'
        't.bill("f.json", "2026-07-01", "2026-08-01", select="due")\n'
        't.bill("f.json", "2026-07-01", "2026-08-01").lines[0].amount + 1\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "page.py"], cwd=tmp_path, capture_output=True, text=True
    )
    assert [line.split(":")[1] for line in done.stdout.splitlines() if ": error:" in line] == ["3", "4", "5"], (
        done.stdout
    )


def test_the_binding_stands_on_the_two_headers_of_the_c_boundary_alone() -> None:
    native = REPOSITORY / "bindings" / "python" / "native"
    sources = [path.read_text(encoding="utf-8") for path in native.iterdir()]
    ours = {name for text in sources for name in re.findall(r'#include [<"]((?:dues|capi|boost|date)[^>"]*)', text)}
    assert ours == {"dues.h", "dues_arrow.h"}


def configured(folder: Path, build: Path, *options: str) -> str:
    command = ["cmake", "-S", str(folder), "-B", str(build), *options]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode != 0
    return " ".join(done.stderr.split())


@pytest.mark.parametrize(("without", "says"), [("Boost", "Boost 1.81 or newer"), ("date", "Howard Hinnant's date")])
def test_a_missing_library_is_told_with_what_to_install(tmp_path: Path, without: str, says: str) -> None:
    folder = REPOSITORY / "bindings" / "python"
    told = configured(folder, tmp_path, f"-DCMAKE_DISABLE_FIND_PACKAGE_{without}=ON")
    assert f"needs {says}" in told and "apt-get install libboost1.81-dev libhowardhinnant-date-dev" in told


def test_a_folder_without_the_engine_says_where_to_build(tmp_path: Path) -> None:
    alone = tmp_path / "a" / "b" / "python"
    shutil.copytree(REPOSITORY / "bindings" / "python", alone, ignore=shutil.ignore_patterns("__pycache__"))
    assert "Build from a clone of the repository or from a source distribution" in configured(alone, tmp_path / "build")
