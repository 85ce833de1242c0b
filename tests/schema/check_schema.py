#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the two published schemas, and every document of the project against them.

A document that should pass and fails, or the other way round, is one failure. Needs Debian's
python3-jsonschema 4.10. The closing line says "N passed, M failed"; exit code 1 on any failure.
"""
import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator, FormatChecker

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from documents import once, read  # noqa: E402
DATA = ROOT / "src" / "data"
SCHEMA_BYTES_AT_MOST = 48_000
WRONG_AT_LEAST = 25

passed = 0
failed = 0


def check(good, what):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED", what)


def deepest(error):
    """The error that says most: the one farthest down among the alternatives."""
    while error.context:
        error = max(error.context, key=lambda e: len(e.absolute_path))
    return "/" + "/".join(str(p) for p in error.absolute_path) + ": " + error.message[:160]


class Schema:
    def __init__(self, name):
        self.name = name
        self.path = DATA / name
        self.document = read(self.path)
        Draft202012Validator.check_schema(self.document)
        self.validator = Draft202012Validator(self.document, format_checker=FormatChecker())

    def fault(self, document):
        error = next(self.validator.iter_errors(document), None)
        return None if error is None else deepest(error)

    def check_document(self, document, what, accepts=True):
        fault = self.fault(document)
        if accepts:
            check(fault is None, f"{what} against {self.name}: {fault}")
        else:
            check(fault is not None, f"{what}: {self.name} accepts it")

    def check_itself(self):
        """Every object is closed, every field is described, and the file stays small."""
        check(len(self.path.read_bytes()) <= SCHEMA_BYTES_AT_MOST, f"{self.name} is larger than {SCHEMA_BYTES_AT_MOST} bytes")
        definitions = self.document["$defs"]
        used = set(re.findall(r'"#/\$defs/([a-z0-9_]+)"', json.dumps(self.document)))
        for name in used - set(definitions):
            check(False, f"{self.name}: nothing is called {name}")
        for name in set(definitions) - used:
            check(False, f"{self.name}: nothing refers to {name}")
        open_nodes = [("", self.document)]
        while open_nodes:
            place, node = open_nodes.pop()
            if isinstance(node, list):
                open_nodes += [(f"{place}/{i}", part) for i, part in enumerate(node)]
            if not isinstance(node, dict):
                continue
            open_nodes += [(f"{place}/{key}", part) for key, part in node.items() if key != "enum"]
            if node.get("type") == "object":
                closed = "additionalProperties" in node or "unevaluatedProperties" in node
                check(closed, f"{self.name}{place} is open")
                for field, schema in node.get("properties", {}).items():
                    if schema is False:
                        continue
                    target = definitions.get(schema.get("$ref", "").removeprefix("#/$defs/"), {})
                    check("description" in schema or "description" in target, f"{self.name}{place}: {field} is not described")


def documents_in(folder):
    return sorted(path for path in folder.glob("**/*.json") if not path.name.endswith(".schema.json"))


def kind_of(document):
    if isinstance(document, dict):
        if "dues_tariff" in document:
            return "tariff"
        if "dues_facts" in document:
            return "facts"
    return None


def fenced(path):
    """The JSON blocks of a page of documentation."""
    for at, block in enumerate(re.findall(r"```json\n(.*?)```", path.read_text(encoding="utf-8"), re.S)):
        yield f"{path.relative_to(ROOT)} block {at + 1}", json.loads(block, object_pairs_hook=once)


def main():
    schemas = {"tariff": Schema("tariff.schema.json"), "facts": Schema("facts.schema.json")}
    for schema in schemas.values():
        schema.check_itself()

    for path in documents_in(DATA):
        document = read(path)
        kind = kind_of(document)
        if kind:
            schemas[kind].check_document(document, str(path.relative_to(ROOT)))

    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("include/**/*.md"), *ROOT.glob("src/**/*.md"), *ROOT.glob("docs/**/*.md")]):
        for what, document in fenced(page):
            kind = kind_of(document)
            if kind:
                schemas[kind].check_document(document, what)

    cases = ROOT / "tests" / "cases"
    for path in documents_in(cases):
        bad = "bad" in path.relative_to(cases).parts
        try:
            case = read(path)
        except ValueError as error:
            check(bad, f"{path.relative_to(ROOT)}: {error}")
            continue
        wanted = case.get("schema") if isinstance(case, dict) else None
        faults = []
        for kind, schema in schemas.items():
            document = case.get(kind) if isinstance(case, dict) else None
            if kind_of(document) != kind:
                continue
            if not bad and wanted is None:
                schema.check_document(document, f"{path.relative_to(ROOT)} {kind}")
            else:
                faults.append(schema.fault(document))
        if wanted == "accepts":
            check(not any(faults), f"{path.relative_to(ROOT)}: {next(filter(None, faults), None)}")
        elif wanted == "rejects":
            check(any(faults), f"{path.relative_to(ROOT)}: the schemas accept it")

    wrong = documents_in(ROOT / "tests" / "schema" / "wrong")
    check(len(wrong) >= WRONG_AT_LEAST, f"only {len(wrong)} wrong documents")
    for path in wrong:
        case = read(path)
        document = case["document"]
        schemas[kind_of(document) or case["kind"]].check_document(document, f"{path.name} ({case['why']})", accepts=False)
        # What is wrong must be the only thing wrong: the document with the cure applied passes.
        cured = cure(document, case["cure"])
        schemas[kind_of(cured)].check_document(cured, f"{path.name}, cured")

    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def cure(document, changes):
    """The document with each {"at": [keys], "is": value} applied; no "is": the field is taken out."""
    out = json.loads(json.dumps(document))
    for change in changes:
        *way, last = change["at"]
        node = out
        for key in way:
            node = node[key]
        if "is" in change:
            node[last] = change["is"]
        else:
            del node[last]
    return out


if __name__ == "__main__":
    sys.exit(main())
