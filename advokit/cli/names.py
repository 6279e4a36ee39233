"""Names on the command line, found without reading a single file: quick enough for a build with nothing to do.

In: the root of a workspace. Out: the name of a campaign.
"""

from __future__ import annotations

from pathlib import Path

from advokit.problems import Problem, UsageError, hint_for


def campaign_names(root: Path) -> tuple[str, ...]:
    """List the campaigns of a workspace."""
    return tuple(sorted(path.parent.name for path in (root / "campaigns").glob("*/campaign.yaml")))


def find_campaign(root: Path, name: str | None) -> str:
    """Give the campaign that is meant; raises UsageError where the name is unknown or more than one could be."""
    names = campaign_names(root)
    if not names:
        raise UsageError([Problem(str(root), 0, 0, "error", "no-workspace", "there is no campaign in this folder",
                                  "Go to a workspace, name it with -w DIR, or start one: advokit new mine")])
    if name is None:
        if len(names) == 1:
            return names[0]
        raise UsageError([Problem(str(root), 0, 0, "error", "which-campaign", "there is more than one campaign here",
                                  f"Name one: {', '.join(names)}.")])
    if name not in names:
        raise UsageError([Problem(str(root), 0, 0, "error", "unknown-campaign", f"there is no campaign '{name}'",
                                  hint_for(name, names, "campaign"))])
    return name
