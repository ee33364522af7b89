"""Reads the text of a file: its size, its encoding, and nothing outside the project."""

from __future__ import annotations

from pathlib import Path

from build_tools.load.codes import OUTSIDE, TOO_LARGE, UNREADABLE, fault
from build_tools.model import Finding, Where

DATA_LIMIT = 1_000_000
PROSE_LIMIT = 200_000
MARK = "\ufeff"
NUL = "\x00"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(root: Path, file: str, limit: int) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file with `\\n` between its lines, or None and what is wrong with it."""
    path = root / file
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return None, (outside(file),)
        size = path.stat().st_size
        if size > limit:
            message = f"Filen är {_size(size)}. Högst {_size(limit)} läses: dela upp den, eller korta den."
            return None, (fault(TOO_LARGE, Where(file), message),)
        raw = path.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: a ring of links
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "okänt fel"
        message = f"Filen går inte att öppna ({reason}). Kontrollera att den finns och får läsas."
        return None, (fault(UNREADABLE, Where(file), message),)
    return decoded(raw, file)


def outside(file: str) -> Finding:
    """The finding about a path that leaves the project."""
    message = "Länken leder ut ur projektets mapp och följs inte. Lägg filen i projektet i stället."
    return fault(OUTSIDE, Where(file), message)


def decoded(raw: bytes, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of the bytes of a file."""
    if raw.startswith(UTF_16):
        return None, (fault(UNREADABLE, Where(file), "Filen är sparad som UTF-16. Spara om den som UTF-8."),)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, (_undecodable(raw, error.start, file),)
    text = text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
    if NUL in text:
        message = (
            "Filen innehåller tomma byte (0x00) och är nog ingen textfil. Spara om den som text i UTF-8."
        )
        return None, (fault(UNREADABLE, place(text, text.index(NUL), file), message),)
    return text, ()


def place(text: str, index: int, file: str) -> Where:
    """Line and column of a character, counted from 1."""
    before = text[:index]
    return Where(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _undecodable(raw: bytes, start: int, file: str) -> Finding:
    before = raw[:start].decode("utf-8", errors="replace").removeprefix(MARK).replace("\r\n", "\n")
    where = place(before, len(before), file)
    byte = f"byte 0x{raw[start]:02X}"
    message = f"Tecknet går inte att läsa ({byte}): filen är inte sparad som UTF-8. Spara om den som UTF-8."
    return fault(UNREADABLE, where, message)


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB".replace(".", ",") if count >= 1_000_000 else f"{count // 1000} kB"
