"""The quality page of a report: what was tried, what held, and how much would be noticed were it wrong.

All of it is counts of rules and slips, and the names of shown figures: no number of the report stands here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from build_tools import texts
from build_tools.addresses import RULES, quality_path, report_path, to
from build_tools.model import File, Publication, PublishedReport, Review, Score, Slip
from build_tools.pages.grids import Grid, Line, Value
from build_tools.pages.layout import Link, render
from build_tools.pages.lineage import mark_of
from build_tools.pages.overviews.parts import crumbs, described
from build_tools.pages.report import report_name
from build_tools.pages.report.chapters import Remark, remarks
from build_tools.pages.report.figures import figure_label
from build_tools.pages.tables import Context, readable
from build_tools.stages import page

BESIDE = {
    "n": "antalet bakom",
    "till": "den övre änden",
    "population_n": "så många fick enkäten",
    "olagda": "tal utan plats",
    "kumulativt": "andelen från ett steg",
    "troskel": "målets gräns",
}
"""What a number beside a figure tells, by the key that it is written under."""
COLUMNS = ("Vad regeln prövar", "Höll", "Höll inte")


@page("kvalitet", "Kvalitet")
def pages(publication: Publication) -> Iterator[File]:
    """Varje rapports prövning: vad som prövats, vad som höll och hur mycket som skulle upptäckas."""
    reviews: dict[str, list[Review]] = {}
    for review in publication.reviews:
        reviews.setdefault(review.report, []).append(review)
    for report in publication.reports.values():
        values = _values(report, publication, reviews.get(report.id, ()))
        yield File(quality_path(report.id), render("quality.md", values))


def _values(
    report: PublishedReport, publication: Publication, reviews: Sequence[Review]
) -> Mapping[str, object]:
    path, context = quality_path(report.id), Context(report, publication)
    score = publication.scores.get(report.id)
    name = report_name(report, publication)
    mark = mark_of(publication.associations.get(publication.interventions[report.intervention].association))
    tried = [review for review in reviews if review.held + review.failed]
    return {
        "title": f"Kvalitet: {name}",
        "description": described(f"{name}: vad som är prövat och hur mycket som skulle upptäckas.", mark),
        "mark": mark,
        "crumbs": crumbs(path, "Kvalitet", Link(name, report_path(report.id))),
        "facts": tuple(_facts(tried, reviews)),
        "score": _score(score),
        "unguarded": _figures(score, context, guarded=False),
        "guarded": _figures(score, context, guarded=True),
        "slips": texts.listed([slip.value for slip in Slip]),
        "grid": _grid(tried, path) if tried else None,
        "untried": tuple(_rule(one, path) for one in reviews if one not in tried),
        "notes": tuple(_notes(context, path)),
        "rules": to(path, RULES),
    }


def _facts(tried: Sequence[Review], reviews: Sequence[Review]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """How many rules there are, how many had something to try, and how they fared."""
    failed = sum(bool(review.failed) for review in tried)
    counts = (
        ("Regler som prövades", len(tried)),
        ("Regler som höll", len(tried) - failed),
        ("Regler som inte höll överallt", failed),
        ("Regler utan något att pröva", len(reviews) - len(tried)),
        ("Prövningar tillsammans", sum(review.held + review.failed for review in tried)),
    )
    for term, count in counts:
        yield term, (Link(texts.number(count)),)


def _score(score: Score | None) -> tuple[str, ...]:
    """How much would be noticed, in sentences."""
    if score is None:
        return ()
    if not score.tried:
        return ("Rapporten har inga tal att pröva.",)
    part = texts.percent(Decimal(100 * score.noticed) / score.tried)
    return (
        f"Av {_counted(score.tried, 'skrivfel')} på prov i {_counted(score.figures, 'tal')} skulle "
        f"{texts.number(score.noticed)} upptäckas: {part}.",
        f"{texts.number(score.unguarded)} av talen bevakas inte av någon regel."
        if score.unguarded
        else "Alla tal bevakas av någon regel.",
    )


def _figures(score: Score | None, context: Context, *, guarded: bool) -> tuple[str, ...]:
    """The figures that are guarded, or not, by name; those of one question or row are told together."""
    cells = score.cells if score else ()
    named = Counter(_figure(cell, context) for cell, by_rule in cells if by_rule == guarded)
    return tuple(f"{name} ({count} tal)" if count > 1 else name for name, count in named.items())


def _figure(cell: str, context: Context) -> str:
    """What a figure is called: by its question where it answers one; beside it, by what it tells."""
    owner, _, beside = cell.partition("#")
    label = _owner(owner, context)
    return f"{label}: {BESIDE.get(beside, beside)}" if beside else label


def _owner(owner: str, context: Context) -> str:
    report = context.report
    questions = (question for survey in report.surveys for question in survey.questions)
    asked = next((one for one in questions if one.id and f"{owner}.".startswith(f"{one.id}.")), None)
    if asked and asked.text:
        return f"Enkätfrågan ”{asked.text}”"
    goal = next((one.goal for one in report.goals if owner == f"mal.{one.goal.id}"), None)
    if goal:
        return f"Målet ”{goal.text}”"
    figure = context.figure(owner)
    measure = context.measure(owner.partition("@")[0])
    if figure is None and measure:
        return measure.label
    return figure_label(figure, context) if figure else readable(owner)


def _counted(count: int, word: str) -> str:
    return f"{texts.number(count)} {word}"


def _grid(tried: Iterable[Review], path: str) -> Grid:
    lines = tuple(
        Line(
            review.code,
            (
                Value(review.title, False),
                Value(texts.number(review.held)),
                Value(texts.number(review.failed)),
            ),
            to(path, RULES, texts.anchor(review.code)),
        )
        for review in tried
    )
    return Grid("Regler som hade något att pröva, och hur många gånger", "Regel", COLUMNS, lines)


def _rule(review: Review, path: str) -> Link:
    return Link(review.title, to(path, RULES, texts.anchor(review.code)), review.code)


def _notes(context: Context, path: str) -> Iterator[tuple[Remark, Link]]:
    """The notes of the report, each with the way to its place there."""
    template = context.publication.catalogue.templates.get(context.report.template)
    sections = (None, *(section.number for section in (template.sections if template else ())))
    for section in sections:
        for remark in remarks(section, context):
            place = to(path, report_path(context.report.id), remark.anchor)
            yield remark, Link(f"{remark.note.code}: {remark.note.title}", place)
