"""Charts: what is drawn is what was given, labels never touch, nothing breaks PDF/UA."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from advokit.compose.charts import ChartPoint, ChartStyle, Rect, draw, text_width

SVG = "{http://www.w3.org/2000/svg}"


def point(moment: float, value: float | None, **more: object) -> ChartPoint:
    """Make a point whose labels follow from its value."""
    label = f"{value:,.0f}" if value is not None else "43 to 165"
    given_values = {"value_label": label, "date_label": f"{moment:.0f}", "observation": f"o-{moment}",
                    "machine_value": str(value), **more}
    return ChartPoint(moment, value, **given_values)  # type: ignore[arg-type]


def picture(*points: ChartPoint, style: ChartStyle | None = None) -> tuple[str, etree._Element]:
    """Draw points and parse the picture; give its form too."""
    chart = draw(points, title="How many <returned>?", description="It rose & rose.", language="en", style=style)
    return chart.form, etree.fromstring(chart.svg)


SERIES = (point(2023.88, 387, date_label="Nov 2023"), point(2025.24, 1247, date_label="27 Mar 2025"),
          point(2025.71, 1605, date_label="16 Sep 2025"), point(2025.92, 1859, date_label="1 Dec 2025"),
          point(2026.14, 2003, date_label="21 Feb 2026"))


def texts(svg: etree._Element, kind: str) -> list[str]:
    """List the texts of one kind, in the order of the file."""
    return [node.text or "" for node in svg.iter(f"{SVG}text") if node.get("class") == kind]


def test_the_picture_says_what_it_is_and_keeps_to_pdf_ua() -> None:
    chart = draw(SERIES, title="How many <returned>?", description="It rose & rose.", language="uk")
    svg = etree.fromstring(chart.svg)
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text == "How many <returned>?"
    assert svg[1].text == "It rose & rose."
    assert svg.get("lang") == "uk"
    assert not re.search(r"aria-|opacity|<image|<use|href|style=", chart.svg)


def test_every_value_is_printed_once_with_its_marks_and_no_other_number() -> None:
    form, svg = picture(*SERIES)
    assert form == "time"
    marks = {node.get("data-observation"): (node.text, node.get("data-value")) for node in svg.iter(f"{SVG}text")
             if node.get("class") == "figure"}
    assert marks == {item.observation: (item.value_label, item.machine_value) for item in SERIES}
    assert {node.get("class") for node in svg.iter(f"{SVG}text")} == {"figure", "field"}
    dates = {item.date_label for item in SERIES}
    years = set(texts(svg, "field")) - dates
    assert years == {"2023", "2024", "2025", "2026", "2027"}


def test_lengths_start_at_zero() -> None:
    _, svg = picture(point(2024.5, 500), point(2026.5, 1000))
    stems = [line for line in svg.iter(f"{SVG}line") if line.get("stroke-width") == "1.6"]
    lengths = sorted(float(stem.get("y1", "")) - float(stem.get("y2", "")) for stem in stems)
    assert lengths[1] == pytest.approx(2 * lengths[0], abs=0.05)


def test_places_follow_time_and_no_line_joins_the_counts() -> None:
    _, svg = picture(point(2020.0, 10), point(2021.0, 20), point(2024.0, 30))
    x = sorted(float(circle.get("cx", "")) for circle in svg.iter(f"{SVG}circle"))
    assert x[2] - x[1] == pytest.approx(3 * (x[1] - x[0]), rel=0.01)
    assert not list(svg.iter(f"{SVG}path", f"{SVG}polyline"))
    assert all(line.get("x1") == line.get("x2") or line.get("y1") == line.get("y2") for line in svg.iter(f"{SVG}line"))


def test_a_range_is_drawn_from_its_low_to_its_high_end() -> None:
    _, svg = picture(point(2023.5, None, low=50.0, high=100.0), point(2025.5, 100))
    (bar,) = svg.iter(f"{SVG}rect")
    (stem,) = [line for line in svg.iter(f"{SVG}line") if line.get("stroke-width") == "1.6"]
    whole = float(stem.get("y1", "")) - float(stem.get("y2", ""))
    assert float(bar.get("height", "")) == pytest.approx(whole / 2, abs=0.05)
    assert float(bar.get("y", "")) == pytest.approx(float(stem.get("y2", "")), abs=0.05)


def test_a_qualified_value_has_an_open_mark_that_needs_no_colour() -> None:
    style = ChartStyle()
    _, svg = picture(point(2023.5, 100), point(2025.5, 200, qualifier="at_least"))
    fills = {float(circle.get("cx", "")): circle.get("fill") for circle in svg.iter(f"{SVG}circle")}
    assert [fills[x] for x in sorted(fills)] == [style.accent, style.paper]


def test_crowded_counts_become_rows_in_the_order_of_their_dates() -> None:
    crowded = [point(2025.9 + day / 365, 1850 + day, date_label=f"{day} December 2025, as reported")
               for day in range(9)]
    form, svg = picture(*reversed(crowded))
    assert form == "rows"
    assert texts(svg, "field") == [item.date_label for item in crowded]
    assert texts(svg, "figure") == [item.value_label for item in crowded]
    widths = [float(bar.get("width", "")) for bar in svg.iter(f"{SVG}rect")]
    assert all(width == pytest.approx(widths[0] * (1850 + day) / 1850, rel=0.001) for day, width in enumerate(widths))


def test_rows_with_very_long_labels_widen_the_picture_rather_than_run_out_of_it() -> None:
    style = ChartStyle()
    long = [point(2025.9 + day / 365, 7 + day, date_label="between one day and another " * 2,
                  value_label="more than a very great many, as reported") for day in range(9)]
    form, svg = picture(*long)
    width = float((svg.get("viewBox") or "").split()[2])
    assert form == "rows"
    assert width > style.width
    assert all(box.left >= 0 and box.right <= width for box in boxes(svg, style.size))


def test_one_count_and_counts_of_zero_can_be_drawn() -> None:
    for points in ((point(2025.5, 3),), (point(2025.5, 0),), (point(2024.0, 0), point(2025.0, 0))):
        _, svg = picture(*points)
        assert texts(svg, "figure") == [item.value_label for item in points]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one observation"):
        draw([], title="t", description="d", language="en")
    with pytest.raises(ValueError, match="a value, or a low and a high end"):
        draw([point(2025.0, None, low=3.0)], title="t", description="d", language="en")


def test_labels_are_escaped() -> None:
    _, svg = picture(point(2025.5, 3, value_label="<b>3 & more</b>", observation='o"1'))
    assert texts(svg, "figure") == ["<b>3 & more</b>"]
    assert [node.get("data-observation") for node in svg.iter(f"{SVG}text") if node.get("class") == "figure"] == ['o"1']


FONT = Path(str(files("font_source_sans_pro"))) / "files" / "SourceSansPro-Semibold.ttf"


@pytest.mark.parametrize("words", [
    "21 February 2026", "more than 1,600", "16. September 2025", "mindestens 200.000", "1er décembre 2025",
    "près de 19\u202f915", "10 października 2025", "co najmniej 19\u00a0546", "16 вересня 2025\u00a0р.",
    "щонайменше 200\u00a0000", "листопад 2023\u00a0р.", "MMMM WWWW", "ШШЩЩ ЮЮЖЖ", "ΣΕΠΤΕΜΒΡΙΟΣ 2025",
])
def test_the_estimate_is_never_narrower_than_the_typeface(words: str) -> None:
    font = TTFont(FONT)
    names, advances = font.getBestCmap(), font["hmtx"]
    true = sum(advances[names.get(ord(character), "space")][0] for character in words) / font["head"].unitsPerEm * 8.6
    assert true <= text_width(words, 8.6) < 2 * true


moments = st.floats(2014, 2030, allow_nan=False)
counts = st.integers(0, 2_000_000)
dates = st.sampled_from(["2025", "Nov 2023", "16. September 2025", "27 березня 2025\u00a0р.", "21 février 2026"])
points = st.lists(st.builds(lambda moment, count, date: point(moment, count, date_label=date, observation=f"{moment}"),
                            moments, counts, dates), min_size=1, max_size=9)


def boxes(svg: etree._Element, size: float) -> list[Rect]:
    """Measure every printed text, a little narrower than its line, as it stands in the file."""
    found = []
    for node in svg.iter(f"{SVG}text"):
        x, y, width = float(node.get("x", "")), float(node.get("y", "")), text_width(node.text or "", size)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[node.get("text-anchor", "")]
        found.append(Rect(left + 0.02, y - 0.7 * size, left + width - 0.02, y + 0.2 * size))
    return found


@given(points)
@settings(max_examples=120, deadline=None)
def test_labels_never_touch_one_another_nor_leave_the_picture(items: list[ChartPoint]) -> None:
    _, svg = picture(*items)
    width, height = (float(number) for number in (svg.get("viewBox") or "").split()[2:])
    placed = boxes(svg, ChartStyle().size)
    assert not [(one, two) for one, two in combinations(placed, 2) if one.overlaps(two)]
    assert all(box.inside(Rect(-0.1, -0.1, width + 0.1, height + 0.1)) for box in placed)


@given(points)
@settings(max_examples=60, deadline=None)
def test_no_label_covers_a_mark(items: list[ChartPoint]) -> None:
    form, svg = picture(*items)
    marks = [Rect(*(float(circle.get(name, "")) + sign * 2.6 for name, sign in
                    (("cx", -1), ("cy", -1), ("cx", 1), ("cy", 1)))) for circle in svg.iter(f"{SVG}circle")]
    assert not [(mark, box) for mark in marks for box in boxes(svg, ChartStyle().size) if mark.overlaps(box)]
    assert len(marks) == (len(items) if form == "time" else 0)


@given(st.permutations(SERIES))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_points_does_not_matter(items: list[ChartPoint]) -> None:
    whole = draw(items, title="t", description="d", language="en")
    assert whole == draw(SERIES, title="t", description="d", language="en")
    values = [int(text.replace(",", "")) for text in texts(etree.fromstring(whole.svg), "figure")]
    assert all(one < two for one, two in pairwise(values))
