"""scikit-learn's LogisticRegression on tables, encoded as softmax encodes them.

settings: {"train", "test": paths, "l2", "tolerance"}. A run is the solver's time and the accuracy on
the test part.
"""

import csv

import numpy as np
import scipy.sparse
from sklearn.datasets import load_svmlight_files
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from peers.timing import timed

MISSING = {"", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "null", "NULL", "None", "?"}
TEXT_LENGTH = 3.0  # of a text's terms, so that the penalty weighs as much as beside numbers


def _read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [column for column in zip(*(row[:-1] for row in rows))], [row[-1] for row in rows]


def _numbers(column):
    return np.array([np.nan if cell in MISSING else float(cell) for cell in column])


def _numeric(train, test):
    """Standardised, gaps at the mean; where there are gaps, a second column that marks them."""
    train, test = _numbers(train), _numbers(test)
    mean, spread = np.nanmean(train), np.nanstd(train) or 1.0
    features = [[np.nan_to_num((part - mean) / spread)] for part in (train, test)]
    if np.isnan(train).any():
        for columns, part in zip(features, (train, test)):
            columns.append(np.isnan(part).astype(float))
    return features


def _one_hot(train, test):
    return [[np.array([cell == category for cell in part], float) for category in sorted(set(train))]
            for part in (train, test)]


def _is_numeric(column):
    try:
        _numbers(column)
    except ValueError:
        return False
    return True


def _encode(train, test):
    parts = ([], [])
    for columns in zip(train, test):
        encoded = (_numeric if _is_numeric(columns[0]) else _one_hot)(*columns)
        for part, features in zip(parts, encoded):
            part.extend(features)
    return [np.column_stack(part) for part in parts]


def _fit(settings, x, y, x_test, y_test):
    def run():
        model = LogisticRegression(C=1.0 / (x.shape[0] * settings["l2"]), max_iter=100000,
                                   tol=settings["tolerance"])
        seconds, _ = timed(lambda: model.fit(x, y))
        return {"seconds": seconds, "accuracy": float(model.score(x_test, y_test))}

    return run


def columns(settings):
    """Numbers and categories."""
    train, y = _read(settings["train"])
    test, y_test = _read(settings["test"])
    x, x_test = _encode(train, test)
    return _fit(settings, x, y, x_test, y_test)


def texts(settings):
    """One column of text."""
    [train], y = _read(settings["train"])
    [test], y_test = _read(settings["test"])
    vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2)
    x = vectorizer.fit_transform(train) * TEXT_LENGTH
    return _fit(settings, x, y, vectorizer.transform(test) * TEXT_LENGTH, y_test)


def libsvm(settings):
    x, y, x_test, y_test = load_svmlight_files([settings["train"], settings["test"]])
    return _fit(settings, scipy.sparse.csr_matrix(x), y, x_test, y_test)
