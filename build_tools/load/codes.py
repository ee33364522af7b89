"""The codes of all findings about format: public and permanent, never used again for something else."""

from __future__ import annotations

from build_tools.model import Finding, Level, Proposal, Rule, Where

UNREADABLE = "F01"
TOO_LARGE = "F02"
EMPTY = "F03"
SYNTAX = "F04"
TAB = "F05"
DOUBLED_KEY = "F06"
FORBIDDEN_YAML = "F07"
TOO_DEEP = "F08"
DECIMAL_COMMA = "F09"
WRONG_SHAPE = "F10"
UNKNOWN_KEY = "F11"
MISSING_KEY = "F12"
NOT_A_NUMBER = "F13"
UNKNOWN_WORD = "F14"
CLASHING = "F15"
BAD_DATE = "F16"
WRONG_UNIT = "F17"
UNKNOWN_NAME = "F18"
TWICE = "F19"
WRONG_PLACE = "F20"
SAME_PERIOD = "F21"
NO_PROSE = "F22"
NO_FIGURES = "F23"
OUTSIDE = "F24"
STRANGE_FILE = "F25"
MISSING_FILE = "F26"
PERSONS = "F27"
COMPUTED = "F28"
INCOHERENT = "F29"
LINEAGE = "F52"
NO_PAGE = "F54"
STRAY_PAGE = "F55"
STRAY_PART = "F56"
IMPOSSIBLE_DATE = "R12a"
"""A rule of its own family, found already when a date is read."""

CODES = tuple(
    Rule(*row)
    for row in (
        (UNREADABLE, "Filen går inte att läsa", "Filen ska vara text i teckenkodningen UTF-8."),
        (TOO_LARGE, "Filen är för stor", "En datafil får vara högst 1 MB och en textfil högst 200 kB."),
        (EMPTY, "Filen är tom", "En fil som finns ska ha ett innehåll."),
        (SYNTAX, "Skrivsättet går inte att tyda", "Filen ska följa YAML: nyckel, kolon, mellanslag, värde."),
        (TAB, "Tabb i indraget", "Rader dras in med mellanslag, aldrig med tabb."),
        (DOUBLED_KEY, "Samma nyckel två gånger", "En nyckel får stå en gång på varje plats."),
        (
            FORBIDDEN_YAML,
            "Skrivsätt som inte används här",
            "Ankare, alias, sammanslagning, taggar och flera dokument i samma fil används inte.",
        ),
        (TOO_DEEP, "För många nivåer", "En fil får ha högst 50 nivåer i varandra."),
        (
            DECIMAL_COMMA,
            "Decimalkomma inom klammer",
            "Inom { } skiljer kommat uppgifter åt. Där skrivs decimaltal med punkt.",
        ),
        (WRONG_SHAPE, "Fel form", "Varje uppgift har en form: text, tal, lista eller nycklar med värden."),
        (UNKNOWN_KEY, "Okänd nyckel", "Bara de nycklar som beskrivs i formatet används."),
        (MISSING_KEY, "En uppgift fattas", "Vissa nycklar måste finnas."),
        (
            NOT_A_NUMBER,
            "Inte ett tal som går att räkna med",
            "Tal skrivs med bara siffror, med punkt eller komma före decimalerna.",
        ),
        (UNKNOWN_WORD, "Okänt ord", "På vissa platser får bara bestämda ord stå."),
        (CLASHING, "Uppgifter som inte går ihop", "Vissa nycklar utesluter varandra."),
        (BAD_DATE, "Datum eller period går inte att tyda", "Datum skrivs ÅÅÅÅ-MM-DD och slutet kommer sist."),
        (WRONG_UNIT, "Fel enhet eller slag av tal", "Ett tal anges i måttets enhet och som måttets slag."),
        (UNKNOWN_NAME, "Hänvisning till något som inte finns", "Namn och id:n ska finnas där de beskrivs."),
        (TWICE, "Samma sak två gånger", "Varje uppgift har en plats."),
        (WRONG_PLACE, "Filens namn och innehåll skiljer sig", "Mapp och filnamn följer insats och period."),
        (SAME_PERIOD, "Två rapporter för samma tid", "En insats har en rapport för varje period."),
        (NO_PROSE, "Text saknas till rapporten", "Varje rapport har siffror i data/ och text i content/."),
        (NO_FIGURES, "Siffror saknas till texten", "Varje rapport har siffror i data/ och text i content/."),
        (OUTSIDE, "Sökväg ut ur projektet", "Filer utanför projektets mapp läses aldrig."),
        (STRANGE_FILE, "En fil som inte hör hemma här", "I data/ och content/ finns bara filer som används."),
        (MISSING_FILE, "En fil som projektet behöver saknas", "Definitionerna måste finnas."),
        (
            PERSONS,
            "Uppgift om enstaka personer",
            "Yngsta och äldsta, och medelvärden för färre än tre personer, skrivs utelamnat.",
        ),
        (COMPUTED, "Talet räknas ut", "Härledda mått skrivs aldrig in som värden, bara som kontroll."),
        (IMPOSSIBLE_DATE, "Datumet finns i almanackan", "Ett datum eller årtal som inte finns är ett fel."),
        (LINEAGE, "Insatser som kommer ur varandra", "En insats kan inte vara sin egen föregångare."),
        (
            NO_PAGE,
            "Text saknas till en sida i en handbok",
            "Varje sida som handboken nämner har sin text i content/metoder/.",
        ),
        (
            STRAY_PAGE,
            "En text som ingen handbok nämner",
            "En text i content/metoder/ hör till en sida som handboken nämner.",
        ),
        (
            STRAY_PART,
            "En del utan handbok",
            "En mapp i data/metoder/ heter som en handbok som finns.",
        ),
        (INCOHERENT, "Definitionerna hänger inte ihop", "Kataloger, mallar och regler ska stämma inbördes."),
    )
)


def fault(code: str, where: Where, message: str, level: Level = Level.ERROR, about: str = "") -> Finding:
    """A finding about format."""
    return Finding(code, level, message, where, about)


def without_sign(code: str, where: Where, message: str, number: str, cell: str = "") -> Finding:
    """A finding about a number below nought where none can be: most likely the sign is all that is wrong."""
    reason = f"Nu står där {number}. Tecknet är omvänt."
    right = Proposal(where.file, where.line, cell, number.lstrip("-"), reason, "", where.column, number)
    return Finding(code, Level.ERROR, message, where, proposals=(right,))
