"""R2: LIBSVM files to sparse rows in memory."""

import data
import files
import reading

TITLE = "LIBSVM to memory, seconds"
PEERS = [("scikit-learn, load_svmlight_file", "read_peer", "sklearn_libsvm")]


def measure(context):
    pictures, text = context.pictures, context.text
    return reading.together([
        reading.race(files.pictures_svm(pictures), pictures, PEERS, context),
        reading.race(data.argument(text), text, PEERS, context),
    ])
