"""Results as text: an aligned table for the terminal, a Markdown table for the documentation."""

HEADINGS = ("", "median", "least … most", "runs", "ratio", "gradient", "objective", "accuracy",
            "remarks")


def duration(seconds):
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _number(entry, key, form):
    return format(entry[key], form) if entry.get(key) is not None else ""


def _row(entry):
    if entry["absent"] is not None:
        return (entry["name"], "absent", *[""] * (len(HEADINGS) - 3), entry["absent"])
    runs = entry["runs"]
    return (entry["name"], duration(entry["median"]),
            f"{duration(min(runs))} … {duration(max(runs))}", str(len(runs)),
            _number(entry, "ratio", ".2f"), _number(entry, "relative_gradient_norm", ".1e"),
            _number(entry, "objective", ".7f"), _number(entry, "accuracy", ".4f"),
            "; ".join(entry["notes"]))


def _without_empty_columns(rows):
    kept = [i for i in range(len(rows[0])) if i == 0 or any(row[i] for row in rows[1:])]
    return [[row[i] for i in kept] for row in rows]


def rows_of(case):
    rows = [HEADINGS, *map(_row, case["entries"])]
    if not any(e["ours"] and e.get("relative_gradient_norm") for e in case["entries"]):
        gradient = HEADINGS.index("gradient")  # of no use where nobody is to reach one
        rows = [row[:gradient] + row[gradient + 1:] for row in rows]
    return _without_empty_columns(rows)


def text(letter, case):
    lines = [f"{letter}. {case['title']}"]
    if case["entries"]:
        rows = rows_of(case)
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines += ["  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
                  for row in rows]
    return "\n".join(lines + [f"  {remark}" for remark in case.get("remarks", [])])


def markdown(letter, case):
    lines = [f"### {letter}. {case['title']}", ""]
    if case["entries"]:
        rows = [[cell.replace("|", "\\|") for cell in row] for row in rows_of(case)]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(3, "|" + "---|" * len(rows[0]))
        lines.append("")
    lines += [f"- {remark}" for remark in case.get("remarks", [])]
    if case.get("plot"):
        lines += ["", f"![{case['title']}]({case['plot']})"]
    return "\n".join(lines).rstrip() + "\n"


def machine_lines(machine):
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items()
                         if version)
    caches = ", ".join(f"{name} {size}" for name, size in machine["caches"].items())
    return [f"{machine['processor']}, {machine['threads']} threads; {caches}",
            f"{machine['softmax']}; Python {machine['python']}, {versions}"]
