"""What a handbook may say and when it must be looked over: licences, lengths, contact details and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from build_tools import texts
from build_tools.checks.handbooks.verdicts import verdict
from build_tools.model import Edition, Handbook, Level, PaperForm, RatingScale, Verdict, Where
from build_tools.stages import handbook_check

LONGEST = 600
"""Characters of a text in the data; what is longer is prose, or somebody else's text."""
LONGEST_CARD = 300
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
NUMBER = re.compile(r"(?<![\d-])(?:\+46|0)[\s-]?\d{1,3}(?:[\s-]?\d{2,4}){2,3}(?![\d-])")
PERSONAL_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-3]\d)[-+]?\d{4}(?!\d)")
CONTACT = (
    r"(?:kontaktperson|kontakta|ring|handläggare|projektledare|delprojektledare|koordinator|rehabnavigator|"
    r"hälsovägledare|följeforskare|coach|ansvarig)"
)
PERSON = re.compile(
    rf"\b(?i:{CONTACT})\w*(?:\s+är|:|,)?\s+(?:[A-ZÅÄÖ][a-zåäöé]+\s+){{1,2}}[A-ZÅÄÖ][a-zåäöé]+"
)
PATTERNS = (
    (EMAIL, "en e-postadress"),
    (PERSONAL_NUMBER, "ett personnummer"),
    (NUMBER, "ett telefonnummer"),
    (PERSON, "ett personnamn"),
)


@handbook_check("H03a", "Ett licensierat instrument står bara som ett kort")
def licensed_forms_are_cards(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En blankett eller skala som någon annan har rätt till visas som ett kort med länk. Dess frågor,
    påståenden och skalsteg skrivs aldrig av.
    """
    for form in handbook.forms.values():
        owner = form.card or _card_of(form, handbook)
        if owner:
            yield _bare(f"blanketter.{form.id}", form.name, form.where, not form.fields)
    for scale in handbook.scales.values():
        owner = scale.card or _card_of(scale, handbook)
        if owner:
            bare = not (scale.items or scale.anchors)
            yield _bare(f"skalor.{scale.id}", scale.name, scale.where, bare)
    for card in handbook.cards.values():
        message = (
            f"Licenskortet {card.name} har {len(card.summary)} tecken under kort. Beskriv instrumentet med "
            f"högst {LONGEST_CARD} tecken och länka till det; texten i det får inte skrivas av."
        )
        yield verdict(len(card.summary) <= LONGEST_CARD, f"licenskort.{card.id}", card.where, message)


def _card_of(one: PaperForm | RatingScale, handbook: Handbook) -> str:
    """The card of an instrument of the same name, where the writer forgot to refer to it."""
    names = {card.name.casefold(): card.id for card in handbook.cards.values()}
    return names.get(one.name.casefold(), "")


def _bare(about: str, name: str, where: Where, holds: bool) -> Verdict:
    message = (
        f"{name} är licensierad, men här står dess frågor eller skalsteg. Ta bort dem och låt kortet länka "
        "till den som har rätten."
    )
    return verdict(holds, about, where, message)


@handbook_check("H03b", "Texterna bland uppgifterna är korta")
def texts_are_short(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En text bland uppgifterna är en mening eller två. Längre text skrivs på en sida i content/. En lång
    text kan också vara avskriven från någon annans verk.
    """
    for told in handbook.texts:
        message = (
            f"Texten är {texts.number(len(told.text))} tecken lång, men högst {LONGEST} får plats här. Korta "
            "den, eller skriv den på handbokens sida. Skriv aldrig av någon annans text."
        )
        yield verdict(len(told.text) <= LONGEST, "", told.where, message)


@handbook_check("H03c", "Inga namn eller kontaktuppgifter")
def nobody_is_named(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """En handbok nämner roller, aldrig personer: inga e-postadresser, telefonnummer, personnummer eller namn
    efter en roll.
    """
    for text, where in _spoken(handbook):
        found = [what for pattern, what in PATTERNS if pattern.search(text)]
        message = (
            f"Här står {found[0] if found else ''}. En handbok nämner roller och organisationer, aldrig "
            "personer. Ta bort det, eller skriv rollen i stället."
        )
        yield verdict(not found, "", where, message)


def _spoken(handbook: Handbook) -> Iterator[tuple[str, Where]]:
    """Every text of the data and of the pages, without its markup."""
    yield from ((told.text, told.where) for told in handbook.texts)
    for page in handbook.pages.values():
        file = f"content/{page.prose.path}" if page.prose else ""
        for piece in page.prose.body if page.prose else ():
            if isinstance(piece, str):
                yield re.sub(r"<[^>]*>", " ", piece), Where(file)


@handbook_check("H04a", "Handboken är granskad i tid", level=Level.WARNING)
def reviewed_in_time(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Dagen då handboken, kortet för en aktivitet eller en regel senast ska ses över får inte ha passerat.
    Den jämförs med den nyaste dag som rapporter och handböcker berättar om: ett bygge har ingen klocka.
    """
    now = edition.newest
    own = ("handboken", handbook.name, "", handbook.review_by, handbook.where)
    tools = (
        ("aktiviteten", one.name, f"aktiviteter.{one.id}", one.review_by, one.where)
        for one in handbook.activities.values()
    )
    rules = (
        ("regeln", one.name, f"regler.{one.id}", one.review_by, one.where)
        for one in handbook.regulations.values()
    )
    for what, name, about, day, where in (own, *tools, *rules):
        if day and now:
            message = (
                f"Senast {texts.day(day)} skulle {what} {name} ses över, och de nyaste uppgifterna är från "
                f"{texts.day(now)}. Se över innehållet och skriv en ny dag i granskas."
            )
            yield verdict(day >= now, about, where, message)


@handbook_check("H04b", "Handboken ses över efter att den reviderats")
def review_comes_after_revision(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Dagen då handboken ska ses över ligger efter dagen då den reviderades."""
    if handbook.revised and handbook.review_by:
        message = (
            f"Handboken reviderades {texts.day(handbook.revised)} men ska ses över redan "
            f"{texts.day(handbook.review_by)}. Kontrollera reviderad och granskas."
        )
        yield verdict(handbook.review_by > handbook.revised, "", handbook.where, message)


@handbook_check("H05b", "Ändringarna stämmer med version och datum")
def changes_lead_to_the_version(handbook: Handbook, edition: Edition) -> Iterator[Verdict]:
    """Ändringarna står i ordning, och den sista har handbokens version och dag."""
    changes = handbook.changes
    for before, after in pairwise(changes):
        message = (
            f"Version {after.version} är från {texts.day(after.day)} men står efter {texts.day(before.day)}."
        )
        yield verdict(after.day >= before.day, "andringar", after.where, f"{message} Skriv den äldsta först.")
    if changes and handbook.revised:
        last = changes[-1]
        message = (
            f"Handboken har version {handbook.version} från {texts.day(handbook.revised)}, men den sista "
            f"ändringen är version {last.version} från {texts.day(last.day)}. Rätta det ena."
        )
        holds = (last.version, last.day) == (handbook.version, handbook.revised)
        yield verdict(holds, "andringar", last.where, message)
