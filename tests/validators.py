"""Programs that judge files from outside; each is used where it is at hand."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest


def verapdf(files: Sequence[Path], profiles: str = "ua1,3a,3u") -> list[str]:
    """Give the lines in which veraPDF finds fault; skips where it is not at hand."""
    beside = Path(__file__).parents[1].parent / "shared/tools/verapdf/verapdf"
    path = Path(os.environ.get("ADVOKIT_VERAPDF", beside))
    if not path.is_file():
        pytest.skip("veraPDF is not at hand; name it in ADVOKIT_VERAPDF")
    done = subprocess.run([str(path), profiles, *map(str, files)], capture_output=True, text=True, check=False)
    if done.returncode == 2:
        pytest.skip(f"veraPDF cannot run: {done.stderr.strip()}")
    assert done.stdout.count("PASS") + done.stdout.count("FAIL") == len(files) * len(profiles.split(","))
    return [line for line in done.stdout.splitlines() if not line.startswith("PASS")]
