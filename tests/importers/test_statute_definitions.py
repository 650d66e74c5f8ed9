"""What is a definition in a section, where it begins and ends, and what is none."""

import pytest

from importers.law.document import Paragraph, Section
from importers.law.sentences import sentences
from importers.law.statute_definitions import StatutoryDefinition, find_definitions


def found(*paragraphs: Paragraph | str, title: str = "") -> list[StatutoryDefinition]:
    read = tuple(one if isinstance(one, Paragraph) else Paragraph(one) for one in paragraphs)
    return find_definitions(Section("1-2", "§ 1-2", title, read))


def pairs(*paragraphs: Paragraph | str, title: str = "") -> list[tuple[str, str]]:
    return [(one.term, one.text) for one in found(*paragraphs, title=title)]


def listed(introduction: str, *items: str | Paragraph) -> Paragraph:
    letters = "abcdefghij"
    read = [one if isinstance(one, Paragraph) else Paragraph(one, f"{letters[n]}.") for n, one in enumerate(items)]
    return Paragraph(introduction, items=tuple(read))


@pytest.mark.parametrize(
    ("introduction", "scope"),
    [
        ("I denne loven menes med:", "i denne loven"),
        ("(1) I denne forskriften forstås med", "i denne forskriften"),
        ("I lova her er meint med:", "i lova her"),
        ("I dette kapittelet menes med", "i dette kapittelet"),
        ("Med følgende uttrykk menes i denne instruksen:", "i denne instruksen"),
        ("I denne lova meiner ein med:", "i denne lova"),
        ("I forskriften gjelder følgende definisjoner:", "i forskriften"),
    ],
)
def test_items_under_an_introduction(introduction, scope):
    definitions = found(listed(introduction, "Hage: dyrket jord, og", "«bed» avgrenset jord,", "hekk, rad av busker."))
    assert [(one.term, one.text) for one in definitions] == [
        ("Hage", "dyrket jord"),
        ("bed", "avgrenset jord"),
        ("hekk", "rad av busker."),
    ]
    assert {one.scope for one in definitions} == {scope}


@pytest.mark.parametrize(
    ("sentence", "term", "text", "scope"),
    [
        ("Med hage menes i denne loven dyrket jord.", "hage", "dyrket jord.", "i denne loven"),
        ("Med hage meiner ein i denne lova dyrka jord.", "hage", "dyrka jord.", "i denne lova"),
        ("Med «hage» forstås dyrket jord.", "hage", "dyrket jord.", ""),
        ("(2) Med hage i denne forskriften menes dyrket jord.", "hage", "dyrket jord.", "i denne forskriften"),
        ("Med hage menes her dyrket jord.", "hage", "dyrket jord.", "her"),
        ("Med hage menes i §§ 4 til 9 dyrket jord.", "hage", "dyrket jord.", "i §§ 4 til 9"),
    ],
)
def test_sentences_that_define(sentence, term, text, scope):
    [definition] = found(sentence)
    assert (definition.term, definition.text, definition.scope) == (term, text, scope)


def test_a_sentence_ends_where_the_next_one_begins():
    assert pairs(
        "Gebyret gjelder hager. Med hage menes dyrket jord, jf. § 3 nr. 2 mv. i lov 1. mai 2001 nr. 3. Hagen skal stelles. "
        "Med bed menes avgrenset jord. Ingen kan kreve mer."
    ) == [("hage", "dyrket jord, jf. § 3 nr. 2 mv. i lov 1. mai 2001 nr. 3."), ("bed", "avgrenset jord.")]


def test_an_enumeration_belongs_to_the_sentence_before_it():
    [(term, text)] = pairs(listed("Med redskap menes:", "spade", "rive."))
    assert term == "redskap"
    assert text == "a. spade\nb. rive."


def test_an_enumeration_inside_an_item_belongs_to_its_word():
    inner = Paragraph("redskap:", "a.", (Paragraph("spade", "1."), Paragraph("rive.", "2.")), "Også brukte.")
    assert pairs(listed("I denne loven menes med:", inner)) == [("redskap", "1. spade\n2. rive.\nOgså brukte.")]


def test_the_word_repeated_in_its_definition_is_left_out():
    assert pairs(
        listed("I loven menes med:", "Bed: Med bed menes avgrenset jord.", "Ple. Med ple menes klippet gress.")
    ) == [
        ("Bed", "avgrenset jord."),
        ("Ple", "klippet gress."),
    ]


