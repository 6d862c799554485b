"""N6: one row through a network of one hidden layer, as in D."""

from cases.predict import measure_model

TITLE = "predict one row of 784-128-10, seconds a call"


def measure(context):
    return measure_model(context, "network-row", "--hidden", 128, "--solver", "adam", "--epochs", 1)
