#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the README shows is what happens.

    check_readme.py extract README.md OUT.cpp OUT.c    the C++ and the C snippet as programs
    check_readme.py check README.md COMMAND IN_CPP IN_C    runs every command shown and both programs
    check_readme.py update README.md COMMAND      writes what the commands print into the README
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAIN = {
    "cpp": """
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
""",
    "c": """
int main(int count, char** arguments) {
  static char texts[2][65536]; /* zeros follow what is read */
  int i;
  for (i = 0; i < 2 && i + 1 < count; ++i) {
    FILE* file = fopen(arguments[i + 1], "rb");
    if (file == NULL || fread(texts[i], 1, sizeof texts[i] - 1, file) == 0) return 2;
    fclose(file);
  }
  return bill_july(texts[0], texts[1]);
}
""",
}
# How each of them begins.
WANTED = {
    "C++": ["lime-court/Chen/1-101/management/-/2026-07-01/charge 76.27", "  the line comes to 76.27"],
    "C": ["Chen 1-101 76.27", "Lin 1-101 160.18"],
}


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
        for language, out in zip(("cpp", "c"), sys.argv[3:]):
            snippet = [text for kind, _, text in blocks(path) if kind == language]
            assert len(snippet) == 1, language
            pathlib.Path(out).write_text(snippet[0] + MAIN[language], encoding="utf-8")
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
        for (language, wanted), program in zip(WANTED.items(), sys.argv[4:]):
            done = subprocess.run([program, folder / "lime-court.json", folder / "facts.json"], capture_output=True, text=True, encoding="utf-8")
            same = done.returncode == 0 and done.stdout.splitlines()[:2] == wanted
            passed, failed = passed + same, failed + (not same)
            if not same:
                print(f"FAILED: the snippet in {language} prints\n" + done.stdout + done.stderr)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or passed < 4 else 0)


main()
