#!/usr/bin/env python3
"""Compares the keys of JSON objects with those that docs/json.md lists.

    json_keys.py SECTION FILE…

Each key that a file has must be listed in the section, and each that is listed be in one of the
files; `key.*` stands for all below a key. Prints what differs, and how many keys there are.
"""
import json
import pathlib
import re
import sys


def keys_of(value, path=""):
    """The keys of an object, with those of what is in it."""
    if isinstance(value, dict):
        for key, member in value.items():
            name = f"{path}.{key}" if path else key
            yield name
            yield from keys_of(member, name)
    elif isinstance(value, list):
        for element in value:
            yield from keys_of(element, path + "[]")


def listed_in(document, section):
    """The keys in the first column of the section's table."""
    text = re.search(rf"^## {re.escape(section)}\n(.*?)(?=^## |\Z)", document, re.M | re.S)[1]
    for row in re.findall(r"^\|([^|]*)\|", text, re.M):
        yield from re.findall(r"`([^`]+)`", row)


document = pathlib.Path(__file__).parents[2] / "docs" / "json.md"
listed = set(listed_in(document.read_text(), sys.argv[1]))
whole = tuple(key[:-1] for key in listed if key.endswith(".*"))
listed = {key for key in listed if not key.endswith(".*")}
printed = set()
for name in sys.argv[2:]:
    printed.update(keys_of(json.loads(pathlib.Path(name).read_text())))
printed = {key for key in printed if not key.startswith(whole)} if whole else printed
for key in sorted(printed - listed):
    print(f"{sys.argv[1]}: {key} is printed, and not listed")
for key in sorted(listed - printed):
    print(f"{sys.argv[1]}: {key} is listed, and not printed")
print(f"{sys.argv[1]}: {len(printed)} keys")
