"""Files that spare work: named by what they were made of, and sealed, so that none is taken for another."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile


def digest(text: str) -> str:
    """The fingerprint of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@lru_cache(maxsize=32)
def code(*places: Path) -> str:
    """The fingerprint of source files and of the modules in a folder: another when what they do may be."""
    files = sorted({file for place in places for file in _sources(place)})
    return digest("".join(file.read_text("utf-8") for file in files))


def _sources(place: Path) -> Iterable[Path]:
    return place.glob("*.py") if place.is_dir() else (place,)


def read(place: Path) -> str | None:
    """What is kept, or None where there is nothing or it is not what was written."""
    try:
        seal, _, text = place.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if seal == digest(text) else None


def write(place: Path, text: str) -> None:
    """Keep a text under its seal, whole or not at all.

    What cannot be kept is no reason to stop a build: it is made anew next time.
    """
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=place.parent, delete=False) as file:
            file.write(f"{digest(text)}\n{text}")
        Path(file.name).replace(place)
