"""Details that let one child be recognised, in every language that has a table; the shipped campaign stays silent."""

from __future__ import annotations

import pytest

from advokit.safeguarding.details import find


@pytest.mark.parametrize(("language", "text", "kinds"), [
    ("en", "A 12-year-old girl from Kherson was taken away.", ("age", "place")),
    ("en", "The boy, aged nine, lives with his grandmother.", ("age", "relative")),
    ("en", "A boy was taken on 3 March 2022 from Mariupol.", ("place", "date")),
    ("en", "A girl was deported. She was from Izium. Her mother searched for her.", ("place", "relative")),
    ("en", "My nephew, 11, was taken to a camp in Yeysk.", ("age", "route", "relative")),
    ("de", "Ein zwölfjähriges Mädchen aus Cherson wurde verschleppt.", ("age", "place")),
    ("de", "Der Junge kam am 3. März 2022 in das Lager Artek.", ("route", "date")),
    ("fr", "Une fille de 12 ans, originaire de Kherson.", ("age", "place")),
    ("fr", "Un garçon emmené à Rostov avec sa grand-mère.", ("route", "relative")),
    ("es", "Una niña de 12 años de Jersón fue deportada.", ("age", "place")),
    ("es", "El niño, de nueve años, vive con su abuela.", ("age", "relative")),
    ("es", "A una niña se la llevaron el 3 de marzo de 2022 de Mariúpol a Rostov.", ("route", "date")),
    ("es", "Una niña fue deportada. Era de Izium. Su madre la buscó.", ("place", "relative")),
    ("es", "Mi sobrino, 11 años, fue llevado al campamento Artek.", ("age", "route", "relative")),
    ("it", "Una bambina di 12 anni di Kherson è stata deportata.", ("age", "place")),
    ("it", "Il ragazzo, quattordicenne, vive con sua nonna.", ("age", "relative")),
    ("it", "Una bambina è stata deportata. Era di Izium. Sua madre l’ha cercata.", ("place", "relative")),
    ("it", "Un bambino portato a Rostov con la nonna.", ("route", "relative")),
    ("it", "Il bambino è stato portato via l’8 marzo 2022 nel campo «Artek».", ("route", "date")),
    ("pl", "12-letnia dziewczynka z Chersonia wróciła.", ("age", "place")),
    ("pl", "Chłopiec, lat 9, pochodzący z Iziumu.", ("age", "place")),
    ("uk", "12-річна дівчинка з Херсона повернулася.", ("age", "place")),
    ("uk", "Хлопчика вивезли до Єйська. Його бабуся шукала рік.", ("route", "relative")),
    ("uk", "Дитину забрали 3 березня 2022 року з Маріуполя.", ("place", "date")),
    ("nl", "Een meisje van twaalf uit Cherson werd weggevoerd.", ("age", "place")),
    ("nl", "De jongen werd naar Rostov gebracht. Zijn oma zocht hem een jaar lang.", ("route", "relative")),
    ("nl", "Mijn nichtje van elf zat in het kamp Artek.", ("route", "relative")),
    ("nl", "Een 12-jarige jongen werd op 3 maart 2022 meegenomen.", ("age", "date")),
    ("cs", "Dvanáctiletá dívka z Chersonu se vrátila domů.", ("age", "place")),
    ("cs", "Chlapec ve věku 9 let žije se svou babičkou.", ("age", "relative")),
    ("cs", "Chlapce odvezli do Jejsku. Jeho babička ho hledala rok.", ("route", "relative")),
    ("cs", "Dítě odvezli 3. března 2022 z Mariupolu.", ("place", "date")),
    ("cs", "Dítě z Izjumu odvezli 3. 3. 2022.", ("place", "date")),
    ("cs", "Mé neteři je 11 let. Byla odvlečena do tábora Artěk.", ("age", "route")),
    ("sv", "En tolvårig flicka från Cherson fördes bort.", ("age", "place")),
    ("sv", "Pojken fördes till Rostov. Hans mormor letade i ett år.", ("route", "relative")),
    ("sv", "Ett barn på nio år hämtades den 3 mars 2022.", ("age", "date")),
    ("sv", "Min systerson, 11 år, hamnade på lägret Artek.", ("age", "route", "relative")),
])
def test_two_kinds_of_detail_identify(language: str, text: str, kinds: tuple[str, ...]) -> None:
    assert [finding.kinds for finding in find(text, language)] == [kinds]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Every child aged 12 from Kherson has this right."), ("en", "Children aged 5 to 17 from Kherson were taken to camps."),
    ("en", "A child in state care has a state that is responsible; the stay ends on the agreed day."),
    ("en", "On 17 March 2023 the Court issued two warrants. No child is named."), ("en", "A 12-year-old girl came home."),
    ("en", "A child from Ukraine was born on 3 March 2020."),
    ("de", "Am 17. März 2023 erließ der Gerichtshof Haftbefehle. Es gehe um die Evakuierung Minderjähriger aus Kampfgebieten."),
    ("fr", "Le 17 mars 2023, la Cour a émis deux mandats."), ("uk", "Дитина має право на ім'я. 17 березня 2023 року суд видав ордери."),
    ("pl", "Każde dziecko z Chersonia, które ma 12 lat."),
    ("es", "Todo niño de 12 años de Jersón tiene este derecho."), ("es", "Cada niña tiene derecho a su nombre; su madre también."),
    ("es", "Los niños de entre 5 y 17 años de Jersón fueron llevados a campamentos con sus madres."),
    ("es", "El 17 de marzo de 2023 la Corte dictó dos órdenes de detención. No se nombra a ningún menor."),
    ("es", "Un niño de Ucrania nació el 3 de marzo de 2020."), ("es", "Un menor de 12 años volvió a casa."),
    ("it", "Ogni bambino di 12 anni di Kherson ha questo diritto."), ("it", "Un minore di 12 anni è tornato a casa."),
    ("it", "Bambini dai 5 ai 17 anni di Kherson sono stati portati in campi."),
    ("it", "Nessuna bambina, nessun bambino deve restare lontano dalla madre e dal padre."),
    ("it", "Il 17 marzo 2023 la Corte ha emesso due mandati. Nessun minore è nominato."),
    ("it", "Una lettera del 3 marzo 2022 al Ministro, sul diritto del minore alla famiglia."),
    ("nl", "Elk kind van twaalf uit Cherson heeft dit recht."), ("nl", "Kinderen van zes tot 17 uit Cherson werden naar Artek gebracht."),
    ("nl", "Op 17 maart 2023 vaardigde het Hof bevelen uit. Achter elk geval staat een kind met een naam."),
    ("nl", "Een kind uit Oekraïne hoort thuis. Zij zijn met velen."),
    ("cs", "Každé dítě z Chersonu ve věku 12 let má toto právo."), ("cs", "Děti ve věku 5 až 17 let z Chersonu skončily v táborech."),
    ("cs", "Dvanáctiletá dívka se vrátila domů."), ("cs", "Za každým případem je dítě, které má své jméno."),
    ("cs", "Dne 17. března 2023 vydal soud v Haagu zatykače kvůli deportaci dětí z Ukrajiny do Ruska."),
    ("cs", "Dítě má právo na matku a otce. Koalice vznikla 2. února 2024 v Kyjevě."),
    ("cs", "Dítě z Ukrajiny patří domů, ne do Ruska."),
    ("sv", "Varje barn på tolv år från Cherson har den rätten."), ("sv", "Barn mellan sex och 17 år från Cherson fördes till Artek."),
    ("sv", "Den 17 mars 2023 utfärdade domstolen beslut. Bakom varje fall finns ett barn med ett namn."),
    ("sv", "Ett barn från Ukraina hör hemma hos sin familj."), ("ja", "12歳の少女"),
])
def test_one_kind_children_in_general_and_dates_of_acts_do_not(language: str, text: str) -> None:
    assert find(text, language) == []


def test_of_an_entry_marked_minor_one_detail_is_too_much() -> None:
    assert [finding.kinds for finding in find("A 12-year-old girl came home.", "en", least=1)] == [("age",)]
