"""The words that head columns in public lists of representatives, in many languages: what `headers` guesses with.

One text a field; phrases stand in order of preference, set apart by `|`. Case, accents, hyphens, underscores and camel
case do not matter.
"""

from __future__ import annotations

#: A field, or a part of one (`region`, `street`, `postcode`, `city` …), and what its column is called.
WORDS: dict[str, str] = {
    "id": (
        "id|uid|uuid|identifier|person id|member id|mp id|mep id|politician id|legislator id|deputy id|"
        "member code|person code|unique id|id no|member no|kennung|identifiant|id depute|id senateur|"
        "id parlementaire|id an|identificador|id diputado|id deputado|id parlamentar|ide cadastro|"
        "id parlamentare|id deputato|intressent id|asmens id|id posla|kod posla|mona cd|naas cd|naas id|"
        "person nr|persnr|personen id|ocd id|bioguide|bioguide id|person|uri|@id"
    ),
    "name": (
        "name|full name|fullname|complete name|display name|official name|name display as|display as|official full|"
        "name full|member name|mp name|rep name|name of member|name of mp|name of the member|name of mps|"
        "representative name|deputy name|legislator name|councillor name|councilor name|politician name|"
        "senator name|person name|member|mp|representative|legislator|councillor|councilor|politician|"
        "senator|deputy|contact|contact name|member of parliament|member of congress|"
        "elected representative|elected member|honourable member|anzeigename|anzeige name|"
        "vollständiger name|name vollständig|vor und nachname|vor und zuname|vorname nachname|"
        "vorname name|vorname und nachname|nachname vorname|name vorname|name und vorname|"
        "name der abgeordneten|name des abgeordneten|abgeordneter|abgeordnete|mitglied|ratsmitglied|"
        "nom complet|nom et prénom|nom et prénoms|nom prénom|prénom nom|prénom et nom|nom du député|"
        "nom du sénateur|nom de l'élu|nom de l'élue|député|sénateur|élu|nom usuel|nom|nombre completo|"
        "nombre y apellidos|nombre y apellido|apellidos y nombre|apellido y nombre|apellidos y nombres|"
        "apellidos nombre|nombres y apellidos|nombre del diputado|nombre diputado|diputado|diputada|"
        "legislador|parlamentario|congresista|concejal|nombre|nome completo|nome parlamentar|"
        "nome do parlamentar|nome do deputado|nome deputado|nome do senador|nome eleitoral|nome político|"
        "deputado|parlamentar|vereador|nome|cognome e nome|nome e cognome|nominativo|deputato|senatore|"
        "parlamentare|consigliere|volledige naam|naam kamerlid|naam|kamerlid|fulde navn|fullt navn|navn|"
        "medlem|fullständigt namn|namn|ledamot|koko nimi|nimi|kansanedustaja|nafn|þingmaður|"
        "ees ja perekonnanimi|vārds uzvārds|vārds un uzvārds|deputāts|vardas pavardė|vardas ir pavardė|"
        "seimo narys|imię i nazwisko|nazwisko i imię|nazwisko i imiona|imiona i nazwisko|poseł|"
        "senator rp|radny|jméno a příjmení|příjmení a jméno|poslanec|jméno poslance|meno a priezvisko|"
        "priezvisko a meno|poslankyňa|ime i prezime|prezime i ime|ime in priimek|priimek in ime|"
        "zastupnik|poslanik|narodni poslanik|nume și prenume|nume si prenume|numele și prenumele|"
        "nume complet|prenume și nume|deputat|numele|nume|teljes név|képviselő|képviselő neve|név|"
        "emri mbiemri|emri dhe mbiemri|deputeti|фио|ф и о|фамилия имя отчество|фамилия имя|полное имя|"
        "депутат|фио депутата|піб|п і б|прізвище ім'я по батькові|прізвище ім’я по батькові|"
        "прізвище та ім'я|прізвище ім'я|народний депутат|име и фамилия|собствено бащино фамилно име|"
        "народен представител|име и презиме|презиме и име|име|имя|ім'я|ονοματεπώνυμο|όνομα και επώνυμο|"
        "βουλευτής|όνομα|ad soyad|adı soyadı|ad soyadı|milletvekili|isim|姓名|委員姓名|議員姓名|议员姓名|"
        "代表姓名|名字|姓名中文|氏名|議員氏名|議員名|名前|이름|성명|의원명|의원 이름|의원이름|한글이름|"
        "hg nm|emp nm|naas nm|الاسم|الاسم الكامل|اسم النائب|اسم العضو|النائب|שם|שם מלא|שם חבר הכנסת|"
        "חבר הכנסת|ชื่อ|ชื่อ นามสกุล|ชื่อ สกุล|ชื่อและนามสกุล|ชื่อ-สกุล|họ và tên|họ tên|đại biểu|nama|"
        "nama lengkap|nama anggota|नाम|सांसद|सदस्य|नाम सदस्य|নাম|பெயர்|نام|نام و نام خانوادگی|نماینده|"
        "სახელი გვარი|სახელი და გვარი|անուն ազգանուն|jina|jina kamili|enw|ainm|nom i cognoms|diputat|"
        "izena|izen abizenak|navn på representant|navn paa medlem"
    ),
    "given_name": (
        "given name|given names|first name|firstname|forename|forenames|first names|preferred name|"
        "known as|name first|vorname|vornamen|rufname|prénom|prénoms|nombres|primer nombre|prenome|"
        "voornaam|roepnaam|fornavn|förnamn|tilltalsnamn|etunimi|kutsumanimi|etunimet|eesnimi|vārds|"
        "vardas|imię|imiona|jméno|meno|keresztnév|utónév|prenume|prenumele|имя|ім'я|ім’я|собствено име|"
        "μικρό όνομα|ad|adı|名|下の名前|الاسم الأول|שם פרטי|ชื่อจริง|tên|nama depan|jina la kwanza|"
        "სახელი|անուն|enw cyntaf|emri"
    ),
    "family_name": (
        "family name|last name|lastname|surname|surnames|second name|name last|nachname|familienname|"
        "zuname|nom de famille|apellidos|apellido|primer apellido|sobrenome|apelido|cognome|achternaam|"
        "familienaam|etternavn|efternavn|efternamn|sukunimi|perekonnanimi|perenimi|uzvārds|pavardė|"
        "nazwisko|příjmení|priezvisko|prezime|priimek|презиме|vezetéknév|családnév|фамилия|прізвище|"
        "фамилно име|επώνυμο|soyad|soyadı|soyisim|姓|氏|名字姓|성|اسم العائلة|שם משפחה|นามสกุล|họ|"
        "nama belakang|jina la ukoo|გვარი|ազգանուն|cyfenw|sloinne|mbiemri|cognoms|abizena|abizenak"
    ),
    "particle": (
        "particle|name particle|tussenvoegsel|voorvoegsel|adelsprädikat|namenszusatz|adel|präfix|"
        "prädikat|ortszusatz name|particule"
    ),
    "honorific": (
        "honorific|honorific prefix|honorific title|prefix|name prefix|salutation|salutation title|"
        "courtesy title|anrede|akademischer titel|akademischer grad|akad titel|akad grad|titel|titels|"
        "title|civilité|titre|tratamiento|tratamento|título|titolo|aanhef|tytuł|titul|titul před|titulas|"
        "τίτλος|обращение|титул|звание|敬称|尊稱|존칭"
    ),
    "gender": (
        "gender|sex|gender identity|geschlecht|sexe|genre|sexo|género|gênero|genere|sesso|geslacht|kön|"
        "køn|kjønn|kjoenn|koen|kyn|sukupuoli|sugu|dzimums|lytis|płeć|pohlaví|pohlavie|spol|nem|sex m f|"
        "gen|пол|стать|φύλο|cinsiyet|性別|性别|성별|sex gbn nm|الجنس|מין|מגדר|เพศ|giới tính|"
        "jenis kelamin|लिंग|جنسیت|jinsia|სქესი|սեռ|gjinia"
    ),
    "party": (
        "party|party name|political party|political affiliation|party affiliation|affiliation|"
        "most recent party|current party|last party|latest party|party long name|party full name|"
        "party cht|parties|partido politico|partei|parteiname|parti|parti politique|partido|"
        "partido político|partito|partij|partia|partei name|strana|politická strana|stranka|"
        "politička stranka|puolue|partija|erakond|párt|partid|partidul|formațiune politică|партия|партія|"
        "партија|κόμμα|partisi|黨籍|政黨|党派|政党|党籍|所屬政黨|정당|소속정당|정당명|poly nm|plpt nm|"
        "الحزب|מפלגה|พรรค|พรรคการเมือง|สังกัดพรรค|đảng|partai|दल|पार्टी|दल का नाम|حزب|chama|პარტია|"
        "կուսակցություն|plaid|páirtí|partit|alderdia|partido sigla|sigla partido|party code|partei kurz|"
        "party abbreviation|party abbrev|party short name|parteikürzel|partei kürzel|partei de|"
        "partei abkürzung|parliamentary group|political group|group name|group|caucus|bloc|faction|"
        "fraction|fraktion|fraktionsname|fraktionszugehörigkeit|groupe|groupe politique|"
        "groupe parlementaire|groupe libelle|groupe sigle|groupe abrégé|groupe abrev|bloque|bancada|"
        "grupo|grupo parlamentario|grupo parlamentar|grupo político|gruppo|gruppo parlamentare|fractie|"
        "partigruppe|riksdagsparti|club|klub|klub parlamentarny|klub koło|poslanecký klub|"
        "poslanecky klub|klub poslancov|eduskuntaryhmä|fraktsioon|frakcija|frakció|képviselőcsoport|"
        "grup parlamentar|фракция|фракція|парламентарна група|посланичка група|κοινοβουλευτική ομάδα|"
        "黨團|會派|会派|所属会派|所属|所屬黨團|교섭단체|الكتلة|סיעה|fraksi|faction name|"
        "parti ratt financier"
    ),
    "area": (
        "constituency|constituency name|electoral district|electoral district name|district name|riding|"
        "riding name|electorate|electorate name|electoral division|division|division name|"
        "federal electorate|electoral area|constituency represented|constituency district|"
        "membership from|member from|represents|represent|ward|ward name|area|area name|district|"
        "congressional district|seat|pcon name|wahlkreis|wahlkreisname|wahlkreis name|wk name|wkr name|stimmkreis|"
        "wahlbezirk|circonscription|circonscription électorale|nom circo|nom circonscription|"
        "nom de la circonscription|circo|distrito electoral|circunscripción|circunscripcion electoral|"
        "distrito|círculo eleitoral|círculo|circulo|circoscrizione|collegio|collegio di elezione|"
        "collegio uninominale|kieskring|kiesdistrict|valkreds|storkreds|opstillingskreds|valgdistrikt|"
        "valkrets|vaalipiiri|kjördæmi|valimisringkond|vēlēšanu apgabals|apygarda|rinkimų apygarda|okręg|"
        "okręg wyborczy|nazwa okręgu|volební kraj|volební obvod|volebný obvod|obvod|izborna jedinica|"
        "volilna enota|volilni okraj|választókerület|egyéni választókerület|circumscripție|"
        "circumscripția|circumscripția electorală|избирательный округ|округ|избирателен район|"
        "виборчий округ|изборна единица|εκλογική περιφέρεια|περιφέρεια|seçim çevresi|seçim bölgesi|選區|"
        "選區名稱|選舉區|选区|選挙区|지역구|선거구|선거구명|orig nm|الدائرة|الدائرة الانتخابية|"
        "אזור בחירה|เขตเลือกตั้ง|เขต|daerah pemilihan|dapil|đơn vị bầu cử|निर्वाचन क्षेत्र|"
        "संसदीय क्षेत्र|حوزه انتخابیه|jimbo|jimbo la uchaguzi|ოლქი|etholaeth|dáilcheantar|toghcheantar|"
        "circumscripció|barrutia"
    ),
    "region": (
        "state|state name|member state|mitgliedstaat|état membre|state territory|state or territory|province|"
        "province territory|province name|département|departement|nom departement|territory|region|region name|"
        "county|bundesland|land|kanton|"
        "canton name|canton|kantonsname|"
        "num deptmt|région|provincia|departamento|comunidad autónoma|región|uf|sigla uf|"
        "estado|unidade federativa|regione|provincie|län|fylke|amt|maakunta|kraj|województwo|župa|megye|"
        "județ|judet|область|регион|νομός|il|縣市|都道府県|ブロック|시도|المحافظة|محافظة|จังหวัด|"
        "provinsi|tỉnh|राज्य|استان|kaunti"
    ),
    "number": (
        "num circo|district num|district number|numéro de circonscription|numero circonscription|"
        "num circonscription|n° circonscription|district no|constituency number|constituency no|"
        "wahlkreisnummer|wahlkreis nr|wk nr|wkr nr|wkr nummer|numer okręgu|nr okręgu|nr circumscripție|選區號|구번호"
    ),
    "area_id": (
        "area id|area code|constituency id|constituency code|district id|division id|ocd division|"
        "ocd division id|gss code|pcon code|ons code|wahlkreis id|code circonscription|code circo"
    ),
    "email": (
        "email|e mail|mail|email address|e mail address|email addresses|emails|parliament email|"
        "parliamentary email|official email|work email|email work|public email|contact email|e mail adresse|"
        "mailadresse|mail adresse|courriel|courriels|adresse électronique|adresse mail|adresse e mail|"
        "adresse courriel|correo|correo electrónico|correo e|correo electronico institucional|"
        "correo institucional|e correo|mail institucional|posta elettronica|indirizzo e mail|"
        "indirizzo email|e post|epost|e postadress|e postadresse|sähköposti|sähköpostiosoite|netfang|"
        "tölvupóstur|e pasts|e pasta adrese|el paštas|elektroninis paštas|adres e mail|adres email|"
        "e mailová adresa|adresa e mail|e pošta|e naslov|e mail cím|email cím|elektronická pošta|"
        "электронная почта|эл почта|адрес электронной почты|e mail адрес|електронна пошта|ел пошта|"
        "електронна поща|ел поща|имейл|е пошта|ηλεκτρονικό ταχυδρομείο|ηλ ταχυδρομείο|"
        "ηλεκτρονική διεύθυνση|e posta|eposta|電子郵件|電子信箱|電郵|邮箱|电子邮件|信箱|メール|"
        "メールアドレス|이메일|전자우편|전자메일|البريد الإلكتروني|البريد الالكتروني|דואל|דוא ל|אימייל|"
        "อีเมล|อีเมล์|thư điện tử|surel|ईमेल|ई मेल|ایمیل|barua pepe|ელფოსტა|էլ փոստ|e bost|ríomhphost|"
        "correu|correu electrònic|posta elektronikoa|email 1|e mail 1|email1"
    ),
    "phone": (
        "phone|telephone|phone number|telephone number|tel|tel no|phone no|office phone|work phone|"
        "parliament phone|contact number|voice|phone 1|telefon|telefonnummer|tel nr|rufnummer|festnetz|"
        "téléphone|tél|numéro de téléphone|teléfono|telefono|telefone|telefones|fone|n telefono|telefoon|"
        "telefoonnummer|tlf|telefonnr|puhelin|puhelinnumero|sími|tālrunis|telefonas|telefonszám|"
        "numer telefonu|telefonní číslo|телефон|телефоны|тел|номер телефону|τηλέφωνο|tlf nr|電話|"
        "電話番號|電話番号|电话|聯絡電話|전화|전화번호|الهاتف|رقم الهاتف|هاتف|טלפון|โทรศัพท์|เบอร์โทร|"
        "điện thoại|số điện thoại|telepon|nomor telepon|दूरभाष|फ़ोन|تلفن|simu|ტელეფონი|հեռախոս|ffôn|fón|"
        "telèfon|telefonoa|mobile|mobile phone|cell|cell phone|handy|mobil|mobiltelefon|portable|móvil|"
        "celular|cellulare"
    ),
    "address": (
        "address|postal|postal address|mailing address|office address|contact address|full address|"
        "parliament address|correspondence address|adresse|anschrift|postanschrift|postadresse|"
        "büroadresse|adresse postale|adresse complète|adresse permanence|adresses|dirección|"
        "direccion postal|domicilio|endereço|morada|indirizzo|adres|postadres|correspondentieadres|"
        "adress|postadress|osoite|postiosoite|heimilisfang|aadress|postiaadress|adrese|adresas|"
        "adres do korespondencji|adres biura|adres korespondencyjny|adresa|cím|levelezési cím|postacím|"
        "адрес|почтовый адрес|адреса|поштова адреса|διεύθυνση|地址|通訊地址|聯絡地址|住所|所在地|주소|"
        "사무실 주소|assem addr|العنوان|כתובת|ที่อยู่|địa chỉ|alamat|पता|آدرس|anwani|მისამართი|հասցե|"
        "cyfeiriad|seoladh|adreça|helbidea|capitol address"
    ),
    "street": (
        "street|street address|address line 1|address 1|address1|addressline1|strasse|straße|"
        "strasse und hausnummer|straße hausnummer|rue|voie|calle|rua|logradouro|via|straat|straatnaam|"
        "gade|vej|gata|gatuadress|katuosoite|tänav|iela|gatvė|ulica|utca|stradă|strada|улица|вулиця|οδός|"
        "sokak"
    ),
    "street2": (
        "address line 2|address 2|address2|addressline2|adresszusatz|zusatz|complément|complément d'adresse|complemento"
    ),
    "house": (
        "house number|hausnummer|hausnr|haus nr|numéro de rue|huisnummer|husnummer|numer domu|číslo popisné|házszám"
    ),
    "postcode": (
        "postcode|post code|postal code|zip|zip code|zipcode|plz|postleitzahl|code postal|cp|"
        "código postal|codigo postal|cep|cap|codice postale|postnummer|postnr|postinumero|póstnúmer|"
        "postiindeks|pasta indekss|pašto kodas|kod pocztowy|psč|poštanski broj|poštna številka|"
        "irányítószám|irsz|cod poștal|почтовый индекс|индекс|поштовий індекс|пощенски код|"
        "ταχυδρομικός κώδικας|τκ|posta kodu|郵遞區號|邮编|郵便番号|우편번호|الرمز البريدي|מיקוד|"
        "รหัสไปรษณีย์|kode pos|पिन कोड"
    ),
    "city": (
        "city|town|place|suburb|locality|municipality|ort|stadt|wohnort|ville|commune|ciudad|localidad|"
        "municipio|población|cidade|município|comune|città|localita|stad|plaats|woonplaats|gemeente|by|"
        "poststed|postort|ort postadress|postitoimipaikka|linn|pilsēta|miestas|miasto|miejscowość|obec|"
        "město|mesto|grad|település|város|oraș|localitate|город|місто|град|πόλη|şehir|城市|市区町村|도시|"
        "المدينة|עיר|kota|thành phố|शहर"
    ),
    "form_url": (
        "contact form|contact form url|form url|web form|webform|online form|contact url|contact page|"
        "kontaktformular|kontakt url|formulaire de contact|formulaire|formulario de contacto|"
        "formulário de contato|modulo di contatto|contactformulier|formularz kontaktowy|"
        "kontaktní formulář"
    ),
    "role": (
        "role|role name|position|post|office|office title|function|job title|elected office|primary role|"
        "funktion|amt|mandatsart|fonction|mandat|qualité|cargo|puesto|função|carica|ruolo|functie|"
        "funktionär|tehtävä|asema|amet|amats|pareigos|stanowisko|funkcja|funkce|funkcia|funkcija|"
        "tisztség|funcție|funcția|должность|длъжност|посада|функција|αξίωμα|ιδιότητα|görev|görevi|職稱|"
        "职务|職務|職位|役職|肩書|직위|직책|المنصب|الصفة|תפקיד|ตำแหน่ง|jabatan|chức vụ|पद|سمت|cheo|rôl|"
        "ról|càrrec|kargua|type of member|member type"
    ),
    "chamber": (
        "chamber|chamber name|representative set name|house|house name|legislative body|body|"
        "legislature name|parliament name|organization|organisation|council name|council|local authority|"
        "authority|kammer|rat|ratsname|gremium|parlament|gebietskörperschaft|gemeinderat|chambre|"
        "assemblée|conseil|cámara|camara|câmara|corporación|camera|ramo|kamer|raad|izba|komora|kammare|"
        "kammer navn|kamari|палата|совет|рада|παράταξη βουλή|meclis|院|院別|議会|議院|의회|المجلس|สภา|"
        "dewan|सदन|baraza"
    ),
    "start": (
        "start|start date|date start|from|from date|date from|valid from|begin|begin date|since|"
        "member since|in office since|term start|term start date|mandate start|mandate start date|"
        "membership start|membership start date|house start date|mdbwp von|date of election|election date|"
        "date elected|elected|"
        "elected on|entered house|entry date|assumed office|took office|sworn in|date sworn in|appointed|"
        "beginn|mandatsbeginn|mandat beginn|seit|von|eintritt|gewählt am|im rat seit|mitglied seit|"
        "mandat début|début mandat|début|date début|date de début|date début mandat|"
        "date de début du mandat|début de mandat|depuis|date de prise de fonction|inicio|fecha inicio|"
        "fecha de inicio|inicio mandato|inicio de mandato|fecha de alta|falta|fecha alta|desde|início|"
        "data início|data inicio|data de início|início do mandato|inizio|data inizio|inizio mandato|"
        "data nomina|data proclamazione|dal|sinds|begindatum|van|lid sinds|fra|startdato|fra dato|"
        "startdatum|från|datum från|alku|alkupvm|alkaen|algus|alguskuupäev|sākums|sākuma datums|nuo|"
        "pradžia|od|data od|początek|początek mandatu|od data|data rozpoczęcia|mandát od|začátek|"
        "začiatok|od dne|kezdet|kezdete|mandátum kezdete|început|data început|data început mandat|de la|"
        "дата начала|начало|с даты|дата начала полномочий|дата початку|початок|дата набуття повноважень|"
        "από|έναρξη|başlangıç|başlama tarihi|就任日|任期開始|到職日|任期起|任期開始日|임기시작|시작일|"
        "تاريخ البداية|מתאריך|วันเริ่ม|mulai|ngày bắt đầu|term start date time|membership from date"
    ),
    "end": (
        "end|end date|date end|to|to date|date to|valid to|valid until|until|till|term end|term end date|"
        "end of term|mandate end|mandate end date|membership end|membership end date|house end date|mdbwp bis|"
        "date ceased|"
        "date ceased to be a member|left|left house|left office|leave date|date left|term expires|"
        "term expiry|expires|exit date|ende|mandatsende|mandat ende|bis|austritt|im rat bis|mitglied bis|"
        "ausgeschieden am|mandat fin|fin mandat|fin|date fin|date de fin|date fin mandat|"
        "date de fin du mandat|fin de mandat|jusqu'à|jusqu'au|fecha fin|fecha de fin|fin mandato|"
        "fecha de baja|fbaja|fecha baja|hasta|término|fim|data fim|data de fim|fim do mandato|até|fine|"
        "data fine|fine mandato|data cessazione|cessazione|al|fino al|einddatum|tot|til|sluttdato|"
        "slutdato|til dato|slut|slutdatum|datum till|loppu|loppupvm|päättyen|lõpp|lõppkuupäev|beigas|"
        "beigu datums|iki|pabaiga|do|data do|koniec|koniec mandatu|data wygaśnięcia|data zakończenia|"
        "mandát do|konec|do dne|vége|mandátum vége|sfârșit|data sfârșit|data încetare|până la|"
        "дата окончания|окончание|дата завершения|дата окончания полномочий|дата завершення|кінець|"
        "дата припинення повноважень|έως|λήξη|bitiş|bitiş tarihi|退任日|任期終了|離職日|任期迄|任期満了|"
        "任期満了日|임기종료|종료일|تاريخ النهاية|עד תאריך|วันสิ้นสุด|selesai|ngày kết thúc"
    ),
    "current": (
        "current|is current|currently in office|in office|active|is active|status is active|incumbent|"
        "sitting|is sitting|serving|aktiv|ist aktiv|actif|en exercice|en fonction|en cours|activo|"
        "en ejercicio|vigente|ativo|em exercício|exercício|attivo|in carica|actief|aktywny|aktywna|"
        "aktivní|aktívny|aktivan|aktív|activ|действующий|активен|чинний|ενεργός|görevde|在職|現職|재직|"
        "نشط|status|état|estado actual"
    ),
    "period": (
        "period|legislative period|legislative term|legislature|legislature number|wahlperiode|wp|"
        "législature|num legis|legislatura|id legislatura|kadencja|volební období|volebné obdobie|"
        "legislatura número|ciklus|saziv|скликання|созыв|屆|届|屆別|대수|unit cd"
    ),
    "death_date": (
        "death date|date of death|died|deathdate|sterbedatum|todestag|date décès|date de décès|"
        "date deces|fecha de fallecimiento|data falecimento|data morte|overlijdensdatum|dödsdatum|"
        "dato død|data śmierci|дата смерти|дата смерті|死亡日|逝世日期"
    ),
    "sort_name": (
        "sort name|name list as|list as|sortable name|name sort|sort key name|sortiername|sorteringsnamn|"
        "sorteringsnavn|last name first"
    ),
    "language": (
        "language|preferred language|correspondence language|lang|sprache|korrespondenzsprache|"
        "arbeitssprache|langue|langue de correspondance|idioma|lingua|taal|språk|sprog|kieli|język|jazyk|"
        "язык|мова|語言|言語|언어"
    ),
    "identifier.wikidata": "wikidata|wikidata id|wikidata qid|qid|wikidataid",
}
#: Words that hold a person in nested data: what is inside them is the person's own.
HOLDERS = (
    "person|persona|personne|politician|member|members|deputy|depute|député|depute details|senateur|"
    "representative|legislator|councillor|value|node|properties|attributes|fields|ident|etat civil|"
    "état civil|acteur|dados|ultimo status|último status|data|item|record|row|identificacao parlamentar|"
    "identificação parlamentar|parlamentar|mandato|name|names|nom|bio|details|info|profile|mp|poslanec|"
    "poslanik"
)
#: Words that hold ways of reaching a person.
CONTACTS = (
    "contact|contacts|contact details|contact info|contact information|office|offices|emails|email|"
    "phones|phone|telephones|telephone|telefones|adresses|addresses|address|kontakt|kontakte|coordonnees|"
    "coordonnées|gabinete|capitol office|capitol|communication|social|kontaktdaten|contacto|contatti|"
    "main office|bureau|büro"
)
#: Words that hold a seat: what is inside them is a membership.
SEATS = (
    "membership|memberships|mandate|mandates|mandat|mandats|mandato|mandatos|term|terms|role|roles|seat|"
    "seats|post|posts|positions|position|date range|latest house membership|house membership|"
    "current membership|current role|legislatures|legislature|uppdrag|personuppdrag|electoral data|"
    "period|dates|membership status|party memberships|parties|party|parliament|council memberships|"
    "service|served|legislatures list|constituencies|represents|represent"
)
#: Words under which a thing's name stands: `party.name`, `constituency.label`.
LABELS = (
    "name|label|title|text|value|show as|full name|long name|display name|#text|nom|nome|nombre|naam|"
    "navn|namn|nimi|nazwa|název|názov|név|ime|nume|наименование|название|назва|име|名稱|名前|名称|이름|"
    "libelle|libellé|bezeichnung|short name|abbreviation|abbrev|acronym|code|sigla|de|en|fr|es|it|pt|sv|"
    "name en|name de|party|group|constituency|district|area|represent|house|fraction"
)
#: Words under which nobody's own data stands.
STRANGERS = (
    "staff|staffs|assistants|assistant|collaborateurs|collaborateur|secretary|secretaries|family|spouse|"
    "partner|children|child|relatives|links|link|sources|source|images|image|photo|photos|committees|"
    "committee|commissions|kommissionen|former names|other names|alternative names|predecessor|successor|"
    "replacement|suppleant|suppléant|birth|education|speeches|votes|interests|staffers|media|websites|"
    "sites web|previous|past|anciens mandats|autres mandats|anciens autres mandats|former|history|"
    "party past"
)

#: Headings that say by themselves that names begin with the family name. "Nom et prénom" is none: lists disagree.
FAMILY_FIRST = (
    "nachname vorname|name vorname|familienname vorname|cognome e nome|cognome nome|nazwisko i imię|nazwisko i imiona|"
    "příjmení a jméno|priezvisko a meno|prezime i ime|priimek in ime|nume și prenume|nume si prenume|"
    "numele și prenumele|фио|ф и о|фио депутата|фамилия имя отчество|фамилия имя|піб|п і б|"
    "прізвище ім'я по батькові|прізвище ім’я по батькові|прізвище та ім'я|прізвище ім'я|презиме и име"
)
