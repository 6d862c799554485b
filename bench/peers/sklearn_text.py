"""scikit-learn from a CSV file of texts to the accuracy on another."""

import csv
import warnings

from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from peers.timing import timed

warnings.simplefilter("ignore", ConvergenceWarning)
csv.field_size_limit(1 << 30)


def _read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["label"] for row in rows]


def classify(settings):
    """l2: our penalty, or None for scikit-learn's own; scale: the length of texts."""
    def work():
        texts, labels = _read(settings["train"])
        vectorizer = TfidfVectorizer(**settings["vectorizer"])
        x = vectorizer.fit_transform(texts) * settings["scale"]
        strength = 1.0 if settings["l2"] is None else 1.0 / (len(texts) * settings["l2"])
        model = LogisticRegression(C=strength, max_iter=1000).fit(x, labels)
        test_texts, test_labels = _read(settings["test"])
        return model.score(vectorizer.transform(test_texts) * settings["scale"],
                           test_labels)

    def run():
        seconds, accuracy = timed(work)
        return {"seconds": seconds, "accuracy": accuracy}

    return run
