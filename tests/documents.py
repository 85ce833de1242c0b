# SPDX-License-Identifier: Apache-2.0
"""JSON documents for the checkers beside this file: every field of an object stands once."""
import json


def once(pairs):
    """An object whose fields stand once; Python alone would keep the last."""
    out = {}
    for key, value in pairs:
        if key in out:
            raise ValueError(f"'{key}' stands twice")
        out[key] = value
    return out


def read(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)
