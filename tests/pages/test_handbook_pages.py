"""The pages of a handbook: its map in order, its parts and the ways between them, and names of any kind."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

import pytest

from build_tools.addresses import url
from build_tools.charts import draw_all
from build_tools.compare import compare
from build_tools.derive import derive
from build_tools.load import load
from build_tools.load.formats.handbooks import NEUTRAL as WRITTEN
from build_tools.model import File, Note, Publication
from build_tools.pages.catalogue import catalogue
from build_tools.pages.changes import changes
from build_tools.pages.glossary import words
from build_tools.pages.handbooks.figures import NEUTRAL
from build_tools.pages.handbooks.handbook import handbooks
from build_tools.pages.handbooks.maps import picture
from build_tools.pages.handbooks.view import part_anchor
from build_tools.pages.overviews.interventions import interventions
from build_tools.protect import protect

ROOT = Path(__file__).parents[2]
SCRIPT = "<script>window.xss=1</script>"


@pytest.fixture(scope="module")
def publication() -> Publication:
    """The demo project with its drafts, as the preview shows it."""
    edition = load(ROOT)[0]
    return draw_all(replace(protect(edition, (), (), {}, drafts=True), reports={}), None)


@pytest.fixture(scope="module")
def pages(publication: Publication) -> dict[str, str]:
    """The handbooks' pages by path."""
    return by_path(*handbooks(publication))


def by_path(*files: File) -> dict[str, str]:
    """Files as text by path."""
    return {file.path: str(file.content) for file in files}


