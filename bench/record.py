"""Writes a run's tables into a Markdown file, between its two markers."""

import datetime
import shutil
from pathlib import Path

import table
from paths import BUILD

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"


def check(path):
    """Before hours of measuring: a message when the file has no place for the tables, or None."""
    if not Path(path).exists():
        return f"{path}: no such file"
    content = Path(path).read_text()
    if not 0 <= content.find(BEGIN) < content.find(END):
        return f"{path}: it needs a line '{BEGIN}' and, below it, one '{END}'"
    return None


def _tables(results):
    lines = [f"Measured {results['date']} by `{results['command']}`.", ""]
    lines += [f"- {line}" for line in table.machine_lines(results["machine"])]
    parts = [table.markdown(letter, case) for letter, case in results["cases"].items()]
    return "\n".join(lines) + "\n\n" + "\n".join(parts)


def write(path, results):
    content = Path(path).read_text()
    before, rest = content.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    Path(path).write_text(f"{before}{BEGIN}\n\n{_tables(results)}\n{END}{after}")
    for case in results["cases"].values():
        if case.get("plot"):
            shutil.copy(BUILD / case["plot"], Path(path).parent)


def today():
    return datetime.date.today().isoformat()
