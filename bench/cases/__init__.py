"""The cases. Each module has TITLE and measure(context), which gives its part of results.json."""

ORDER = {
    "A": "epoch",
    "B": "solve",
    "C": "step",
    "D": "predict",
    "E": "memory",
    "F": "text",
    "G": "wide",
    "H": "growth",
    "S": "solvers",
    "N1": "network_blobs",
    "N2": "network_mnist",
    "N3": "network_sklearn",
    "N4": "network_kann",
    "N5": "network_large",
    "N6": "network_row",
    "N7": "network_accuracy",
    "R5": "raw_text",
}
