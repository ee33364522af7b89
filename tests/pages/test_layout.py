"""Headings, links and front matter survive whatever text they are made of."""

from __future__ import annotations

import html
import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from build_tools.addresses import to, url
from build_tools.pages.layout import heading_text, safe, yaml_text

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=60)
NASTY = (
    "<script>window.xss=1</script>",
    "`</title><script>window.xss=1</script>`",
    "Resultat {: #annat onclick=alert(1) }",
    "Resultat { .x }",
    "*kursivt* _och_ [länk](javascript:alert(1))",
    "![bild](x.png)",
    "&lt;b&gt; &amp; 1 < 2",
    "# 1. Deltagare – förutsättningar #",
    "a ^b^ ~c~ ==d== :smile: $x$ {{ y }} --- ... \\",
    "http://exempel.se och post@exempel.se",
)


def rendered(text: str) -> str:
    """The plain text that a heading comes out as when MkDocs' Markdown has parsed it."""
    reader = Markdown(extensions=["attr_list", "tables", "toc", "md_in_html"])
    made = reader.convert(f"## {heading_text(text)} {{: #fast }}")
    found = re.fullmatch(r'<h2 id="fast">(.*)</h2>', made, re.DOTALL)
    assert found, made
    assert "<" not in found[1], made
    return html.unescape(found[1])


@pytest.mark.parametrize("text", NASTY)
def test_a_heading_is_always_plain_text(text: str) -> None:
    """What looks like markup in a heading is shown as the signs that were typed."""
    assert rendered(text) == " ".join(text.split())


@settings(derandomize=True, database=None, max_examples=300, deadline=None)
@given(TEXT.filter(lambda text: text.strip() != ""))
def test_any_text_can_be_a_heading(text: str) -> None:
    """No text breaks out of a heading or loses a sign."""
    assert rendered(text) == " ".join(text.split())


@settings(derandomize=True, database=None, max_examples=200, deadline=None)
@given(TEXT)
def test_any_text_can_be_a_title(text: str) -> None:
    """Front matter gives back the same text, with white space folded."""
    assert yaml.safe_load(f"title: {yaml_text(text)}\n")["title"] == " ".join(text.split())


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("om/index.md", "om/"),
        ("om/siffrorna.md", "om/siffrorna/"),
        ("ar/2021.md", "ar/2021/"),
    ],
)
def test_a_file_has_a_folder_as_address(path: str, address: str) -> None:
    """Published addresses end in a slash, as MkDocs makes them."""
    assert url(path) == address


@pytest.mark.parametrize(
    ("source", "target", "way"),
    [
        ("rapporter/sater/2021.md", "nyckeltal/flode-nya.md", "../../../nyckeltal/flode-nya/"),
        ("index.md", "om/index.md", "om/"),
        ("om/siffrorna.md", "index.md", "../../"),
        ("om/index.md", "om/index.md", "./"),
    ],
)
def test_links_are_relative(source: str, target: str, way: str) -> None:
    """A site can stand in any folder of any host."""
    assert to(source, target) == way


def test_a_block_has_no_blank_lines() -> None:
    """A blank line could end a block of HTML in Markdown."""
    assert safe("<p>a</p>\n\n \n<p>b</p>") == "<p>a</p>\n<p>b</p>"
