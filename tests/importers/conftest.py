"""Helpers of the importers' tests: a run of one import, and the folder of real data where it is at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from advokit.importers.run import Report, Request, import_people
from advokit.people import Person, read_people
from tests.importers.helpers import TODAY, Run

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "representatives"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Import files and read the table back."""

    def _run(format_name: str, *paths: Path, country: str = "gb", **more: Any) -> tuple[Report, list[Person]]:
        output = tmp_path / "people-out.csv"
        report = import_people(Request(format_name, paths, country, output, more.pop("today", TODAY), **more))
        return report, list(read_people(output))

    return _run


@pytest.fixture
def real() -> Path:
    """The folder of real data sets, which is not part of the project."""
    if not REAL.is_dir():
        pytest.skip("the real data sets are not at hand")
    return REAL
