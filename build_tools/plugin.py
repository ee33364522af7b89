"""The MkDocs plugin: lets plain `mkdocs build` and `mkdocs serve` publish the project."""

from pathlib import Path
from typing import Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger

from build_tools.build import build
from build_tools.model import Level
from build_tools.outlets.adapter import Adapter
from build_tools.outlets.findings import as_text, errors, summary
from build_tools.outlets.preview import previewed

log = get_plugin_logger(__name__)

SPOKEN = {Level.ERROR: log.error, Level.WARNING: log.warning, Level.NOTICE: log.info}


class SamrapportPlugin(Adapter):
    """Builds the story where MkDocs asks for it."""

    preview = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview, which shows drafts and puts findings on the pages."""
        self.preview = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in the settings; in a preview the data are watched too."""
        config = super().on_config(config)
        data = Path(config.docs_dir).parent / "data"
        if data.is_dir():
            config.watch.append(str(data))
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Build before MkDocs empties the old site, so that with errors in the data it stands."""
        root = Path(config.docs_dir).parent
        if self.preview:
            self.built = previewed(root)
            return
        self.built = build(root)
        for finding in self.built.findings:
            SPOKEN[finding.level]("%s", as_text(finding))
        if errors(self.built.findings):
            raise PluginError(f"Bygget stoppas. {summary(self.built.findings)}")
