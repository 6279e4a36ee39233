"""What a sender is asked: the fields that the country needs, one's own area, and gentle remarks on one's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from advokit.importers.districts import District
from advokit.language import tongue
from advokit.letters.adding import SenderFile
from advokit.letters.asking import FREELY, WAY, Areas, Desk, fields_of, paragraph, questions_for, remarks
from advokit.letters.room import fits, letter_text, words_that_fit
from advokit.letters.run import questions_of
from advokit.letters.senders import SenderRow, SenderTable
from advokit.questions import Answers
from advokit.workspace import CampaignFiles, locale_folders, read_campaign
from tests.letters.workspace import DATE, PEOPLE, campaign
from tests.workspaces import NAME

ROOT = Path(__file__).parent.parent.parent
EDITIONS = sorted(path.stem for path in (ROOT / "campaigns/ukraine-children/editions").glob("*.yaml"))
OWN = """own_words:
  minimum: 6
  questions: {why: {en: "Why does it matter to you?"}, tie: {en: "What ties you to it?"}}
"""


@pytest.fixture(scope="module")
def shipped() -> CampaignFiles:
    files, problems = read_campaign(ROOT, "ukraine-children")
    assert files is not None
    assert not problems
    return files


def desk(files: CampaignFiles, edition: str, areas: Areas | None = None, room: int | None = 60) -> Desk:
    found = files.editions[edition]
    words = tongue(found.edition.language, found.edition.country, locale_folders(files.root))
    return Desk(files, found, words, {found.edition.language: edition}, areas or Areas(()), lambda: room,
                letter_text(files, edition, DATE))


def keys(made: Desk, given: Answers) -> list[str]:
    return [question.key for question in questions_for(made, given)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_asks_in_its_own_language_what_its_country_needs(shipped: CampaignFiles, edition: str) -> None:
    made = desk(shipped, edition)
    asked = list(questions_for(made, {WAY: "1", "country": "de"}))
    names = [question.key for question in asked]
    assert names[0] == "name"
    assert {"street", "city", "postcode", "on_behalf_of", "email", WAY} < set(names)
    assert ("country" in names) == (edition in {"eu", "intl"})
    assert len(made.questions) == 3
    english = {question.text for question in questions_for(desk(shipped, "gb"), {WAY: "1"})}
    if made.language != "en":
        # Dutch has the English word for it.
        assert {question.text for question in asked} & english <= ({"Postcode"} if made.language == "nl" else set())
    assert all(question.help.strip() for question in asked)


def test_every_sentence_of_the_dialogue_stands_in_every_catalogue() -> None:
    import ast

    from babel.messages.pofile import read_po
    said = set()
    for name in ("letters/asking.py", "cli/senders.py"):
        for node in ast.walk(ast.parse((ROOT / "advokit" / name).read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("say") and node.args and isinstance(
                    node.args[0], ast.Constant):
                said.add(node.args[0].value)
    assert len(said) > 60
    for language in sorted(path.name for path in (ROOT / "templates" / "locale").iterdir() if path.is_dir() and "_" not in path.name):
        with (ROOT / f"templates/locale/{language}/LC_MESSAGES/advokit.po").open("rb") as file:
            known = {message.id for message in read_po(file) if message.string}
        assert not said - known, language


def test_an_area_is_found_by_a_piece_a_person_or_a_postcode() -> None:
    areas = Areas(PEOPLE, {"AB12CD": (District("northtown"),), "ZZ1": (District("Northtown"), District("South Town"))})
    assert [area for area, _ in areas.like("south town")] == ["South Town"]
    assert [area for area, _ in areas.like("sout")] == ["South Town"]
    assert [area for area, _ in areas.like("Lee Sample")] == ["South Town"]
    assert areas.like("South")[0][1] == "South Town (Lee Sample)"
    assert areas.like("Qqqq") == ()
    assert areas.of_postcode("ab1 2cd") == ("Northtown",)
    assert areas.of_postcode("ZZ1") == ("Northtown", "South Town")
    assert areas.of_postcode("") == ()


def test_a_postcode_in_one_area_proposes_it_and_an_unknown_area_is_refused(shipped: CampaignFiles) -> None:
    made = desk(shipped, "gb", Areas(PEOPLE, {"AB12CD": (District("Northtown"),)}))
    given = {"postcode": "AB1 2CD"}
    question = next(one for one in questions_for(made, given) if one.key == "area")
    assert question.default(given) == "Northtown"
    assert question.check("Northtown", given) is None
    wrong = question.check("Nowhere", given)
    assert wrong is not None
    assert "https://" in wrong.hint


def test_answers_make_the_paragraph_that_a_run_prints(tmp_path: Path) -> None:
    files, problems = read_campaign(campaign(tmp_path, OWN), NAME, ["gb"])
    assert files is not None, problems
    made = desk(files, "gb")
    given: Answers = {"name": "Ann Lee", "street": "1 Road", "city": "Oxton", "postcode": "OX1 1AA", WAY: "1",
                      "answer_why": "Because  I teach, {{ 1 }}.", "answer_tie": "<b>My work</b>."}
    file = SenderFile(tmp_path / "s.csv", tuple(fields_of(made, given)), ",")
    file.add(fields_of(made, given))
    row, = SenderTable(tmp_path / "s.csv", "s.csv", "gb", questions_of(made.edition.edition)).rows()
    assert isinstance(row, SenderRow)
    assert row.own_words == paragraph(made, given) == "Because  I teach, {{ 1 }}. <b>My work</b>."
    freely = {**given, WAY: FREELY, "own_words": "Freely said."}
    assert fields_of(made, freely).keys() & {"answer_why", "answer_tie", WAY} == set()


def test_too_few_words_are_told_at_the_last_question_with_both_numbers(tmp_path: Path) -> None:
    files, _ = read_campaign(campaign(tmp_path, OWN), NAME, ["gb"])
    assert files is not None
    made = desk(files, "gb")
    assert "3" not in {key for question in questions_for(made, {}) if question.key == WAY for key, _ in question.offers("", {})}
    given: Answers = {WAY: "1", "answer_why": "I teach."}
    first, last = [question for question in questions_for(made, given) if question.key.startswith("answer_")]
    assert first.check("I teach.", {WAY: "1"}) is None
    wrong = last.check("My work.", given)
    assert wrong is not None
    assert "4" in wrong.message
    assert "6" in wrong.message
    assert last.check("My work in the school.", given) is None


@pytest.mark.parametrize(("edition", "text", "words"), [
    ("gb", "I am 74 years old and I taught for twenty years.", ""),
    ("gb", "19,546 children are gone.", "19,546"),
    ("de", "Ich bin 74 Jahre alt.", ""),
    ("de", "Es sind tausende Kinder, genau 20.000 Kinder.", "20.000"),
    ("uk", "Зникло 19 546 дітей.", "19"),
    ("gb", "The boy Ivan was taken.", "name of a child"),
    ("gb", "A boy of nine, aged 9, from Mariupol was taken with his mother.", "recognised"),
    ("de", "Ein Kind, die Mutter und der Vater: nicht die Ukraine nahm es ihnen.", ""),
    ("de", "Ein Kind Mutter und Vater zu nehmen ist ein Verbrechen.", ""),
    ("fr", "Le fils prénommé Sacha a disparu.", "nom d’un enfant"),
    ("pl", "Moja matka przeżyła wywózkę.", ""),
    ("es", "Se llevaron a la niña Sofía.", "nombre de un menor"),
    ("es", "Soy maestra jubilada y di clase durante treinta años.", ""),
    ("es", "Faltan 20.000 niños.", "20.000"),
    ("it", "Il bambino di nome Ivan è stato portato via.", "nome di un minore"),
    ("it", "Ho 74 anni e ho insegnato per trent’anni.", ""),
    ("it", "Mancano ventimila bambini.", "ventimila"),
    ("nl", "Het jongetje Ivan werd weggevoerd.", "naam van een kind"),
    ("nl", "De jongen die Ivan heet werd weggevoerd.", "naam van een kind"),
    ("nl", "Ik ben 74 jaar en stond twintig jaar voor de klas.", ""),
    ("cz", "Chlapec jménem Ivan byl odvlečen.", "jméno dítěte"),
    ("cz", "Je mi 74 let a dvacet let jsem učila.", ""),
    ("cz", "Jsou to tisíce dětí, přesně 20 000 dětí.", "20 000"),
    ("se", "Pojken Ivan fördes bort.", "namnet på ett barn"),
    ("se", "Jag är 74 år och har varit lärare i tjugo år.", ""),
    ("se", "Det är tusentals barn, exakt 20 000 barn.", "20 000"),
    ("gb", "word " * 70, "shorten"),
])
def test_remarks_are_few_and_true(shipped: CampaignFiles, edition: str, text: str, words: str) -> None:
    made = desk(shipped, {"uk": "ua"}.get(edition, edition))
    count, *more = remarks(made, text)
    assert any(character.isdigit() for character in count)
    assert (words in " ".join(more)) if words else not more


def test_words_of_the_letter_itself_are_told(shipped: CampaignFiles) -> None:
    made = desk(shipped, "de")
    assert any("Worte des Briefes" in remark for remark in remarks(made, made.letter[:200]))
    assert not list(remarks(made, ""))


@pytest.mark.parametrize("edition", ["de", "ca-fr"])
def test_the_room_is_what_fits_and_no_more(shipped: CampaignFiles, edition: str) -> None:
    room = words_that_fit(shipped, edition, DATE)
    words = letter_text(shipped, edition, DATE).split() * 5
    assert 40 <= room <= 200
    assert fits(shipped, edition, " ".join(words[:room]), DATE)
    assert not fits(shipped, edition, " ".join(words[:room + 12]), DATE)


def test_an_edition_changes_key_by_key_what_the_campaign_asks(tmp_path: Path) -> None:
    root = campaign(tmp_path, "own_words: {minimum: 9}\n")
    path = root / f"campaigns/{NAME}/campaign.yaml"
    path.write_text(path.read_text("utf-8") + "own_words:\n  minimum: 3\n  questions: {why: {en: Why?}}\n", "utf-8")
    files, problems = read_campaign(root, NAME)
    assert files is not None
    assert not problems
    asked = {name: found.edition.own_words for name, found in files.editions.items()}
    assert {name: (one.minimum, tuple(one.questions)) for name, one in asked.items() if one} == {
        "gb": (9, ("why",)), "intl": (3, ("why",))}


def test_a_question_without_a_text_in_the_editions_language_is_named(tmp_path: Path) -> None:
    from advokit.rules import check_campaign
    root = campaign(tmp_path, "own_words:\n  questions: {why: {de: Warum?}}\n")
    files, _ = read_campaign(root, NAME)
    assert files is not None
    problem, = [one for one in check_campaign(files, DATE) if "question" in one.message]
    assert problem.path == f"campaigns/{NAME}/editions/gb.yaml"
    assert problem.line == 6
    assert "own_words.questions.why.en" in problem.hint


def test_a_name_of_the_private_list_is_refused(tmp_path: Path) -> None:
    from advokit.safeguarding import PrivateList
    root = campaign(tmp_path)
    (root / "facts/private").mkdir(parents=True)
    (root / "facts/private/names.yaml").write_text("names:\n  - {given: Taras, family: Vyhadanyi}\n", "utf-8")
    files, problems = read_campaign(root, NAME, ["gb"])
    assert files is not None, problems
    made = desk(files, "gb")
    question = next(one for one in questions_for(made, {WAY: FREELY}) if one.key == "own_words")
    assert question.check("I think of Taras Vyhadanyi every day.", {WAY: FREELY})
    assert not question.check("I think of them every day.", {WAY: FREELY})
    assert isinstance(files.private, PrivateList)