def test_paragraphs_of_a_section_of_definitions():
    assert pairs("Hage: Dyrket jord.", "Bed – Avgrenset jord.", title="Definisjoner") == [
        ("Hage", "Dyrket jord."),
        ("Bed", "Avgrenset jord."),
    ]
    assert pairs("Hage: Dyrket jord.", "Bed – Avgrenset jord.", title="Virkeområde") == []


def test_definitions_that_run_on_in_a_section_of_definitions():
    assert pairs("Hage: Dyrket jord. Bed: Avgrenset jord, jf. § 2. Eksempel: potetland.", title="Definisjoner") == [
        ("Hage", "Dyrket jord."),
        ("Bed", "Avgrenset jord, jf. § 2. Eksempel: potetland."),
    ]
    assert pairs("Hage – dyrket jord. Bed – avgrenset jord.", title="Definisjoner") == [
        ("Hage", "dyrket jord."),
        ("Bed", "avgrenset jord."),
    ]
    assert pairs("Hage: Dyrket jord. Bed: Avgrenset jord.", title="Virkeområde") == []
    quoted = "«hage» dyrket jord, «bed» avgrenset jord, herunder «kanter» og «ganger»,"
    assert pairs(listed("I denne forordning menes med:", quoted), title="Definisjoner") == [
        ("hage", "dyrket jord"),
        ("bed", "avgrenset jord, herunder «kanter» og «ganger»"),
    ]


def test_quoted_words_without_a_stop_between_them():
    assert pairs("«Hage» betyr dyrket jord «Bed i klasse «A»» betyr avgrenset jord. « Ple » betyr gress.") == [
        ("Hage", "dyrket jord"),
        ("Bed i klasse A", "avgrenset jord."),
        ("Ple", "gress."),
    ]


