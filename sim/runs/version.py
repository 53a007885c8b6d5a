"""Which model this is: a hash of the source that can change a number, and package versions.

The hash covers the rooms up to the model, not the engine, theory, analysis or reports: those
cannot change what a run computes.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

ROOMS = (
    "core", "credit", "state", "mechanisms", "world", "policies", "outcomes", "scenario", "model",
)  # fmt: skip
PACKAGES = ("numpy", "numba", "mesa", "pandas", "pyarrow", "scipy", "pydantic")


def source_hash(home: Path) -> str:
    """Return the hash of all source files of the rooms below `home`, as 16 hex digits."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((home / room).rglob("*")):
            if path.suffix == ".pyc" or "__pycache__" in path.parts or not path.is_file():
                continue
            text = path.read_bytes().replace(b"\r\n", b"\n")
            name = path.relative_to(home).as_posix()
            digest.update(f"{name}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()[:16]


@cache
def model_version() -> str:
    """Return package version and source hash, for example ``0.1.0+3f2a...``."""
    return f"{package_version('smelend')}+{source_hash(Path(__file__).parents[1])}"


def package_version(name: str) -> str:
    """Return the version of an installed package, or ``0`` where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "0"


def package_versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that results may depend on."""
    versions = {name: package_version(name) for name in PACKAGES}
    return {"python": platform.python_version()} | versions


def changed_versions(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence when packages have changed, since numbers may then differ a little."""
    changed = [
        f"{name} {was} → {now.get(name)}" for name, was in before.items() if now.get(name) != was
    ]
    if changed:
        yield f"versions changed ({', '.join(changed)}): numbers may differ in their last digits"
