"""A Dask cluster that is already running: how to connect to it and when it is lost.

The scheduler itself repeats a task whose worker died, and gives up after several deaths; Dask
reports that here as KilledWorker.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from sim.core.errors import RequestError
from sim.runs.executors.managed import ManagedExecutor

CONNECT_TIMEOUT = 5.0  # seconds until a scheduler must have answered
LOSS_TIMEOUT = 30.0  # seconds without a scheduler or any worker before giving up


class Cluster(ManagedExecutor):
    """The workers of a Dask scheduler at an address such as ``tcp://host:8786``."""

    fall_together = False

    def __init__(self, address: str):
        try:
            import dask
            from distributed import Client, KilledWorker

            connect: Any = Client  # it has no type hints
        except ImportError as fault:
            raise RequestError(
                '--dask needs Dask; install it with: pip install "smelend[dask]"'
            ) from fault
        _quieten()
        self.address = address
        self.deaths = (KilledWorker,)
        self.alive = time.monotonic()
        try:
            with dask.config.set({"distributed.comm.timeouts.connect": f"{CONNECT_TIMEOUT}s"}):
                self.client: Any = connect(address, timeout=CONNECT_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise RequestError(
                f"no Dask scheduler answers at {address}; start one with `dask scheduler` and "
                "workers with `dask worker ADDRESS --nthreads 1`"
            ) from fault
        try:
            self.client.wait_for_workers(1, timeout=LOSS_TIMEOUT)
        except TimeoutError as fault:
            self.client.close()
            raise self.lost() from fault
        self.workers = sum(self.client.nthreads().values())
        self.executor = self.client.get_executor(pure=False)

    @property
    def window(self) -> int:
        """Return two calls per worker, since results travel over the network."""
        return 2 * self.workers

    def watch(self) -> None:
        """Raise `RequestError` after half a minute without scheduler or workers."""
        if self.client.status == "running" and self.client.nthreads():
            self.alive = time.monotonic()
        elif time.monotonic() - self.alive > LOSS_TIMEOUT:
            raise self.lost()

    def lost(self) -> RequestError:
        """Return the error for a cluster without workers."""
        return RequestError(
            f"no worker is left at the Dask scheduler {self.address}; finished runs are kept; "
            "start workers and repeat the command to go on"
        )

    def close(self, *, at_once: bool = False) -> None:
        """Disconnect; running tasks are abandoned, and the workers stay for others."""
        self.client.close()


def _quieten() -> None:
    """Keep Dask from printing tracebacks about a lost scheduler, which is said here in one line."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    return not record.exc_info