@pytest.mark.parametrize(
    ("sentence", "title", "expected"),
    [
        ("Begrepene hagen og parken benyttes om dyrket jord.", "", ("hagen", "dyrket jord.", ("parken",))),
        ("Uttrykket «hage» betegner dyrket jord.", "", ("hage", "dyrket jord.", ())),
        ("Det dyrkede arealet betegner jord i bruk.", "Begreper", ("dyrkede arealet", "jord i bruk.", ())),
        ("Som hage menes i denne forskriften dyrket jord.", "", ("hage", "dyrket jord.", ())),
        ("Med hage meinar ein i denne lova dyrka jord.", "", ("hage", "dyrka jord.", ())),
        ("I rekneskapen er hage definert som dyrka jord.", "", ("hage", "dyrka jord.", ())),
        ("Ved utmålingen skal som hage regnes den jord som er dyrket.", "", ("hage", "den jord som er dyrket.", ())),
        ("Hagerett er å ha rett til en hage.", "Hagerett", ("Hagerett", "å ha rett til en hage.", ())),
        ("Hage (7) er en dyrket jord.", "Definisjoner", ("Hage", "en dyrket jord.", ())),
        (
            "Hagebesøk er en ordning som gir adgang til hager.",
            "Hagebesøk",
            ("Hagebesøk", "en ordning som gir adgang til hager.", ()),
        ),
        ("Hage betyr den jord som er dyrket.", "", ("Hage", "den jord som er dyrket.", ())),
        (
            "1.2 Hage betyr, når jorden er dyrket, hele eiendommen.",
            "Definisjoner",
            ("Hage", "når jorden er dyrket, hele eiendommen.", ()),
        ),
        ("Med hagearbeid mener en her å stelle jorden.", "", ("hagearbeid", "å stelle jorden.", ())),
        ("Med den hageansvarlige menes den som eier hagen.", "", ("den hageansvarlige", "den som eier hagen.", ())),
        ("En fellesgrønn hage er en hage som flere eier.", "", ("fellesgrønn hage", "en hage som flere eier.", ())),
        ("52 Betegnelsen «hage», slik den brukes i del 3, betyr dyrket jord.", "", ("hage", "dyrket jord.", ())),
        ("Jord som flere dyrker, regnes som felles hage.", "Felles hage", ("felles hage", "Jord som flere dyrker", ())),
        ("I denne forskriften betyr hagearbeid stell av jord.", "", ("hagearbeid", "stell av jord.", ())),
        ("Som hage vert rekna jord som er dyrka.", "", ("hage", "jord som er dyrka.", ())),
        ("Hagearbeid omfatter stell av jord.", "Tilskudd til hagearbeid", ("Hagearbeid", "stell av jord.", ())),
        (
            "Særpreg er et kjennetegn som skiller hager.",
            "Vern av særpreg",
            ("Særpreg", "et kjennetegn som skiller hager.", ()),
        ),
        ("I lova her er det med hage meint dyrka jord.", "", ("hage", "dyrka jord.", ())),
        ("I § 2 .1 menes med uttrykket «hage» dyrket jord.", "", ("hage", "dyrket jord.", ())),
        ("Full hage betyr at alt er dyrket.", "", ("Full hage", "at alt er dyrket.", ())),
        ("(2) En hageplan er en oversikt over bed.", "", ("hageplan", "en oversikt over bed.", ())),
        ("Her kan det med uttrykket «hage» menes dyrket jord.", "", ("hage", "dyrket jord.", ())),
        (
            "I dette kapitlet brukes hage som fellesbetegnelse på dyrket jord.",
            "",
            ("hage", "dyrket jord.", ()),
        ),
        ("Hagearbeid er stell av en hage.", "Støtte. Hagearbeid", ("Hagearbeid", "stell av en hage.", ())),
        (
            "Hage skal forstås slik det er definert i jordlova § 2.",
            "",
            ("Hage", "slik det er definert i jordlova § 2.", ()),
        ),
        ("Med den som dyrker menes den som eier hagen.", "", ("den som dyrker", "den som eier hagen.", ())),
        ("Jord (med bed menes avgrenset jord (også små)) kan leies.", "", ("bed", "avgrenset jord (også små)", ())),
        ("Når loven bruker begrepet hage, menes dyrket jord.", "", ("hage", "dyrket jord.", ())),
        ("Jord som flere dyrker, kalles fellesgrønn hage.", "", ("fellesgrønn hage", "Jord som flere dyrker", ())),
        ("Særskilde grunnar betyr sjukdom eller flaum.", "", ("Særskilde grunnar", "sjukdom eller flaum.", ())),
        ("Det foreligger dyrking når jorden er spadd.", "Definisjon", ("dyrking", "når jorden er spadd.", ())),
        ("Dyrking ligg føre dersom jorda er spadd.", "Omgrep", ("Dyrking", "dersom jorda er spadd.", ())),
        ("Hageavfall er levende rester av planter.", "Definisjoner", ("Hageavfall", "levende rester av planter.", ())),
        ("IV. Hage er det arealet som er dyrket.", "Definisjoner", ("Hage", "det arealet som er dyrket.", ())),
        ("Hage Hage er en dyrket jord.", "Definisjoner", ("Hage", "en dyrket jord.", ())),
        ("«Dyrkede hager» omfatter alle hager med bed.", "", ("Dyrkede hager", "alle hager med bed.", ())),
    ],
)
def test_rarer_sentences_that_define(sentence, title, expected):
    [definition] = found(sentence, title=title)
    assert (definition.term, definition.text, definition.alternatives) == expected


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("I artikkel 10 nr. 1 menes med «hage» dyrket jord.", "i artikkel 10 nr. 1"),
        ("For dette vedleggs formål menes med «hage» dyrket jord.", "for dette vedleggs formål"),
        ("I tillegg menes i denne forordning med «hage» dyrket jord.", "i denne forordning"),
        ("I denne forskriften betyr hage en dyrket jord.", "i denne forskriften"),
        ("I nr. 1 bokstav b) menes med «hage» dyrket jord.", "i nr. 1 bokstav b)"),
        ("Som hage etter første ledd regnes dyrket jord.", "etter første ledd"),
        ("Med hage menes det her dyrket jord.", "her"),
        ("I denne forskriften menes med hage en dyrket jord.", "i denne forskriften"),
        ("Hage betyr i denne forskriften dyrket jord.", "i denne forskriften"),
        ("«Hage» forstås i denne paragrafen som dyrket jord.", "i denne paragrafen"),
        ("Med hage menes i første ledd bokstav b dyrket jord.", "i første ledd bokstav b"),
        ("Med hage er i denne lova meint dyrka jord.", "i denne lova"),
        ("Med hage reknast i dette kapitlet dyrka jord.", "i dette kapitlet"),
        ("Hage skal i denne forskriften forstås som dyrket jord.", "i denne forskriften"),
        ("I denne del A menes med hage det dyrkede arealet.", "i denne del A"),
        ("Merknader til § 2 I dette vedlegget menes med «hage» dyrket jord.", "i dette vedlegget"),
        ("Med henblikk på posisjon 96.01 menes med «hage» dyrket jord.", "med henblikk på posisjon 96.01"),
        ("For denne avtales formål menes med 'hage' dyrket jord.", "for denne avtales formål"),
    ],
)
def test_where_a_sentence_says_that_it_holds(sentence, scope):
    [definition] = found(sentence)
    assert (definition.term.lower(), definition.scope) == ("hage", scope)


