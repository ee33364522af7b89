"""Words of the glossary are explained where they first stand: forms, compounds, and the places left alone."""

from __future__ import annotations

import re

import pytest
from markupsafe import Markup

from build_tools.model import Term, Where
from build_tools.pages.explained import Explainer, glossary

TERMS = (
    Term("ALI", ("ALI", "Arbetslivsintroduktion"), "Ett program.", Where("o")),
    Term("AF", ("AF",), "Arbetsförmedlingen.", Where("o")),
    Term(
        "anonym deltagare",
        ("anonym deltagare", "anonyma deltagare"),
        "Räknas men registreras inte.",
        Where("o"),
    ),
    Term("deltagare", ("deltagare", "deltagaren", "deltagarna"), "Den som är med.", Where("o")),
    Term("kartläggning", ("kartläggning", "kartläggningen"), 'Att <b>"reda ut" & se.', Where("o")),
    Term("vardagsrevidering", ("vardagsrevidering",), "Ett program.", Where("o"), ("ReDO", "intro")),
    Term("rehabilitering", ("rehabilitering", "rehabiliteringen"), "Vägen tillbaka.", Where("o")),
)
LINK = re.compile(r'<a class="sr-ord-forklarat" href="([^"]*)" data-forklaring="([^"]*)">(.*?)</a>')


def explained(html: str) -> list[str]:
    """The words that get a link, in order; the text without the links must be the same as before."""
    told = str(Explainer(glossary(TERMS), "om/x.md", set()).explain(Markup(html)))  # noqa: S704 - our own text
    assert LINK.sub(r"\3", told) == html
    return [found[3] for found in LINK.finditer(told)]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Deltagarna kom.</p>", ["Deltagarna"]),
        ("<p>En deltagares väg.</p>", ["deltagares"]),
        ("<p>Två anonyma deltagare och en deltagare.</p>", ["anonyma deltagare", "deltagare"]),
        ("<p>Under ALI-perioden och ALI.</p>", ["ALI-perioden"]),
        ("<p>SASSAM-kartläggning</p>", ["SASSAM-kartläggning"]),
        ("<p>Kartläggningssamtal</p>", ["Kartläggningssamtal"]),
        ("<p>Sjukvårdsrehabilitering</p>", ["Sjukvårdsrehabilitering"]),
        ("<p>Affärer, Ali och af.</p>", []),
        ("<p>AF:s beslut</p>", ["AF:s"]),
    ],
)
def test_forms_and_compounds(html: str, words: list[str]) -> None:
    """A word is known by its forms, with a genitive s, at a hyphen and written together; not by chance."""
    assert explained(html) == words


@pytest.mark.parametrize(
    "html",
    [
        "<h4>Rehabilitering</h4>",
        '<p><a href="/x">rehabilitering <em>och ALI</em></a></p>',
        "<p><code>rehabilitering</code></p><pre><code>ALI</code></pre>",
        '<div class="admonition note"><p class="admonition-title">Rehabilitering</p></div>',
        '<p><img alt="rehabilitering" src="x.png" title="ALI > AF"></p>',
        "<table><caption>ALI</caption><thead><tr><th>ALI</th></tr></thead></table>",
        '<ul class="sr-faltlista sr-checklista"><li class="sr-falt">ALI</li></ul>',
        '<p class="sr-kartrubrik">ALI</p>',
        "<dl><dt>ALI</dt></dl>",
        '<svg><path d="M0 0"/><text>ALI</text></svg>',
    ],
)
def test_places_left_alone(html: str) -> None:
    """No word is explained in any kind of heading, a link, code, a form, a drawing or an attribute."""
    assert explained(html) == []


def test_once_on_a_page() -> None:
    """A term is explained once, in whatever form it stands, over all the pieces of a page."""
    reader = Explainer(glossary(TERMS), "om/x.md", set())
    first = str(reader.explain(Markup("<p>ALI och Arbetslivsintroduktion.</p>")))
    again = str(reader.explain(Markup("<p>Arbetslivsintroduktion.</p>")))
    assert len(LINK.findall(first)) == 1
    assert LINK.findall(again) == []


def test_after_a_place_left_alone() -> None:
    """A word in a heading does not use up the explanation; the first in running text has it."""
    assert explained("<h4>ALI</h4><p>ALI</p>") == ["ALI"]


def test_hostile_explanation_and_text() -> None:
    """What the glossary says is escaped, and what was escaped in the text stays so."""
    told = str(
        Explainer(glossary(TERMS), "om/x.md", set()).explain(Markup("<p>&lt;script&gt; kartläggning</p>"))
    )
    assert "&lt;script&gt;" in told
    assert 'data-forklaring="Att &lt;b&gt;&#34;reda ut&#34; &amp; se."' in told
    assert LINK.findall(told)[0][0] == "../../ordlista/k/#kartlaggning"


def test_words_for_the_search() -> None:
    """Short forms of what a page tells of are given, but no other endings of words that stand there."""
    reader = Explainer(glossary(TERMS), "om/x.md", set())
    assert reader.other_words("<p>Deltagaren i Arbetslivsintroduktion</p>") == ("ALI",)


def test_of_each_synonym_one_ending_is_given() -> None:
    """A synonym with several endings is given once; another synonym, and a short form, stand beside it."""
    told = ("vårdplan", "vårdplanen", "vårdplaner", "behandlingsplan", "behandlingsplaner", "VP")
    term = Term("hälsoplan", told, "En plan.", Where("data/ordlista.yml"))
    reader = Explainer(glossary((term,)), "om/x.md", set())
    assert reader.other_words("<p>En hälsoplan</p>") == ("vårdplan", "behandlingsplan", "VP")


def test_search_words_are_only_for_the_search() -> None:
    """What people type but a text may mean otherwise is given to the search, and never explained."""
    assert explained("<p>Ett intro till ReDO</p>") == []
    reader = Explainer(glossary(TERMS), "om/x.md", set())
    assert reader.other_words("<p>Vardagsrevidering, eller ReDO</p>") == ("intro",)
