"""The shape of a value, whole or by group, and of a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from build_tools.load.formats.plain import (
    CATEGORY,
    HEDGES,
    MARKS,
    SINGLE_PERSON,
    SOURCES,
    an_id,
    base,
    day,
    marked,
    number,
    period,
    text,
    told,
    whole,
    word,
)
from build_tools.load.shapes import Fields, Keyed, Rows, Shape, Word

PERIOD = period("Egen period", "När uppgiften gäller en annan tid än rapporten.", "period", ("start", "slut"))
REPORT_PERIOD = period("Period", "Den tid rapporten gäller.", "rapportperiod", ("start", "slut", "typ"))

VALUE_FIELDS: Mapping[str, Shape] = {
    "antal": marked("Antal", "Ett antal."),
    "summa": marked("Summa", "En summa, till exempel alla månader hopräknade."),
    "medel": marked("Medelvärde", "Ett medelvärde. Skriv alltid n bredvid."),
    "andel": marked("Andel", "En andel i procent. Skriv alltid n bredvid."),
    "fran": number("Från", "Det lägre talet när källan anger ett spann."),
    "till": number("Till", "Det högre talet när källan anger ett spann."),
    "n": base(),
    "per": day("Dag", "Dagen som talet gäller, för det som räknas en viss dag."),
    "period": PERIOD,
    "kalla": word("Underlag", SOURCES),
    "ungefar": word("Ungefär", HEDGES, "Ordet som källan skriver före talet."),
    "decimaler": whole(
        "Decimaler", "Så många decimaler talet är känt med, när det inte syns på talet.", highest=6
    ),
    "sida": text("Sida", "Sidan i källan."),
    "not": text("Not", "En anmärkning som följer med talet."),
}
AMOUNTS = ("antal", "summa", "medel", "andel", "fran")
VALUE = Fields(
    title="Värde",
    description="Ett tal, ett ord när talet saknas, eller nycklar som säger mer om talet.",
    ref="varde",
    scalar=marked("Värde"),
    fields=VALUE_FIELDS,
    one_of=(AMOUNTS,),
)
SEXES: Mapping[str, Shape] = {
    "kvinna": told(VALUE, "Kvinnor"),
    "man": told(VALUE, "Män"),
    "annat_eller_okant": told(VALUE, "Annat eller okänt kön"),
}
ALL = told(VALUE, "Alla", "Källans eget tal för alla. Det jämförs med grupperna.")
GROUP_ROW = Fields(
    title="Grupp",
    description="Ett värde för en grupp, till exempel {delprojekt: nord, kon: kvinna, antal: 7}.",
    fields=VALUE_FIELDS,
    one_of=(AMOUNTS,),
    others=an_id("Gruppens värde", example="nord"),
    other_pattern="^[a-z0-9][a-z0-9_]*$",
)
BY_GROUP = Fields(
    title="Värde, helt eller uppdelat",
    description="Ett värde, eller ett värde för kvinnor och ett för män. alla är källans eget tal för alla.",
    ref="uppdelat",
    scalar=marked("Värde"),
    fields={
        **SEXES,
        "alla": ALL,
        "grupper": Rows(title="Andra grupper", item=GROUP_ROW),
        **VALUE_FIELDS,
    },
)
CELLS = Keyed(
    title="Celler",
    description="Ett värde för varje kategori. Nivå 2 skrivs med punkt: kommun.socialtjanst.",
    ref="celler",
    pattern=CATEGORY,
    example="kommun.socialtjanst",
    value=replace(BY_GROUP, hint=" Är den en del av {name}? Skriv {name}.{key} på en egen rad."),
)
SINGLE = Word(title="Yngst, äldst, kortast eller längst", words=MARKS, no_number=SINGLE_PERSON)