class Words(HTMLParser):
    """The text of a page as it stands in the file: what is read where no style sheet is."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.found.append(" ".join(data.split()))


def read(html: str) -> str:
    """All text of a page, in the order of the file."""
    parser = Words()
    parser.feed(html)
    return " ".join(piece for piece in parser.found if piece)


def test_every_declared_page_stands(publication: Publication, pages: dict[str, str]) -> None:
    """Each page that a handbook declares is there, with its version, its review and whom to tell."""
    for handbook in publication.handbooks.values():
        for page in handbook.pages:
            text = pages[f"metoder/{handbook.id}/{page}.md"]
            assert f"version {handbook.version}" in text
            assert handbook.owner in text


def test_nothing_declared_is_lost(publication: Publication, pages: dict[str, str]) -> None:
    """Every part that a page names has its heading there."""
    amia = publication.handbooks["amia"]
    for page in amia.pages.values():
        text = pages[f"metoder/amia/{page.id}.md"]
        for shown in page.shows:
            section, _, part = shown.partition(":")
            assert not part or f"-{part.replace('_', '-')} }}" in text, (page.id, section, part)


@pytest.mark.parametrize("section", ["regler", "litteratur"])
def test_a_table_has_what_its_page_names(section: str, publication: Publication) -> None:
    """A page may name some of the laws or books: they stand in one table there, and no others."""
    amia = publication.handbooks["amia"]
    first, second, *others = list(amia.sections()[section])
    page = next(iter(amia.pages.values()))
    named = replace(page, shows=(f"{section}:{first}", "andringar", f"{section}:{second}"))
    book = replace(amia, pages={**amia.pages, page.id: named})
    text = by_path(*handbooks(replace(publication, handbooks={"amia": book})))[f"metoder/amia/{page.id}.md"]
    found = [f'id="{part_anchor(section, one)}"' in text for one in (first, second, *others)]
    assert found == [True, True, *[False] * len(others)]
    assert text.count(f"#{section} }}") == 1


def test_the_map_reads_in_order(publication: Publication, pages: dict[str, str]) -> None:
    """Without styles the map is an ordered list: start, each step with its ways, then the ends."""
    text = read(pages["metoder/amia/processen.md"])
    process = publication.handbooks["amia"].processes["amia"]
    ends = [end.name for end in process.ends.values()]
    begun = (
        text.index(f"Början: {process.start}")
        if f"Början: {process.start}" in text
        else text.index("Början:")
    )
    places = [text.index(step.summary, begun) for step in process.steps.values()]
    assert places == sorted(places)
    assert (
        places[-1] < text.index("Så kan vägen sluta") < text.index(ends[-1], text.index("Så kan vägen sluta"))
    )
    assert "Tillbaka till steg 2" in text
    assert "Hoppar fram till steg 4" in text
    assert "<ol" in pages["metoder/amia/processen.md"]


def test_the_map_draws_every_way(publication: Publication) -> None:
    """The picture has a round for each step and one arc for each pair of places; a case lights its own."""
    amia = publication.handbooks["amia"]
    process = amia.processes["amia"]
    plain = picture(process, "Karta", "k")
    assert len(plain.rounds) == len(process.steps)
    assert not any(arc.lit for arc in plain.arcs)
    case = amia.cases["ny-plan"]
    lit = picture(process, "Fall", "f", case)
    assert {arc.kind for arc in lit.arcs if arc.lit} >= {"nasta", "bakat", "framat", "slut"}
    assert [one.lit for one in lit.rounds] == [1, 1, 0, 2, 2, 2, 1]


def test_ways_between_parts(pages: dict[str, str]) -> None:
    """An activity leads to its steps, a step to its forms and tools, and a form back to its step."""
    assert 'href="../kartlagg/#steg-kartlagg"' in pages["metoder/amia/rehabnavigator.md"]
    assert "#aktivitet-rehabnavigator" in pages["metoder/amia/kartlagg.md"]
    assert "#blankett-samtycke" in pages["metoder/amia/informera.md"]
    assert 'href="../informera/#steg-informera"' in pages["metoder/amia/mallar.md"]


def test_every_way_leads_somewhere(pages: dict[str, str]) -> None:
    """Links within the handbooks lead to a page that stands and to a heading or an id on it."""
    known = {url(path): text for path, text in pages.items()}
    broken = []
    for path, text in pages.items():
        for href in re.findall(r'href="(\.\./[^"]*)"', text):
            target, anchor = urldefrag(urljoin(f"http://x/{url(path)}", href))
            target = target.removeprefix("http://x/")
            if target.startswith("metoder/"):
                found = known.get(target, "")
                if not found or (anchor and f"#{anchor} " not in found and f'id="{anchor}"' not in found):
                    broken.append((path, href))
    assert broken == []


EXPLAINED = re.compile(r'<a class="sr-ord-forklarat" href="([^"]*)"')


def test_words_are_explained_in_the_parts_too(pages: dict[str, str]) -> None:
    """Words of steps, activities and lists are explained, each term once on a page, and no form has any."""
    for path, text in pages.items():
        told = EXPLAINED.findall(text)
        assert len(told) == len(set(told)), path
    for path, place in (
        ("informera", "sr-metodfakta"),
        ("rehabnavigator", "sr-metodfakta"),
        ("urval", "sr-korttabell"),
    ):
        parts = pages[f"metoder/amia/{path}.md"].partition(place)[2]
        assert EXPLAINED.search(parts), path
    fields = re.findall(r'<ul class="sr-faltlista.*?</ul>', pages["metoder/amia/mallar.md"], re.DOTALL)
    assert len(fields) > 10
    assert not any(EXPLAINED.search(one) for one in fields)


def test_every_activity_has_a_keeper_and_a_day(publication: Publication) -> None:
    """A card tells who keeps it current, when it was looked over, and where to leave what one thinks."""
    amia = publication.handbooks["amia"]
    late = replace(
        amia.activities["redo"], review_by=date(2020, 1, 1), keeper="rehabnavigator", towns=("Malmö",)
    )
    changed = replace(amia, activities={**amia.activities, "redo": late})
    told = by_path(*handbooks(replace(publication, handbooks={"amia": changed}, newest=date(2026, 1, 15))))
    catalogue_page = told["metoder/amia/aktivitetskatalog.md"]
    assert catalogue_page.count("Ansvarar: ") == len(amia.activities)
    assert catalogue_page.count("ses över senast") == len(amia.activities) - 1
    card = told["metoder/amia/redo.md"]
    assert "skulle ha setts över senast 1 januari 2020" in card
    assert "#roll-rehabnavigator" in card
    assert "Malmö" in card
    assert "#blankett-aterkoppling" in card
    assert "Ansvarar för uppgifterna" in told["metoder/amia/mediyoga.md"]


def test_demands_are_words(pages: dict[str, str]) -> None:
    """Whether something must or should be done is told in words, in a table with roles that cards keep."""
    text = pages["metoder/amia/jamfor-rutiner.md"]
    assert re.search(r'<strong class="sr-krav sr-krav-ska">Ska</strong>', text)
    assert 'role="rowheader"' in text
    assert 'data-kolumn="Nord"' in text


def test_shares_are_told_as_written(pages: dict[str, str]) -> None:
    """A printed share keeps its digits: 36 percent of 152 fits two numbers, so none is named."""
    assert "36\u00a0% (n\u00a0152)" in pages["metoder/amia/mal-och-utfall.md"]
    assert "55 av 152" not in pages["metoder/amia/mal-och-utfall.md"]


def remark(place: str) -> Note:
    """An accepted finding about a place in AMiA."""
    return Note(
        "H06c", "Andelarna stämmer", "Det ska de.", f"metoder/amia#{place}", "Källan skriver så.", "redaktör"
    )


def test_notes_stand_at_what_they_are_about(publication: Publication) -> None:
    """An accepted finding has a sign at its figure, stands at its part, and is listed with the way there."""
    notes = tuple(map(remark, ("styrgruppens_svar.atergang.mellan", "processer.amia.kartlagg", "")))
    told = by_path(*handbooks(replace(publication, handbook_notes={"amia": notes})))
    figures = told["metoder/amia/enkater.md"]
    at = re.search(r'64.%[^<]*<sup><a href="#(not-styrgruppens-svar-[a-z]+)"', figures)
    assert at
    note = re.search(rf'<li id="{at[1]}">(.*?)</li>', figures)
    assert note
    assert "Källan skriver så. (Granskad anmärkning, regel H06c.)" in note[1]
    step = told["metoder/amia/kartlagg.md"]
    assert step.index("{: #steg-kartlagg }") < step.index("Källan skriver så.") < step.index("sr-metoddel")
    start = told["metoder/amia/index.md"]
    assert start.count("Källan skriver så.") == len(notes)
    assert (
        'href="../../metoder/amia/enkater/#siffror-styrgruppens-svar"' in start
        or "enkater/#siffror-" in start
    )
    assert "kartlagg/#steg-kartlagg" in start
    assert "Källan skriver så." not in told["metoder/amia/planera.md"]


def test_every_note_of_a_figure_is_reached_from_it(pages: dict[str, str]) -> None:
    """What the source contradicts has a sign at the figure that leads to the note under the table."""
    for path, text in pages.items():
        signs = re.findall(r'<sup><a href="#(not-[^"]+)"', text)
        assert len(signs) == len(set(signs)), path
        assert all(f'<li id="{one}">' in text for one in signs), path
    told = pages["metoder/amia/mal-och-utfall.md"]
    for said in ("Källan skriver att 65 procent av ungefär 700 är 420", "felskrivet här", "nittio dagar"):
        assert re.search(rf'<li id="not-[^"]+"><strong>\w+</strong> [^<]*{said}', told), said


def test_a_table_of_figures_says_its_title_once(pages: dict[str, str]) -> None:
    """The heading is seen; the picture and the table bear the same name for those who listen."""
    part = pages["metoder/amia/enkater.md"].partition("{: #siffror-meningsfullt }")[2].partition("\n## ")[0]
    seen = re.sub(
        r'<(figcaption|span) class="sr-dold">.*?</\1>|<svg.*?</svg>|<p class="sr-dold">.*?</p>',
        "",
        part,
        flags=re.S,
    )
    assert "Meningsfullt att delta" in part
    assert "Meningsfullt att delta" not in seen


def test_answers_say_what_became_of_the_middle(pages: dict[str, str]) -> None:
    """Every survey says at its figures how neutral answers are counted, so that two are not mixed up."""
    told = "\n".join(pages.values())
    for said in ("Är inräknade bland de positiva.", "Är inte inräknade bland de positiva.", "Står för sig."):
        assert f"<dt>Neutrala svar</dt><dd>{said}</dd>" in told


def test_each_way_to_count_the_middle_has_its_words() -> None:
    """What a writer may choose, a reader can be told."""
    assert set(NEUTRAL) == set(WRITTEN)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The handbooks' pages with the reports of the demo, made ready to be compared."""
    whole = protect(derive(load(ROOT)[0]), (), (), {})
    return by_path(*handbooks(compare(whole, tmp_path_factory.mktemp("cache"))))


