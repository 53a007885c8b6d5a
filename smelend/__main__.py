"""The command line, as `python -m smelend`."""

import sys

from sim.apps.cli import main

if __name__ == "__main__":
    sys.exit(main())
