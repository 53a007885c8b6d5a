"""A pool of processes on this machine, which never outlive the driver.

Each worker holds the reading end of a pipe to the driver.  When the driver closes its end, or ends
in any way (then the operating system closes it), the workers exit at once.  Workers are forked
from a server that has imported the model once, so a new one starts fast.  The server ignores the
working folder: a user's own file `sim.py` there is not this package.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

from sim.core.errors import RequestError
from sim.runs.executors.managed import ManagedExecutor
from sim.runs.interrupts import uninterrupted
from sim.runs.plugins import load_recorded

T = TypeVar("T")

HOME = Path(__file__).parents[2]  # this package
PRELOADED = ["pandas", "pyarrow.parquet", "numba", "sim.runs.work", "sim.model.simulate"]
# Linear-algebra threads would compete for the cores that workers share, and a server with threads
# is not safe to fork; Arrow's allocator would start a thread.
QUIET = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}


unloaded: list[
    RequestError
] = []  # in a worker: why its plug-ins are missing, told at its first call


class Pool(ManagedExecutor):
    """Worker processes; `needed` is unpickled in each at the start, to fail early if it cannot.

    Each loads `plugins` when it starts.
    """

    def __init__(
        self, workers: int, needed: object = None, plugins: Mapping[str, str] | None = None
    ):
        self.workers = workers
        self.needed = needed
        self.plugins = dict(plugins or {})
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"  # Windows has no fork
        self.context = multiprocessing.get_context(method)
        if method == "forkserver":
            from multiprocessing import forkserver, resource_tracker

            resource_tracker.ensure_running()
            with single_threaded(), safe_path(), uninterrupted():  # nor are its workers, ever
                self.context.set_forkserver_preload(PRELOADED)
                forkserver.ensure_running()
        self.open()

    def open(self) -> None:
        """Start the workers and wait until one answers."""
        self.driver_pipe, self.hold = self.context.Pipe(duplex=False)
        self.executor = ProcessPoolExecutor(
            self.workers, self.context, initializer=prepare_worker,
            initargs=(self.driver_pipe, self.plugins),
        )  # fmt: skip
        try:
            with uninterrupted():  # a worker that the pool does not know of yet would be left alone
                started = self.submit(answer, self.needed)
            started.result()
        except BaseException as fault:  # Ctrl-C too
            with uninterrupted():
                self.close(at_once=True)
            if not isinstance(fault, BrokenExecutor):
                raise
            if shadow := shadowing():
                raise RequestError(
                    f"worker processes cannot start: they would take {shadow} for the package "
                    f"{HOME}; rename that file"
                ) from fault
            raise RequestError(
                "worker processes cannot start; a script that runs a batch needs "
                "`if __name__ == '__main__':` around it, and its functions must be importable "
                "(workers=0 runs in this process)"
            ) from fault

    def submit(self, call: Callable[..., T], /, *args: object) -> Future[T]:
        """Submit a call, which a worker runs if its package is the driver's."""
        return self.executor.submit(checked, str(HOME), call, *args)

    def reopen(self) -> None:
        """Replace a broken pool with a new one."""
        self.close(at_once=True)
        self.open()

    def close(self, *, at_once: bool = False) -> None:
        """Stop the workers; with `at_once` they abandon their work, which leaves no half file."""
        if at_once:
            self.hold.close()
        self.executor.shutdown(wait=True, cancel_futures=True)
        self.hold.close()
        self.driver_pipe.close()


def prepare_worker(driver_pipe: Connection, plugins: Mapping[str, str]) -> None:
    """Prepare a worker: leave Ctrl-C to the driver, exit when it ends, load plug-ins."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=exit_with_driver, args=(driver_pipe,), daemon=True).start()
    try:
        load_recorded(plugins)
    except RequestError as fault:
        unloaded.append(fault)


def exit_with_driver(driver_pipe: Connection) -> None:
    """Wait until the driver's end of the pipe closes, then exit at once."""
    with suppress(EOFError, OSError):
        driver_pipe.recv_bytes()
    os._exit(1)


def checked(home: str, call: Callable[..., T], *args: object) -> T:
    """Run a call in a worker; raises `RequestError` if the worker has another package."""
    if unloaded:
        raise unloaded[0]
    if str(HOME) != home:
        raise RequestError(
            f"a worker runs the package {HOME}, but the driver {home}; remove one of them from "
            "the path"
        )
    return call(*args)


def shadowing() -> Path | None:
    """Return a file in the working folder, or before this package on the path, that hides it."""
    for folder in (Path.cwd(), *map(Path, sys.path)):
        if folder.resolve() == HOME.parent:
            return None
        for name in (HOME.name, "smelend"):
            for file in (folder / f"{name}.py", folder / name / "__init__.py"):
                if file.is_file() and file.resolve().parent not in (HOME, HOME.parent / name):
                    return file.resolve()
    return None


def answer(needed: object) -> None:
    """Show that a worker runs and can unpickle what it needs."""


@contextmanager
def single_threaded() -> Iterator[None]:
    """Limit processes started in this block to one thread each, unless the user set a number."""
    unset = {name: value for name, value in QUIET.items() if name not in os.environ}
    os.environ.update(unset)
    try:
        yield
    finally:
        for name in unset:
            del os.environ[name]


@contextmanager
def safe_path() -> Iterator[None]:
    """Let Python started in this block find this package, and nothing in the working folder."""
    before = {name: os.environ.get(name) for name in ("PYTHONSAFEPATH", "PYTHONPATH")}
    others = before["PYTHONPATH"]
    os.environ["PYTHONSAFEPATH"] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(HOME.parent), *([others] if others else [])])
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
