"""`visa`: the site in the browser while it is written."""

import argparse

from build_tools.commands.arguments import add_root
from build_tools.outlets import preview


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which project."""
    add_root(parser)


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    return preview.serve(options.root)
