"""The codes of what can be wrong in the writers' Markdown, and the collector of what is said of one file."""

from __future__ import annotations

from dataclasses import dataclass, field

from build_tools.load.codes import fault
from build_tools.model import Finding, Level, Rule, Where

SIZE = "F30"
FORBIDDEN_CHARACTER = "F31"
INVISIBLE_CHARACTER = "F32"
LONG = "F33"
DEEP = "F34"
TITLE = "F35"
OUTSIDE_SECTIONS = "F36"
UNKNOWN_HEADING = "F37"
MISPLACED_HEADING = "F38"
HEADING_TWICE = "F39"
ORDER = "F40"
WORDING = "F41"
FRONT_MATTER = "F42"
HTML = "F43"
UNCLOSED = "F44"
LOST_LINK = "F45"
FORBIDDEN_LINK = "F46"
IMAGE = "F47"
PLACEMENT = "F48"
UNUSED = "F49"

PROSE_CODES = tuple(
    Rule(*row)
    for row in (
        (
            SIZE,
            "Texten är för stor",
            "En textfil får vara högst 200 kB och ha högst 5 000 rader med text.",
        ),
        (
            FORBIDDEN_CHARACTER,
            "Otillåtet tecken",
            "Styrtecken, tecken som vänder skrivriktningen och halva tecken får inte finnas i texten.",
        ),
        (
            INVISIBLE_CHARACTER,
            "Osynligt tecken",
            "Tecken utan bredd följer ofta med när text klistras in. De tas bort ur det som publiceras.",
        ),
        (LONG, "För långt stycke", "Ett stycke får ha högst 5 000 tecken."),
        (
            DEEP,
            "För många nivåer, kolumner eller rader i följd",
            "Listor och citat får ha åtta nivåer, tabeller 24 kolumner, och 400 rader får följa på varandra.",
        ),
        (
            TITLE,
            "Titeln saknas eller finns flera gånger",
            "Varje text har en titel: en rad överst med ett nummertecken (#) och ett mellanslag framför.",
        ),
        (
            OUTSIDE_SECTIONS,
            "Text utanför avsnitten",
            "I en rapport hör all text till ett av mallens avsnitt.",
        ),
        (
            UNKNOWN_HEADING,
            "Okänd rubrik",
            "Rapportens rubriker är mallens. Egna underrubriker inne i en del skrivs med fyra nummertecken.",
        ),
        (
            MISPLACED_HEADING,
            "Rubrik på fel plats",
            "En rubrik står under sitt avsnitt, en nivå i taget, och inte i en lista eller ett citat.",
        ),
        (
            HEADING_TWICE,
            "Samma rubrik flera gånger",
            "Varje avsnitt och varje del av ett avsnitt finns en gång.",
        ),
        (ORDER, "Rubriker i fel ordning", "Avsnitten och deras delar följer mallens ordning."),
        (
            WORDING,
            "Rubriken skiljer sig från mallens",
            "Numret eller ordalydelsen är en annan än i mallen. På sidan står mallens rubrik.",
        ),
        (
            FRONT_MATTER,
            "Inställningar överst i filen",
            "Rader mellan två streckade rader överst i filen används inte. Titeln är den första rubriken.",
        ),
        (HTML, "HTML i texten", "Text skrivs i Markdown. HTML-taggar tas bort innan sidan görs."),
        (
            UNCLOSED,
            "Kommentar eller kodruta utan slut",
            "En kommentar slutar med --> och en kodruta med samma tecken som den börjar med.",
        ),
        (
            LOST_LINK,
            "Länk som inte leder någonstans",
            "En länk leder till en annan sida i content, en rubrik på samma sida eller en webbadress.",
        ),
        (
            FORBIDDEN_LINK,
            "Länk som inte är tillåten",
            "En adress börjar med https://, http:// eller mailto:, eller är vägen till en sida i content.",
        ),
        (
            IMAGE,
            "Bild som inte kan visas",
            "Bilder ligger i content och har en beskrivning för den som inte ser dem.",
        ),
        (
            PLACEMENT,
            "Tabell eller diagram som inte kan visas",
            "En tabell eller ett diagram placeras i ett eget stycke, med ett namn som finns.",
        ),
        (
            UNUSED,
            "Skrivsätt som inte används här",
            "Klammerkoder, fotnoter och okända rutor betyder inget här och visas som vanlig text.",
        ),
    )
)


FEW = 40


@dataclass(slots=True)
class Remarks:
    """What is said of one file while it is read."""

    file: str
    _found: dict[tuple[Where, str, str], Finding] = field(default_factory=dict)
    _suggested: int = 0

    def error(self, code: str, message: str, line: int = 1, column: int = 1) -> None:
        """Say something that stops the build."""
        self._add(code, message, Where(self.file, line, column), Level.ERROR)

    def warning(self, code: str, message: str, line: int = 1, column: int = 1) -> None:
        """Say something that the writer should mend."""
        self._add(code, message, Where(self.file, line, column), Level.WARNING)

    def notice(self, code: str, message: str, line: int = 1, column: int = 1) -> None:
        """Say something that may well be meant."""
        self._add(code, message, Where(self.file, line, column), Level.NOTICE)

    def may_suggest(self) -> bool:
        """Whether there is still time to look for what was meant: only for the first faults of a file."""
        self._suggested += 1
        return self._suggested <= FEW

    def all(self) -> tuple[Finding, ...]:
        """Everything that was said, in the order of the file; the same thing of one place once."""
        return tuple(self._found[key] for key in sorted(self._found))

    def _add(self, code: str, message: str, where: Where, level: Level) -> None:
        self._found.setdefault((where, code, message), fault(code, where, message, level))