def test_results_that_cannot_be_compared_say_so(compared: dict[str, str]) -> None:
    """Key figures of a method's reports are tried against each other; what does not hold says so and why."""
    table = compared["metoder/losningsfokus/index.md"].partition("{: #rapporter }")[2]
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', table)
    assert len(rows) > 5
    refused = re.findall(r'kan inte jämföras</span><sup><a href="#(not-resultat-[a-z]+)"', table)
    assert refused
    for anchor in refused:
        said = re.search(rf'<li id="{anchor}"><strong>\w+</strong> (.*?)</li>', table)
        assert said
        assert said[1].startswith("Kan inte jämföras med "), anchor
    reserved = re.findall(r"<strong>\w+</strong> (Jämfört med [^<]+)", table)
    assert reserved
    assert "ingen rangordning" in table


def test_results_stand_by_name(compared: dict[str, str]) -> None:
    """Reports stand in the order of their names and years, whatever their figures."""
    for book in ("amia", "losningsfokus"):
        table = compared[f"metoder/{book}/index.md"].partition("{: #rapporter }")[2].partition("</table>")[0]
        names = re.findall(r'<tr><th scope="row"><a [^>]*>([^<]*)</a>', table)
        assert names == sorted(names, key=str.casefold)
        assert names


def test_measures_lead_to_their_definition(publication: Publication) -> None:
    """A measure that a handbook defines leads to the table there, and the table to the measure."""
    text = by_path(*catalogue(publication))["nyckeltal/amia-borjade-ali.md"]
    assert 'href="../../metoder/amia/mal-och-utfall/#siffror-ali"' in text


