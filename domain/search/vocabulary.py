"""The words for wishes, folded, in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and Russian."""

from __future__ import annotations

from typing import Final

from domain.search.folding import fold
from domain.search.phrases import parts


def _table(section: str) -> dict[str, str]:
    """A section of ``wishes.txt``, whose lines say ``value: word|word``, as a table from word to value."""
    found: dict[str, str] = {}
    for line in parts("wishes.txt")[section].splitlines():
        value, _, names = line.partition(":")
        for name in names.split("|"):
            found[" ".join(fold(name).split())] = value.strip()
    return found


# --- copies -----------------------------------------------------------------------------------------------------------

NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        (
            "one ein eine un une uno una um uma een jeden один",
            "two zwei deux dos due dois duas twee dwa две два",
            "three drei trois tres tre drie trzy три",
            "four vier quatre cuatro quattro quatro cztery четыре",
            "five funf cinq cinco cinque vijf piec пять",
            "six sechs seis sei zes szesc шесть",
            "seven sieben sept siete sette sete zeven siedem семь",
            "eight acht huit ocho otto oito osiem восемь",
            "nine neun neuf nueve nove negen dziewiec девять",
            "ten zehn dix diez dieci dez tien dziesiec десять",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMERALS: Final = {
    number: words.split()
    for number, words in {
        0: "zero null", 11: "eleven elf onze once undici", 12: "twelve zwolf douze doce dodici twaalf",
        13: "thirteen dreizehn treize trece tredici dertien", 14: "fourteen vierzehn quatorze catorce quattordici",
        15: "fifteen funfzehn quinze quince quindici", 16: "sixteen sechzehn seize", 17: "seventeen siebzehn",
        18: "eighteen achtzehn", 19: "nineteen neunzehn", 20: "twenty zwanzig vingt veinte venti vinte",
        30: "thirty dreissig trente treinta trenta trinta", 40: "forty vierzig quarante cuarenta quaranta quarenta",
        50: "fifty funfzig cinquante cincuenta cinquanta", 60: "sixty sechzig soixante sesenta", 70: "seventy siebzig",
        80: "eighty achtzig", 90: "ninety neunzig", 100: "hundred hundert cent cien cento cem",
        1000: "thousand tausend mille mil",
    }.items()
}  # fmt: skip
NUMERALS: Final = {
    **{str(number): tuple(words) for number, words in _NUMERALS.items()},
    **{word: (str(number),) for number, words in _NUMERALS.items() for word in words},
    **{str(number): tuple(w for w, n in NUMBERS.items() if n == number) for number in range(1, 11)},
    **{word: (str(number),) for word, number in NUMBERS.items() if number > 1},
}
"""Numbers written the other way: ``5`` as ``five``, ``five`` as ``5``."""
AMOUNTS: Final = {
    **{word: number for word, number in NUMBERS.items() if number > 1},
    **{word: number for number, words in _NUMERALS.items() if 10 < number < 1000 for word in words},
}
"""Numbers in words, as prices are named by them."""
COPIES: Final = (
    "copies|copy|exemplare|exemplar|stuck|exemplaires|exemplaire|ejemplares|ejemplar|copias|copia|copie|exemplares|"
    "exemplaren|exemplaar|stuks|egzemplarze|egzemplarzy|egzemplarz|sztuki|sztuk|экземпляра|экземпляров|экземпляр|штуки|"
    "штук|шт|экз|pieces|piece|pcs"
)
TIMES: Final = {
    "einmal": 1, "zweimal": 2, "dreimal": 3, "viermal": 4, "funfmal": 5, "sechsmal": 6, "siebenmal": 7, "achtmal": 8,
    "neunmal": 9, "zehnmal": 10, "tweemaal": 2, "driemaal": 3, "дважды": 2, "трижды": 3,
}  # fmt: skip
DOZEN: Final = "a dozen|one dozen|ein dutzend|une douzaine|una docena|una dozzina|uma duzia|een dozijn|tuzin|дюжину|дюжина"
QUANTITY: Final = "qty|quantity|anzahl|menge|quantite|cantidad|quantita|quantidade|aantal|ilosc|количество"
OF: Final = "of|von|vom|de|du|d|di|del|do|da|van"

# --- price ------------------------------------------------------------------------------------------------------------

CHEAPER: Final = (
    "cheaper than|billiger als|gunstiger als|preiswerter als|nicht teurer als|moins cher que|mas barato que|meno caro di|"
    "mais barato que|goedkoper dan|tansze niz|"
    "taniej niz|"
    "дешевле|не дороже"
)
AT_MOST: Final = (
    "under|below|less than|cheaper than|at most|no more than|not more than|not over|not above|no dearer than|no pricier than|"
    "for under|for less than|for at most|unter|billiger als|gunstiger als|preiswerter als|nicht teurer als|nicht uber|"
    "weniger als|hochstens|maximal|nicht mehr als|fur unter|moins de|a moins de|moins cher que|pas plus de|menos de|"
    "pas plus cher que|por menos de|mas barato que|no mas de|no mas caro que|non piu caro di|meno di|a meno di|sotto i|"
    "al massimo|non piu di|sotto|abaixo de|por menos de|"
    "no maximo|"
    "mais barato que|onder de|goedkoper dan|minder dan|hooguit|ponizej|tansze niz|taniej niz|mniej niz|"
    "nie wiecej niz|дешевле|"
    "не дороже|меньше|не больше"
)
AT_MOST_IF_MONEY: Final = (
    "up to|max|maximum|within|bis|bis zu|bis maximal|bis hochstens|jusqua|maximum|hasta|maximo|fino a|massimo|ate|tot|"
    "maximaal|do|до|onder"
)
OR_LESS: Final = (
    "or less|or under|or cheaper|or below|maximum|max|oder weniger|oder gunstiger|oder billiger|hochstens|maximal|ou moins|"
    "maximum|o menos|como mucho|o meno|al massimo|ou menos|no maximo|of minder|lub mniej|или меньше|или дешевле"
)
AT_LEAST: Final = (
    "over|above|more than|at least|mehr als|mindestens|teurer als|uber|plus de|au moins|mas de|al menos|piu di|oltre|"
    "almeno|"
    "mais de|acima de|pelo menos|meer dan|minstens|powyzej|wiecej niz|co najmniej|дороже|больше|не меньше"
)
AT_LEAST_IF_MONEY: Final = "from|ab|a partir de|desde|a partire da|da|vanaf|boven|od|от"
DEARER: Final = (
    "dearer than|more expensive than|pricier than|more than|teurer als|mehr als|plus cher que|plus de|mas caro que|mas de|"
    "piu caro di|piu di|mais caro que|duurder dan|meer dan|drozsze niz|drozej niz|дороже"
)
AT_PRICE: Final = (
    "for|at|costing|priced at|price|for a price of|budget|budget of|with a budget of|on a budget of|my budget is|fur|um|zu|"
    "preis|zum preis von|budget von|mit einem budget von|mein budget ist|pour|prix|au prix de|a|por|precio|al precio de|per|"
    "prezzo|al prezzo di|por|preco|voor|prijs|za|cena|za cene|за|по|цена|по цене"
)
ABOUT: Final = (
    "about|around|roughly|approximately|some|circa|ca|etwa|ungefahr|um die|rund|environ|autour de|vers|alrededor de|unos|"
    "mas o menos|intorno ai|intorno a|sui|cerca de|ongeveer|okolo|около|примерно"
)
BETWEEN_TWO: Final = "between|zwischen|entre|tra|fra|tussen|miedzy|между"
BETWEEN: Final = "between|from|zwischen|von|entre|de|tra|fra|da|tussen|van|miedzy|od|между|от"
AND: Final = "and|to|und|bis|et|a|y|e|en|tot|i|do|и|до"

# --- language, form, stock --------------------------------------------------------------------------------------------

LANGUAGES: Final = _table("languages")
SPOKEN: Final = tuple(name for name in LANGUAGES if "sprachig" in name or "language" in name)
"""Those that nothing else is called by."""
ARTICLES: Final = "the|a|der|die|das|dem|den|einer|eine|la|le|les|l|el|il|lo|a|o|het|een|de"
IN_LANGUAGE: Final = (
    "in|in the|auf|in die|en|em|in het|in t|po|na|на|in lingua|en langue|en version|in english or"
)
LANGUAGE_WORD: Final = "language|sprache|langue|idioma|lingua|taal|jezyku|языке"
EDITION: Final = (
    "edition|editions|version|translation|ausgabe|ausgaben|fassung|ubersetzung|version|traduction|edicion|traduccion|"
    "edizione|versione|traduzione|edicao|versao|traducao|uitgave|vertaling|wydanie|wersja|издание|перевод|books|book|"
    "bucher|"
    "buch|novels|romane|boeken|ksiazki|книги"
)
FORMS: Final = _table("forms")
AS_FORM: Final = (
    "in|as|as a|as an|als|en|em|in|jako|w|в|на|come|como|comme|on|for|formato|in formato|en format"
)
IN_STOCK: Final = (
    "in stock|in stock now|in stock right now|in stock today|in store|in store now|in your store|in the store|in your shop|"
    "in the shop|in the shop now|on the shelf|on the shelves|on your shelves|available now|available right now|"
    "available today|available immediately|to take away|auf lager|lagernd|lagernde|vorratig|vorratige|vorratigen|"
    "vorratiges|vorratiger|sofort lieferbar|sofort mitnehmen|sofort zum mitnehmen|zum mitnehmen|"
    "sofort verfugbar|sofort da|da im laden|im laden da|bei euch im laden|bei ihnen im laden|"
    "en stock|en rayon|disponible tout de suite|disponible immediatement|en existencias|disponible ahora|en tienda|"
    "disponibile subito|in magazzino|em stock|em estoque|disponivel agora|pronta entrega|op voorraad|direct leverbaar|"
    "na stanie|dostepne od reki|w magazynie|в наличии|есть в наличии|на складе"
)

# --- years ------------------------------------------------------------------------------------------------------------

DECADES: Final = {
    **{word: 1900 + decade for decade, words in {
        20: "twenties|zwanziger|zwanzigern|veinte|venti",
        30: "thirties|dreissiger|dreissigern|trente|treinta|trenta|тридцатых",
        40: "forties|vierziger|vierzigern|quarante|cuarenta|quaranta|сороковых",
        50: "fifties|funfziger|funfzigern|cinquante|cincuenta|cinquanta|пятидесятых",
        60: "sixties|sechziger|sechzigern|soixante|sesenta|sessanta|sessenta|шестидесятых",
        70: "seventies|siebziger|siebzigern|soixante-dix|soixante dix|setenta|settanta|семидесятых",
        80: "eighties|achtziger|achtzigern|quatre-vingt|quatre vingt|quatre-vingts|quatre vingts|ochenta|ottanta|oitenta|восьмидесятых",
        90: "nineties|neunziger|neunzigern|quatre-vingt-dix|quatre vingt dix|noventa|novanta|девяностых",
    }.items() for word in words.split("|")},
}  # fmt: skip
DECADE_ENDING: Final = "s|er|ern|ers|er jahre|er jahren|ies|х|ых|е|tych"
OF_DECADE: Final = (
    "from the|from|of the|in the|the|aus den|aus der|der|von den|in den|des|les|de los|los|degli|gli|dos|os|uit de|de|z|из|"
    "от"
)
THE_DECADE: Final = "from the|of the|aus den|des annees|de los|degli anni|dos anos|uit de"
YEARS: Final = "years|jahre|jahren|annees|anos|anni|jaren|lat|lata|годов|годы|гг"
SINCE: Final = (
    "after|since|newer than|later than|seit|nach|neuer als|depuis|apres|desde|despues de|dal|dopo il|depois de|apos|"
    "sinds|na|"
    "vanaf|nieuwer dan|po|od|с|после|новее|ab|a partir de|a partire dal|starting in"
)
UNTIL: Final = "until|till|up to|bis|bis zu|bis zum jahr|jusqu en|jusquen|hasta|fino al|ate|tot"
PUBLISHED: Final = (
    "published|printed|that came out|erschienen|erschienene|veroffentlicht|veroffentlichte|paru|parus|publie|publies|"
    "publicado|publicados|pubblicato|pubblicati|usciti|verschenen|wydane|изданные|вышедшие"
)
"""Said beside a year, and no more than the year says."""
BEFORE: Final = (
    "before|older than|earlier than|vor|alter als|avant|antes de|anteriores a|prima del|antes de|voor|ouder dan|"
    "przed|до|раньше"
)
OF_YEAR: Final = (
    "published in|printed in|from|from the year|of the year|erschienen|aus|aus dem jahr|von|paru en|publie en|"
    "sorti en|de|"
    "de l annee|del ano|publicado en|del|pubblicato nel|uscito nel|uit|verschenen in|do ano|publicado em|z roku|"
    "wydane w|"
    "изданные в|выпуска"
)

# --- wishes -----------------------------------------------------------------------------------------------------------

LIKE: Final = (
    "something like|anything like|books like|book like|novels like|something similar to|anything similar to|similar to|"
    "books similar to|more like|more books like|in the style of|if i liked|because i liked|i liked|if you liked|"
    "if you like|i loved|i enjoyed|"
    "for fans of|what should i read after|what to read after|what can i read after|was soll ich nach|was lese ich nach|"
    "was kann ich nach|ahnliche bucher wie|bucher ahnlich wie|ahnliches zu|mir gefiel|que lire apres|que leer despues de|"
    "cosa leggere dopo|что почитать после|so etwas wie|"
    "sowas wie|etwas wie|"
    "bucher wie|ahnlich wie|etwas ahnliches wie|ahnliches wie|im stil von|quelque chose comme|des livres comme|"
    "livres comme|un livre comme|"
    "dans le genre de|dans le style de|similaire a|algo como|algo parecido a|libros como|parecido a|parecidos a|"
    "similar a|"
    "al estilo de|qualcosa come|qualcosa di simile a|libri come|simile a|simili a|nello stile di|algo parecido com|"
    "livros como|"
    "parecido com|semelhante a|no estilo de|iets zoals|iets als|boeken zoals|vergelijkbaar met|in de stijl van|"
    "cos jak|cos podobnego do|"
    "podobne do|ksiazki jak|w stylu|что то вроде|что-то вроде|чтото вроде|что нибудь вроде|что-нибудь вроде|похожее на|"
    "что-то похожее на|книги как|похожие на|в духе|в стиле"
)
NEXT_AFTER: Final = (
    "next in series after|next in the series after|next book in the series after|nachster band nach|nachster teil nach|"
    "den nachsten teil nach|der nachste teil nach|nachstes buch nach|fortsetzung zu|die fortsetzung zu|nachfolger zu|"
    "the next one after|next one after|the next after|the next book after|next book after|the next in the series after|"
    "what comes after|what follows|the sequel to|sequel to|sequel of|the follow up to|follow up to|book after|"
    "der nachste nach|"
    "den nachsten nach|den nachsten band nach|der nachste band nach|das nachste nach|das nachste buch nach|"
    "was kommt nach|"
    "fortsetzung von|die fortsetzung von|nachfolger von|la suite de|suite de|la suite du|le suivant apres|"
    "le tome suivant de|le tome apres|"
    "que vient apres|la continuacion de|continuacion de|el siguiente a|el siguiente de|el siguiente despues de|"
    "la secuela de|"
    "secuela de|il seguito di|seguito di|il successivo a|quello dopo|il libro dopo|a continuacao de|continuacao de|"
    "a sequencia de|"
    "o proximo depois de|o seguinte a|het vervolg op|vervolg op|de volgende na|het volgende deel na|kontynuacja|"
    "kontynuacje|"
    "nastepna po|nastepny po|nastepny tom po|ciag dalszy|продолжение|следующая после|следующую после|что после|"
    "следующии том после|следующая книга после|следующую книгу после"
)

JUST_LIKE: Final = "like|wie|comme|como|come|zoals|jak|как"
SEQUEL: Final = (
    "sequel|the sequel|sequels|next book|the next book|next volume|follow up|followup|fortsetzung|nachfolger|nachster band|"
    "nachster teil|der nachste band|folgeband|suite|la suite|tome suivant|continuacion|secuela|siguiente libro|seguito|"
    "il seguito|continuacao|vervolg|kontynuacja|продолжение"
)
"""Said behind a title."""

# --- subjects ---------------------------------------------------------------------------------------------------------

SUBJECT_NAMES: Final = _table("subjects")
SUBJECT_PLURALS: Final = (
    "thrillers|krimis|kryminaly|детективы|триллеры|kochbucher|cookbooks|biographies|biografien|whodunits|policiers|"
    "polars|"
    "gialli|fumetti|kinderbucher|kinderboeken|kookboeken|jugendbucher|bilderbucher|mangas|liebesromane|"
    "kriminalromane|comics|"
    "graphic novels|picture books|komiksy|комиксы|memoirs|autobiographies"
)
"""Subjects that are asked for by one word alone: its plural is hardly a title's."""
BOOKS: Final = (
    "books|book|novels|novel|stories|titles|bucher|buch|romane|roman|geschichten|titel|livres|livre|romans|libros|"
    "libro|novelas|"
    "novela|libri|romanzi|romanzo|livros|livro|romances|boeken|boek|ksiazki|ksiazke|ksiazka|powiesci|книги|книга|"
    "книгу|романы"
)
OF_SUBJECT: Final = "about|on|of|uber|zu|de|d|sur|sobre|di|da|van|over|o|про|о|по|for|fur|pour|para|per|voor"
BY: Final = "by|written by|von|vom|par|por|door|autorstwa|автора|от"
GENRES: Final = frozenset(
    ("crime", "thriller", "science-fiction", "fantasy", "horror", "romance", "humour", "comics", "picture-books", "children",
     "young-adult")
)  # fmt: skip
"""Subjects that are told in a language rather than about a country: a "French thriller", but not "French cooking"."""
READERS: Final = _table("readers")
"""For whom books are, as subjects."""
SOME: Final = (
    "some|any|a|an|etwas|was|quelque chose|algo|qualcosa|что-нибудь|что нибудь|good|a good|new|the best|best|something|"
    "anything|great|exciting|gripping|nice|cheap|gute|ein|eine|einen|"
    "einem|guten|guter|gutes|ein paar|irgendwelche|neue|neuen|spannende|spannenden|spannender|lustige|tolle|schone|"
    "die besten|des bons|de bons|des|du|un bon|une bonne|une|un|algun|algunos|alguna|buenos|buena|un buen|una buena|una|qualche|"
    "dei|delle|alcuni|un bel|buoni|bons|um bom|uma|alguns|een|goede|een goede|jakis|jakies|dobry|какои нибудь|хорошии|хорошие|"
    "интересные|новые|есть|есть ли"
)
PLEASE: Final = (
    # What a request may end with.
    "please|pls|thanks|thank you|bitte|danke|da|s il vous plait|sil vous plait|svp|merci|por favor|gracias|per favore|grazie|"
    "obrigado|alstublieft|prosze|пожалуиста|спасибо|do you have|have you got|do you stock|do you sell|are there|"
    "habt ihr|haben sie|gibt es|avez vous|avez-vous|teneis|tienen|avete|есть|есть у вас"
)
