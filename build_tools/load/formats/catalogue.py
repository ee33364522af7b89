"""The shapes of what defines figures: measures, enumerations, scales and templates."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.load.formats.plain import (
    CELL,
    DIRECTIONS,
    ID,
    KINDS,
    SHOWN,
    TIMES,
    an_id,
    cell,
    day,
    ids,
    number,
    text,
    texts,
    whole,
    word,
)
from build_tools.load.shapes import Code, Fields, Flag, Keyed, Rows, Shape
from build_tools.texts import UNITS

MEASURES = Keyed(
    title="Nyckeltal",
    description="Alla mått, i den ordning de visas.",
    pattern=CELL,
    example="flode.nya",
    value=Fields(
        title="Mått",
        fields={
            "benamning": text("Benämning"),
            "forklaring": text("Förklaring", "En eller två meningar på vanlig svenska."),
            "enhet": word("Enhet", {unit: f"{forms[1] or unit}." for unit, forms in UNITS.items()}),
            "storhet": word("Slag av tal", KINDS),
            "decimaler": whole("Decimaler", "Så många decimaler visas.", highest=6),
            "riktning": word("Riktning", DIRECTIONS),
            "population": an_id("Population", "Måttets egen population.", "nya"),
            "matpunkt": an_id("Mätpunkt", example="periodens_slut"),
            "tid": word("Tid", TIMES, "Hur talet hör till tiden. Utan tid avgör populationen."),
            "grupper": ids("Grupper", "Uppräkningar som måttet får delas upp på.", "kon"),
            "kategorier": an_id("Kategorier", "Uppräkningen som måttet redovisas på.", "avslutsorsak"),
            "delar": Rows(title="Delar", description="Mått som tillsammans blir detta.", item=cell("Mått")),
            "avsnitt": whole("Avsnitt", "Avsnittet i mallen där måttet hör hemma.", highest=99),
            "formel": text("Formel", "Hur talet räknas ut, i ord."),
            "harledd": Flag(title="Härledd", description="Talet räknas ut och skrivs aldrig in."),
            "viktig": Flag(title="Viktig", description="Visas överst i rapporten."),
            "definitioner": Rows(
                title="Definitioner",
                item=Fields(
                    title="Definition",
                    fields={
                        "version": whole("Version", lowest=1, highest=999),
                        "fran": day("Gäller från"),
                        "text": text("Definitionens text"),
                    },
                    required=("version", "fran", "text"),
                ),
            ),
            "synonymer": texts("Synonymer", "Ord som pekar på måttet i löpande text."),
        },
        required=("benamning", "forklaring", "enhet", "storhet"),
    ),
)


def _categories(value: Shape, title: str) -> Keyed:
    return Keyed(title=title, pattern=ID, example="kommun", value=value)


CATEGORY_FIELDS: Mapping[str, Shape] = {
    "benamning": text("Benämning"),
    "forklaring": text("Förklaring"),
    "synonymer": texts("Synonymer", "Ord som pekar på värdet i löpande text."),
    "redovisas_som": an_id("Redovisas som", "Raden under redovisning som värdet hör till.", "arbete"),
}
SECOND_LEVEL = Fields(title="Värde på nivå 2", fields=CATEGORY_FIELDS, required=("benamning",))
FIRST_LEVEL = Fields(
    title="Värde på nivå 1",
    fields={**CATEGORY_FIELDS, "varden": _categories(SECOND_LEVEL, "Värden på nivå 2")},
    required=("benamning",),
)
ENUMERATIONS = Keyed(
    title="Kategorier",
    description="Uppräkningar: de svar som en uppgift kan ha.",
    pattern=ID,
    example="avslutsorsak",
    value=Fields(
        title="Uppräkning",
        fields={
            "benamning": text("Benämning"),
            "forklaring": text("Förklaring"),
            "redovisning": _categories(SECOND_LEVEL, "Redovisning"),
            "varden": _categories(FIRST_LEVEL, "Värden"),
        },
        required=("benamning", "varden"),
    ),
)
SCALES = Keyed(
    title="Skalor",
    description="Svarsskalor med steg, och skattningsskalor med lägsta och högsta värde.",
    pattern=ID,
    example="frekvens_6",
    value=Fields(
        title="Skala",
        fields={
            "benamning": text("Benämning"),
            "version": whole("Version", lowest=1, highest=999),
            "steg": Keyed(title="Steg", pattern=ID, example="ofta", value=text("Stegets text")),
            "min": number("Lägsta värde"),
            "max": number("Högsta värde"),
        },
        required=("benamning", "version"),
        one_of=(("steg", "min"),),
    ),
)
TEMPLATES = Keyed(
    title="Mallar",
    description="Rapportmallar: rubrikerna i varje slags rapport.",
    pattern=ID,
    example="samverkansteam",
    value=Fields(
        title="Mall",
        fields={
            "benamning": text("Benämning"),
            "avsnitt": Rows(
                title="Avsnitt",
                item=Fields(
                    title="Avsnitt",
                    fields={
                        "nr": whole("Nummer", highest=99),
                        "id": an_id("Id", example="deltagare_resultat"),
                        "rubrik": text("Rubrik"),
                        "perspektiv": an_id("Perspektiv", example="deltagare"),
                        "kravs": Flag(title="Krävs"),
                        "delar": Rows(
                            title="Delar",
                            item=Fields(
                                title="Del",
                                fields={
                                    "id": an_id("Id", example="beskrivning"),
                                    "rubrik": text("Rubrik"),
                                    "kravs": Flag(title="Krävs"),
                                },
                                required=("id", "rubrik", "kravs"),
                            ),
                        ),
                        "visar": Rows(
                            title="Visar",
                            description="Tabeller och diagram efter första delen, i denna ordning.",
                            item=Code(
                                title="Tabell eller diagram",
                                pattern=SHOWN,
                                example="diagram:avslut",
                                advice="Skriv tabell: eller diagram: och ett namn",
                            ),
                        ),
                        "fragor": texts("Frågor", "Frågor som avsnittet svarar på."),
                        "matt": Rows(
                            title="Mått",
                            description="Mått som hör hemma i avsnittet, eller början på deras id. Utan "
                            "matt i mallen gäller måttets eget avsnitt i nyckeltal.yml.",
                            item=cell("Mått"),
                        ),
                    },
                    required=("nr", "id", "rubrik", "kravs", "delar"),
                ),
            ),
        },
        required=("benamning", "avsnitt"),
    ),
)
