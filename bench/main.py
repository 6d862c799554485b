"""Runs the cases and writes what they gave: see bench/run.sh."""

import argparse
import importlib
import json
import sys

import calibrate
import machine
import record
import table
from cases import ORDER
from contest import Absent
from context import Context
from paths import BUILD

SCHEMA = 1


def parse(arguments):
    parser = argparse.ArgumentParser(prog="bench/run.sh")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=" ".join(ORDER))
    parser.add_argument("--runs", type=int, help="of each contestant (default 5)")
    parser.add_argument("--smoke", action="store_true", help="tiny data, one run")
    parser.add_argument("--record", metavar="FILE", help="put the tables between FILE's markers")
    parser.add_argument("--calibrate", action="store_true", help="find the peers' tolerances again")
    parser.add_argument("--list", action="store_true", help="list the cases")
    options = parser.parse_args(arguments)
    options.cases = [case.upper() for case in options.cases] or list(ORDER)
    for case in options.cases:
        if case not in ORDER:
            parser.error(f"no case '{case}'; there are {' '.join(ORDER)}")
    if options.record and (complaint := record.check(options.record)):
        parser.error(complaint)
    return options


def load_case(letter):
    return importlib.import_module(f"cases.{ORDER[letter]}")


def measure(letter, context):
    module = load_case(letter)
    try:
        result = module.measure(context)
    except Absent as reason:
        result = {"entries": [], "remarks": [f"not available: {reason}"]}
    return {"title": module.TITLE, **result}


def save(results):
    path = BUILD / "results.json"
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    partial.rename(path)


def main():
    options = parse(sys.argv[1:])
    if options.list:
        print("\n".join(f"{letter}  {load_case(letter).TITLE}" for letter in ORDER))
        return
    described = machine.describe()
    runs = options.runs or (1 if options.smoke else 5)
    context = Context(options.smoke, runs, described["threads"])
    if options.calibrate:
        calibrate.run(options.cases, context)
        return
    results = {"schema": SCHEMA, "date": record.today(),
               "command": " ".join(["bench/run.sh", *sys.argv[1:]]),
               "smoke": options.smoke, "machine": described, "cases": {}}
    print("\n".join(table.machine_lines(described)), flush=True)
    for letter in options.cases:
        results["cases"][letter] = measure(letter, context)
        print("\n" + table.text(letter, results["cases"][letter]), flush=True)
        save(results)
    if options.record:
        record.write(options.record, results)


main()
