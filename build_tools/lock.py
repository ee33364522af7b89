"""One at a time: a lock that the system itself lets go of when its holder dies."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def locked(path: Path, waiting: Callable[[], None]) -> Iterator[int]:
    """Hold the lock at `path`; `waiting` is called once if another holds it. The file is gone afterwards.

    What is lent is the open file: a child that is handed it holds the lock too, even when we are killed.
    """
    descriptor = _acquired(path, waiting)
    try:
        yield descriptor
    finally:
        if sys.platform != "win32":  # an open file cannot be removed there
            path.unlink(missing_ok=True)
        os.close(descriptor)


def _acquired(path: Path, waiting: Callable[[], None]) -> int:
    told = False
    while True:
        descriptor = _opened(path)
        taken = _taken(descriptor)
        if taken and _same_file(descriptor, path):
            return descriptor
        os.close(descriptor)
        if not taken and not told:
            waiting()
            told = True
        time.sleep(0.05)


def _opened(path: Path) -> int:
    """Open the lock file, making its folder, which another holder may be taking away just now."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except FileNotFoundError:
            continue


def _same_file(descriptor: int, path: Path) -> bool:
    """Whether the locked file still stands at `path`: its last holder may have removed it as we waited."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
