"""The plan of the footers: margins only grow, and a plan that is settled asks for nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advokit.render.footer import (
    Flow,
    Heights,
    PagePlan,
    Unit,
    footer_html,
    footers_css,
    is_settled,
    next_plan,
    predict,
    running_line,
    trimmed,
)
from tests.render.samples import letter

HEIGHTS = Heights(20.0, 5.0, {number: 10.0 + number for number in range(1, 9)})
CITED = st.lists(st.lists(st.integers(1, 8), unique=True, max_size=5).map(sorted).map(tuple), min_size=1, max_size=6)


@given(st.lists(CITED, min_size=1, max_size=6), st.floats(0, 120))
def test_margins_only_grow_and_hold_what_the_page_cites(layouts: list[list[tuple[int, ...]]], own: float) -> None:
    plan: tuple[PagePlan, ...] = ()
    for cited in layouts:
        after = next_plan(plan, cited, HEIGHTS, [own], ())
        assert len(after) == len(cited) + 1
        for before, now in zip(plan, after, strict=False):
            assert now.margin >= before.margin
        for numbers, page in zip(cited, after, strict=False):
            assert page.numbers == numbers
            assert max(page.margin, own) >= HEIGHTS.of(numbers) - 0.011
        plan = after


@given(CITED)
def test_a_plan_is_settled_only_with_the_same_pages_and_room(cited: list[tuple[int, ...]]) -> None:
    plan = next_plan((), cited, HEIGHTS, [0.0], ())[:-1]
    own, measured = [0.0] * len(cited), [HEIGHTS.of(numbers) for numbers in cited]
    assert is_settled(plan, cited, own, measured)
    assert not is_settled(plan, [*cited, ()], [*own, 0.0], [*measured, 0.0])
    assert not is_settled(plan, [(*cited[0], 99), *cited[1:]], own, measured)
    assert not is_settled(plan, cited, own, [measured[0] + 1, *measured[1:]])


def test_a_page_that_measured_higher_gets_more_room() -> None:
    plan = next_plan((), [(1,)], HEIGHTS, [0.0], ())
    assert next_plan(plan, [(1,)], HEIGHTS, [0.0], [90.0])[0].margin == pytest.approx(90.0)


def test_the_footer_escapes_the_running_line_and_keeps_the_markup_of_sources() -> None:
    html = footer_html(letter(), (1, 2), 1, 3, links=False)
    assert "Children &amp; law\u00a0· Germany · English" in html
    assert "Page 1 of 3" in html
    assert "<i>Report on transfers</i>" in html
    assert html.count("data-reference") == 2


def test_links_stand_only_where_they_may() -> None:
    from dataclasses import replace
    composed = letter()
    linked = replace(composed, references=(replace(
        composed.references[0], short='<a href="https://example.org">Office</a>'),))
    assert "<a " in footer_html(linked, (1,), 1, 1, links=True)
    assert "<a " not in footer_html(linked, (1,), 1, 1, links=False)
    assert "Office" in footer_html(linked, (1,), 1, 1, links=False)


def test_page_rules_name_each_page_and_leave_small_margins_to_the_template() -> None:
    css = footers_css([PagePlan((1,), 80.0), PagePlan((), 0.0)])
    assert css.count("@page :nth(") == 2
    assert css.count("margin-bottom: ") == 1


def test_running_line_leaves_out_what_is_empty() -> None:
    from dataclasses import replace
    composed = letter()
    composed = replace(composed, running=replace(composed.running, edition=""))
    assert running_line(composed, 1, 2)[0].startswith("Children & law\u00a0· Figures as of")


@given(st.lists(st.tuples(st.floats(1, 90), st.frozensets(st.integers(1, 8), max_size=3)), max_size=30),
       st.floats(300, 900))
def test_a_guess_keeps_every_citation_and_their_order(parts: list[tuple[float, frozenset[int]]], page: float) -> None:
    units, start = [], 0.0
    for height, numbers in parts:
        units.append(Unit(start, start + height, numbers))
        start += height
    flow = Flow(tuple(units), (page,))
    guess = predict(flow, HEIGHTS, [30.0])
    assert {number for plan in guess for number in plan.numbers} == {number for unit in units for number in unit.numbers}
    assert len(guess) >= start // page
    assert all(plan.margin < page for plan in guess)


def test_a_guess_keeps_out_what_its_own_sources_leave_no_room_for() -> None:
    flow = Flow((Unit(0.0, 50.0, frozenset({1})), Unit(50.0, 95.0, frozenset({2}))), (100.0,))
    assert [plan.numbers for plan in predict(flow, Heights(0.0, 0.0, {1: 1.0, 2: 1.0}), [0.0])] == [(1, 2)]
    first, second = predict(flow, Heights(0.0, 0.0, {1: 2.0, 2: 4.0}), [0.0])
    assert (first.numbers, second.numbers) == ((1,), (2,))
    assert 5.0 < first.margin < 10.0, "the second unit must not come back once its source is gone"
    assert second.margin == 0.0


def test_references_that_run_on_are_counted_in_lines() -> None:
    heights = Heights(20.0, 5.0, {1: 300.0, 2: 250.0, 3: 500.0}, 600.0, 13.0)
    assert heights.of(()) == 20.0
    assert heights.of((1, 2)) == 38.0
    assert heights.of((1, 2, 3)) == 51.0


def test_a_wrong_guess_gives_back_what_would_be_a_gap() -> None:
    plan = [PagePlan((1, 2), 200.0), PagePlan((3,), 50.0)]
    assert [page.margin for page in trimmed(plan, [(1,), (3,)], HEIGHTS)] == [0.0, 50.0]
