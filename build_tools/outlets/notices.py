"""What MkDocs complains of, as findings in Swedish at the place in the writer's own file."""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from build_tools.model import Finding, Level, Where

CONFIG = "mkdocs.yml"

SENTENCES = (
    (
        "S01",
        r"Doc file '(?P<page>.*?)' contains a link '(?P<link>.*?)', but the target.*? is not found.*?"
        r"(?: Did you mean '(?P<meant>.*)'\?)?",
        "Länken {link} leder till en sida eller bild som inte finns.",
    ),
    (
        "S02",
        r"Doc file '(?P<page>.*?)' contains a link '(?P<link>.*?)', but "
        r"(?:there is no such anchor|the doc '.*' does not contain an anchor).*",
        "Länken {link} pekar på ett avsnitt som inte finns på sidan.",
    ),
    (
        "S03",
        r"Doc file '(?P<page>.*?)' contains an absolute link '(?P<link>.*?)', it was left as is\."
        r"(?: Did you mean '(?P<meant>.*)'\?)?",
        "Länken {link} börjar med ett snedstreck. Skriv den från filen där den står: ../om/index.md.",
    ),
    (
        "S04",
        r"Doc file '(?P<page>.*?)' contains an unrecognized relative link '(?P<link>.*?)', "
        r"it was left as is\.(?: Did you mean '(?P<meant>.*)'\?)?",
        "Länken {link} leder inte till någon fil. Skriv hela filnamnet, med .md på slutet.",
    ),
    (
        "S05",
        r"A reference to '(?P<link>.*?)' is included in the 'nav' configuration.*",
        "Menyn (nav) nämner {link}, som inte finns.",
    ),
    (
        "S06",
        r"An absolute path to '(?P<link>.*?)' is included in the 'nav' configuration.*",
        "Menyn (nav) nämner {link}. Skriv sökvägen från content/, utan snedstreck först.",
    ),
    (
        "S07",
        r"The following pages exist in the docs directory, but are not included in.*?:(?P<link>.*)",
        "Sidor som inte står i menyn (nav):{link}. Lägg till dem där, eller under not_in_nav.",
    ),
    ("S08", r"Config value '(?P<link>.*?)': (?P<said>.*)", "Inställningen {link} duger inte: {said}"),
)
"""Code, what MkDocs says, and our words for it. The codes are public, like those of the checks."""

OTHER = "S09"


class Listener(logging.Handler):
    """Keeps what is said in warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words."""
        self.said.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Keep MkDocs' warnings from the terminal and lend them as a growing list."""
    logger, listener = logging.getLogger("mkdocs"), Listener()
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield listener.said
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


def finding(said: str, root: Path, sources: Mapping[str, str]) -> Finding:
    """Turn a complaint into a finding; `sources` tells which file of the project each page came from."""
    for code, pattern, sentence in SENTENCES:
        if match := re.fullmatch(pattern, said, re.DOTALL):
            groups = {name: " ".join((text or "").split()) for name, text in match.groupdict().items()}
            message = sentence.format_map(groups)
            if meant := groups.get("meant"):
                message = f"{message} Menades {meant}?"
            return Finding(code, Level.ERROR, message, _where(groups, root, sources))
    message = f"MkDocs kan inte bygga sajten: {' '.join(said.split())}"
    return Finding(OTHER, Level.ERROR, message, Where(CONFIG))


def _where(groups: Mapping[str, str], root: Path, sources: Mapping[str, str]) -> Where:
    """Find the file, and in it the first line that holds the words complained of."""
    page = groups.get("page", "")
    file = sources.get(page) or (f"content/{page}" if page else CONFIG)
    try:
        lines = (root / file).read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return Where(file)
    sought = groups.get("link", "")
    places = ((number, line.find(sought)) for number, line in enumerate(lines, 1))
    line, column = next(((number, at + 1) for number, at in places if at >= 0), (1, 1))
    return Where(file, line, column)
