"""What is kept from before is named by what it was made of, the code that made it included."""

from __future__ import annotations

from pathlib import Path

from build_tools import kept
from build_tools.charts import store as charts
from build_tools.compare.prose import store as prose
from build_tools.trials import store as trials


def test_other_code_has_another_fingerprint(tmp_path: Path) -> None:
    """A changed, a new and a missing module each give another; order, and files that are no code, do not."""
    folder, alone = tmp_path / "paket", tmp_path / "modul.py"
    folder.mkdir()
    (folder / "a.py").write_text("1")
    alone.write_text("2")

    def found() -> str:
        kept.code.cache_clear()
        assert kept.code(folder, alone) == kept.code(alone, folder)
        return kept.code(folder, alone)

    first = found()
    (folder / "villkor.json").write_text("{}")
    assert found() == first
    seen = {first}
    for change in ("a.py", "b.py"):
        (folder / change).write_text("3")
        seen.add(found())
    alone.write_text("4")
    seen.add(found())
    assert len(seen) == 4


def test_every_store_knows_its_own_code() -> None:
    """What aligns texts and what tries figures is the code beside the store, and more that it stands on."""
    for store in (prose, trials):
        assert Path(store.__file__).parent in store.CODE
        assert len(store.CODE) > 1
        assert all(place.exists() for place in store.CODE)
    assert len(charts.style().split()) == 1 + len(charts.LIBRARIES)
