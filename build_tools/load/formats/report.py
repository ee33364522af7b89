"""The shape of a report's figures."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.load.formats.plain import (
    BASES,
    CATEGORY,
    CELL,
    CODINGS,
    ID,
    MARKS,
    PERIOD_KINDS,
    PRICES,
    REPORT_KINDS,
    STATUSES,
    an_id,
    base,
    category,
    cell,
    day,
    number,
    text,
    told,
    whole,
    word,
)
from build_tools.load.formats.values import (
    ALL,
    AMOUNTS,
    BY_GROUP,
    CELLS,
    GROUP_ROW,
    PERIOD,
    REPORT_PERIOD,
    SEXES,
    SINGLE,
    VALUE,
    VALUE_FIELDS,
)
from build_tools.load.shapes import Fields, Keyed, Rows, Shape
from build_tools.texts import UNITS

IDENTITY = Fields(
    title="Rapporten",
    fields={
        "insats": an_id("Insats", "Insatsens id, samma som mappens namn."),
        "typ": word("Slags rapport", REPORT_KINDS),
        "mall": an_id("Mall", "Rapportens mall i mallar.yml.", "samverkansteam"),
        "period": REPORT_PERIOD,
        "status": word("Status", STATUSES),
        "kalla": text("Källa", "Varifrån siffrorna kommer, i en mening."),
        "datadatum": day("Datadatum", "Dagen då siffrorna togs fram."),
        "publicerad": day("Publicerad", "Dagen då rapporten publicerades."),
    },
    required=("insats", "typ", "mall", "period", "status"),
)
GOAL_DEFINITION = Fields(
    title="Definitioner",
    description="Vad insatsen räknar som att nå målet.",
    fields={
        "mal_orsaker": Rows(title="Avslutsorsaker som är mål", item=category("Avslutsorsak")),
        "mal_namnare": word("Vilka avslut som räknas", BASES),
        "tidigt_avhopp": Fields(
            title="Tidigt avhopp",
            description="Gränsen för tidigt avhopp, eller saknas.",
            scalar=word("Tidigt avhopp", MARKS),
            fields={"inom_dagar": whole("Inom dagar", lowest=1, highest=3660)},
            required=("inom_dagar",),
        ),
    },
)
FLOW = Fields(
    ref="flode",
    title="Flöde",
    description="Deltagarna genom insatsen. Totalt och avslutade räknas ut och skrivs bara för kontroll.",
    fields={
        "ingang": told(BY_GROUP, "Inskrivna när perioden började"),
        "nya": told(BY_GROUP, "Inskrivna under perioden"),
        "utgang": told(BY_GROUP, "Inskrivna när perioden slutade"),
        "totalt": told(BY_GROUP, "Alla under perioden", "Räknas ut. Källans tal skrivs för kontroll."),
        "avslutade": told(BY_GROUP, "Avslutade", "Räknas ut. Källans tal skrivs för kontroll."),
        "period": PERIOD,
    },
)
EXITS = Fields(
    ref="avslut",
    title="Avslut",
    description="Varför deltagare slutade och vad de gick vidare till.",
    fields={
        "population": an_id("Population", example="avslutade"),
        "kodning": word("Kodning", CODINGS),
        "n": base(),
        "summa": told(BY_GROUP, "Summa", "Källans egen summa, för kontroll."),
        "celler": CELLS,
        "varav": Keyed(
            title="Varav",
            description="Det som berättas bredvid orsakerna och inte är en del av summan.",
            pattern=ID,
            example="flytt",
            value=BY_GROUP,
        ),
        "period": PERIOD,
    },
    required=("celler",),
)
DISTRIBUTION = Fields(
    ref="fordelning",
    title="Fördelning",
    fields={
        "matt": cell("Mått", "Måttets id i nyckeltal.yml."),
        "population": an_id("Population", "Vilka som räknas.", "nya"),
        "matpunkt": an_id("Mätpunkt", "När det mättes, eller saknas.", "inskrivning"),
        "kodning": word("Kodning", CODINGS),
        "n": base(),
        "summa": told(BY_GROUP, "Summa", "Källans egen summa, för kontroll."),
        "celler": CELLS,
        "period": PERIOD,
    },
    required=("matt", "kodning", "celler"),
)
SERIES = Rows(
    title="Serie",
    description="Samma mått för flera perioder.",
    item=Fields(
        title="Punkt i serien",
        fields={
            "start": day("Första dagen"),
            "slut": day("Sista dagen"),
            "typ": word("Slags period", PERIOD_KINDS),
            **{key: shape for key, shape in VALUE_FIELDS.items() if key not in ("per", "period")},
        },
        required=("start", "slut"),
        one_of=(AMOUNTS,),
    ),
)
GROUPED: Mapping[str, Shape] = {
    **SEXES,
    "alla": ALL,
    "grupper": Rows(title="Andra grupper", item=GROUP_ROW),
    "min": SINGLE,
    "max": SINGLE,
    "period": PERIOD,
}
DURATION = Fields(
    ref="varaktighet",
    title="Varaktighet",
    fields={
        "matt": cell("Mått", "Måttets id i nyckeltal.yml."),
        "population": an_id("Population", "Vilka som räknas.", "avslutade_i_mal"),
        "matpunkt": an_id("Mätpunkt", example="avslut"),
        "enhet": word("Enhet", {"manader": "Månader.", "ar": "År."}),
        "efter_orsak": Keyed(
            title="Efter avslutsorsak",
            pattern=CATEGORY,
            example="arbete",
            value=BY_GROUP,
        ),
        "serie": SERIES,
        **GROUPED,
    },
    required=("matt",),
)
AGE = Fields(
    ref="alder",
    title="Ålder",
    description="Medelålder. Yngsta och äldsta skrivs utelamnat.",
    fields={"population": an_id("Population", "Vilka som räknas.", "nya"), **GROUPED},
    required=("population",),
)
FACTS = Keyed(
    ref="uppgifter",
    title="Uppgifter",
    description="Mått utan eget avsnitt, med sitt id ur nyckeltal.yml.",
    pattern=CELL,
    example="personal.handledningstillfallen",
    value=BY_GROUP,
)
CURRENCIES = {"kr": "Kronor.", "tkr": "Tusental kronor."}
MONEY_COLUMNS: Mapping[str, Shape] = {
    "budget": told(VALUE, "Budget"),
    "utfall": told(VALUE, "Utfall"),
    "avvikelse": told(VALUE, "Avvikelse", "Budget minus utfall. Räknas ut; källans tal skrivs för kontroll."),
    "prognos_utfall": told(VALUE, "Prognos för utfallet"),
    "prognos_avvikelse": told(VALUE, "Prognos för avvikelsen", "När källans prognos är en avvikelse."),
    "forbrukning": told(VALUE, "Förbrukning", "Utfallet i procent av budgeten."),
}
MONEY_ROW = Fields(
    title="Rad i budgeten",
    description="Avvikelse är budget minus utfall och skrivs bara för kontroll.",
    ref="budgetrad",
    fields={
        **MONEY_COLUMNS,
        "kommentar": text("Kommentar", "Varför utfallet skiljer sig från budgeten."),
    },
    at_most=(("prognos_utfall", "prognos_avvikelse"),),
)
MONEY = Fields(
    ref="ekonomi",
    title="Ekonomi",
    fields={
        "period": PERIOD,
        "utfall_tom": day(
            "Utfall till och med", "Sista dagen som utfallet gäller, om det inte är periodens."
        ),
        "enhet": word("Enhet", CURRENCIES),
        "priser": word("Priser", PRICES, "I vilka priser beloppen är. Utan priser är de löpande."),
        "prisar": whole("Prisår", "Året vars priser beloppen är i, när de är fasta.", 1990, 2100),
        "askat": told(VALUE, "Äskat", "Det som insatsen bad om."),
        "tilldelat": told(VALUE, "Tilldelat", "Det som insatsen fick."),
        "medfinansiering": told(VALUE, "Medfinansiering", "Det som parterna själva bidrog med."),
        "rader": Keyed(title="Rader", pattern=ID, example="personal", value=MONEY_ROW),
        "summa": told(MONEY_ROW, "Summa", "Källans summor, för kontroll."),
    },
    required=("enhet",),
)
STAFF = Fields(
    title="Bemanning",
    description="Tjänster, aldrig personer, och aldrig skäl till frånvaro.",
    fields={
        "period": PERIOD,
        "avtalad_niva_procent": told(VALUE, "Avtalad nivå", "Tjänster tillsammans, i procent av heltid."),
        "befattningar": Rows(
            title="Befattningar",
            item=Fields(
                title="Befattning",
                fields={
                    "roll": an_id("Roll", example="coach"),
                    "huvudman": an_id("Huvudman", example="kommun"),
                    "antal": told(VALUE, "Antal", "Så många befattningar."),
                    "procent": told(VALUE, "Procent", "Av heltid."),
                    "lage": an_id("Läge", example="ordinarie"),
                    "start": day("Från och med", "När tjänsten börjar, om det är inom perioden."),
                    "slut": day("Till och med", "När tjänsten slutar, om det är inom perioden."),
                },
                required=("roll",),
            ),
        ),
    },
)
MEETING_COLUMNS: Mapping[str, Shape] = {
    "planerade": told(VALUE, "Planerade möten"),
    "hallna": told(VALUE, "Hållna möten"),
    "installda": told(VALUE, "Inställda möten"),
}
MEETINGS = Rows(
    title="Möten",
    item=Fields(
        title="Möten i ett forum",
        fields={
            "forum": an_id("Forum", example="styrgrupp"),
            **MEETING_COLUMNS,
            "period": PERIOD,
        },
        required=("forum",),
    ),
)
PARTIES = Rows(
    title="Samverkan",
    item=Fields(
        title="Part",
        fields={
            "part": text("Part", "En part ur kategorier.yml, eller organisationens namn."),
            "forum": an_id("Forum", example="styrgrupp"),
            "lage": an_id("Läge", example="aktiv"),
        },
        required=("part", "forum", "lage"),
    ),
)
QUESTION = Fields(
    title="Fråga",
    fields={
        "id": an_id("Id", "Frågans id inom enkäten.", "fraga_1"),
        "text": text("Frågans text"),
        "skala": an_id("Skala", "Svarsskalans id i skalor.yml.", "frekvens_6"),
        "n": base("Antal svar"),
        "svar": Keyed(
            title="Svar", description="Antal svar för varje steg.", pattern=ID, example="ofta", value=VALUE
        ),
        "andelar": Keyed(
            title="Andelar", description="Procent för varje steg.", pattern=ID, example="ofta", value=VALUE
        ),
        "medel": told(VALUE, "Medelvärde", "När källan bara anger svarens medelvärde."),
        "olagda": Rows(
            title="Olagda tal",
            description="Tal som går att läsa men inte att knyta till ett steg.",
            item=number("Tal"),
        ),
        "foljdfraga": Fields(
            title="Följdfråga",
            description="När frågan bara ställdes till dem som svarat något visst på en annan fråga.",
            fields={
                "fraga": an_id("Fråga", "Den andra frågans id i samma enkät.", "nasta_steg"),
                "svar": Rows(
                    title="Svar", description="Stegen som gav frågan.", item=an_id("Steg", example="ja")
                ),
            },
            required=("fraga", "svar"),
        ),
        "kumulativt": Fields(
            title="Från ett steg och uppåt",
            fields={"fran": an_id("Från steget", example="delvis"), "andel": number("Andel i procent")},
            required=("fran", "andel"),
        ),
    },
    required=("id", "text", "skala", "n"),
    at_most=(("svar", "andelar", "medel"),),
    at_least=(("svar", "andelar", "medel", "kumulativt"),),
)
SURVEYS = Rows(
    title="Enkäter",
    item=Fields(
        title="Enkät",
        fields={
            "id": an_id("Id", example="avslut_2021"),
            "period": PERIOD,
            "population_n": base("Antal som fick enkäten"),
            "fragor": Rows(title="Frågor", item=QUESTION),
        },
        required=("id", "fragor"),
    ),
)
CHANGE_COLUMNS: Mapping[str, Shape] = {
    "fore": told(VALUE, "Före"),
    "efter": told(VALUE, "Efter"),
    "andel_efter": told(VALUE, "Andel efter", "I procent av dem som räknas."),
    "forandring_procent": told(VALUE, "Förändring", "I procent av antalet före."),
}
BEFORE_AFTER = Rows(
    title="Före och efter",
    item=Fields(
        title="Före och efter",
        fields={
            "matt": cell("Mått", "Måttets id i nyckeltal.yml."),
            "population": an_id("Population", example="avslutade"),
            "n": base(),
            "kodning": word("Kodning", CODINGS),
            "celler": Keyed(
                title="Celler",
                pattern=CATEGORY,
                example="fk.sjukpenning",
                value=Fields(title="Rad", ref="foreefter", fields=CHANGE_COLUMNS),
            ),
            "period": PERIOD,
        },
        required=("matt", "population", "kodning", "celler"),
    ),
)
RATING_COLUMNS: Mapping[str, Shape] = {
    "summa_fore": told(VALUE, "Summa före"),
    "summa_efter": told(VALUE, "Summa efter"),
    "medel_fore": told(VALUE, "Medelvärde före"),
    "medel_efter": told(VALUE, "Medelvärde efter"),
    "okat": told(VALUE, "Så många skattade högre efter"),
    "oforandrat": told(VALUE, "Så många skattade lika"),
    "minskat": told(VALUE, "Så många skattade lägre efter"),
}
RATINGS = Rows(
    title="Skattningar",
    item=Fields(
        title="Egen skattning före och efter",
        fields={
            "instrument": an_id("Instrument", example="livshjulet"),
            "skala": an_id("Skala", "Skalans id i skalor.yml.", "skattning_1_10"),
            "population": an_id("Population", example="svarande"),
            "n": base(),
            "omraden": Keyed(
                title="Områden",
                pattern=ID,
                example="somn",
                value=Fields(title="Område", ref="skattning", fields=RATING_COLUMNS),
            ),
            "period": PERIOD,
        },
        required=("instrument", "skala", "n", "omraden"),
    ),
)
LADDER_COLUMNS: Mapping[str, Shape] = {
    "mal": told(BY_GROUP, "Målet för antalet deltagare"),
    "inskrivna": told(BY_GROUP, "Inskrivna"),
    "identifierade": told(BY_GROUP, "Identifierade", "De som är registrerade med personuppgifter i SUS."),
    "anonyma": told(BY_GROUP, "Anonyma", "De som är registrerade utan personuppgifter."),
    "tidigt_avslutade": told(BY_GROUP, "Tidigt avslutade"),
    "avslutade": told(BY_GROUP, "Avslutade"),
    "pagaende": told(BY_GROUP, "Pågående"),
}
LADDER = Rows(
    title="Omfattning",
    description="Hur många projektet gäller, en rad för varje källa.",
    item=Fields(
        title="Omfattning enligt en källa",
        fields={
            "kalla": an_id("Källa", example="sus"),
            "datadatum": day("Datadatum"),
            **LADDER_COLUMNS,
        },
        required=("kalla",),
    ),
)
VERDICTS = {
    "uppfyllt": "Källan säger att målet nåddes.",
    "ej_uppfyllt": "Källan säger att målet inte nåddes.",
    "ej_provat": "Källan har inte prövat målet.",
}
TRANSITIONS = Rows(
    title="Övergångar",
    description="Från försörjning vid inskrivning till avslut. En rad för varje försörjning.",
    item=Fields(
        title="Övergångar för en population",
        fields={
            "population": an_id("Population", example="avslutade"),
            "celler": Keyed(
                title="Celler",
                description="Försörjning vid inskrivning, och under den vart deltagarna gick.",
                pattern=CATEGORY,
                example="kommun.forsorjningsstod",
                value=Keyed(
                    title="Avslut",
                    description="Antal för varje slags avslut. Det som inte står är ingen.",
                    ref="overgang",
                    pattern=ID,
                    example="arbete",
                    value=VALUE,
                ),
            ),
            "period": PERIOD,
        },
        required=("population", "celler"),
    ),
)
DIMENSIONS = {
    "reach": "Räckvidd: når insatsen dem den är till för?",
    "effectiveness": "Effekt: ger insatsen det den ska ge?",
    "adoption": "Antagande: tar verksamheterna till sig insatsen?",
    "implementation": "Genomförande: görs insatsen så som det var tänkt?",
    "maintenance": "Vidmakthållande: lever insatsen kvar?",
}
IMPLEMENTATION = Rows(
    title="Implementering",
    description="Påståenden om införandet, efter RE-AIM. Siffror har sin plats någon annanstans.",
    item=Fields(
        title="Påstående",
        fields={
            "dimension": word("Dimension", DIMENSIONS),
            "text": text("Påståendet, i en mening"),
            "cell": cell("Cell", "Siffran som påståendet vilar på, om det finns någon."),
        },
        required=("dimension", "text"),
    ),
)
GOALS = Rows(
    title="Mål",
    description="Mätbara mål som insatsen har satt.",
    item=Fields(
        title="Mål",
        fields={
            "id": an_id("Id", example="vantetid"),
            "text": text("Målets text"),
            "matt": cell("Mått", "Det mått eller den cell som målet prövas mot."),
            "troskel": number("Tröskel"),
            "riktning": word("Riktning", {"minst": "Tröskeln eller mer.", "hogst": "Tröskeln eller mindre."}),
            "namnare": text("Nämnare", "Vilka andelen räknas av, i ord."),
            "tackning": cell("Täckning", "Cellen med alla som målet gäller. Utfallets n jämförs med den."),
            "stallforetradande": text(
                "Ställföreträdande mått",
                "När målet prövas med ett annat mått än det säger: hur, i en mening.",
            ),
            "dom": word("Källans egen dom", VERDICTS),
        },
        required=("id", "text"),
    ),
)
STATED = Rows(
    title="Uppgivet",
    description="Samma uppgift som källan anger annorlunda på ett annat ställe.",
    item=Fields(
        title="Uppgivet",
        fields={
            "cell": cell("Cell", "Cellens id."),
            "varde": number("Värde", "Talet som källan skriver."),
            **{
                key: number(VALUE_FIELDS[key].title)
                for key in ("antal", "summa", "medel", "andel", "fran", "till")
            },
            **{key: VALUE_FIELDS[key] for key in ("n", "ungefar", "decimaler", "sida", "not")},
            "enhet": word("Enhet", {unit: f"{forms[1] or unit}." for unit, forms in UNITS.items()}),
            "avsnitt": whole("Avsnitt", "Avsnittets nummer i rapporten.", highest=99),
            "del": an_id("Del", "Delen av avsnittet.", "beskrivning"),
        },
        required=("cell",),
        one_of=(("varde", *AMOUNTS),),
    ),
)
DISTRIBUTIONS = Rows(title="Fördelningar", item=DISTRIBUTION)
DURATIONS = Rows(title="Varaktighet", item=DURATION)
AGES = Rows(title="Ålder", item=AGE)
REPORT = Fields(
    title="Rapportens siffror",
    description="Siffrorna i en rapport. Texten står i content/rapporter/ under samma namn.",
    fields={
        "rapport": IDENTITY,
        "definitioner": GOAL_DEFINITION,
        "flode": FLOW,
        "avslut": EXITS,
        "fordelningar": DISTRIBUTIONS,
        "varaktighet": DURATIONS,
        "alder": AGES,
        "uppgifter": FACTS,
        "foregaende": Fields(
            title="Föregående period",
            description="Förra periodens värden så som denna rapport anger dem.",
            fields={
                "flode": FLOW,
                "avslut": EXITS,
                "fordelningar": DISTRIBUTIONS,
                "varaktighet": DURATIONS,
                "alder": AGES,
                "uppgifter": FACTS,
                "ekonomi": MONEY,
            },
        ),
        "ekonomi": MONEY,
        "bemanning": STAFF,
        "moten": MEETINGS,
        "samverkan": PARTIES,
        "enkater": SURVEYS,
        "fore_efter": BEFORE_AFTER,
        "overgangar": TRANSITIONS,
        "skattningar": RATINGS,
        "omfattning": LADDER,
        "mal": GOALS,
        "implementering": IMPLEMENTATION,
        "uppgivet": STATED,
    },
    required=("rapport",),
)
