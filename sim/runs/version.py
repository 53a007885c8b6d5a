"""Which model this is: its declared version, and versions of the packages that it stands on.

The version of the model names results; those of packages only explain last digits that differ.
"""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from importlib import metadata

from sim.model.version import MODEL_VERSION

PACKAGES = ("smelend", "numpy", "numba", "mesa", "pandas", "pyarrow", "scipy", "pydantic")


def model_version() -> str:
    """Return the declared version of the model, as results record it: ``model 1``."""
    return f"model {MODEL_VERSION}"


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