@pytest.mark.parametrize(
    ("measure", "way"),
    [
        ("amia-avslut", "amia/avsluta/#steg-avsluta"),
        ("amia-aktivitetstimmar", "amia/mallar/#blankett-tidrapport-deltagare"),
        ("kurs-veckor", "mitt-val/traffarna/#program-kursen"),
        ("livshjul-deltagare", "mitt-val/livshjulet/#fore-och-efter-som-matt"),
    ],
)
def test_any_part_or_heading_may_define_a_measure(
    publication: Publication, pages: dict[str, str], measure: str, way: str
) -> None:
    """A step, a form, a course or a heading in a text may define a measure: each leads to the other."""
    assert f"metoder/{way}" in by_path(*catalogue(publication))[f"nyckeltal/{measure}.md"]
    page = pages[f"metoder/{way.partition('/#')[0]}.md"]
    assert f"nyckeltal/{measure}/" in page.partition("Här definieras:")[2]


def test_every_measure_of_a_method_leads_to_its_definition(publication: Publication) -> None:
    """A measure that only a method has, as those of AMiA and the course, is defined in its handbook."""
    defined = {one.measure for book in publication.handbooks.values() for one in book.defined}
    assert {one for one in publication.catalogue.measures if one.startswith("amia.")} <= defined
    files = by_path(*catalogue(publication))
    for one in defined:
        assert "Metodhandboken om måttet" in files[f"nyckeltal/{re.sub('[._]', '-', one)}.md"]


def test_methods_of_an_insats(publication: Publication) -> None:
    """An insats leads to the handbooks of the methods it works by."""
    text = by_path(*interventions(publication))["insatser/ekvik.md"]
    assert "metoder/losningsfokus" in text
    assert "Arbetssätt" in text


def test_hostile_names(publication: Publication) -> None:
    """Markup in any name or text of a handbook or the glossary comes out as text."""
    amia = publication.handbooks["amia"]
    process = amia.processes["amia"]
    steps = {key: replace(step, name=SCRIPT, summary=SCRIPT) for key, step in process.steps.items()}
    hostile = replace(
        amia,
        name=SCRIPT,
        processes={"amia": replace(process, name=SCRIPT, start=SCRIPT, steps=steps)},
        forms={key: replace(form, name=SCRIPT, purpose=SCRIPT) for key, form in amia.forms.items()},
        lists={key: replace(one, name=SCRIPT, note=SCRIPT) for key, one in amia.lists.items()},
        pages={key: replace(page, title=SCRIPT) for key, page in amia.pages.items()},
    )
    terms = tuple(
        replace(term, explanation=SCRIPT, forms=(*term.forms, SCRIPT)) for term in publication.terms
    )
    changed = replace(publication, handbooks={"amia": hostile}, terms=terms)
    for path, text in by_path(*handbooks(changed), *words(changed)).items():
        _head, body = text.removeprefix("---\n").split("\n---\n", 1)
        assert SCRIPT not in body, path


