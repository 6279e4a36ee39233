"""Recall: two ledgers → what changed in meaning, which documents print it, a correction notice and a bulletin.

In: two ledgers, as files or git revisions. Out: `Change`s and `Reach`es, and documents that are composed, checked,
rendered and proved like any other. `compare` knows ledgers only, `reach` composes the documents in circulation,
`notices` writes the texts, `mail` makes a page that survives mail programs.
"""

from __future__ import annotations

from advokit.changes.compare import Change, compare
from advokit.changes.reach import Reach, reaches
from advokit.changes.revisions import Side, read_side

__all__ = ["Change", "Reach", "Side", "compare", "reaches", "read_side"]
