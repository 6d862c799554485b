"""20 newsgroups: TF-IDF of all words of the training messages, also as a LIBSVM file; and tables of
the raw texts.

scikit-learn's TfidfVectorizer as it stands: every word of two letters or more, whole messages with
their headers, rows of norm 1.
"""

import csv
import tarfile

import numpy as np

from data import Set, _source
from paths import DATA

SMOKE_TEXTS = 300


def _messages(part):
    """Texts and group names of a part, "train" or "test", in the order of their paths."""
    with tarfile.open(_source("20newsgroups", "20news-bydate.tar.gz")) as archive:
        members = sorted((m for m in archive if m.isfile() and f"-{part}/" in m.name),
                         key=lambda m: m.name)
        texts = [archive.extractfile(m).read().decode("latin-1") for m in members]
        return texts, [m.name.split("/")[-2] for m in members]


def _made_up():
    """Texts of random words, some of which belong to their class: no file is needed for them."""
    random = np.random.default_rng(0)
    groups = [f"group {i % 5}" for i in range(SMOKE_TEXTS)]
    texts = [" ".join(f"word{w}" for w in random.integers(0, 2000, 60)) + f" topic{i % 5}" * 3
             for i in range(SMOKE_TEXTS)]
    return texts, groups


def path(name):
    return DATA / f"{name}.svm"


def _write_svm(file_path, x, y):
    """Indices from 1, ascending."""
    partial = file_path.with_suffix(".part")
    with open(partial, "w") as file:
        for row, label in enumerate(y):
            span = slice(x.indptr[row], x.indptr[row + 1])
            pairs = zip(x.indices[span] + 1, x.data[span])
            file.write(f"{label} " + " ".join(f"{i}:{v:.9g}" for i, v in pairs) + "\n")
    partial.rename(file_path)


def load(name):
    import scipy.sparse
    from sklearn.feature_extraction.text import TfidfVectorizer

    stored = DATA / f"{name}.npz"
    labels = DATA / f"{name}-labels.npy"
    if not (stored.exists() and labels.exists() and path(name).exists()):
        DATA.mkdir(parents=True, exist_ok=True)
        texts, groups = _made_up() if name == "news-smoke" else _messages("train")
        x = TfidfVectorizer(dtype=np.float32).fit_transform(texts).tocsr()
        x.sort_indices()
        y = np.unique(groups, return_inverse=True)[1]
        _write_svm(path(name), x, y)
        np.save(labels, y)
        scipy.sparse.save_npz(stored, x, compressed=False)
    y = np.load(labels)
    return Set(scipy.sparse.load_npz(stored).tocsr(), y, int(y.max()) + 1)


def _write_table(file_path, texts, groups):
    """A header, then rows of label and text; what is no text in a message becomes a blank."""
    partial = file_path.with_suffix(".part")
    with open(partial, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["label", "text"])
        writer.writerows((group, text.replace("\0", " ")) for text, group in zip(texts, groups))
    partial.rename(file_path)


def tables(name):
    """The paths of CSV files with the texts of the training part and the test part."""
    paths = [DATA / f"{name}-{part}.csv" for part in ("train", "test")]
    for file_path, part in zip(paths, ("train", "test")):
        if not file_path.exists():
            DATA.mkdir(parents=True, exist_ok=True)
            texts, groups = _made_up() if name == "news-smoke" else _messages(part)
            _write_table(file_path, texts, groups)
    return paths
