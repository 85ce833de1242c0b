# SPDX-License-Identifier: Apache-2.0
"""How pip and build make wheels and source distributions of dues: scikit-build-core, with one thing added.

The engine lies outside this folder, and a source distribution holds nothing from outside. So it is made from a
copy of the folder into which the engine's sources have been laid, as engine/. The clone is left as it is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from scikit_build_core import build as scikit
from scikit_build_core.build import (  # noqa: F401 - hooks that are handed on as they are
    build_editable,
    build_wheel,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

HERE = Path(__file__).resolve().parent.parent
# What of the repository the extension is made from.
ENGINE = ("CMakeLists.txt", "LICENSE", "include", "capi", "src/library", "src/package", "src/data")
LITTER = shutil.ignore_patterns("__pycache__", "*.pyc", "build", "dist", ".*")


def lay_engine(root: Path, engine: Path) -> None:
    for name in ENGINE:
        source, to = root / name, engine / name
        to.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, to, ignore=LITTER)
        else:
            shutil.copy2(source, to)


def build_sdist(sdist_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    into = os.path.abspath(sdist_directory)
    if (HERE / "engine").is_dir():  # we are one already
        return scikit.build_sdist(into, config_settings)
    root = HERE.parent.parent
    if not (root / "capi" / "dues.h").is_file():
        raise SystemExit(f"the engine's sources are not in {root}: build in a clone of the repository")
    with tempfile.TemporaryDirectory(prefix="dues-sdist-") as name:
        copy = Path(name) / "dues"
        shutil.copytree(HERE, copy, ignore=LITTER)
        lay_engine(root, copy / "engine")
        before = Path.cwd()
        os.chdir(copy)
        try:
            return scikit.build_sdist(into, config_settings)
        finally:
            os.chdir(before)
