"""Formatted text: parse_mode HTML, entities, cleaning, lengths."""

from __future__ import annotations

import pytest

from sandbox.entities import find_entities, is_blank
from sandbox.errors import ApiError
from sandbox.model import Json
from sandbox.parse_html import ParseError, parse_html
from sandbox.persons import Person
from sandbox.text import formatted
from tests.sandbox.conftest import Bot


def html(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """The plain text and (type, offset, length) of each entity."""
    plain, entities = formatted(text, "HTML", None, allow_empty=False)
    return plain, [(one["type"], one["offset"], one["length"]) for one in entities]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"), ("strong", "bold"), ("i", "italic"), ("em", "italic"), ("u", "underline"), ("ins", "underline"),
        ("s", "strikethrough"), ("strike", "strikethrough"), ("del", "strikethrough"), ("tg-spoiler", "spoiler"),
        ("code", "code"), ("pre", "pre"), ("blockquote", "blockquote"), ("B", "bold"),
    ],
)  # fmt: skip
def test_every_documented_tag_becomes_its_entity(tag: str, kind: str) -> None:
    """core.telegram.org/bots/api#html-style lists the tags; td MessageEntity.cpp parse_html lowers their names."""
    assert html(f"a <{tag}>word</{tag}> z") == ("a word z", [(kind, 2, 4)])


def test_attributes_carry_links_languages_and_expandable_quotes() -> None:
    """td MessageEntity.cpp parse_html: href, class="language-…", class="tg-spoiler", expandable, emoji-id."""
    plain, entities = formatted(
        "<a href='https://example.org/?a=1&amp;b=2'>x</a> <pre><code class=\"language-python\">p</code></pre> "
        '<blockquote expandable>q</blockquote> <span class="tg-spoiler">s</span> <tg-emoji emoji-id="5">e</tg-emoji>',
        "html",
        None,
        allow_empty=False,
    )
    assert plain == "x p q s e"
    assert [
        {key: value for key, value in one.items() if key not in ("offset", "length")} for one in entities
    ] == [
        {"type": "text_link", "url": "https://example.org/?a=1&b=2"},
        {"type": "pre", "language": "python"},
        {"type": "expandable_blockquote"},
        {"type": "spoiler"},
        {"type": "custom_emoji", "custom_emoji_id": "5"},
    ]


def test_offsets_count_utf_16_code_units() -> None:
    """core.telegram.org/bots/api#messageentity: offset and length in UTF-16 code units."""
    assert html("😀😀 <b>ü😀</b>") == ("😀😀 ü😀", [("bold", 5, 3)])


def test_a_style_is_cut_where_another_begins() -> None:
    """td MessageEntity.cpp split_entities: styles nest without crossing, cut at each other's beginnings."""
    assert html("<b>bold <i>both</i></b>") == (
        "bold both",
        [("bold", 0, 5), ("bold", 5, 4), ("italic", 5, 4)],
    )
    assert html("<b>x</b><b>y</b>") == ("xy", [("bold", 0, 2)])


def test_code_takes_no_styles_inside() -> None:
    """td MessageEntity.cpp are_entities_valid: Pre and Code can't contain nested entities."""
    assert html("<code>a <b>b</b></code>") == ("a b", [("code", 0, 3)])


def test_named_and_numeric_references_are_decoded_and_others_stay() -> None:
    """td MessageEntity.cpp decode_html_entity: lt, gt, amp, quot and numbers; anything else is left as it is."""
    assert html("&lt;b&gt; &amp; &quot; &#65;&#x1F600; &copy; & &amp")[0] == '<b> & " A😀 &copy; & &'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ab <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("ü <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<a href=x/>l</a>", "Unexpected end of name token at byte offset 8"),
    ],
)
def test_bad_html_is_refused_in_td_s_words(text: str, error: str) -> None:
    """td MessageEntity.cpp parse_html; offsets count bytes of UTF-8."""
    with pytest.raises(ParseError) as refused:
        parse_html(text)
    assert str(refused.value) == error


async def test_the_api_says_cannot_parse_entities(bot: Bot, ann: Person) -> None:
    """td SynchronousRequests.cpp parseTextEntities: "Can't parse entities: …", with a small first letter in the API."""
    text = await bot.refusal("sendMessage", chat_id=ann.id, text="<x>", parse_mode="HTML")
    assert text == 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0'
    assert (
        await bot.refusal("sendMessage", chat_id=ann.id, text="x", parse_mode="XML")
        == "Bad Request: unsupported parse_mode"
    )


