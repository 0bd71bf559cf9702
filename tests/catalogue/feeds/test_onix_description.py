"""What a book is, as ONIX says it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from domain.book import Form
from domain.catalogue import Role
from domain.feed import FeedContributor, FeedRecord, Notification, Reason, Severity, UnknownCode
from tests.catalogue.feeds.messages import onix, only, price, product, read_text, schema_errors, supply

RICH = product(
    reference="de.verlag.42",
    identifiers=(("03", "9780061054884"), ("15", "9780061054884"), ("02", "0061054887")),
    collection="<Collection><CollectionType>10</CollectionType><TitleDetail><TitleType>01</TitleType>"
    "<TitleElement><SequenceNumber>1</SequenceNumber><TitleElementLevel>02</TitleElementLevel>"
    "<TitlePrefix>The</TitlePrefix><TitleWithoutPrefix>Hainish Cycle</TitleWithoutPrefix></TitleElement>"
    "<TitleElement><SequenceNumber>2</SequenceNumber><TitleElementLevel>01</TitleElementLevel>"
    "<PartNumber>6</PartNumber></TitleElement></TitleDetail></Collection>",
    title="<TitlePrefix>The</TitlePrefix><TitleWithoutPrefix>Dispossessed</TitleWithoutPrefix>"
    "<Subtitle>An Ambiguous Utopia</Subtitle>",
    people="<Contributor><SequenceNumber>2</SequenceNumber><ContributorRole>B06</ContributorRole>"
    "<ContributorRole>A24</ContributorRole><NamesBeforeKey>Karen</NamesBeforeKey><KeyNames>Nölle</KeyNames></Contributor>"
    "<Contributor><SequenceNumber>1</SequenceNumber><ContributorRole>A01</ContributorRole>"
    "<PersonNameInverted>Le Guin, Ursula K.</PersonNameInverted></Contributor>"
    "<Contributor><SequenceNumber>3</SequenceNumber><ContributorRole>E07</ContributorRole>"
    "<CorporateName>Hörspiel GmbH</CorporateName></Contributor>",
    language="<Language><LanguageRole>01</LanguageRole><LanguageCode>ger</LanguageCode></Language>"
    "<Language><LanguageRole>02</LanguageRole><LanguageCode>eng</LanguageCode></Language>",
    descriptive="<Extent><ExtentType>00</ExtentType><ExtentValue>387</ExtentValue><ExtentUnit>03</ExtentUnit></Extent>"
    "<Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>FLC</SubjectCode></Subject>"
    "<Subject><SubjectSchemeIdentifier>10</SubjectSchemeIdentifier><SubjectCode>FIC004000</SubjectCode></Subject>"
    "<Subject><SubjectSchemeIdentifier>20</SubjectSchemeIdentifier>"
    "<SubjectHeadingText>anarchism; physics ;walls</SubjectHeadingText></Subject>",
    collateral="<TextContent><TextType>03</TextType><ContentAudience>00</ContentAudience>"
    '<Text textformat="05"><p>Two worlds,\n   one <em>physicist</em>.</p><p>And a wall.</p></Text></TextContent>'
    "<TextContent><TextType>02</TextType><ContentAudience>00</ContentAudience><Text>Short.</Text></TextContent>"
    "<SupportingResource><ResourceContentType>01</ResourceContentType><ContentAudience>00</ContentAudience>"
    "<ResourceMode>03</ResourceMode><ResourceVersion><ResourceForm>02</ResourceForm>"
    "<ResourceLink>https://covers.example/1.jpg</ResourceLink></ResourceVersion></SupportingResource>",
    publishing="<Imprint><ImprintName>Gateway</ImprintName></Imprint><Publisher><PublishingRole>01</PublishingRole>"
    "<PublisherName>Big House</PublisherName></Publisher><PublishingStatus>04</PublishingStatus>"
    '<PublishingDate><PublishingDateRole>01</PublishingDateRole><Date dateformat="00">20020107</Date></PublishingDate>'
    '<PublishingDate><PublishingDateRole>11</PublishingDateRole><Date dateformat="05">1974</Date></PublishingDate>',
    supply=supply(price("10.90", kind="04")),
)


@pytest.mark.parametrize("release", ["3.0", "3.1"])
@pytest.mark.parametrize("short", [False, True])
def test_a_whole_record_is_read_from_every_release_with_either_names(
    tmp_path: Path, release: str, short: bool
) -> None:
    message = onix(RICH, release=release, short=short)
    assert schema_errors(tmp_path, message) == []
    records, problems = read_text(tmp_path, message)
    assert problems == []
    assert records == [
        FeedRecord(
            reference="de.verlag.42",
            notification=Notification.REPLACE,
            record=1,
            line=3,
            isbn13="9780061054884",
            title="The Dispossessed",
            subtitle="An Ambiguous Utopia",
            contributors=(
                FeedContributor("Ursula K. Le Guin", (Role.AUTHOR,), ("A01",)),
                FeedContributor("Karen Nölle", (Role.TRANSLATOR, Role.OTHER), ("B06", "A24")),
                FeedContributor("Hörspiel GmbH", (Role.NARRATOR,), ("E07",)),
            ),
            series="The Hainish Cycle",
            series_no="6",
            year=2002,
            published_on=date(2002, 1, 7),
            language="deu",
            subjects=("science-fiction", "classics"),
            keywords=("anarchism", "physics", "walls"),
            publisher="Gateway",
            pages=387,
            form=Form.PAPERBACK,
            description="Two worlds, one physicist.\nAnd a wall.",
            cover_url="https://covers.example/1.jpg",
            price=records[0].price,
            availability=records[0].availability,
        )
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<TitleText>  Momo\n </TitleText>", "Momo"),
        ("<TitlePrefix>L’</TitlePrefix><TitleWithoutPrefix>Étranger</TitleWithoutPrefix>", "L’Étranger"),
        ("<NoPrefix/><TitleWithoutPrefix>Roseanna</TitleWithoutPrefix>", "Roseanna"),
        ("<TitleText>War &amp;amp; Peace</TitleText>", "War & Peace"),
        ('<TitleText>&lt;b&gt;&amp;"</TitleText>', '<b>&"'),
        ("<TitleText>The <em>Hamlet</em> Book</TitleText>", "The Hamlet Book"),
        ("<TitleText>The &lt;i&gt;Hamlet&lt;/i&gt; Book</TitleText>", "The Hamlet Book"),
        ("<YearOfAnnual>2027</YearOfAnnual><TitleText>World Records</TitleText>", "World Records 2027"),
        ("<PartNumber>Tome 2</PartNumber><TitleText>Les Misérables</TitleText>", "Les Misérables, Tome 2"),
        ("<PartNumber>99</PartNumber><TitleText>One Piece</TitleText>", "One Piece 99"),
    ],
)
def test_titles_are_put_together(tmp_path: Path, title: str, expected: str) -> None:
    assert only(tmp_path, product(title=title)).title == expected


def test_a_volume_without_a_title_of_its_own_is_called_by_its_collection(tmp_path: Path) -> None:
    text = product().replace(
        "<TitleElement><TitleElementLevel>01</TitleElementLevel><TitleText>The Dispossessed</TitleText></TitleElement>",
        "<TitleElement><TitleElementLevel>02</TitleElementLevel><TitleText>One Piece</TitleText></TitleElement>"
        "<TitleElement><TitleElementLevel>01</TitleElementLevel><PartNumber>99</PartNumber></TitleElement>",
    )
    record = only(tmp_path, text)
    assert (record.title, record.series, record.series_no) == ("One Piece 99", "One Piece", "99")


def titled(*elements: tuple[str, str], collection: str = "") -> str:
    """A product whose title has these elements, by their levels (list 149)."""
    composed = "".join(
        f"<TitleElement><SequenceNumber>{at}</SequenceNumber><TitleElementLevel>{level}</TitleElementLevel>{inner}"
        "</TitleElement>"
        for at, (level, inner) in enumerate(elements, start=1)
    )
    plain = "<TitleElement><TitleElementLevel>01</TitleElementLevel><TitleText>@</TitleText></TitleElement>"
    text = product(title="<TitleText>@</TitleText>", collection=collection)
    assert plain in text
    return text.replace(plain, composed)


def test_a_brand_or_a_part_of_the_product_is_not_its_title(tmp_path: Path) -> None:
    own = ("01", "<TitleText>Frozen</TitleText>")
    for level in ("04", "05"):
        assert only(tmp_path, titled((level, "<TitleText>Disney</TitleText>"), own)).title == "Frozen"
        assert only(tmp_path, titled((level, "<TitleText>Disney</TitleText>"))).title == "Disney"


def test_the_collection_that_a_title_names_is_its_series(tmp_path: Path) -> None:
    elements = (
        ("02", "<PartNumber>2</PartNumber><TitleText>Foundation</TitleText>"),
        ("01", "<TitleText>Second Foundation</TitleText>"),
    )
    record = only(tmp_path, titled(*elements))
    assert (record.title, record.series, record.series_no) == ("Second Foundation", "Foundation", "2")
    collection = (
        "<Collection><CollectionType>10</CollectionType><TitleDetail><TitleType>01</TitleType><TitleElement>"
        "<TitleElementLevel>02</TitleElementLevel><TitleText>SF Masterworks</TitleText></TitleElement></TitleDetail>"
        "</Collection>"
    )
    numbered = collection.replace("<TitleText>SF", "<PartNumber>Band 7</PartNumber><TitleText>SF")
    assert only(tmp_path, titled(*elements, collection=numbered)).series_no == "7"
    record = only(tmp_path, titled(*elements, collection=collection))
    assert (record.title, record.series) == ("Second Foundation", "SF Masterworks")


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (("B102",), Form.PAPERBACK),
        (("B504", "B401"), Form.HARDBACK),
        (("B206",), Form.OTHER),
        ((), Form.OTHER),
    ],
)
def test_a_book_without_a_binding_is_told_by_its_details(
    tmp_path: Path, details: tuple[str, ...], expected: Form
) -> None:
    inner = "".join(f"<ProductFormDetail>{code}</ProductFormDetail>" for code in details)
    text = product(form="BA").replace("</ProductForm>", f"</ProductForm>{inner}")
    assert only(tmp_path, text).form is expected


def test_other_titles_are_those_that_people_ask_for(tmp_path: Path) -> None:
    more = "".join(
        f"<TitleDetail><TitleType>{kind}</TitleType><TitleElement><TitleElementLevel>01</TitleElementLevel>"
        f"<TitleText>{text}</TitleText></TitleElement></TitleDetail>"
        for kind, text in (
            ("03", "Планета изгнания"),
            ("10", "DISPOSSESSED PB"),
            ("11", "Planet der Habenichtse"),
        )
    )
    text = product().replace("</TitleDetail>", f"</TitleDetail>{more}", 1)
    assert only(tmp_path, text).other_titles == ("Планета изгнания", "Planet der Habenichtse")


def test_several_composites_of_one_person_make_one_with_all_roles(tmp_path: Path) -> None:
    people = "".join(
        f"<Contributor><SequenceNumber>{number}</SequenceNumber><ContributorRole>{role}</ContributorRole>"
        "<PersonName>Tove Jansson</PersonName></Contributor>"
        for number, role in ((1, "A01"), (2, "A12"))
    )
    assert only(tmp_path, product(people=people)).contributors == (
        FeedContributor("Tove Jansson", (Role.AUTHOR, Role.ILLUSTRATOR), ("A01", "A12")),
    )


def test_a_name_in_parts_is_spoken_in_order(tmp_path: Path) -> None:
    people = (
        "<Contributor><ContributorRole>A01</ContributorRole><NamesBeforeKey>Ludwig</NamesBeforeKey>"
        "<PrefixToKey>van</PrefixToKey><KeyNames>Beethoven</KeyNames><SuffixToKey>Jr.</SuffixToKey></Contributor>"
    )
    assert only(tmp_path, product(people=people)).authors == ("Ludwig van Beethoven Jr.",)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("BB", Form.HARDBACK),
        ("BC", Form.PAPERBACK),
        ("ED", Form.EBOOK),
        ("AJ", Form.AUDIO),
        ("PC", Form.OTHER),
    ],
)
def test_forms_as_coarse_as_a_customer_asks(tmp_path: Path, form: str, expected: Form) -> None:
    assert only(tmp_path, product(form=form)).form is expected


def test_trade_material_is_no_book(tmp_path: Path) -> None:
    records, problems = read_text(tmp_path, onix(product(form="XC")))
    assert records == []
    assert [(one.severity, one.reason) for one in problems] == [(Severity.RECORD, Reason.NOT_A_BOOK)]


def test_unknown_codes_are_kept_with_the_record_and_told_once(tmp_path: Path) -> None:
    people = "<Contributor><ContributorRole>Q77</ContributorRole><PersonName>Ann</PersonName></Contributor>"
    subject = "<Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>?9</SubjectCode></Subject>"
    odd = [product(reference=f"r{n}", people=people, descriptive=subject, form="QQ") for n in (1, 2)]
    records, problems = read_text(tmp_path, onix(*odd))
    known = {UnknownCode("onix-17", "Q77"), UnknownCode("thema", "?9"), UnknownCode("onix-150", "QQ")}
    assert [set(record.unknown_codes) for record in records] == [known, known]
    assert {(one.reason, one.values["code"], one.record) for one in problems} == {
        (Reason.UNKNOWN_CODE, "Q77", 1),
        (Reason.UNKNOWN_CODE, "?9", 1),
        (Reason.UNKNOWN_CODE, "QQ", 1),
    }


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("93", "FFL", ("crime",)),
        ("93", "QDTS", ("philosophy",)),
        ("10", "FIC022060", ("crime",)),
        ("10", "CKB031000", ("cooking",)),
        ("12", "FH", ("thriller",)),
        ("26", "2121", ("crime",)),
        ("26", "1250", ("children",)),
        ("01", "823.914", ("fiction",)),
    ],
)
def test_every_scheme_of_the_trade_leads_to_the_shops_shelves(
    tmp_path: Path, scheme: str, code: str, expected: tuple[str, ...]
) -> None:
    subject = f"<Subject><SubjectSchemeIdentifier>{scheme}</SubjectSchemeIdentifier><SubjectCode>{code}</SubjectCode></Subject>"
    assert only(tmp_path, product(descriptive=subject)).subjects == expected


def test_a_teenagers_book_stands_with_young_adult(tmp_path: Path) -> None:
    subjects = "".join(
        f"<Subject><SubjectSchemeIdentifier>{scheme}</SubjectSchemeIdentifier><SubjectCode>{code}</SubjectCode></Subject>"
        for scheme, code in (("93", "YFH"), ("98", "5AS"))
    )
    assert only(tmp_path, product(descriptive=subjects)).subjects == ("young-adult", "fantasy")


def test_the_main_subject_comes_first(tmp_path: Path) -> None:
    subjects = (
        "<Subject><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>FV</SubjectCode></Subject>"
        "<Subject><MainSubject/><SubjectSchemeIdentifier>93</SubjectSchemeIdentifier><SubjectCode>FF</SubjectCode></Subject>"
    )
    assert only(tmp_path, product(descriptive=subjects)).subjects == ("crime", "historical-fiction")


def test_a_restricted_text_is_not_shown(tmp_path: Path) -> None:
    texts = (
        "<TextContent><TextType>03</TextType><ContentAudience>02</ContentAudience><Text>For the trade.</Text></TextContent>"
        "<TextContent><TextType>02</TextType><ContentAudience>03</ContentAudience><Text>For all.</Text></TextContent>"
    )
    assert only(tmp_path, product(collateral=texts)).description == "For all."


def test_a_cover_must_be_an_address_on_the_web(tmp_path: Path) -> None:
    covers = "".join(
        "<SupportingResource><ResourceContentType>01</ResourceContentType><ContentAudience>00</ContentAudience>"
        f"<ResourceMode>03</ResourceMode><ResourceVersion><ResourceForm>02</ResourceForm><ResourceLink>{link}</ResourceLink>"
        "</ResourceVersion></SupportingResource>"
        for link in ("file:///etc/passwd", "javascript:alert(1)", "ftp://x/y.jpg")
    )
    assert only(tmp_path, product(collateral=covers)).cover_url == ""


def test_the_headers_language_holds_for_records_without_one(tmp_path: Path) -> None:
    message = onix(product(language=""), header="<DefaultLanguageOfText>dut</DefaultLanguageOfText>")
    records, _ = read_text(tmp_path, message)
    assert records[0].language == "nld"


def test_dates_of_every_exactness_and_wrong_ones(tmp_path: Path) -> None:
    def dated(date_: str, kind: str) -> str:
        return product(
            publishing="<PublishingStatus>04</PublishingStatus><PublishingDate><PublishingDateRole>01</PublishingDateRole>"
            f'<Date dateformat="{kind}">{date_}</Date></PublishingDate>'
        )

    assert only(tmp_path, dated("20060807", "00")).published_on == date(2006, 8, 7)
    month = only(tmp_path, dated("200608", "01"))
    assert (month.year, month.published_on) == (2006, None)
    assert only(tmp_path, dated("1999", "05")).year == 1999
    assert only(tmp_path, dated("19990000", "00")).year == 1999
    records, problems = read_text(tmp_path, onix(dated("20061399", "00")))
    assert records[0].year is None
    assert [one.reason for one in problems] == [Reason.BAD_DATE]
