from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from advokit.rules.expressions import calls


def test_calls_have_their_place_and_names() -> None:
    text = 'A {{ figure("returned", "statement") }}\nand {{ claim("law") }}, {{ ask }}, {{ sender.own_words }}.'
    assert [(str(call), call.line, call.column) for call in calls(text)] == [
        ('{{ figure("returned", "statement") }}', 1, 14), ('{{ claim("law") }}', 2, 15), ("{{ ask }}", 2, 28),
        ("{{ sender.own_words }}", 2, 39)]


def test_the_form_that_is_not_named_is_value() -> None:
    assert calls('{{ figure("x") }}')[0].key == calls('{{ figure("x", "value") }}')[0].key
    assert calls('{{ figure("x") }}')[0].key != calls('{{ figure("x", "number") }}')[0].key


def test_a_keyword_counts_like_a_place() -> None:
    assert calls('{{ figure("x", form="count") }}')[0].key == ("figure", "x", "count")


def test_literals_and_dates_may_differ_between_languages() -> None:
    assert [call.key for call in calls('{{ literal("Article 49") }} {{ date("2025") }}')] == [(), ()]


def test_what_cannot_be_read_is_left_to_composing() -> None:
    assert calls("{{ figure(") == ()


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="{}%()\"' \nabcfigure.,", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for call in calls(text):
        assert call.line >= 1
        assert call.column >= 1
