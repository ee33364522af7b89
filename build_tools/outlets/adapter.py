"""Hands a finished build to MkDocs as files in memory; the plugin and our own commands share it."""

import os
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from build_tools.build import Built
from build_tools.outlets.blocks import anchors
from build_tools.outlets.config import complete
from build_tools.outlets.menu import menu
from build_tools.outlets.replace import MARKER, MARKER_TEXT

PASSING = frozenset({".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf"})
"""What else than Markdown goes from content/ to the site."""

UNDATED = date(2000, 1, 1)


class NoOptions(Config):
    """The plugin takes none: everything is said in data/."""


class Adapter(BasePlugin[NoOptions]):
    """Gives MkDocs our settings, then our pages in place of what the writers wrote."""

    built: Built

    @event_priority(100)  # before the search plugin, which asks the theme for its language
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in the settings."""
        complete(config)
        return config

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Tell MkDocs of the anchors in what was handed past it: links may lead to them."""
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors(html)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Put the pages in place; from here on the dates MkDocs writes are those of the data."""
        os.environ["SOURCE_DATE_EPOCH"] = str(epoch(self.built.newest))
        place(files, config, self.built)
        if config.nav is None:
            config.nav = menu(self.built.files)
        return files


def epoch(newest: date | None) -> int:
    """Count the seconds to midnight of the newest data date."""
    day = newest or UNDATED
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def place(files: Files, config: MkDocsConfig, built: Built) -> None:
    """Let our files replace the Markdown of the project, and keep out what should not pass."""
    for file in [file for file in files if file.src_dir == config.docs_dir]:
        if not passes(Path(config.docs_dir), file.src_uri):
            files.remove(file)
            _restore_from_theme(file, files, config)
    for ours in built.files:
        if taken := files.get_file_from_path(ours.path):
            files.remove(taken)
        files.append(File.generated(config, ours.path, content=ours.content))
    marker = File.generated(config, MARKER, content=MARKER_TEXT, inclusion=InclusionLevel.INCLUDED)
    files.append(marker)


def passes(docs: Path, path: str) -> bool:
    """Whether a file of content/ is published as it is: a picture or PDF, by no link out of the folder."""
    right_kind = PurePosixPath(path).suffix.lower() in PASSING
    return right_kind and (docs / path).resolve() == docs.resolve() / path


def _restore_from_theme(removed: File, files: Files, config: MkDocsConfig) -> None:
    """A file that hid one of the theme's gives its place back."""
    for folder in config.theme.dirs:
        if not removed.is_documentation_page() and (Path(folder) / removed.src_uri).is_file():
            files.append(File(removed.src_uri, folder, config.site_dir, config.use_directory_urls))
            return