def test_a_heading_inside_a_section_holds_until_the_next_number():
    paragraphs = (
        "*1. Definisjoner.",
        "1.1 Hage: Dyrket jord.",
        "1.2 Bed: Avgrenset jord.",
        "2. Kravnivå: Direktiv 1/2.",
    )
    assert pairs(*paragraphs, title="Generelt om hager") == [("Hage", "Dyrket jord."), ("Bed", "Avgrenset jord.")]


def test_a_heading_in_the_same_line_is_no_word():
    text = "(2) Definisjoner I dette vedlegget betyr hage: Dyrket jord. Bed: Avgrenset jord."
    [hage, bed] = found(text, "(3) Kravnivå: Direktiv 1/2.", title="Generelt om hager")
    assert [(one.term, one.text) for one in (hage, bed)] == [("hage", "Dyrket jord."), ("Bed", "Avgrenset jord.")]
    assert hage.scope == "i dette vedlegget"


def test_what_a_paragraph_of_definitions_adds_belongs_to_its_word():
    text = "Vogn: Innretning på hjul. Som vogn regnes også slede. Slede: Innretning på meier."
    assert pairs(text, title="Definisjoner") == [
        ("Vogn", "Innretning på hjul. Som vogn regnes også slede."),
        ("Slede", "Innretning på meier."),
    ]
    [definition] = found(listed("Reglene gjelder i § 7. I tillegg menes med:", "hage: jord"))
    assert definition.scope == ""
    [definition] = found("Hagestudium er studium der jord blir dyrka.", title="Definisjonar")
    assert (definition.term, definition.text) == ("Hagestudium", "studium der jord blir dyrka.")


def test_an_introduction_in_the_line_and_a_list_that_goes_on():
    assert pairs("I denne forskriften menes med: Hage: Dyrket jord. Bed: Avgrenset jord.", title="Definisjoner") == [
        ("Hage", "Dyrket jord."),
        ("Bed", "Avgrenset jord."),
    ]
    assert pairs(
        listed("I denne forordning menes med", "«hage»: dyrket jord,"),
        listed("herunder dens deler,", "«bed»: avgrenset jord."),
    ) == [("hage", "dyrket jord"), ("bed", "avgrenset jord.")]


def test_a_provision_after_the_word_says_where_it_holds():
    [definition] = found("Med hage etter hageloven § 3 første ledd menes dyrket jord.")
    assert (definition.term, definition.scope) == ("hage", "etter hageloven § 3 første ledd")


def test_sentences_before_an_introduction_are_read_too():
    assert pairs(listed("Som hage regnes dyrket jord. Delene defineres som følgende:", "Bed: avgrenset jord")) == [
        ("hage", "dyrket jord."),
        ("Bed", "avgrenset jord"),
    ]
    [(term, _)] = pairs(listed("Forbudet gjelder fritid. Med fritid menes", "for kurs: tiden etter kurset"))
    assert term == "fritid"


def test_definitions_inside_an_enumeration_of_something_else():
    assert pairs(listed("Søkeren må ha:", "bestått. Med arbeidskrav menes oppgaver som må leveres.")) == [
        ("arbeidskrav", "oppgaver som må leveres.")
    ]


