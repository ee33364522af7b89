"""The shapes of a method handbook: who it is, and all its parts."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.load.formats.plain import (
    ID,
    KINDS,
    PLACE,
    an_id,
    day,
    ids,
    text,
    texts,
    told,
    whole,
    word,
)
from build_tools.load.formats.values import VALUE
from build_tools.load.shapes import Code, Fields, Flag, Keyed, Rows, Shape
from build_tools.texts import UNITS

TYPES = {
    "metod": "Ett sätt att arbeta, från början till slut.",
    "kurs": "Träffar i en bestämd ordning.",
    "arbetssatt": "Ett förhållningssätt eller ett stöd i samtal.",
}
STATUSES = {
    "utkast": "Visas bara i förhandsvisningen. Sidor får saknas.",
    "slutlig": "Visas. Varje sida ska ha sin text.",
}
DEMANDS = {
    "ska": "Måste göras.",
    "bor": "Görs om inget talar emot.",
    "far": "Kan göras.",
}
FORM_KINDS = {
    "blankett": "Fylls i.",
    "mall": "Något att utgå från.",
    "checklista": "Prickas av.",
    "aterkoppling": "Deltagare säger vad de tycker om en aktivitet.",
}
FIELD_KINDS = {
    "text": "En rad.",
    "langtext": "Flera rader.",
    "datum": "Ett datum.",
    "tal": "Ett tal.",
    "ja_nej": "En ruta att kryssa i.",
    "skala": "Ett läge på en skala.",
    "underskrift": "Plats för en underskrift.",
}
PROGRAMME_KINDS = {
    "kurs": "Träffar i ordning.",
    "program": "Faser i ordning.",
    "ovning": "En övning för personalen.",
}
LIST_KINDS = {
    "lista": "Vilken lista som helst.",
    "vardegrund": "Värden med sin innebörd.",
    "fragor": "Frågor att ställa sig.",
    "framgang": "Det som får metoden att fungera.",
    "hinder": "Det som står i vägen.",
    "kriterier": "Vilka metoden passar, och vilka inte.",
    "programlogik": "Aktiviteter, resultat och effekter.",
    "medskick": "Vad som är värt att ta över.",
}
GRID_KINDS = {
    "tabell": "Texter i rader och kolumner.",
    "rad": "Råd till två parter, bredvid varandra.",
    "matris": "Två axlar med en etikett där de möts.",
    "swot": "Styrkor, svagheter, möjligheter och hot.",
    "modeller": "Lokala modeller bredvid varandra.",
}
FIGURE_FORMS = {
    "tabell": "Siffror i rader och kolumner.",
    "andelar": "Andelar för var och en av raderna.",
    "likert": "Svar på en skala, från den ena änden till den andra.",
    "fore_efter": "Samma mått vid två tillfällen.",
    "mal_utfall": "Mål bredvid utfall.",
    "tidsserie": "Samma mått vid flera tillfällen.",
}
COUNTED = {
    "deltagare": "Deltagare, eller deltagares svar. Små antal skrivs utelamnat.",
    "personal": "Svar från handläggare eller chefer. Små antal skrivs utelamnat.",
    "annat": "Tjänster, pengar, dagar eller annat som inte säger något om en person.",
}
REGULATION_KINDS = {
    "lag": "Lag eller förordning.",
    "kod": "Kod eller kategori i ett system.",
    "blankett": "Blankett med nummer.",
    "program": "Program eller ersättning som beslutas av en myndighet.",
    "frist": "Tid inom vilken något ska vara gjort.",
}
WHOLES = {"rader": "Varje rad blir hundra.", "kolumner": "Varje kolumn blir hundra."}
NEUTRAL = {
    "med": "Neutrala svar är inräknade bland de positiva.",
    "utan": "Neutrala svar är inte inräknade bland de positiva.",
    "egen": "Neutrala svar står för sig.",
    "inget": "Frågan har inget neutralt svar.",
    "saknas": "Källan säger inte om neutrala svar är inräknade.",
}
AXES = {"rad": "En rad är summan av andra rader.", "kolumn": "En kolumn är summan av andra kolumner."}
COLUMN = "^(?!(namn|bas|galler|sida|not)$)[a-z0-9][a-z0-9_]*$"
"""Columns stand as keys in their rows, beside the rows' own."""
MOMENT_DAY = r"(19|20)[0-9]{2}-[0-9]{2}(-[0-9]{2})?"
AS_OF = Code(
    title="Gäller",
    description="Dagen, månaden eller tiden som siffrorna gäller, eller saknas om källan inte säger det.",
    pattern=rf"^(saknas|{MOMENT_DAY}(/{MOMENT_DAY})?)$",
    example="2012-04/2013-06",
    advice="Skriv en dag, en månad eller två med snedstreck mellan",
)
SHOWN_PART = Code(
    title="Del",
    description="En del av handboken som sidan visar: dess slag och id, eller slaget ensamt för alla.",
    pattern="^[a-z]+(:[a-z0-9][a-z0-9_-]*)?$",
    example="processer:grund",
    advice="Skriv avsnitt, kolon och id",
)
ADDRESS = Code(
    title="Adress",
    description="Webbadressen, hel.",
    pattern=r"^https?://[^\s<>\"]+$",
    example="https://www.lansforsakring.example/metod",
    advice="Skriv hela webbadressen",
)
PAGE = text("Sida", "Sidan eller sidorna i källan.")
NOTE = text("Not", "En anmärkning som följer med.")
NAME = text("Namn")
SHORT = text("Kort", "Vad det är, i en eller två meningar.")
STEPS = ids("Steg", "Steg i processen.", "kartlagg")
ROLES = ids("Roller", example="coach")
FORMS = ids("Blanketter", example="handlingsplan")
DEFINES = Rows(
    title="Definierar",
    description="Mått i katalogen över nyckeltal som definieras här. Måttets sida leder hit.",
    item=Code(
        title="Mått",
        description="Måttets id i data/nyckeltal.yml.",
        pattern="^[a-z][a-z0-9_]*([.][a-z0-9_]+)*$",
        example="flode.nya",
        advice="Skriv måttets id",
    ),
)
PAGE_DEFINES = Rows(
    title="Definierar",
    description="Mått som definieras på sidan. Är det under en rubrik i texten skrivs dess ankare efter #.",
    item=Code(
        title="Mått",
        description="Måttets id i data/nyckeltal.yml, och rubrikens ankare.",
        pattern="^[a-z][a-z0-9_]*([.][a-z0-9_]+)*(#[a-z0-9][a-z0-9-]*)?$",
        example="flode.nya#sa-raknas-det",
        advice="Skriv måttets id, och rubrikens ankare efter #",
    ),
)
CARD = an_id("Kort", "Kortet för det licensierade instrumentet.", "ors")


