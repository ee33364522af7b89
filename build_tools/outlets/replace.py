"""Replaces a folder by a new one so that at every moment the old or the new stands whole on the disk.

The new folder is made in a hidden one beside the target (`.site-arbete/ny`). On Linux the two change places
in one step. Elsewhere the old one steps aside first; a program killed between the two steps is finished by
the next.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from build_tools.lock import locked

MARKER = ".samrapport"
MARKER_TEXT = "Den här mappen skrivs av Samrapport. Allt i den ersätts vid nästa bygge.\n"
"""Stands in every folder we write: no other folder is ever replaced."""

RENAME_EXCHANGE = 2
AT_FDCWD = -100
NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EPERM, errno.ENOTSUP}


class RefusedError(Exception):
    """The target may not be replaced; the message is Swedish and says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A target that is ours until we are done, and the folders beside it."""

    target: Path

    @property
    def work(self) -> Path:
        """The hidden folder beside the target, on the same disk."""
        return self.target.with_name(f".{self.target.name}-arbete")

    @property
    def new(self) -> Path:
        """What is to take the target's place."""
        return self.work / "ny"

    @property
    def old(self) -> Path:
        """What stood there, while it steps aside."""
        return self.work / "gammal"

    def swap(self) -> None:
        """Let the new folder take the target's place."""
        if not self.target.exists():
            self.new.rename(self.target)
        elif not exchange(self.new, self.target):
            self.target.rename(self.old)
            self.new.rename(self.target)


@contextmanager
def reserved(target: Path, root: Path, waiting: Callable[[], None]) -> Iterator[Place]:
    """Hold the target for as long as it takes; what a killed program left there is put right first."""
    place = Place(target.resolve())
    refuse(place, root.resolve())
    try:
        with locked(place.work / "las", waiting):
            recover(place)
            refuse(place, root.resolve())
            place.new.mkdir()
            try:
                yield place
            finally:
                recover(place)
    finally:
        with suppress(OSError):  # another program may already wait in there
            place.work.rmdir()


def refuse(place: Place, root: Path) -> None:
    """Stop where the target is not ours to replace."""
    if reason := refusal(place.target, root):
        raise RefusedError(reason)


def refusal(target: Path, root: Path) -> str:
    """Say why the target may not be replaced, if so."""
    if target.exists() and not target.is_dir():
        return f"{target} är en fil. Ange en mapp."
    if root.is_relative_to(target) or any(target.is_relative_to(root / name) for name in ("content", "data")):
        return f"{target} hör till det som skrivs för hand. Ange en annan mapp."
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        return f"{target} är inte skriven av Samrapport och ersätts inte. Töm mappen eller ange en annan."
    return ""


def recover(place: Place) -> None:
    """Finish a swap that was cut off between its two steps, then clear away what is left."""
    if place.old.exists() and place.new.exists() and not place.target.exists():
        place.new.rename(place.target)
    clear(place)


def clear(place: Place) -> None:
    """Take away the old folder and the unfinished one; in this order, or `recover` could be misled."""
    for folder in (place.old, place.new):
        if folder.exists():
            shutil.rmtree(folder)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step, where the system can."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    if (code := ctypes.get_errno()) in NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))
