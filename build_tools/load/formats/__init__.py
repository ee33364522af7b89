"""What every data file may contain: the loader and the editor's schemas are both made from these shapes."""

from __future__ import annotations

from collections.abc import Mapping

from build_tools.load.formats.catalogue import ENUMERATIONS, MEASURES, SCALES, TEMPLATES
from build_tools.load.formats.handbooks import HANDBOOK, HANDBOOK_PART
from build_tools.load.formats.project import (
    ACCEPTED,
    ASSOCIATIONS,
    CORRECTIONS,
    GLOSSARY,
    INTERVENTION,
    POLICIES,
)
from build_tools.load.formats.report import REPORT
from build_tools.load.shapes import Shape

__all__ = ["FILES", "HANDBOOK", "HANDBOOK_PART", "INTERVENTION", "REPORT"]

FILES: Mapping[str, Shape] = {
    "rapport": REPORT,
    "nyckeltal": MEASURES,
    "kategorier": ENUMERATIONS,
    "skalor": SCALES,
    "mallar": TEMPLATES,
    "forbund": ASSOCIATIONS,
    "insats": INTERVENTION,
    "policy": POLICIES,
    "godtagna": ACCEPTED,
    "rattelser": CORRECTIONS,
    "ordlista": GLOSSARY,
    "handbok": HANDBOOK,
    "handboksdel": HANDBOOK_PART,
}
"""Every kind of data file, by the name of its schema."""
