"""The forms of sentences that define a word, as patterns; `importers.law.defining_sentences` says what each means.

A form gives the word as `term` and what is said of it as `rest`; `where` and `there` are where that holds.
"""

import re

VERB = (
    r"(?:menes|meines|meinast|forstås|forståast|forstår\s+(?:ein|en|vi|man)|m(?:ei?n(?:er|ar))\s+(?:ein|en|vi|man)"
    r"|er\s+(?:det\s+)?(?:meint|forstått)|skal\s+forstås|siktes\s+det\s+til)"
)
ORDINAL = r"(?:første|andre|annet|tredje|fjerde|femte|sjette)"
TEXT_WORD = (
    r"(?:lov(?:en|a)?|forskrift(?:en|a)?|instruks(?:en)?|reglement(?:et)?|vedtak(?:et)?|kapit(?:tel(?:et)?|el(?:et)?|let|tlet|la)"
    r"|paragraf(?:en)?|bestemmelse(?:n|r|ne)?|føresegn(?:a|ene)?|avtale(?:n)?|forordning(?:en|a)?|direktiv(?:et)?"
    r"|regel(?:en)?|vedlegg(?:et)?|artikkel(?:en)?|artikler|tabell(?:en)?|konvensjon(?:en)?|avsnitt(?:et)?|del(?:en|\s[A-Z](?=\s))?|ledd(?:et)?|punkt(?:et)?|nummer(?:et)?|protokoll(?:en)?|rettsakt(?:en)?|beslutning(?:en)?|overenskomst(?:en)?|ordning(?:en|a)?|samanheng(?:en)?|sammenheng(?:en)?)\b"
)
SCOPE = (
    rf"(?:i\s+(?:denne|dette|desse|disse)\s+{TEXT_WORD}(?:\s+og\s+i\s+\w+(?:\s+\w+)?)?"
    rf"|i\s+{TEXT_WORD}(?:\s+her)?(?!\w|\s*\d|\s*\(E|\s+(?:av|nr|om)\b)"
    rf"|i\s+(?:kapittel|kap\.)\s*\d+(?:\s?[a-zæøå]\b|-\d+)?"
    rf"|i\s+§§?\s*\d[\d\-]*(?:\s(?!i\s)[a-z]\b)?(?:\s*(?:,|og|til)\s*(?:§\s*)?\d[\d\-]*)*(?:\s+{ORDINAL}\s+ledd)?"
    rf"|i\s+{ORDINAL}\s+(?:ledd|punktum)(?:\s+bokstav\s+[a-zæøå]\b|\s+nr\.\s*\d+)?|her\b)"
)
MED = re.compile(rf"^(?:Med|Ved)\s+(?P<term>\S.{{0,200}}?)\s+{VERB}\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
NO_MED = re.compile(r"\bskal\b")
"""What stands between "Ved" and a verb that does not speak of a word: "Ved bruk av X skal Y forstås"."""
MEANT = re.compile(
    rf"^(?:Med|Ved)\s+(?P<term>\S.{{0,120}}?)\s+er\s+(?:det\s+)?(?:(?P<there>{SCOPE})\s+)?(?P<also>(?:og|òg|også)\s+)?(?:meint|forstått)\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
"""The participle, before which the scope stands: "Med X er i denne lova meint Y"."""
IS_MEANT = re.compile(
    rf"^(?P<where>{SCOPE})\s+er\s+(?:det\s+)?med\s+(?P<term>\S.{{0,120}}?)\s+(?:meint|forstått)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
RECKONED = re.compile(
    rf"^(?:Med|Ved)\s+(?P<term>\S.{{0,80}}?)\s+(?:reknast|regnes|blir\s+rekna)\s+(?P<there>{SCOPE})(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
DEEMING = re.compile(
    r"^Som\s+(?!følg[ej]|ledd\b|hovedregel|regel\b|utgangspunkt|nevnt|nemnt|den\b|de\b|det\b|dei\b)"
    r"(?P<term>\S.{0,110}?)\s+(?:kan\s+)?(?:regnes|anses|ansees|reknast|reknes|(?:blir|vert)\s+rekna|er\s+å\s+anse|skal\s+(?:regnes|anses|reknast))\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
FOLLOWING = re.compile(
    r"^Følg(?:ende|jande)\s+(?:[a-zæøå]+\s+){0,3}?(?:(?:skal\s+)?(?:regnes|anses|betraktes)|reknast|blir\s+rekna)\s+(?:ikke\s+|ikkje\s+)?som\s+(?P<term>[^.,:]{2,60}?):(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
NOT = re.compile(r"\bikk(?:e|je)\b", re.IGNORECASE)
CLAUSE = re.compile(r"\bskal\b|\b(?:som|følgende)$", re.IGNORECASE)
AS = re.compile(r"^Som\s+(?P<term>\S.{0,110}?)\s+(?:menes|meines|forstås)\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL)
SHALL_DEEM = re.compile(
    r"^[^.,]{3,140}?\sskal\s+som\s+(?!hovedregel|følge|nevnt|utgangspunkt)(?P<term>\S.{2,60}?)\s+(?:regnes|anses|reknast)"
    r"(?P<rest>\s+(?:den|det|de|dei|all|alle|en|et|enhver)\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
USED_OF = re.compile(
    r"^(?P<noun>Begrep(?:et|ene|a)|Uttrykk(?:et|ene|a)|Omgrep(?:et|a)|Ord(?:et|ene|a)|Term(?:en|ene|ane)|Betegnelsen?e?"
    r"|Benevnelsene?|Nemninga|Nemningane)\s+(?P<term>\S.{0,80}?)(?:,\s+slik\s[^«»:;]{3,90}?,)?\s+(?:omfatter|omfattar|(?:skal\s+)?forstås|betyr|tyder|betegner|betegnar"
    r"|(?:be)?(?:nyttes|nyttast|brukes|brukast)\s+(?:(?:her\s+)?(?:om|for)|til\s+å\s+betegne))\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
MEANS = re.compile(r"^(?P<term>[^,.:;]{1,60}?)\s+(?:betyr|tyder|betegner)\b(?P<rest>,?\s+.*)$", re.DOTALL)
MEANS_HERE = re.compile(
    rf"^(?:(?P<term>[^,.:;]{{2,60}}?)\s+(?:betyr|tyder|forstås)\s+(?P<there>{SCOPE})\s+(?:som\s+)?"
    rf"|(?P<where>(?i:{SCOPE}))\s+(?:betyr|tyder)\s+(?P<word>[a-zæøå](?:(?!\bsom\b)[^,.:;«»]){{2,60}}?)\s+(?=(?:den|det|de|en|et|ein|eit|alle|at)\s)"
    rf"|(?P<in>(?i:{SCOPE}))\s+(?:betyr|tyder|omfatter|omfattar)\s+(?P<one>[a-zæøå]{{4,40}}(?<!ig)(?<!sk)(?<!e))\s+(?!(?:for|av|i|med|til|på|om|og|eller)\s)(?=[a-zæøå])"
    r"|(?P<name>[A-ZÆØÅ«][^,.:;]{2,40}?)\s+betyr\s+(?=(?:den|de|en|et|ei|ein|eit)\s(?:som\s)?|(?!(?:for|ikke|ikkje|det|dette|også|altså|i)\s)[a-zæøå«]))(?P<rest>\S.*)$",
    re.DOTALL,
)
MENT = re.compile(
    rf"^(?P<where>{SCOPE})\s+{VERB}\s+(?:med|ved)\s+(?:(?P<term>(?:(?!\bsom\b)[^,.:;«»]){{2,80}}?)(?::\s+"
    r"|(?<!\sfor)(?<!\sav)(?<!\si)(?<!\stil)(?<!\smed)(?<!\spå)(?<!\som)\s+(?=(?:den|det|de|en|et|ein|eit|alle|enhver|ethvert)\s))"
    r"|(?P<one>[a-zæøå-]{4,40}(?<!ig)(?<!sk)(?<!e)(?<!t))\s+(?!(?:for|av|i|med|til|på|om|og|eller|som)\s)(?=[a-zæøå]))(?P<rest>\S.*)$",
    re.DOTALL | re.IGNORECASE,
)
IS = re.compile(
    r"^(?:(?:Et|En|Ei|Ein|Eit)\s+)?(?P<term>[^,.:;]{2,50}?)\s+er\s+(?P<rest>(?:en|et|ei|ein|eit|den|det|de|dei|alle|enhver|når|å)\s.*)$",
    re.DOTALL | re.IGNORECASE,
)
DEEMED = re.compile(
    r"^(?P<rest>(?:(?!\b(?:kan|skal|ikke|ikkje|også|dersom|hvis|når|der|departementet|likestilles|uten\s+at)\b)[^.]){20,300}?)"
    r"\s(?:regnes|reknast|anses)\s+som\s+(?P<term>(?:[a-zæøå-]+\s){0,2}[a-zæøå-]{3,40}(?<!ig)(?<!ige))\.?$",
    re.IGNORECASE | re.DOTALL,
)
OF_ITS_KIND = re.compile(
    r"^E(?:t|n|i|in|it)\s+(?P<term>(?:[^\s,.:;§]+\s+){0,4}[^\W\d_]+)\s+er\s+(?P<rest>e(?:t|n|i|in|it)\s+(?:[a-zæøå-]+\s+){0,3}?"
    r"(?P<noun>[^\W\d_]{3,})\s+(?:som|der|hvor|kor|om|av|for|til|med|mellom|i|på|fra|frå)\s.*)$",
    re.DOTALL,
)
"""A kind and its genus, whose name is the end of its own: "Et europeisk patent er et patent som ..."."""
ONE_IS = re.compile(
    r"^E(?:t|n|i|in|it)\s+(?P<term>(?!påstand|slik|sådan|ann[ae]|eventuel|bestemmelse|avgjørelse|enhet\b)(?:[^\s,.:;§]+\s+){0,4}[^\W\d_]+)\s+er\s+"
    r"(?P<rest>e(?:t|n|i|in|it)\s+(?!(?:[a-zæøå-]+\s+){0,2}?(?:del|ledd|forutsetning|føresetnad|krav|vilkår|betingelse|rett|plikt|fordel|ulempe|\w*faktor|resultat|følge"
    r"|sak|brudd|overtredelse|\w*vedtak|mor\w+|datter\w+|konsekvens|mål|oppgave|hindring)\b)(?:(?!\b(?:hvis|dersom|når)\b)[^.:;])+?\s"
    r"(?:som|der|hvor|kor|av|for|til|mellom|om|enn|med|inngått|i|på|over|under|hos|fra|frå|mot)\s.*)$",
    re.DOTALL,
)
"""What a thing of a kind is: "En ladestasjon er en samling av ladepunkt"; not what it is part of, or needed for."""
MAY_BE_OF_ITS_KIND = re.compile(r"\bE(?:t|n|i|in|it)\s[^.,:;§]{3,80}?\ser\se(?:t|n|i|in|it)\s")
DEICTIC = re.compile(
    r"^(?:det|dette|denne|disse|den|de|han|hun|som|i|ved|etter|til|for|på|av|bestemmelsen?|føresegna|der|her)\b",
    re.IGNORECASE,
)
LIST_WORDS = re.compile(r"^(?:følg(?:ende|jande)|disse|desse|nedenstående|dei\s+følgjande)\b", re.IGNORECASE)
WORD = r"(?:utt?rykk(?:et|a)|begrep(?:et|ene)?|omgrep(?:et|a)?|ord(?:et|ene|a)|term(?:en|ane|ene))"
EXPRESSION = re.compile(rf"^{WORD}\s+(?P<quoted>[«“\"][^»”\"]+[»”\"]).*$", re.IGNORECASE | re.DOTALL)
SCOPED = re.compile(
    rf"^(?:(?P<where>(?:I|For|Under|Innen|Innenfor|Etter|Med\s+henblikk\s+på|Ved\s+anvendelse\s+av)\s(?:\S*\d\.\d+|[^.«»]){{0,80}}?(?:\bnr\.[^.«»]{{1,40}}?)?),?\s+|Dessuten\s+|Videre\s+|Vidare\s+)?{VERB}(?:\s+(?P<there>{SCOPE}))?,?"
    rf"\s+(?:det\s+)?(?:med|ved):?\s+(?:{WORD}\s+)?(?P<term>[«“\"][^»”\"]{{2,100}}[»”\"]|'[^']{{2,60}}'),?:?(?P<rest>\s+\S.*|)$",
    re.IGNORECASE | re.DOTALL,
)
QUOTED_MEANS = re.compile(
    r"^(?P<term>[«“](?:[^«»”]|«[^»]*»){2,100}[»”])\s+(?:betyr|tyder|betegner|betegnar|omfatter|omfattar)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
MEANS_WORD = re.compile(
    rf"^(?:(?P<where>(?:I|For)\s[^.«»]{{2,80}}?),?\s+)?(?:betyr|tyder)\s+(?:{WORD}\s+)?(?P<term>[«“\"][^»”\"]{{2,100}}[»”\"])[,:]?\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
INSIDE = re.compile(
    rf"\s(?=(?:Med|Ved)\s+\S.{{1,100}}?\s{VERB}\b|med\s+{WORD}\s+«[^»]{{2,100}}»\s{VERB}\b|(?:I|For|Under)\s[^«».]{{2,60}}?(?:\d\d\.\d\d)?\s{VERB}\s+(?:med|ved)\s+(?:{WORD}\s+)?«)"
)
IN_PARENTHESES = re.compile(r"\((?P<inside>[Mm]ed\s+\S[^,.()]{1,60}?\s(?:menes|forstås)\s(?:[^()]|\([^()]*\))*)\)")
WHEN = re.compile(
    rf"^(?:Når|Dersom)\s+(?:{WORD}\s+)?(?P<term>[«“\"][^»”\"]{{2,100}}[»”\"])\s[^,]{{3,100}},\s*(?:menes|betyr|forstås|er)\s+"
    r"(?:det(?:te)?|med\s+det(?:te)?|her(?:med)?)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
WHEN_USED = re.compile(
    rf"^(?:Når|Der|Dersom)\s[^,«»]{{2,60}}?\b(?:brukes|bruker|brukast|nyttes|nyttast|benyttes|benytter)\s+{WORD}\s+(?P<term>[«“\"][^»”\"]{{2,60}}[»”\"]"
    r"|[a-zæøå-]{3,40}(?:\s[a-zæøå-]{3,40})?),?\s+(?:menes|meines|forstås|betyr)\s+(?:det(?:te)?\s+)?(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
LIKE = re.compile(
    r"^(?:(?:Likt|På\s+lik\s+linje|På\s+linje)\s+med\s+(?P<term>.{2,100}?),?\s+(?:skal\s+)?(?:regnes|anses|ansees|reknast|reknes|er(?:\s+her)?(?:\s+(?:rekna|å\s+anse))?)"
    r"|Med\s+(?P<other>.{2,80}?)\s+(?:skal\s+)?(?:likestilles|likestillast|sidestilles|jamstilles|jamstillast)"
    r"|Likestil[lt]t?\s+med\s+(?P<equal>(?:(?!\bsom\b)[^,.:;]){2,80}?)\s+(?:er|regnes|anses))\b(?P<rest>\s+\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
DEFINED_AS = re.compile(
    r"^(?P<term>[^,.:;]{2,80}?)\s+(?:er\s+(?:her\s+|i\s+\w+\s+\w+\s+)?definert|defineres|definerast|forstås)\s+(?:her\s+)?(?:som|til\s+å\s+være):?\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
SHALL_MEAN = re.compile(
    rf"^(?P<term>[^,.:;]{{2,60}}?)\s+skal\s+(?P<there>(?:i|etter)\s+(?:denne|dette)\s+{TEXT_WORD}(?:\s+her)?)\s+forstås\s+som:?\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
CALLED = re.compile(
    r"^(?P<rest>(?!(?:Dett?e?|Denne|Disse|Desse|Slike?|Dei?|Den)\s(?!\w+\s(?:som|der)\b|som\b))(?:(?!\s(?:kalles|skal|kan|bør|må)\s)[^.;:«»]){12,200}?),?"
    r"(?<!skal)(?<!kan)(?<!bør)(?<!må)(?<!vil)(?<!ikke)(?<!ikkje)(?<!eksempel)(?<!\sog)(?<!\ssom)\s+(?:kalles|kallast|kaldes|(?:blir|vert)\s+kalla|benevnes|omtales\s+som|betegnes\s+som)\s+"
    rf"(?:(?P<there>{SCOPE}|heretter)\s+)?(?P<term>«[^»\[]{{2,60}}»|(?!inn\b|tilbake|ut\b|opp\b|sam(?:an|men)|til\b|for\b)(?:[a-zæøå-]+\s){{0,2}}?[a-zæøå-]{{3,40}}?)"
    rf"(?:\s+(?P<where>{SCOPE}))?\s*\.?$",
    re.IGNORECASE | re.DOTALL,
)
"""What is named stands first: "Personer som ... kalles gjesteadvokater"."""
DEFINED_IN = re.compile(
    r"^I\s[^,.:;]{2,60}?\s(?:(?:er|blir|vert)\s+(?P<term>[^,.:;]{2,60}?)\s+definert|(?:defineres|forstås)\s+(?P<other>[^,.:;]{2,60}?)"
    r"|skal\s+(?P<one>[^,.:;]{2,60}?)\s+forstås)\s+som:?\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
AS_ELSEWHERE = re.compile(
    rf"^(?P<term>[^,.:;]{{2,60}}?)\s+(?:skal\s+)?forstås\s+(?:{SCOPE}\s+)?(?P<rest>(?:på\s+samme\s+måte\s+som|i\s+samsvar\s+med|i\s+tråd\s+med|identisk\s+med|slik|som)"
    r"\s.{0,60}?\b(?:defin|begrep).*)$",
    re.IGNORECASE | re.DOTALL,
)
USED_AS_NAME = re.compile(
    r"^(?:I\s[^,.:;]{2,60}?\s(?:brukes|nyttes|benyttes|blir\s+brukt)\s+)(?P<term>[^,.:;]{2,60}?)\s+som\s+(?:felles|samle)?(?:betegnelse|benevnelse|nemning)\s+(?:på|for|om)\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
NAME_FOR = re.compile(
    r"^(?P<term>[^,.:;]{2,60}?)\s+er\s+(?:en\s+|ei\s+)?(?:felles|samle)?(?:betegnelse|benevnelse|nemning)\w*\s+(?:på|for)\s+"
    r"(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
OF_THIS_LAW = re.compile(
    rf"^(?P<term>[^,.:;]{{2,60}}?)\s+(?:(?:i|etter)\s+(?:denne|dette)\s+{TEXT_WORD}|etter\s+{ORDINAL}\s+ledd)\s+er\s+"
    r"(?P<rest>(?:den\s+som|det\s+når|når|en|et|ei|ein|eit|alle|enhver|ein\s+kvar)\s.*)$",
    re.IGNORECASE | re.DOTALL,
)
HEREAFTER = re.compile(
    r"^(?:.*\s)?(?P<rest>(?:et|en|ei|ein|eit)\s(?:(?!\b(?:et|en|ei|ein|eit)\s)[^.]){8,160}?)[\s,(]+"
    r"(?:heretter|i\s+det\s+følgende)\s+(?:kalt|kalla|benevnt|betegnet|omtalt\s+som)\s*:?\s+"
    r"(?P<term>[«“\"][^»”\"]{2,60}[»”\"]|[^\s,.;)]+)",
    re.IGNORECASE | re.DOTALL,
)
"""What begins with an indefinite article: a kind of thing is named. "The ministry, hereafter called" names just one."""
CLASS = re.compile(
    r"^(?:[A-ZÆØÅ]{2,}-[a-zæøå]+(?<!en)(?<!et)(?<!ene)|[a-zæøå -]+(?<!en)(?<!et)(?<!ene)(?<!ane)(?<!a))$"
)
STEMS = (
    "mene", "menast", "mein", "forstå", "siktes", "betyr", "tyder", "betegn", "benevn", "nemning", "defin", "regne",
    "rekn", "anse", "likestil", "sidestill", "jamstill", "nyttes", "nyttast", "brukes", "brukast", "omfatt",
    "heretter", "i det følgende", "kalles", "kallast", "kaldes", " kalla ", "omtales som",
)  # fmt: skip
"""Some of these stands in every sentence of one of the forms; most sentences have none, and need not be tried."""
OF_THIS = ("i denne", "i dette", "etter denne", "etter dette", " ledd er den som ")
NO_WORD = re.compile(
    r"^(?:henvisning|tilvising|referanse|forholdet\b|(?:dersom|hvis|når)\b)|\b(?:er|har|kan|skal|må|som|disse|desse|ikke|ikkje|begrepet|omgrepet)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"^(?:et|en|ei|ein|eit)\s+(?=\S)", re.IGNORECASE)
PURPOSE = re.compile(r"formål|føremål|mål|hensikt|oppg[aå]v|krav", re.IGNORECASE)
DECISION = re.compile(r"^(?:(?:et|eit)\s+)?enkeltvedtak\b", re.IGNORECASE)
TITLE_OF = re.compile(r"^Definisjon(?:en)?\s+av\s+(?P<term>[^,.:;]{2,60})$", re.IGNORECASE)
FEW = 3
SHORT_WORD = 5
"""Letters of words of a heading that are too common to tell what it is about."""
PLURALS = {
    "begrepene",
    "begrepa",
    "uttrykkene",
    "uttrykka",
    "omgrepa",
    "ordene",
    "orda",
    "termene",
    "termane",
    "betegnelsene",
}
TWO = re.compile(r"(?P<first>[^«»,]+?)\s+(?:og|eller)\s+(?P<second>[^«»,]+)")
DEFINITE = re.compile(r"^(?:Det|Den|De)\s+(?=\w+e\s+\w+$)")
"""An article before an adjective and a noun, which are the word."""
DEFINITE_WORD = re.compile(
    r"(?:den|det|de|dei)\s+[a-zæøå]+[ea](?:\s+[a-zæøå]+){0,4}|(?:den|de|dei)\s+som\s+[a-zæøå]+(?:\s+[a-zæøå]+){0,3}",
    re.IGNORECASE,
)
"""An article before an adjective or a clause, as in "den ansvarlige", "den som lander": it points at nothing."""
OF_THIS_TITLE = re.compile(
    rf"^(?:E(?:n|t|i|in|it)\s)?(?!Bestemmelse|Føresegn|Reglen?e)(?P<term>[^,.:;]{{2,60}}?)\s+(?:er\s+(?P<there>(?:i|etter)\s+(?:denne|dette)\s+{TEXT_WORD})"
    rf"|(?P<where>(?:i|etter)\s+(?:denne|dette)\s+{TEXT_WORD})\s+omfatt[ea]r)\s+(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
EXISTS = re.compile(
    r"^(?:E(?:n|t|i|in|it)\s)?(?:(?P<term>[^,.:;]{2,60}?)\s+(?:foreligger|ligg\s+føre)|Det\s+(?:foreligger|ligg\s+føre)\s+(?!også\b)(?P<one>[^,.:;]{2,60}?))"
    rf"(?:\s+(?P<there>etter\s+(?:denne|dette)\s+{TEXT_WORD}|i\s+[a-zæøå]+\s+forstand))?\s+(?P<rest>(?:når|dersom|hvis)\s.*)$",
    re.DOTALL,
)
IS_PLAINLY = re.compile(
    r"^(?!(?:Med|Unntatt|Unntak|Eksemp|Alle|E(?:n|t|i|in|it)|De[nrti]?|Dette|Disse|Her|Bestemmelse|Bygning|Føresegn|Regl)\w*\s)"
    r"(?P<term>[A-ZÆØÅ][\w-]+(?:\s(?!er\b|som\b|skal\b|kan\b|har\b)[a-zæøå0-9-]+){0,2}(?:\s(?:av|i|for|og|til)\s[a-zæøå-]+){0,2})"
    r"(?:\s+i\s+henhold\s+til\s+denne\s+\w+)?,?\s+er\s+(?P<rest>(?!(?:ikk[ej]|ikkje|også|dermed|derfor|å|der|som|kun|bare|heller|normalt|alltid|uansett|det|den|de|dei)\b)"
    r"(?!(?:[a-zæøå-]*(?:ig|sk|t|nde|a|e|s|v|bar|lik|fri|full|løs|åpen|klar|nær)\s)*(?:i|for|av|med|til|på|ved|etter|om|og|eller|at|fra|frå|å|når|dersom|under|gjennom|hos|mot|over"
    r"|uten|likevel|ikke|ikkje)\b)[a-zæøå][\w-]+\s+.*)$",
    re.DOTALL,
)
"""A sentence "X er Y" where Y is a thing, and not what X is like or what is done to it."""
PARTICULAR = re.compile(r"(?:en|(?<!h)et|ene|ane)$")
QUALIFIED = re.compile(
    r"^(?!kr\b|delt\b|samme?nsatt|hovedsakelig|e(?:n|t|in|it)\s(?:\w+\s){0,2}(?:del|forutsetning)\b)(?!.*\b\w*organ\b).*\b(?:som|der|hvor|kor|når|ved|målt|av"
    r"|til|knytt?et|knytta|mellom|etter|med|for|pådrar)\b",
    re.DOTALL,
)
"""What is said of a kind under its own heading; a name with a definite ending (`PARTICULAR`) is of one thing."""
COMPRISES = re.compile(
    r"^(?!\w+e[nt]s\s|(?:Tilskudd|Tilskot|Statens|\w+post|Sone)\s)(?P<term>[A-ZÆØÅ](?:(?!\b(?:som|er|skal|kan|har|denne|dette)\b)[^,.:;]){2,50}?)\s+omfatt[ea]r\s+(?P<rest>(?!(?:også|òg|ikke|ikkje|alle?|bare|berre|kun|blant)\b)\S.*)$",
    re.DOTALL,
)
BARE = re.compile(r"^(?:\(\d+\)\s*)?(?P<term>[A-ZÆØÅ][\w-]+)\s+er\s+(?P<rest>\w+\s+(?:der|som|av)\s.*)$", re.DOTALL)
BARE_NOT = re.compile(r"^\w+(?:ig|sk|t|ende|a|e)\s", re.IGNORECASE)
"""A word that is no noun: "er fastsatt av", "er viktig som"."""
OF_A_KIND = re.compile(r"(?:en|et|ei|ein|eit)\s(?!.{0,40}\borgan\b)[^.]*\b(?:som|der|hvor|kor)\b", re.IGNORECASE)
