"""Safeguarding: what would let a child be recognised, kept out of everything that advokit writes.

`names` reads the private list, `matching` finds its names in any form, `details` finds combinations that identify,
`decisions` reads who may print what is off by default, `files` looks into finished files. docs/safeguarding.md tells a
person all of it.
"""

from __future__ import annotations

from collections.abc import Iterable

from advokit.problems import Problem
from advokit.safeguarding.files import scan_file
from advokit.safeguarding.matching import Guard, guard_for
from advokit.safeguarding.names import PrivateList, private_list, read_private

__all__ = ["Guard", "PrivateList", "guard_for", "private_list", "quiet", "read_private", "scan_file"]


def quiet(problems: Iterable[Problem], private: PrivateList) -> list[Problem]:
    """Take names of the private list out of messages that repeat what a person wrote."""
    found = list(problems)
    guard = guard_for(private) if found else None
    if not guard:
        return found
    return [
        Problem(
            guard.redact(item.path),
            item.line,
            item.column,
            item.severity,
            item.rule,
            guard.redact(item.message),
            guard.redact(item.hint),
        )
        for item in found
    ]
