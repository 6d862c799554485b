#!/usr/bin/env python3
"""Runs the commands of a file and compares what they do with what stands there.

    python3 run.py FILE.t --bin FOLDER

A file reads as an example of use. Lines that are not indented are for people, but for

    @needs NAME     skip the file (exit 77) unless the environment variable NAME is set
    @tool NAME      likewise unless the program NAME is there

Lines indented by four blanks are commands and what is expected of them:

    $ command       run by bash, in a new empty folder a file, with FOLDER first in PATH
    > more of it
    text            a line of standard output
    ! text          a line of standard error
    = 2             the exit status, where it is not 0

In expected lines "…" stands for any text within the line, and a line of "…" alone for any number
of lines.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

SKIPPED = 77


class Case:
    def __init__(self, line, command):
        self.line = line
        self.command = command
        self.out = []
        self.err = []
        self.status = 0


def parse(path):
    """The needs of a file, and its cases."""
    needs, cases = [], []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("@"):
            needs.append(line[1:].split())
        if not line.startswith("    "):
            continue
        text = line[4:]
        if text.startswith("$ "):
            cases.append(Case(number, text[2:]))
        elif text.startswith("> "):
            cases[-1].command += "\n" + text[2:]
        elif text.startswith("! "):
            cases[-1].err.append(text[2:])
        elif text.startswith("= "):
            cases[-1].status = int(text[2:])
        else:
            cases[-1].out.append(text)
    return needs, cases


def missing(needs):
    """The first need that is not met, or None."""
    for kind, name in needs:
        met = os.environ.get(name) if kind == "needs" else shutil.which(name)
        if not met:
            return name
    return None


def matches(expected, actual):
    """Whether the lines are as expected."""
    pattern = "".join(
        "(?:[^\n]*\n)*" if line == "…" else re.escape(line).replace("…", "[^\n]*") + "\n"
        for line in expected
    )
    return re.fullmatch(pattern, actual if actual.endswith("\n") or not actual else actual + "\n")


def show(title, text):
    print(f"  {title}:")
    for line in text.splitlines():
        print(f"    {line}")


def text_of(file):
    file.seek(0)
    return file.read().decode("utf-8", "backslashreplace")


def run(case, folder, environment):
    """Runs one case; True when it does as expected."""
    # Files, not pipes: what a command leaves running in the background would keep those open.
    with tempfile.TemporaryFile() as out_file, tempfile.TemporaryFile() as err_file:
        done = subprocess.run(
            ["bash", "-c", case.command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
            stdout=out_file, stderr=err_file, timeout=600, check=False,
        )
        out, err = text_of(out_file), text_of(err_file)
    right = (
        done.returncode == case.status and matches(case.out, out) and matches(case.err, err)
    )
    if not right:
        print(f"line {case.line}: $ {case.command}")
        show(f"exit status {done.returncode}, expected {case.status}", "")
        show("standard output", out)
        show("standard error", err)
    return bool(right)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--bin", type=pathlib.Path, required=True)
    arguments = parser.parse_args()
    needs, cases = parse(arguments.file)
    lacking = missing(needs)
    if lacking:
        print(f"skipped: {lacking} is not here")
        return SKIPPED
    environment = dict(
        os.environ,
        PATH=f"{arguments.bin.resolve()}:{os.environ['PATH']}",
        GOLDEN=str(arguments.file.parent.resolve()),
        LC_ALL="C.UTF-8",
        COLUMNS="80",
    )
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    with tempfile.TemporaryDirectory() as folder:
        environment["HOME"] = folder
        environment.pop("XDG_CACHE_HOME", None)
        failed = sum(not run(case, folder, environment) for case in cases)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(0, signal.SIGTERM)  # whatever is still running
    print(f"{len(cases) - failed} of {len(cases)} commands as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
