"""EveryPolitician's CSV of one term in, records out: one row a membership, titles hidden in `sort_name`.

Columns as EveryPolitician wrote them; `start_date` and `end_date` stand only where they differ from the term's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from advokit.importers import table
from advokit.importers.mapping import Mapping
from advokit.importers.reading import DataSet, Reading, Record

_SHAPE = table.Shape(
    Mapping(
        columns={
            "id": ("id",),
            "name": ("name",),
            "sort_name": ("sort_name",),
            "email": ("email",),
            "party": ("group",),
            "area_id": ("area_id",),
            "area": ("area",),
            "chamber": ("chamber",),
            "period": ("term",),
            "start": ("start_date",),
            "end": ("end_date",),
            "gender": ("gender",),
            "identifier.wikidata": ("wikidata",),
            "phone": ("phone",),
            "death_date": ("death_date",),
        },
        values={"party": {"unknown": ""}},
    ),
    left=frozenset(
        {"twitter", "facebook", "group_id", "image", "wikidata_group", "wikidata_area", "birth_date", "website"}
    ),
)


def read(datasets: Sequence[DataSet], reading: Reading) -> Iterator[Record]:
    """Read the CSV of one or more terms."""
    return table.read(datasets, reading, _SHAPE)
