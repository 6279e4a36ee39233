"""What the columns of a table of senders are called, in the languages of the country packs.

In: nothing. Out: for each field the headings that mean it, written as `tables.rows.folded` leaves them (lower case, `_`
for spaces and hyphens). English, German, French, Dutch, Italian, Spanish, Polish, Czech, Swedish and Ukrainian.
"""

from __future__ import annotations

from collections.abc import Mapping

from advokit.tables.rows import folded

_WORDS: Mapping[str, str] = {
    "name": "full name|sender|first and last name|your name|vollständiger Name|Vor- und Nachname|Vorname und Nachname|"
            "Ihr Name|votre nom|prénom et nom|nom et prénom|nom prénom|voor- en achternaam|uw naam|ditt namn|"
            "su nombre|il Suo nome|nom complet|naam|volledige naam|nome completo|nome e cognome|nombre completo|"
            "nombre y apellidos|imię i nazwisko|jméno a příjmení|namn|för- och efternamn|повне ім'я|ПІБ|"
            "ім'я та прізвище|прізвище та ім'я",
    "given_name": "first name|forename|firstname|Vorname|Rufname|prénom|voornaam|nome|nombre|imię|jméno|křestní jméno|"
                  "förnamn|ім'я",
    "family_name": "last name|surname|lastname|Nachname|Familienname|Zuname|nom|nom de famille|achternaam|familienaam|"
                   "cognome|apellido|apellidos|nazwisko|příjmení|efternamn|прізвище",
    "address": "Adresse|Anschrift|adresse complète|adres|indirizzo|dirección|adres zamieszkania|adresa|adress|адреса",
    "street": "street address|address 1|address1|Straße|Str.|Straße und Hausnummer|Straße, Hausnummer|Straße Nr.|rue|"
              "voie|straat|straat en huisnummer|via|calle|ulica|ulica i numer|ulice|ulice a číslo|gata|gatuadress|"
              "вулиця",
    "city": "town|locality|Ort|Stadt|Wohnort|ville|commune|localité|plaats|woonplaats|stad|città|comune|località|"
            "ciudad|localidad|población|miejscowość|miasto|město|obec|ort|postort|місто|населений пункт",
    "postcode": "postal code|zip|zip code|PLZ|Postleitzahl|post code|code postal|CP|postcode|CAP|código postal|C.P.|"
                "kod pocztowy|PSČ|poštovní směrovací číslo|postnummer|індекс|поштовий індекс",
    "postcode_city": "postcode and town|postcode and city|city, state, zip|city state zip|town and postcode|"
                     "PLZ und Ort|PLZ, Ort|PLZ/Ort|PLZ Ort|Postleitzahl und Ort|code postal et ville|CP et ville|"
                     "code postal et commune|NPA et localité|postcode en plaats|postcode en woonplaats|CAP e città|"
                     "CAP e comune|CAP e località|código postal y localidad|código postal y población|CP y localidad|"
                     "kod pocztowy i miejscowość|kod i miejscowość|PSČ a město|PSČ a obec|postnummer och ort|"
                     "postnummer och postort|postadress|індекс і місто|індекс, місто",
    "region": "state|province|Bundesland|Kanton|Land|région|provincie|provincia|regione|województwo|kraj|län|область",
    "country": "Staat|pays|pais|país|paese|stato|kraj zamieszkania|země|stát|країна",
    "area": "constituency|district|riding|electorate|Wahlkreis|Wahlbezirk|circonscription|kiesdistrict|kieskring|"
            "collegio|circoscrizione|circunscripción|distrito|okręg|okręg wyborczy|volební obvod|volební kraj|"
            "valkrets|округ|виборчий округ",
    "place": "Ort des Schreibens|lieu|luogo|lugar|miejsce|místo|місце",
    "language": "lang|Sprache|langue|taal|lingua|idioma|język|jazyk|språk|мова",
    "own_words": "message|paragraph|comment|words|my words|in my own words|eigene Worte|meine Worte|Nachricht|Text|"
                 "Kommentar|mes mots|mes propres mots|texte|commentaire|eigen woorden|mijn woorden|bericht|opmerking|"
                 "parole proprie|le mie parole|parole mie|messaggio|commento|palabras propias|mis palabras|mensaje|"
                 "comentario|własne słowa|moje słowa|wiadomość|komentarz|vlastní slova|moje slova|zpráva|komentář|"
                 "egna ord|mina ord|meddelande|kommentar|власні слова|мої слова|повідомлення|коментар",
    "on_behalf_of": "behalf|for|im Namen von|au nom de|namens|a nome di|en nombre de|w imieniu|jménem|på uppdrag av|"
                    "від імені",
    "email": "e mail|mail|email address|E-Mail-Adresse|courriel|adresse e-mail|e-mailadres|correo|correo electrónico|"
             "adres e-mail|e-post|e-postadress|ел. пошта|електронна пошта|пошта",
    "reference": "ref|our ref|our reference|Zeichen|Unser Zeichen|Mein Zeichen|Aktenzeichen|référence|réf|N/Réf|"
                 "kenmerk|ons kenmerk|riferimento|rif|referencia|znak|znak sprawy|značka|č. j.|referens|"
                 "вихідний номер",
}
#: Field → headings that mean it without a mapping.
ALIASES: Mapping[str, tuple[str, ...]] = {
    field: tuple(dict.fromkeys(folded(word) for written in words.split("|")
                               for word in (written, written.replace("'", "’"), written.replace("'", "ʼ"))))
    for field, words in _WORDS.items()}
