"""Fixtures that many tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspaces import blank


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The least workspace that builds, in a folder of its own."""
    return blank(tmp_path)
