"""The command line, as `smelend` or `python -m smelend`."""

import sys
from collections.abc import Callable

from sim.apps.ctrl_c import stoppable  # all else is imported under its eyes


def main() -> int:
    """Execute the command line of this process and return its exit status."""
    return stoppable(_load)


def _load() -> Callable[[], int]:
    from sim.apps.cli import main as command

    return command


if __name__ == "__main__":
    sys.exit(main())
