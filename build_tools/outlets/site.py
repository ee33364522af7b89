"""The finished site: MkDocs runs in this process, strictly, into a folder aside."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build as build_site
from mkdocs.exceptions import MkDocsException

from build_tools.build import Built
from build_tools.model import Finding
from build_tools.outlets.adapter import Adapter
from build_tools.outlets.config import PLUGIN, config_file, loaded
from build_tools.outlets.notices import finding, listening


def write(root: Path, built: Built, into: Path) -> tuple[Finding, ...]:
    """Build the site into an empty folder; what MkDocs complains of comes back, and then it is no site."""
    sources = {file.path: file.source for file in built.files if file.source}
    with listening() as said, _dates_put_back():
        try:
            _build(root, built, into)
        except MkDocsException as error:
            said.extend([] if said else [error.format_message()])
    return tuple(finding(words, root, sources) for words in said)


def _build(root: Path, built: Built, into: Path) -> None:
    adapter = Adapter()
    adapter.built = built
    with config_file(root) as path:
        config = loaded(root, path, site_dir=str(into), strict=True)
        config.plugins[PLUGIN] = adapter
        build_site(config)


@contextmanager
def _dates_put_back() -> Iterator[None]:
    before = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        yield
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
