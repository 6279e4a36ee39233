"""Options that may be given several times."""

from __future__ import annotations

import pytest

from advokit.cli.options import named


@pytest.mark.parametrize(("values", "names"), [(None, ()), ([], ()), (["pdf"], ("pdf",)), (["pdf, docx", "pdf"], ("pdf", "docx")),
                                               ([",,"], ()), (["gb", "ie"], ("gb", "ie"))])
def test_names_stand_one_by_one_or_with_commas(values: list[str] | None, names: tuple[str, ...]) -> None:
    assert named(values) == names
