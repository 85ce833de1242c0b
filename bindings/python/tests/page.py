# SPDX-License-Identifier: Apache-2.0
"""A page's Python and what it says it prints.

page.py PAGE FOLDER     writes page.py, printed, and the documents that the README shows
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
_BLOCK = re.compile(r"^```(\w+)(?: (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DOCUMENTS = {"tariff": "lime-court.json", "facts": "facts.json"}


def blocks(page: Path, kind: str, what: str) -> list[str]:
    return [text for of, name, text in _BLOCK.findall(page.read_text(encoding="utf-8")) if (of, name) == (kind, what)]


def document(what: str) -> str:
    (text,) = blocks(REPOSITORY / "README.md", "json", what)
    return text


def write(page: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for what, name in DOCUMENTS.items():
        (folder / name).write_text(document(what), encoding="utf-8")
    program = "\n".join(blocks(page, "python", ""))
    assert program, f"{page} shows no Python"
    (folder / "page.py").write_text(program, encoding="utf-8")
    (folder / "printed").write_text("".join(blocks(page, "printed", "")), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
