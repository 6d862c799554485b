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
}
