"""The shapes of what a project says of itself: förbund, insatser, policy, acceptances, corrections, words."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.load.formats.plain import (
    CELL,
    CHECK,
    ID,
    JOINS,
    PLACE,
    UNKNOWN_N,
    an_id,
    cell,
    day,
    ids,
    text,
    texts,
    whole,
    word,
)
from build_tools.load.formats.report import GOAL_DEFINITION
from build_tools.load.formats.values import BY_GROUP, REPORT_PERIOD
from build_tools.load.shapes import Code, Day, Fields, Flag, Keyed, Rows, Shape

TOTALS = Rows(
    title="Förbundets egna tal",
    description="Det som förbundet anger för alla insatser. Jämförs med rapporterna och visas inte.",
    item=Fields(
        title="Förbundets tal för en period",
        fields={
            "period": REPORT_PERIOD,
            "kalla": text("Källa", "Varifrån talen kommer, i en mening."),
            "tal": Keyed(
                title="Tal",
                description="Måttets id, eller en del av måttet, med förbundets tal.",
                pattern=CELL,
                example="flode.nya",
                value=BY_GROUP,
            ),
        },
        required=("period", "tal"),
    ),
)
ASSOCIATIONS = Rows(
    title="Samordningsförbund",
    item=Fields(
        title="Förbund",
        fields={
            "id": an_id("Id", example="sodra-dalarna"),
            "namn": text("Namn"),
            "lan": text("Län"),
            "kommuner": texts("Kommuner"),
            "policy": an_id("Policy", "Regel för små grupper i policy.yml.", "standard"),
            "pahittat": Flag(
                title="Påhittat", description="Förbundet är ett exempel. Det står på alla dess sidor."
            ),
            "uppgifter": TOTALS,
        },
        required=("id", "namn", "lan", "kommuner", "policy"),
    ),
)
INTERVENTION = Fields(
    title="Insats",
    description="Ett team eller ett projekt.",
    fields={
        "namn": text("Namn"),
        "typ": word(
            "Slag", {"team": "Ett team som pågår tills vidare.", "projekt": "Ett projekt med slutdatum."}
        ),
        "forbund": an_id("Förbund", example="sodra-dalarna"),
        "start": Day(title="Start", month=True),
        "slut": Day(title="Slut", month=True, words={"pagaende": "Insatsen pågår."}),
        "agare": texts("Ägare", "Parter ur kategorier.yml eller organisationers namn."),
        "definitioner": GOAL_DEFINITION,
        "metoder": ids("Metoder", "Handböcker i data/metoder/.", "losningsfokus"),
        "foregangare": ids("Föregångare", "Insatser som denna kommer ur."),
        "kort": text("Kort om insatsen", "En mening som presenterar insatsen."),
    },
    required=("namn", "typ", "forbund"),
)
LIMITS: Mapping[str, Shape] = {
    "troskel": whole("Tröskel", "Det minsta antal som visas.", lowest=1, highest=10**9),
    "troskel_medel": whole(
        "Tröskel för medelvärden", "Minsta n bakom ett medelvärde.", lowest=1, highest=10**9
    ),
    "troskel_andel": whole("Tröskel för andelar", "Minsta bas för procent.", lowest=1, highest=10**9),
    "okant_n": word("När n är okänt", UNKNOWN_N),
    "sla_samman": word("Slå samman", JOINS, "Hur klasser slås samman när de är små."),
}
POLICIES = Keyed(
    title="Skydd av små grupper",
    pattern=ID,
    example="standard",
    value=Fields(
        title="Policy",
        fields={
            "benamning": text("Benämning"),
            **LIMITS,
            "matt": Keyed(
                title="Undantag för mått",
                description="Måttets id eller dess början till en punkt. Efter @ kan en population stå.",
                pattern=CELL,
                example="flode",
                value=Fields(
                    title="Undantag",
                    fields={
                        **LIMITS,
                        "skal": text("Skäl", "Bedömningen bakom undantaget, i en mening."),
                        "beslutad": day("Beslutad"),
                    },
                    required=("skal",),
                ),
            ),
            "oppet": Rows(
                title="Öppna mått", description="Mått som inte räknar deltagare.", item=cell("Mått")
            ),
        },
        required=("benamning", "troskel", "troskel_medel", "troskel_andel", "okant_n"),
    ),
)
ACCEPTED = Rows(
    title="Godtagna anmärkningar",
    item=Fields(
        title="Godtagen anmärkning",
        fields={
            "kod": Code(title="Kod", pattern=CHECK, example="R07a", advice="Skriv anmärkningens kod"),
            "plats": Code(
                title="Plats", pattern=PLACE, example="sater/2021#flode.nya", advice="Skriv rapport och cell"
            ),
            "skal": text("Skäl", "Vad källan skriver och vad som visas. Läsaren ser det."),
            "roll": text("Roll", "Vem som godtog: en roll, aldrig ett namn."),
            "galler_till": Day(title="Gäller till", words={"tills_vidare": "Utan slutdatum."}),
        },
        required=("kod", "plats", "skal", "roll", "galler_till"),
    ),
)
CORRECTIONS = Rows(
    title="Rättelser",
    description="Siffror som ändrats efter publicering.",
    item=Fields(
        title="Rättelse",
        fields={
            "cell": Code(
                title="Cell", pattern=PLACE, example="sater/2021#flode.nya", advice="Skriv rapport och cell"
            ),
            "gammalt": text("Gammalt värde"),
            "nytt": text("Nytt värde"),
            "datum": day("Datum"),
            "orsak": text("Orsak"),
        },
        required=("cell", "gammalt", "nytt", "datum", "orsak"),
    ),
)
GLOSSARY = Rows(
    title="Ordlista",
    item=Fields(
        title="Ord",
        fields={
            "term": text("Ord"),
            "bojningar": texts("Böjningar", "Ordets alla former."),
            "forklaring": text("Förklaring"),
            "sokord": texts("Sökord", "Andra ord som den som söker kan skriva. De förklaras inte i texten."),
        },
        required=("term", "forklaring"),
    ),
)