def _keyed(title: str, example: str, description: str, fields: Mapping[str, Shape], *needed: str) -> Keyed:
    value = Fields(title=title, description=description, fields=fields, required=needed)
    return Keyed(title=title, description=description, pattern=ID, example=example, value=value)


IDENTITY = Fields(
    title="Handboken",
    description="Vad handboken heter, vem som svarar för den och när den ska ses över.",
    fields={
        "namn": NAME,
        "slag": word("Slag", TYPES),
        "kort": SHORT,
        "agare": Fields(
            title="Ägare",
            description="Den roll som svarar för handboken, aldrig ett namn.",
            fields={"roll": text("Roll"), "organisation": text("Organisation")},
            required=("roll", "organisation"),
        ),
        "version": text("Version"),
        "reviderad": day("Reviderad"),
        "granskas": day("Granskas senast"),
        "licens": text("Licens", "Hur andra får använda handboken."),
        "status": word("Status", STATUSES),
        "kalla": text("Källa", "Vad handboken bygger på, i en mening."),
        "forslag": an_id("Förslag", "Sidan som berättar hur ett förslag till ändring lämnas.", "nyheter"),
    },
    required=("namn", "slag", "kort", "agare", "version", "reviderad", "granskas", "licens", "status"),
)
PAGES = _keyed(
    "Sidor",
    "processen",
    "Handbokens sidor i den ordning de läses. Texten står i content/metoder/<handbok>/<sida>.md.",
    {
        "titel": text("Titel"),
        "grupp": text("Grupp", "Rubriken som sidan står under i handbokens innehåll."),
        "visar": Rows(title="Visar", item=SHOWN_PART),
        "definierar": PAGE_DEFINES,
    },
    *("titel", "grupp"),
)
STEP_FIELDS: Mapping[str, Shape] = {
    "namn": NAME,
    "kort": SHORT,
    "utloses_av": text("Utlöses av"),
    "resultat": texts("Resultat"),
    "gor": texts("Gör så här"),
    "delsteg": _keyed("Delsteg", "nulage", "Stegets delar.", {"namn": NAME, "not": NOTE}, "namn"),
    "roller": ROLES,
    "medverkar": texts("Kan medverka"),
    "blanketter": FORMS,
    "registreras": texts("Registreras"),
    "definierar": DEFINES,
    "sida": PAGE,
    "not": NOTE,
}
WAY = Fields(
    title="Väg",
    fields={
        "fran": an_id("Från", "Ett steg.", "kartlagg"),
        "till": an_id("Till", "Ett steg eller ett slut.", "planera"),
        "nar": text("När"),
        "not": NOTE,
    },
    required=("fran", "till"),
)
PROCESSES = _keyed(
    "Processer",
    "grund",
    "Stegen i ordning och vägarna mellan dem.",
    {
        "namn": NAME,
        "kort": SHORT,
        "princip": text("Bärande princip"),
        "start": text("Start", "Händelsen som allt börjar med."),
        "forst": an_id("Först", "Steget som starten leder till.", "informera"),
        "steg": _keyed("Steg", "kartlagg", "Ett steg har ett id och aldrig ett nummer.", STEP_FIELDS, "namn"),
        "slut": _keyed("Slut", "arbete", "Där processen kan sluta.", {"namn": NAME, "not": NOTE}, "namn"),
        "vagar": Rows(title="Vägar", item=WAY),
        "genomgaende": texts("I varje steg"),
        "tider": texts("Tider"),
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "start", "forst", "steg"),
)
PRACTICE_FIELDS: Mapping[str, Shape] = {
    "text": text("Text"),
    "punkter": texts("Punkter"),
    "krav": word("Krav", DEMANDS),
    "ansvar": ROLES,
    "sida": PAGE,
    "not": NOTE,
}
PRACTICE = Fields(
    title="Så gör de",
    ref="arbetsgang",
    scalar=text("Text"),
    fields=PRACTICE_FIELDS,
    one_of=(("text", "punkter"),),
)
ROUTINES = _keyed(
    "Rutiner",
    "lokala",
    "Samma moment i flera lokala varianter, så att de går att jämföra.",
    {
        "namn": NAME,
        "kort": SHORT,
        "varianter": _keyed("Varianter", "nord", "Varianterna.", {"namn": NAME, "sida": PAGE}, "namn"),
        "moment": _keyed(
            "Moment",
            "inskrivning",
            "Ett moment i rutinen.",
            {
                "namn": NAME,
                "steg": an_id("Steg", "Steget i processen.", "kartlagg"),
                "gemensamt": told(PRACTICE, "Gemensamt", "Det som alla varianter gör."),
                "varianter": Keyed(
                    title="Varianter",
                    description="Hur varje variant gör.",
                    pattern=ID,
                    example="nord",
                    value=PRACTICE,
                ),
            },
            "namn",
        ),
        "not": NOTE,
    },
    *("namn", "varianter", "moment"),
)
ROLE_SECTION = _keyed(
    "Roller",
    "coach",
    "Roller och uppdrag. Aldrig namn på personer.",
    {
        "namn": NAME,
        "organisation": text("Organisation"),
        "kort": SHORT,
        "uppgifter": texts("Uppgifter"),
        "ska": texts("Ska", "Det som rollen kräver."),
        "bor": texts("Bör", "Det som är bra att ha."),
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    "namn",
)
ACTIVITIES = _keyed(
    "Aktiviteter",
    "kom-igang",
    "Verktygen: ett kort för varje aktivitet.",
    {
        "namn": NAME,
        "kategori": an_id("Kategori", example="halsa"),
        "syfte": text("Syfte"),
        "malgrupp": texts("Målgrupp"),
        "gor": texts("Så gör man"),
        "tid": texts("Tid och rytm"),
        "material": texts("Material"),
        "resultat": texts("Resultat"),
        "krav": texts("Krav", "Det som aktiviteten förutsätter."),
        "erbjuds_av": texts("Erbjuds av"),
        "provad_i": texts("Prövad i"),
        "orter": texts("Orter", "Orter där aktiviteten finns nu."),
        "ansvarig": an_id(
            "Ansvarig", "Rollen som håller kortet aktuellt. Utan svarar handbokens ägare.", "coach"
        ),
        "aterkoppling": texts("Återkoppling", "Vad deltagare säger, samlat. Aldrig vad en enda person sagt."),
        "lardomar": texts("Lärdomar"),
        "steg": STEPS,
        "roller": ROLES,
        "blanketter": FORMS,
        "program": an_id("Program", "Träffarna i ordning, under program.", "redo"),
        "siffror": ids("Siffror", "Tabeller under siffror.", "redo"),
        "kort": CARD,
        "granskad": day("Granskad"),
        "granskas": day("Granskas senast"),
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "kategori", "syfte"),
)
FORM_SECTION = _keyed(
    "Blanketter",
    "handlingsplan",
    "Blanketter, mallar och checklistor att skriva ut.",
    {
        "namn": NAME,
        "slag": word("Slag", FORM_KINDS),
        "syfte": text("Syfte"),
        "falt": Rows(
            title="Fält",
            item=Fields(
                title="Fält",
                scalar=text("Fält"),
                fields={
                    "namn": NAME,
                    "slag": word("Slag", FIELD_KINDS),
                    "hjalp": text("Hjälp", "Vad som ska stå i fältet."),
                },
                required=("namn",),
            ),
        ),
        "version": text("Version"),
        "skrivs_ut": Flag(title="Skrivs ut", description="Blanketten får en sida för utskrift."),
        "undertecknas": ids("Undertecknas av", "Roller som skriver under.", "deltagare"),
        "steg": STEPS,
        "kort": CARD,
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "slag"),
)
RATING_SCALES = _keyed(
    "Skalor",
    "programtrohet",
    "Skattningsskalor. En licensierad skala har ett kort och inga påståenden.",
    {
        "namn": NAME,
        "version": text("Version"),
        "syfte": text("Syfte"),
        "poster": texts("Poster"),
        "ankare": Keyed(
            title="Ankare",
            pattern=ID,
            example="inte-alls",
            value=text("Vad läget betyder"),
        ),
        "band": Rows(
            title="Band",
            description="Vad en summa betyder.",
            item=Fields(
                title="Band",
                fields={"fran": whole("Från"), "till": whole("Till"), "betyder": text("Betyder")},
                required=("fran", "till", "betyder"),
            ),
        ),
        "kort": CARD,
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "version"),
)
PROGRAMMES = _keyed(
    "Program",
    "redo",
    "Träffar, faser eller moment i ordning.",
    {
        "namn": NAME,
        "slag": word("Slag", PROGRAMME_KINDS),
        "kort": SHORT,
        "traffar": Rows(
            title="Träffar",
            item=Fields(
                title="Träff",
                fields={
                    "tema": text("Tema"),
                    "punkter": texts("Punkter"),
                    "tid": text("Tid"),
                    "material": texts("Material"),
                },
                required=("tema",),
            ),
        ),
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "slag", "traffar"),
)
LISTS = _keyed(
    "Listor",
    "framgang",
    "Punkter under rubriker.",
    {
        "namn": NAME,
        "affisch": Flag(title="Affisch", description="Listan får en sida att skriva ut och sätta upp."),
        "slag": word("Slag", LIST_KINDS),
        "kort": SHORT,
        "grupper": Rows(
            title="Grupper",
            item=Fields(
                title="Grupp",
                fields={
                    "rubrik": text("Rubrik"),
                    "steg": an_id("Steg", "Steget som punkterna gäller.", "kartlagg"),
                    "punkter": texts("Punkter"),
                    "sida": PAGE,
                    "not": NOTE,
                },
                required=("rubrik", "punkter"),
            ),
        ),
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "slag", "grupper"),
)
GRIDS = _keyed(
    "Tabeller",
    "rad",
    "Texter i rader och kolumner.",
    {
        "namn": NAME,
        "slag": word("Slag", GRID_KINDS),
        "kort": SHORT,
        "horn": text("Hörn", "Vad raderna är."),
        "kolumner": Keyed(title="Kolumner", pattern=ID, example="deltagaren", value=text("Rubrik")),
        "rader": Rows(
            title="Rader",
            item=Fields(
                title="Rad",
                fields={
                    "rubrik": text("Rubrik"),
                    "celler": Keyed(title="Celler", pattern=ID, example="deltagaren", value=texts("Punkter")),
                    "not": NOTE,
                },
                required=("rubrik", "celler"),
            ),
        ),
        "definierar": DEFINES,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "slag", "horn", "kolumner", "rader"),
)
CASES = _keyed(
    "Fall",
    "fall-1",
    "Påhittade exempel, satta samman av processens steg. Aldrig en verklig persons historia.",
    {
        "namn": NAME,
        "process": an_id("Process", example="grund"),
        "bakgrund": text("Bakgrund"),
        "vag": Rows(
            title="Väg",
            item=Fields(
                title="Hållplats",
                fields={
                    "steg": an_id("Steg", example="kartlagg"),
                    "handelse": text("Händelse"),
                    "aktiviteter": ids("Aktiviteter", example="kom-igang"),
                },
                required=("steg", "handelse"),
            ),
        ),
        "slut": an_id("Slut", "Där fallet slutar.", "arbete"),
        "lardomar": texts("Lärdomar"),
    },
    *("namn", "process", "bakgrund", "vag", "slut"),
)
FIGURE_COLUMN = Fields(
    title="Kolumn",
    scalar=text("Rubrik"),
    fields={
        "namn": NAME,
        "storhet": word("Storhet", KINDS),
        "enhet": word("Enhet", {key: key for key in sorted(UNITS)}),
    },
    required=("namn",),
)
FIGURE_ROW = Fields(
    title="Rad",
    description="Ett värde för varje kolumn, och det som gäller just den här raden.",
    fields={"namn": NAME, "bas": text("Bas"), "galler": AS_OF, "sida": PAGE, "not": NOTE},
    required=("namn",),
    others=VALUE,
    other_pattern=COLUMN,
)
FIGURES = _keyed(
    "Siffror",
    "deltagare",
    "Tabeller med siffror. Varje siffra har sida, bas och tid; det som räknas ut skrivs inte in.",
    {
        "titel": text("Titel"),
        "form": word("Form", FIGURE_FORMS),
        "raknar": word("Räknar", COUNTED),
        "definition": text("Definition", "Vad siffrorna betyder."),
        "neutral": word("Neutrala svar", NEUTRAL),
        "bas": text("Bas", "Vilka de gäller."),
        "galler": AS_OF,
        "sida": PAGE,
        "kolumner": Keyed(title="Kolumner", pattern=COLUMN, example="antal", value=FIGURE_COLUMN),
        "rader": Keyed(title="Rader", pattern=ID, example="nord", value=FIGURE_ROW),
        "summor": Rows(
            title="Summor",
            item=Fields(
                title="Summa",
                fields={
                    "axel": word("Axel", AXES),
                    "summa": an_id("Summa", example="alla"),
                    "av": ids("Av", example="nord"),
                },
                required=("axel", "summa", "av"),
            ),
        ),
        "andelar": Rows(
            title="Andelar",
            item=Fields(
                title="Andel",
                fields={
                    "kolumn": an_id("Kolumn", "Kolumnen med andelar.", "andel"),
                    "del": an_id("Del", "Kolumnen som är delen.", "kvinnor"),
                    "av": an_id("Av", "Kolumnen som är det hela.", "alla"),
                },
                required=("kolumn", "del", "av"),
            ),
        ),
        "hundra": word("Blir hundra", WHOLES),
        "definierar": DEFINES,
        "not": NOTE,
    },
    *("titel", "form", "raknar", "definition", "kolumner", "rader"),
)
WORKS = _keyed(
    "Litteratur",
    "empowerment-2006",
    "Det som handboken bygger på.",
    {
        "amne": text("Ämne"),
        "titel": text("Titel"),
        "upphov": text("Upphov"),
        "ar": text("År"),
        "slag": text("Slag"),
        "utgivare": text("Utgivare"),
        "doi": Code(
            title="DOI",
            description="Verkets beständiga nummer.",
            pattern=r"^10[.][0-9]{4,9}/[^\s<>\"]+$",
            example="10.1000/182",
            advice="Skriv numret som börjar med 10",
        ),
        "adress": ADDRESS,
        "kontrollerad": day("Kontrollerad"),
        "sida": PAGE,
        "not": NOTE,
    },
    "amne",
)
CARDS = _keyed(
    "Licenskort",
    "ors",
    "Ett instrument som någon annan har rätt till: länk, rättighetshavare och licens, aldrig texten.",
    {
        "namn": NAME,
        "kort": SHORT,
        "rattighetshavare": text("Rättighetshavare"),
        "licens": text("Licens"),
        "adress": ADDRESS,
        "kontrollerad": day("Kontrollerad"),
    },
    *("namn", "rattighetshavare", "licens", "adress"),
)
REGULATIONS = _keyed(
    "Regler",
    "a-kod",
    "Lagar, koder, blankettnummer och frister som handboken bygger på och som blir gamla.",
    {
        "namn": NAME,
        "slag": word("Slag", REGULATION_KINDS),
        "kort": SHORT,
        "galler_fran": AS_OF,
        "galler_till": AS_OF,
        "kontrollerad": day("Kontrollerad", "Dagen då någon såg efter vad som gäller."),
        "granskas": day("Granskas senast"),
        "adress": ADDRESS,
        "steg": STEPS,
        "sida": PAGE,
        "not": NOTE,
    },
    *("namn", "slag", "galler_fran"),
)
ENTRANCES = Rows(
    title="Ingångar",
    description="Var en läsare med en viss roll börjar. Står på handbokens första sida.",
    item=Fields(
        title="Ingång",
        fields={
            "for": text("För", "Vem det är, till exempel chef."),
            "kort": SHORT,
            "sidor": ids("Sidor", "Handbokens sidor, i den ordning de läses.", "processen"),
        },
        required=("for", "sidor"),
    ),
)
OUTLINKS = Rows(
    title="Länkar",
    description="Det som ligger utanför handboken: bokning, kalender, stöd och lokala rutiner.",
    item=Fields(
        title="Länk",
        fields={"namn": NAME, "adress": ADDRESS, "kort": SHORT},
        required=("namn", "adress"),
    ),
)
CHANGES = Rows(
    title="Ändringar",
    description="Handbokens versioner, den äldsta först.",
    item=Fields(
        title="Ändring",
        fields={
            "version": text("Version"),
            "datum": day("Datum"),
            "vad": text("Vad", "Vad som ändrades."),
            "sidor": ids("Sidor", "Handbokens sidor som berörs.", "processen"),
            "rapporter": Rows(
                title="Rapporter",
                description="Rapporter som berörs.",
                item=Code(title="Rapport", pattern=PLACE, example="sater/2021", advice="Skriv rapporten"),
            ),
        },
        required=("version", "datum", "vad"),
    ),
)
SECTIONS: Mapping[str, Shape] = {
    "sidor": PAGES,
    "processer": PROCESSES,
    "rutiner": ROUTINES,
    "roller": ROLE_SECTION,
    "aktiviteter": ACTIVITIES,
    "blanketter": FORM_SECTION,
    "skalor": RATING_SCALES,
    "program": PROGRAMMES,
    "listor": LISTS,
    "tabeller": GRIDS,
    "fall": CASES,
    "siffror": FIGURES,
    "litteratur": WORKS,
    "licenskort": CARDS,
    "regler": REGULATIONS,
    "ingangar": ENTRANCES,
    "lankar": OUTLINKS,
    "andringar": CHANGES,
}
HANDBOOK = Fields(
    title="Metodhandbok",
    description="En handbok. Delarna får stå i samma fil, eller i filer i en mapp med handbokens id.",
    fields={"handbok": IDENTITY, **SECTIONS},
    required=("handbok",),
)
HANDBOOK_PART = Fields(
    title="Del av en metodhandbok",
    description="En eller flera delar av handboken som mappen är uppkallad efter.",
    fields=SECTIONS,
)
