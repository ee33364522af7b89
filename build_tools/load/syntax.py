"""What PyYAML's syntax errors mean, in Swedish and with the remedy."""

from __future__ import annotations

import yaml

# Parts of PyYAML's and libyaml's messages, the most telling first.
MEANINGS = (
    ("mapping values are not allowed", "Här står ett kolon som inte väntades. {colon}"),
    ("sequence entries are not allowed", "Här står ett bindestreck som inte väntades. {dash}"),
    ("found unexpected end of stream", "Citattecknet som börjar här stängs aldrig."),
    ("expected ',' or '}'", "Klammern { som börjar här stängs inte rätt: kontrollera komman, kolon och }."),
    ("expected ',' or ']'", "Hakparentesen [ som börjar här stängs inte rätt: kontrollera komman och ]."),
    (
        "could not find expected ':'",
        "Raden saknar kolon efter nyckeln. Skriv nyckel, kolon, mellanslag, värde.",
    ),
    ("found unknown escape character", "Bakstreck har särskild betydelse inom \" \". Byt dem mot ' '."),
    ("cannot start any token", "Ett värde kan inte börja med tecknet {char}. Sätt värdet inom citattecken."),
    ("alphabetic or numeric", "Tecknet {char} har särskild betydelse först i ett värde. {quote}"),
    ("undefined tag handle", "Utropstecken först i ett värde har särskild betydelse. {quote}"),
    ("comment or line break", "Tecknet {char} har särskild betydelse först i ett värde. {quote}"),
    ("chomping or indentation", "Tecknet {char} har särskild betydelse först i ett värde. {quote}"),
    ("expected '-' indicator", "Listan fortsätter inte som den började. {indent}"),
    ("expected key", "Raden hör inte ihop med raderna ovanför. {indent} Kontrollera också citattecknen."),
    (
        "expected <block end>",
        "Raden hör inte ihop med raderna ovanför. {indent} Kontrollera också citattecknen.",
    ),
    ("document start", "Raden hör inte ihop med raderna ovanför. {indent}"),
    ("node content", "Här saknas ett värde, eller så står ett tecken för mycket."),
)
REMEDIES = {
    "colon": "Är det del av en text, sätt texten inom citattecken. Annars stämmer inte indraget.",
    "dash": "Börja listan på en egen rad, eller sätt texten inom citattecken.",
    "indent": "Se till att indraget är lika stort som på raderna den hör ihop med.",
    "quote": "Sätt värdet inom citattecken.",
}
OPENING = ("quoted scalar", "flow mapping", "flow sequence")
"""What is best mended where it begins, not where the reader gave up."""
UNKNOWN = "Härifrån går filen inte att tyda. Kontrollera kolon, indrag och citattecken på raden och den före."


def explained(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """The line and column to mend, and a sentence about it."""
    problem = error.problem or ""
    opened = any(word in (error.context or "") for word in OPENING)
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    line = min(line, len(lines) - 1)  # an error at the end stands one line below the last
    meaning = next((meaning for part, meaning in MEANINGS if part in problem), UNKNOWN)
    char = _character(lines, error.context_mark or mark)
    for name, remedy in REMEDIES.items():
        meaning = meaning.replace(f"{{{name}}}", remedy)
    return line + 1, column + 1, meaning.replace("{char}", char)


def _character(lines: list[str], mark: yaml.Mark | None) -> str:
    if mark is None or mark.line >= len(lines):
        return "här"
    return lines[mark.line][mark.column : mark.column + 1] or "här"