def test_what_grows_old_has_its_time(publication: Publication, pages: dict[str, str]) -> None:
    """A programme, code or deadline tells from when it holds, and whether anybody has looked in time."""
    text = pages["metoder/amia/gemensamt-skelett.md"]
    amia = publication.handbooks["amia"]
    assert text.count("Källan säger inte från när") == len(amia.regulations)
    code = replace(
        amia.regulations["skat-11"], since="2010-01", checked=date(2019, 1, 1), review_by=date(2020, 1, 1)
    )
    changed = replace(amia, regulations={"skat-11": code})
    told = by_path(*handbooks(replace(publication, handbooks={"amia": changed}, newest=date(2026, 1, 15))))
    text = told["metoder/amia/gemensamt-skelett.md"]
    assert "Gäller från januari 2010" in text
    assert "Kontrollerad 1 januari 2019, skulle ha setts över senast 1 januari 2020" in text


def test_readers_begin_by_role(publication: Publication, pages: dict[str, str]) -> None:
    """The first page leads each kind of reader to her pages, and participants to one of their own."""
    start = pages["metoder/amia/index.md"].partition("{: #ingangar }")[2].partition("##")[0]
    for one in publication.handbooks["amia"].entrances:
        assert f"<dt>{one.reader}</dt>" in start
        assert all(f"metoder/amia/{page}/" in start or f"{page}/" in start for page in one.pages)
    assert "for-deltagaren/" in start


def test_a_handbook_on_paper(publication: Publication, pages: dict[str, str]) -> None:
    """The whole handbook and each chapter stand on one page: every page and part once, every name its own."""
    for handbook in publication.handbooks.values():
        whole = pages[f"metoder/{handbook.id}/skriv-ut.md"]
        anchors = re.findall(r"\{: #([\w-]+)", whole) + re.findall(r'\bid="([^"]+)"', whole)
        assert len(anchors) == len(set(anchors)), handbook.id
        assert {*re.findall(r'href="(?:\./)?#([^"]+)"', whole)} <= {*anchors}
        for page in handbook.pages.values():
            assert f"{{: #{page.id} .sr-nytt-blad }}" in whole
        groups = {page.group for page in handbook.pages.values()}
        chapters = [path for path in pages if path.startswith(f"metoder/{handbook.id}/skriv-ut-")]
        assert len(chapters) == len(groups)
        assert "exclude: true" in whole
    steps = pages["metoder/amia/skriv-ut-processen.md"]
    assert "#kartlagg-steg-kartlagg" in steps
    assert "{: #redo .sr-nytt-blad }" not in steps


def test_posters(pages: dict[str, str]) -> None:
    """The values and the checklist for equality have a sheet to hang on a wall, which their page leads to."""
    for page, part in (("vardegrund", "vardegrund-affisch"), ("jamstalldhet", "jamstalldhet")):
        assert f'href="../affisch-{part}/"' in pages[f"metoder/amia/{page}.md"]
        assert pages[f"metoder/amia/affisch-{part}.md"].count("<section><h2>") > 0


ATOM = "{http://www.w3.org/2005/Atom}"


def test_versions_are_news(publication: Publication) -> None:
    """A new version of a handbook is news on the page and in the feed, whatever its name; a draft is none."""
    amia = publication.handbooks["amia"]
    changed = replace(amia, name=f"A & {SCRIPT}")
    books = {"amia": changed, "utkast": replace(amia, id="utkast", status="utkast")}
    files = by_path(*changes(replace(publication, handbooks=books)))
    assert files["nytt/index.md"].count('href="../metoder/amia/"') == len(amia.changes)
    feed = ElementTree.fromstring(files["nytt/flode.xml"])  # noqa: S314 - our own feed
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [f"Handbok: A & {SCRIPT}, version 1.0"]
    assert [one.find(f"{ATOM}link").attrib["href"] for one in entries] == ["../metoder/amia/"]  # type: ignore[union-attr]
    assert feed.findtext(f"{ATOM}updated") == f"{amia.changes[-1].day}T00:00:00Z"
    assert len({one.findtext(f"{ATOM}id") for one in [feed, *entries]}) == len(entries) + 1


def test_a_page_for_each_letter(publication: Publication) -> None:
    """Every term stands once, on the page of its letter, in Swedish order, with its forms."""
    files = by_path(*words(publication))
    told = "".join(files.values())
    for term in publication.terms:
        assert told.count(f"<p>{term.explanation}</p>".replace('"', "&#34;")) >= 1, term.term
    assert files["ordlista/index.md"].index(">Z<" if ">Z<" in told else ">V<") < files[
        "ordlista/index.md"
    ].index(">Ä<")
