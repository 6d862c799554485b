"""R5: 20 newsgroups from raw text, the whole of it: reading, terms, training, testing."""

import time

import newsgroups
from contest import Peer, Program, contest
from context import train_command

TITLE = "20 newsgroups, CSV of raw text to test accuracy, seconds of the whole"


class Command(Program):
    """A command timed from outside, reading included, and its accuracy on the test part."""

    def run(self):
        start = time.perf_counter()
        answer = super().run()
        return {"seconds": time.perf_counter() - start, "accuracy": answer["test"]["accuracy"]}


def ours(name, train, test, *options):
    return Command(name, train_command(train, "raw-text", "--text", "text", "--label", "label",
                                       "--test", test, *options))


def measure(context):
    train, test = newsgroups.tables(context.text)
    settings = {"train": str(train), "test": str(test)}
    return {"entries": contest([
        ours("softmax train --text", train, test),
        ours("the same, --text-hash 20", train, test, "--text-hash", 20),
        Peer("scikit-learn, the same terms, weights and penalty", "sklearn_text", "classify",
             settings | {"l2": 1e-4, "scale": 3.0, "vectorizer": {"sublinear_tf": True, "min_df": 2}}),
        Peer("scikit-learn, its own defaults", "sklearn_text", "classify",
             settings | {"l2": None, "scale": 1.0, "vectorizer": {}}),
    ], context.runs)}
