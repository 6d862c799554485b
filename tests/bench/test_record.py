"""The tables of several sittings in one file: bench/record.py."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import record  # noqa: E402

FILE = f"before\n\n{record.BEGIN}\n\n{record.END}\n\nafter\n"


def run_of(letters, date="2026-01-01", remark="all is well", softmax="softmax 0.1.0"):
    entry = {"name": "softmax", "ours": True, "notes": [], "absent": None, "runs": [1.0, 2.0],
             "median": 1.5}
    return {"date": date, "command": f"bench/run.sh {letters}",
            "machine": {"processor": "a processor", "threads": 2, "caches": {"L1": "32K"},
                        "softmax": softmax, "python": "3.11", "versions": {"numpy": "2.0"}},
            "cases": {letter: {"title": f"case {letter}", "entries": [entry], "remarks": [remark]}
                      for letter in letters}}


class Recording(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "file.md"
        self.path.write_text(FILE)

    def record(self, *arguments, **options):
        record.write(self.path, run_of(*arguments, **options))
        return self.path.read_text()

    def test_names_of_two_letters_are_told_apart(self):
        self.record(["N1", "N2"])
        text = self.record(["N2"], remark="it is better")
        self.assertIn("### N1. case N1", text)
        self.assertEqual(text.count("### N2. "), 1)
        self.assertIn("- all is well", text.split("### N2. ")[0])

    def test_what_is_around_the_tables_stays(self):
        self.assertEqual(self.record("A").split(record.BEGIN)[0], FILE.split(record.BEGIN)[0])
        self.assertEqual(self.record("B").split(record.END)[1], FILE.split(record.END)[1])

    def test_recording_a_run_again_changes_nothing(self):
        once = self.record("AB")
        self.assertEqual(self.record("AB"), once)

    def test_a_run_replaces_its_own_cases_alone(self):
        self.record("AB")
        text = self.record("B", date="2026-02-02", remark="it is better")
        a, b = text.split("### B. ")
        self.assertIn("Measured 2026-01-01 by `bench/run.sh AB`.", a)
        self.assertIn("- all is well", a)
        self.assertIn("Measured 2026-02-02 by `bench/run.sh B`.", b)
        self.assertIn("- it is better", b)
        self.assertNotIn("- all is well", b)

    def test_cases_stand_in_their_order_whenever_they_came(self):
        self.record("C")
        text = self.record("AS")
        places = [text.index(f"### {letter}. case {letter}\n\nMeasured") for letter in "ACS"]
        self.assertEqual(places, sorted(places))

    def test_a_machine_is_named_once_unless_another_measured(self):
        self.assertEqual(self.record("ABC").count("- a processor"), 1)
        text = self.record("B", softmax="softmax 0.2.0")
        self.assertEqual(text.count("- a processor"), 2)
        a, b = text.split("### B. ")
        b, c = b.split("### C. ")
        self.assertIn("- softmax 0.1.0", a)
        self.assertIn("- softmax 0.2.0", b)
        self.assertNotIn("- softmax", c)
        self.assertEqual(self.record("B").count("- a processor"), 1)  # all the same again

    def test_what_the_head_says_holds_for_cases_that_do_not_say_it(self):
        self.path.write_text(
            f"{record.BEGIN}\n\nMeasured long ago.\n\n- old\n\n### A. a\n\n| t |\n\n{record.END}\n")
        text = self.record("BC")
        self.assertIn("### A. a\n\nMeasured long ago.\n\n> - old\n\n| t |\n", text)

    def test_a_file_without_a_place_is_told_beforehand(self):
        self.assertIsNone(record.check(self.path))
        self.assertIn("no such file", record.check(self.path.with_name("other.md")))
        self.path.write_text("nothing")
        self.assertIn("it needs a line", record.check(self.path))


unittest.main()
