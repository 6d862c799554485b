"""What the run was on: processor, caches, memory, versions."""

import importlib.metadata
import os
import platform
import re
import subprocess
from pathlib import Path

from paths import ROOT, program

PACKAGES = ("numpy", "scipy", "scikit-learn", "tensorflow-cpu", "keras", "torch", "jax", "jaxlib",
            "onnxruntime", "cyanure", "pandas", "pyarrow", "pillow")


def _first_match(path, pattern):
    found = re.search(pattern, Path(path).read_text(), re.MULTILINE)
    return found.group(1).strip() if found else None


def _caches():
    """{"L1 Data": "32K", …} of the first processor."""
    caches = {}
    for index in sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*")):
        level, kind, size = ((index / word).read_text().strip() for word in ("level", "type", "size"))
        caches[f"L{level}" if kind == "Unified" else f"L{level} {kind.lower()}"] = size
    return caches


def _output(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, cwd=ROOT)
    return done.stdout.strip() if done.returncode == 0 else None


def _package_versions():
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = None
    versions["liblinear"] = _output(["dpkg-query", "-W", "-f", "${Version}", "liblinear4"])
    return versions


def describe():
    return {
        "processor": _first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)$"),
        "threads": len(os.sched_getaffinity(0)),
        "caches": _caches(),
        "memory_kib": int(_first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)")),
        "system": platform.platform(),
        "python": platform.python_version(),
        "softmax": _output([program("softmax"), "--version"]),
        "commit": _output(["git", "rev-parse", "--short", "HEAD"]),
        "versions": _package_versions(),
    }
