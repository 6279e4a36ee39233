"""Likeness of own words: near copies are grouped, different words are not, and no text is kept."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from advokit.letters import similarity
from advokit.letters.journal import Journal

ONE = ("I have taught in this town for twenty years and I know what it means to a child to lose a school, a friend and a"
       " language within one week; please do what you can, and tell me what that is.")
TWO = "My grandfather never spoke of the train. I only learnt from his papers that he was six, and that nobody looked."


def measured(path: Path, texts: list[str]) -> similarity.Similarity:
    with Journal(path / "journal.sqlite") as journal:
        journal.begin_plan()
        for row, text in enumerate(texts, 2):
            similarity.add(journal, row, text)
        return similarity.measure(journal, len(texts))


def test_near_copies_are_found_by_row(tmp_path: Path) -> None:
    found = measured(tmp_path, [ONE, TWO, ONE.upper(), "", ONE.replace("twenty", "thirty"), TWO + " Thank you.", "Short."])
    assert found.groups == ((2, 4, 6), (3, 7))
    assert (found.with_words, found.without, found.alike, found.distinct) == (6, 1, 5, 3)
    assert ONE[:20].encode() not in (tmp_path / "journal.sqlite").read_bytes()


def test_different_paragraphs_are_not_alike(tmp_path: Path) -> None:
    assert measured(tmp_path, [ONE, TWO, "I teach.", "I am a nurse."]).groups == ()


def test_the_estimate_is_near_the_true_share_of_shingles() -> None:
    words = [f"w{number}" for number in range(200)]
    for kept in (0, 50, 100, 150, 200):
        one, other = " ".join(words), " ".join(words[:kept] + [f"x{number}" for number in range(200 - kept)])
        left, right = set(similarity.shingles(one)), set(similarity.shingles(other))
        true = len(left & right) / len(left | right)
        packed = [similarity._packed(similarity.signature(text)) for text in (one, other)]
        assert abs(similarity.likeness(*packed) - true) < 0.15


@given(st.text(max_size=200))
def test_a_paragraph_is_like_itself_and_its_capitals(text: str) -> None:
    if similarity.shingles(text):
        packed = similarity._packed(similarity.signature(text))
        assert similarity.likeness(packed, similarity._packed(similarity.signature(f"  {text} "))) == 1.0
