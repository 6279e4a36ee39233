"""Small workspaces for tests: the blank one that `advokit new --blank` makes, and changes to it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from advokit.compose import Composed, Job, compose
from advokit.workspace import CampaignFiles, read_campaign

BLANK = Path(__file__).parent.parent / "advokit" / "blank"
NAME = "pools"
DATE = dt.date(2026, 11, 23)


def blank(folder: Path) -> Path:
    """Make the blank workspace in a folder and give its root."""
    root = folder / "workspace"
    for source in BLANK.rglob("*"):
        if source.suffix in {".yaml", ".md"}:
            path = root / source.relative_to(BLANK).as_posix().replace("NAME", NAME)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(re.sub(r"\bNAME\b", NAME, source.read_text("utf-8")), "utf-8")
    return root


def change(root: Path, relative: str, old: str, new: str) -> None:
    """Replace a passage that stands once in a file."""
    path = root / relative
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {relative}"
    path.write_text(text.replace(old, new), "utf-8")


def line_of(root: Path, relative: str, needle: str) -> int:
    """Give the line in which something stands first."""
    return (root / relative).read_text("utf-8").split(needle)[0].count("\n") + 1


def files_of(root: Path) -> CampaignFiles:
    """Read the campaign; fails where it has any problem."""
    files, problems = read_campaign(root, NAME)
    assert not problems, "\n".join(map(str, problems))
    assert files is not None
    return files


def composed(root: Path, document: str = "brief", edition: str = "intl") -> Composed:
    """Compose one document of the campaign."""
    return compose(Job(files_of(root), edition, document, DATE))