def test_links_are_completed_and_broken_ones_dropped() -> None:
    """td LinkManager.cpp check_link: http:// and a path are added; without a dot in the host it is no link."""
    plain, entities = formatted(
        "<a href='example.org'>x</a> <a href='nowhere'>y</a>", "HTML", None, allow_empty=False
    )
    assert plain == "x y"
    assert [one["url"] for one in entities] == ["http://example.org/"]


def test_text_is_cleaned_and_trimmed_and_entities_follow() -> None:
    """td MessageEntity.cpp fix_formatted_text: \\r goes, tabs become spaces, ends are trimmed but not before an entity."""
    assert html("  a\tb\r\n<b> c </b>  \n") == ("a b\n c", [("bold", 4, 2)])
    assert html("x\u2028\u202ey") == ("xy", [])
    assert html(" <b> a</b>") == (" a", [("bold", 0, 2)])


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u200b", "\u00a0 \u3000", "\u2800", "<b> </b>"])
def test_text_of_nothing_but_blanks_is_refused(blank: str) -> None:
    """td MessageEntity.cpp fix_formatted_text: "Text must be non-empty"; misc.cpp is_empty_string lists the blanks."""
    with pytest.raises(ApiError, match="text must be non-empty"):
        formatted(blank, "HTML", None, allow_empty=False)


def test_a_visible_mark_is_not_blank() -> None:
    """td misc.cpp: only invisible characters count as empty."""
    assert not is_blank("·")
    assert is_blank("\u200e\u200f")


def found(text: str) -> list[tuple[str, str]]:
    return [(one.type, text[one.offset : one.end]) for one in find_entities(text)]


def test_commands_links_mails_and_names_are_found() -> None:
    """td MessageEntity.cpp find_entities: mentions, bot commands, hashtags, cashtags, URLs, mails."""
    assert found("/start@shop_bot abc, see https://example.org/a?b=1. or mail ann@example.org @somebody #books $EUR") == [
        ("bot_command", "/start@shop_bot"), ("url", "https://example.org/a?b=1"), ("email", "ann@example.org"),
        ("mention", "@somebody"), ("hashtag", "#books"), ("cashtag", "$EUR"),
    ]  # fmt: skip
    assert found("a/b 1/2 #12 a@b x$y and/or") == []
    assert found("example.org/x") == [("url", "example.org/x")]


async def test_a_bot_s_own_text_gets_links_and_commands_too(bot: Bot, ann: Person) -> None:
    """td MessageEntity.cpp get_formatted_text: find_entities runs for bots as well."""
    message = await bot.says(ann, "<b>Hello</b> /start", parse_mode="HTML")
    assert [one["type"] for one in message["entities"]] == ["bold", "bot_command"]


def given(text: str, *entities: Json) -> list[Json]:
    return formatted(text, "", list(entities), allow_empty=False)[1]


def test_entities_can_be_given_instead_of_a_parse_mode() -> None:
    """telegram-bot-api Client.cpp get_text_entity; those that the server finds itself are overlooked."""
    assert given("😀 bold", {"type": "bold", "offset": 3, "length": 4}) == [
        {"type": "bold", "offset": 3, "length": 4}
    ]
    assert given("@x", {"type": "mention", "offset": 0, "length": 2}) == []


@pytest.mark.parametrize(
    ("entity", "error"),
    [
        ({"type": "bold", "offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        (
            {"type": "fancy", "offset": 0, "length": 1},
            "can't parse MessageEntity: Unsupported type specified",
        ),
        (
            {"type": "bold", "offset": 1, "length": 1},
            "entity begins in a middle of a UTF-16 symbol at byte offset 0",
        ),
        (
            {"type": "bold", "offset": 0, "length": 9},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9",
        ),
        ({"type": "bold", "offset": -1, "length": 2}, "receive an entity with incorrect offset -1"),
    ],
)
def test_wrong_entities_are_refused(entity: Json, error: str) -> None:
    """telegram-bot-api Client.cpp get_formatted_text; td MessageEntity.cpp clean_input_string_with_entities."""
    with pytest.raises(ApiError) as refused:
        given("😀", entity)
    assert refused.value.description == f"Bad Request: {error}"


async def test_a_mention_by_id_names_somebody_the_bot_knows(bot: Bot, ann: Person) -> None:
    """core.telegram.org/bots/api#formatting-options: inline mentions work for users who have contacted the bot."""
    message = await bot.says(
        ann, f"<a href='tg://user?id={ann.id}'>Ann</a> <a href='tg://user?id=999'>x</a>", parse_mode="HTML"
    )
    assert [one["user"]["id"] for one in message["entities"]] == [ann.id]
