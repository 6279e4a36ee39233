"""Types and dates that the importers' tests share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from advokit.importers.run import Report
from advokit.people import Person

Run = Callable[..., tuple[Report, list[Person]]]
TODAY = dt.date(2026, 8, 5)
