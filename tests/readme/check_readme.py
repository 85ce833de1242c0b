#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the README shows is what happens.

    check_readme.py extract README.md OUT.cpp     the C++ snippet as a program
    check_readme.py check README.md COMMAND PROGRAM    runs every command shown and the snippet
    check_readme.py update README.md COMMAND      writes what the commands print into the README
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAIN = """
#include <fstream>
#include <sstream>

int main(int count, char** arguments) {
  std::string texts[2];
  for (int i = 1; i < count && i < 3; ++i) {
    std::ifstream file(arguments[i], std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    texts[i - 1] = text.str();
  }
  return bill_july(texts[0], texts[1]);
}
"""


def blocks(path):
    return [m.groups() for m in BLOCK.finditer(path.read_text(encoding="utf-8"))]


def documents(path, folder):
    names = {"tariff": "lime-court.json", "facts": "facts.json"}
    for kind, what, text in blocks(path):
        if kind == "json":
            (folder / names[what]).write_text(text, encoding="utf-8")


def run(command, what, folder):
    words = shlex.split(what.removeprefix("$ "))
    assert words[0] == "dues", what
    done = subprocess.run([command, *words[1:]], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{what}: exit code {done.returncode}\n{done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.splitlines()) + "\n"


def main():
    verb, path = sys.argv[1], pathlib.Path(sys.argv[2])
    if verb == "extract":
        snippet = [text for kind, _, text in blocks(path) if kind == "cpp"]
        assert len(snippet) == 1
        pathlib.Path(sys.argv[3]).write_text(snippet[0] + MAIN, encoding="utf-8")
        return
    command = pathlib.Path(sys.argv[3]).resolve()
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        documents(path, folder)
        if verb == "update":
            text = path.read_text(encoding="utf-8")
            text = BLOCK.sub(lambda m: m.group(0) if m.group(1) != "text" else f"```text {m.group(2)}\n{run(command, m.group(2), folder)}```", text)
            path.write_text(text, encoding="utf-8")
            return
        for kind, what, text in blocks(path):
            if kind != "text":
                continue
            same = run(command, what, folder) == text
            passed, failed = passed + same, failed + (not same)
            if not same:
                print(f"FAILED: the README does not show what this prints: {what}")
        done = subprocess.run([sys.argv[4], folder / "lime-court.json", folder / "facts.json"], capture_output=True, text=True, encoding="utf-8")
        wanted = ["lime-court/Chen/1-101/management/-/2026-07-01/charge 76.27", "  the line comes to 76.27"]
        same = done.returncode == 0 and done.stdout.splitlines()[:2] == wanted
        passed, failed = passed + same, failed + (not same)
        if not same:
            print("FAILED: the snippet prints\n" + done.stdout + done.stderr)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or passed < 3 else 0)


main()
