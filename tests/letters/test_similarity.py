"""Likeness of own words: what a person would call a copy is grouped, what differs is not, and no text is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advokit.letters import similarity
from advokit.letters.journal import Journal
from tests.letters.workspace import campaign, request, sender, write_senders

ONE = ("I have taught in this town for twenty years and I know what it means to a child to lose a school, a friend and a"
       " language within one week; please do what you can, and tell me what that is.")
TWO = "My grandfather never spoke of the train. I only learnt from his papers that he was six, and that nobody looked."
LETTER = ("I live in the United Kingdom, and I write to you about the Ukrainian children whom Russia has deported or moved and"
          " has not sent back. Much has been said about them; I would like to ask for something that can be done.")

#: Pairs of paragraphs, and whether a person would say that one is a copy of the other.
PAIRS = {
    "one word changed": (ONE, ONE.replace("twenty", "thirty"), True),
    "sentences in another order": (TWO + " I am a nurse in Leeds.", "I am a nurse in Leeds. " + TWO, True),
    "a template with names filled in": (
        "My name is Anna and I live in Leeds, where I work as a nurse, and I ask you to help these children.",
        "My name is Peter and I live in York, where I work as a baker, and I ask you to help these children.", True),
    "a sentence added": (TWO, TWO + " Thank you.", True),
    "capitals, quotes and stops": (TWO, TWO.upper().replace(".", "!").replace(",", ""), True),
    "different, same matter": (
        "As a mother I cannot imagine my child being taken to another country. Please support tracing the children.",
        "I worked with refugees from Ukraine last year. Their stories about the children who were taken stay with me.", False),
    "different, same words": (
        "I have two grandchildren and think of the Ukrainian children who were taken from their parents. Please help.",
        "The deportation of Ukrainian children is a war crime, and I want my country to bring them home to their parents.", False),
    "Ukrainian, another town": (
        "Я вчителька з Полтави, і двоє моїх учнів досі не повернулися додому. Прошу вас не мовчати про це.",
        "Я вчителька з Харкова, і двоє моїх учнів досі не повернулися додому. Прошу Вас не мовчати про це!", True),
    "Ukrainian, different": (
        "Я вчителька з Полтави, і двоє моїх учнів досі не повернулися додому. Прошу вас не мовчати про це.",
        "Моя родина чекає на повернення сусідських дітей. Я хочу, щоб держава зробила все можливе для їхнього пошуку.", False),
    "Polish, other endings": (
        "Jestem emerytką i pamiętam opowieści mojej matki o wywózkach na Syberię. Proszę, niech te dzieci wrócą.",
        "Jestem emerytem i pamiętam opowieści mojego ojca o wywózkach na Syberię. Proszę, niech te dzieci wrócą.", True),
    "Polish, different": (
        "Jestem emerytką i pamiętam opowieści mojej matki o wywózkach na Syberię. Proszę, niech te dzieci wrócą.",
        "Pracuję w szkole, w której uczą się dzieci z Ukrainy. Wiem, jak bardzo tęsknią za domem i za kolegami.", False),
    "Chinese, another profession": ("我是一名退休教师，住在伦敦。我希望政府帮助这些孩子回家。",
                                    "我是一名退休护士，住在伦敦。我希望政府帮助这些孩子回家。", True),
    "Chinese, different": ("我是一名退休教师，住在伦敦。我希望政府帮助这些孩子回家。", "我的邻居来自基辅，她的侄子至今下落不明。请您关注此事。", False),
    "short, hardly changed": ("Please help the children.", "Please help these children", True),
    "short, one word that matters": ("I am a nurse.", "I am a teacher.", False),
    "short, different": ("I teach.", "I am a nurse.", False),
    "short, same question": ("Because I am a mother.", "Because I was a refugee myself as a child.", False),
}


def measured(path: Path, texts: list[str], letter: str = "") -> similarity.Similarity:
    with Journal(path / "journal.sqlite") as journal:
        journal.begin_plan()
        for row, text in enumerate(texts, 2):
            similarity.add(journal, row, text, letter)
        return similarity.measure(journal, len(texts))


@pytest.mark.parametrize("name", PAIRS)
def test_a_copy_is_what_a_person_would_call_one(name: str, tmp_path: Path) -> None:
    one, other, copy = PAIRS[name]
    assert measured(tmp_path, [one, LETTER, other]).groups == (((2, 4),) if copy else ())


def test_near_copies_are_found_by_row_and_no_text_is_kept(tmp_path: Path) -> None:
    found = measured(tmp_path, [ONE, TWO, ONE.upper(), "", ONE.replace("twenty", "thirty"), TWO + " Thank you.", "Short."])
    assert found.groups == ((2, 4, 6), (3, 7))
    assert (found.with_words, found.without, found.alike, found.distinct) == (6, 1, 5, 3)
    kept = (tmp_path / "journal.sqlite").read_bytes()
    assert ONE[:20].encode() not in kept
    assert b"taught" not in kept


@pytest.mark.parametrize(("words", "pasted"), [
    (LETTER, True), (LETTER[:90].upper(), True), ("Please. " + LETTER[30:150], True), (ONE, False), (TWO, False),
    ("I write to you about the Ukrainian children, as my own mother was one of those whom nobody looked for.", False)])
def test_words_of_the_letter_itself_are_nobodys_own(words: str, pasted: bool, tmp_path: Path) -> None:
    found = measured(tmp_path, [TWO, words, ONE + " " + TWO], LETTER)
    assert found.pasted == ((3,) if pasted else ())
    assert not pasted or (found.with_words, found.distinct) == (3, 2)


def test_a_run_lists_pasted_rows_for_itself(tmp_path: Path) -> None:
    from advokit.letters.room import letter_text
    from advokit.letters.run import prepare, run_letters
    from tests.letters.test_run import InProcess
    root = campaign(tmp_path)
    senders = write_senders(tmp_path / "s.csv", [sender(1, words=ONE)])
    kit, _ = prepare(request(root, senders, tmp_path / "run"))
    letter = letter_text(kit.files, "gb", kit.date)
    assert "[" not in letter
    rows = [sender(1, words=ONE), sender(2, words=letter), sender(3, words=ONE + " Thank you."), sender(4, words=TWO)]
    write_senders(tmp_path / "s.csv", rows)
    report = run_letters(request(root, senders, tmp_path / "run"), InProcess())
    assert (report.similarity.pasted, report.similarity.groups) == ((3,), ((2, 4),))
    assert (tmp_path / "run/similar.csv").read_text().split() == ["group,rows", "in", "it,row", "1,2,2", "1,2,4", "letter,1,3"]


WORDS = [f"{a}{b}" for a in ("ka", "lo", "mi", "ru", "se", "ta", "vo", "ne") for b in ("bar", "dil", "fen", "gus", "hom", "jak")]


@st.composite
def families(draw: st.DrawFn) -> list[str]:
    """Paragraphs that descend from a few: words exchanged, sentences cut and moved."""
    chance = draw(st.randoms(use_true_random=False))
    texts: list[list[str]] = [[chance.choice(WORDS) for _ in range(chance.randint(5, 40))] for _ in range(draw(st.integers(2, 4)))]
    for _ in range(draw(st.integers(2, 14))):
        new = list(chance.choice(texts))
        for _ in range(chance.randint(0, 6)):
            new[chance.randrange(len(new))] = chance.choice(WORDS)
        cut = chance.randrange(len(new))
        texts.append(new[cut:] + new[:cut] if chance.random() < 0.3 else new)
    return [" ".join(text) for text in texts]


def exact(texts: list[str], least: float) -> set[frozenset[int]]:
    """Group by comparing every pair."""
    groups = [{row} for row in range(2, len(texts) + 2)]
    for one in range(len(texts)):
        for other in range(one):
            if similarity.likeness(similarity.pieces(texts[one]), similarity.pieces(texts[other])) >= least:
                left = next(group for group in groups if one + 2 in group)
                right = next(group for group in groups if other + 2 in group)
                if left is not right:
                    groups.remove(right)
                    left |= right
    return {frozenset(group) for group in groups if len(group) > 1}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(families())
def test_groups_are_those_that_comparing_every_pair_gives(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    found = {frozenset(group) for group in measured(tmp_path_factory.mktemp("m"), texts).groups}
    sure = exact(texts, 0.6)
    assert all(any(group <= seen for seen in found) for group in sure), "what is surely alike is found"
    every = exact(texts, similarity.ALIKE)
    assert all(any(group <= true for true in every) for group in found), "nothing is grouped that is not alike"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(families())
def test_the_buckets_tell_how_much_is_shared(texts: list[str]) -> None:
    left, right = (similarity.pieces(texts[0]), similarity.pieces(texts[-1]))
    true = similarity.likeness(left, right)
    values = [similarity.minhash(found) for found in (left, right)]
    buckets = [similarity.bands(each) for each in values]
    shared = sum(one == other for one, other in zip(*buckets, strict=True)) / len(buckets[0])
    # Of 64 buckets, each shared with probability J⁴: five standard deviations.
    assert abs(shared - true**4) <= 5 * (true**4 * (1 - true**4) / 64) ** 0.5 + 0.02
    one, other = (int.from_bytes(similarity.sketch(each), "big") for each in values)
    agree = 1 - (one ^ other).bit_count() / 256
    assert abs(agree - (1 + true) / 2) <= 5 * (0.25 / 256) ** 0.5


@given(st.text(max_size=200))
def test_a_paragraph_is_like_itself_and_its_capitals(text: str) -> None:
    found = similarity.pieces(text)
    assert similarity.likeness(found, similarity.pieces(f"  {text} ")) == (1.0 if found else 0.0)
