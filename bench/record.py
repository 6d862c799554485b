"""Keeps the tables of runs in a Markdown file, between its two markers.

First stands what machine and versions the cases were measured with; each case then says when and by
which command, and, if another machine or other versions did, which. A run replaces the cases that it
measured and leaves the others as they are.
"""

import collections
import datetime
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import table
from cases import ORDER
from paths import BUILD

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"
COMMON = "- "  # before a line that tells of the machine: at the head,
OWN = "> - "  # and in a case, where a list may follow that is the case's


@dataclass
class Section:
    """What is recorded of a case."""

    measured: str  # when, and by which command
    machine: tuple  # lines
    heading: str
    body: str  # table, remarks, picture


def check(path):
    """Before hours of measuring: a message when the file has no place for the tables, or None."""
    if not Path(path).exists():
        return f"{path}: no such file"
    content = Path(path).read_text()
    if not 0 <= content.find(BEGIN) < content.find(END):
        return f"{path}: it needs a line '{BEGIN}' and, below it, one '{END}'"
    return None


def _split(lines, mark):
    """(measured, machine lines, the rest) of a part."""
    measured, machine, rest = None, [], []
    for line in lines:
        if not rest and line.startswith("Measured "):
            measured = line
        elif not rest and line.startswith(mark):
            machine.append(line.removeprefix(mark))
        elif rest or line:
            rest.append(line)
    return measured, tuple(machine), "\n".join(rest).strip()


def _parse(text):
    """The sections by their cases' names. What a case does not say of itself, the head says of it."""
    head, *parts = re.split(r"^(?=### )", text, flags=re.MULTILINE)
    common_measured, common_machine, _ = _split(head.splitlines(), COMMON)
    sections = {}
    for part in parts:
        heading, *lines = part.splitlines()
        measured, machine, body = _split(lines, OWN)
        name = heading.removeprefix("### ").partition(".")[0]
        sections[name] = Section(measured or common_measured, machine or common_machine,
                                 heading, body)
    return sections


def _of_run(results):
    machine = tuple(table.machine_lines(results["machine"]))
    measured = f"Measured {results['date']} by `{results['command']}`."
    sections = {}
    for name, case in results["cases"].items():
        heading, _, body = table.markdown(name, case).partition("\n")
        sections[name] = Section(measured, machine, heading, body.strip())
    return sections


def _list(machine, mark):
    return "\n".join(mark + line for line in machine)


def _text(sections):
    common = collections.Counter(s.machine for s in sections.values()).most_common(1)[0][0]
    parts = [_list(common, COMMON)]
    for name in sorted(sections, key=list(ORDER).index):
        section = sections[name]
        parts += [section.heading, section.measured]
        if section.machine != common:
            parts.append(_list(section.machine, OWN))
        parts.append(section.body)
    return "\n\n".join(parts)


def write(path, results):
    content = Path(path).read_text()
    before, rest = content.split(BEGIN, 1)
    recorded, after = rest.split(END, 1)
    sections = _parse(recorded) | _of_run(results)
    Path(path).write_text(f"{before}{BEGIN}\n\n{_text(sections)}\n\n{END}{after}")
    for case in results["cases"].values():
        if case.get("plot"):
            shutil.copy(BUILD / case["plot"], Path(path).parent)


def today():
    return datetime.date.today().isoformat()