def test_a_parenthesis_after_the_word_is_another_word():
    [definition] = found(listed("I loven menes med:", "allmenn pensjon (AP): ytelse ved alder"))
    assert (definition.term, definition.alternatives) == ("allmenn pensjon", ("AP",))
    [definition] = found(listed("I loven menes med:", "Hage (HG) (garden): dyrket jord"))
    assert (definition.term, definition.alternatives) == ("Hage", ("HG", "garden"))
    [definition] = found(listed("I loven menes med:", "Grenseverdi, A(8): verdi som ikke kan overskrides"))
    assert (definition.term, definition.alternatives) == ("Grenseverdi, A(8)", ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Med hage menes også park.", "extends"),
        ("Med hage menes ikke åker.", "excludes"),
        ("Med hage menes det som er definert i jordlova § 2.", "refers"),
        ("Med hage menes dyrket jord.", "defines"),
        ("Med hage menes hage som nevnt i jordlova § 2, jf. § 3.", "refers"),
        ("Med hage menes jord som nevnt i jordlova § 2, ryddet og pløyd.", "defines"),
        ("Med avvik menes at et krav i loven ikke er fulgt.", "defines"),
        ("Likestilt med hage er park.", "extends"),
        ("Hage skal forstås på samme måte som tilsvarende begrep i jordlova.", "refers"),
    ],
)
def test_what_a_sentence_does_with_the_word(text, kind):
    assert [one.kind for one in found(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Henvisninger til medlemsstater skal forstås som Norge.",
        "Har kunnskap om hvordan psykisk helse kan forstås.",
        "Dette gjelder: hage, bed og ple.",
        "Departementet kan gi forskrift om følgende:",
        "Lovens formål er å verne hager.",
        "Dette dokument er en fullmakt til salg (heretter kalt «den berettigede part»).",
        "Som hovedregel regnes hagen med.",
        "Som hageansvarlige skal bare velges personer som anses egnet.",
        "En hageplan er en forutsetning for tilskudd.",
        "En hage er et vilkår for støtte dersom den er dyrket.",
        "Et annet bed er en åker med gress.",
        "Dersom hagen etter første ledd er en annen enn parken, gjelder § 2.",
        "Møtet kan av hagens eiere kalles sammen.",
        "Produkter fra hagen skal betegnes som grønnsaker.",
        "Dette betyr at hagen er dyrket.",
        "Signalet betyr at hagen er åpen.",
        "Ved bruk av § 2 skal henvisningen til § 3 forstås som en henvisning til § 4.",
    ],
)
def test_what_defines_nothing(text):
    assert pairs(text) == []


def test_in_a_section_of_definitions_what_something_is_like_defines_nothing():
    for sentence in ("Hagen er åpen for alle.", "Hageeier er ansvarlig for gjerdet.", "Det er adgang til hagen."):
        assert pairs(sentence, title="Definisjoner") == []
    assert pairs("Hageavfall er rester av planter.") == []


def test_a_word_and_its_definition_without_a_mark_between_them():
    assert pairs("I forskriften menes med hagestell stell som tar kanten.") == [("hagestell", "stell som tar kanten.")]
    assert pairs("I dette vedlegget menes med klasser for jord: klasser etter § 2.") == [
        ("klasser for jord", "klasser etter § 2.")
    ]


def test_a_list_after_a_word_is_its_definition():
    for introduction in (
        "Som noens nærstående menes i denne loven:",
        "I denne loven menes med «nærstående»:",
        "Med nærstående er i denne lova meint:",
    ):
        [definition] = found(listed(introduction, "ektefelle", "søsken."))
        assert (definition.term, definition.text) == ("nærstående", "a. ektefelle\nb. søsken.")
    [definition] = found("Med hage er her også meint park.")
    assert (definition.term, definition.kind, definition.scope) == ("hage", "extends", "her")


def test_an_enumeration_of_what_is_deemed():
    [definition] = found(listed("(2) Følgjande blir rekna som hage:", "bed", "ple."))
    assert (definition.term, definition.kind, definition.text) == ("hage", "deems", "a. bed\nb. ple.")
    [definition] = found(listed("Følgende skal ikke anses som hage:", "åker", "eng."))
    assert definition.kind == "excludes"


def test_what_changes_another_text_defines_nothing():
    paragraph = Paragraph("Nr. 9 skal lyde: Med hage menes jord.")
    assert find_definitions(Section("28", "Artikkel 28", "Endring av forordning (EF) nr. 110/2008", (paragraph,))) == []


def test_guidance_defines_nothing():
    assert (
        find_definitions(Section("a", "", "Veiledning til forskrift om hager", (Paragraph("Med hage menes jord."),)))
        == []
    )


def test_a_list_of_powers_after_the_definitions_is_no_definition():
    assert pairs(
        listed("I denne loven menes med:", "hage: dyrket jord"),
        listed("(2) Kongen kan gi forskrift om:", "gebyr: størrelse og innkreving"),
    ) == [("hage", "dyrket jord")]


def test_sentences_lose_nothing():
    text = "Etter § 2 nr. 4 gjelder dette. Se St. meld. nr. 3. «Hage» er jord! Hva nå? Ja."
    assert " ".join(sentences(text)) == text
    assert sentences(text)[0] == "Etter § 2 nr. 4 gjelder dette."
    assert sentences("") == []
