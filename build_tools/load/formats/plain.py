"""The plain shapes that all formats are put together from, with the words that may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from build_tools.load.codes import PERSONS
from build_tools.load.shapes import Code, Day, Fields, Number, Rows, Shape, Text, Word

S = TypeVar("S", bound=Shape)
ID = "^[a-z0-9][a-z0-9_-]*$"
CATEGORY = r"^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)?$"
CELL = "^[a-z0-9][a-z0-9_.@-]*$"
PLACE = "^[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_-]*(#[a-z0-9][a-z0-9_.@-]*)?$"
SHOWN = "^(tabell|diagram):[a-z0-9][a-z0-9_-]*$"
CHECK = "^[A-Z][0-9]{2}[a-z]?$"

MARKS = {
    "saknas": "Källan anger inte uppgiften.",
    "olasligt": "Uppgiften går inte att läsa i källan.",
    "osakert": "Uppgiften går inte att tyda säkert.",
    "ej_tillampligt": "Uppgiften är inte aktuell här.",
    "ej_insamlat": "Uppgiften har inte samlats in.",
    "utelamnat": "Uppgiften är känd men gäller enstaka personer.",
}
HEDGES = {
    "cirka": "Ungefär: 5 procent upp eller ner.",
    "drygt": "Lite mer än talet.",
    "knappt": "Lite mindre än talet.",
    "narmare": "Lite mindre än talet.",
    "minst": "Talet eller mer.",
    "hogst": "Talet eller mindre.",
}
PERIOD_KINDS = {
    "kalenderar": "Januari till december.",
    "brutet_ar": "Tolv månader som börjar en annan månad än januari.",
    "halvar": "Sex månader.",
    "rullande_12": "Tolv månader som räknas om vid varje mätning.",
    "projekttid": "Hela projektets tid.",
    "delperiod": "En kortare tid inom rapportens period.",
}
STATUSES = {
    "utkast": "Visas bara i förhandsvisningen.",
    "preliminar": "Visas, och kan komma att ändras.",
    "slutlig": "Visas. Ändras därefter bara med en rättelse.",
}
REPORT_KINDS = {
    "arsrapport": "Rapport för ett år.",
    "delrapport": "Rapport för en del av tiden.",
    "slutrapport": "Rapport när en insats är slut.",
}
CODINGS = {"enval": "Varje person räknas en gång.", "flerval": "En person kan räknas flera gånger."}
PRICES = {
    "lopande": "Beloppen är i den tidens egna priser.",
    "fasta": "Beloppen är omräknade till ett visst års priser.",
}
BASES = {
    "alla_avslut": "Alla avslutade räknas.",
    "utan_tidiga_avhopp": "Tidiga avhopp räknas bort.",
}
DIRECTIONS = {
    "hog_bra": "Ett högre tal är bättre.",
    "lag_bra": "Ett lägre tal är bättre.",
    "neutral": "Talet är varken bra eller dåligt.",
}
TIMES = {
    "flode": "Räknar det som händer under en tid.",
    "bestand": "Räknar det som finns en viss dag.",
    "lage": "Säger hur något är ordnat eller beslutat, och är ingen räkning.",
}
KINDS = {
    "antal": "Något som räknas i hela tal.",
    "summa": "Något som läggs ihop.",
    "medel": "Ett medelvärde.",
    "andel": "En andel i procent.",
    "belopp": "Pengar.",
}
SOURCES = {
    "egen": "Teamet har underlaget.",
    "tryckt": "Bara det tryckta resultatet finns.",
    "overford": "Förd över från förra rapporten och inte kontrollerad än.",
}
UNKNOWN_N = {"dolj": "Visa inte medelvärdet.", "visa": "Visa medelvärdet ändå."}
JOINS = {
    "ovriga": "Små klasser slås samman till övriga.",
    "niva1": "Klasser slås samman till första nivån.",
    "mal": "Klasser slås samman till i mål och inte i mål.",
}
SINGLE_PERSON = (
    PERSONS,
    "yngst, äldst, kortast och längst gäller en enda person och skrivs aldrig som tal. Skriv utelamnat.",
)


def told(shape: S, title: str, description: str = "") -> S:
    """A shape that many places share, with what it means in this one."""
    return replace(shape, title=title, description=description)


def text(title: str, description: str = "") -> Text:
    return Text(title=title, description=description)


def texts(title: str, description: str = "") -> Rows:
    return Rows(title=title, description=description, item=text(title))


def an_id(title: str, description: str = "", example: str = "sater") -> Code:
    return Code(title=title, description=description, pattern=ID, example=example)


def ids(title: str, description: str = "", example: str = "sater") -> Rows:
    return Rows(title=title, description=description, item=an_id(title, example=example))


def category(title: str, description: str = "") -> Code:
    return Code(title=title, description=description, pattern=CATEGORY, example="kommun.socialtjanst")


def cell(title: str, description: str = "") -> Code:
    return Code(title=title, description=description, pattern=CELL, example="flode.nya")


def word(title: str, words: Mapping[str, str], description: str = "") -> Word:
    return Word(title=title, description=description, words=words)


def day(title: str, description: str = "") -> Day:
    return Day(title=title, description=description)


def number(title: str, description: str = "") -> Number:
    return Number(title=title, description=description)


def whole(title: str, description: str = "", lowest: int = 0, highest: int = 10**6) -> Number:
    return Number(title=title, description=description, whole=True, lowest=lowest, highest=highest)


def marked(title: str, description: str = "") -> Number:
    return Number(title=title, description=description, words=MARKS)


def base(title: str = "Antal bakom") -> Number:
    said = "Antalet personer eller svar som talet bygger på, eller ett ord som saknas."
    return Number(title=title, description=said, whole=True, lowest=0, words=MARKS)


def period(title: str, description: str, ref: str, required: tuple[str, ...]) -> Fields:
    return Fields(
        title=title,
        description=description,
        ref=ref,
        fields={
            "start": day("Första dagen"),
            "slut": day("Sista dagen"),
            "typ": word("Slags period", PERIOD_KINDS),
        },
        required=required,
    )
