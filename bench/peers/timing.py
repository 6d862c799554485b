"""The clock of all peers."""

import time


def timed(function):
    """The seconds that function() takes, and what it gives."""
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result
