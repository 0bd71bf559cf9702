"""Drawn covers: of every book, in every script, the same every time and different from each other."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from catalogue.cover_type import ITALIC_FACE, TEXT_FACE, TITLE_FACE, capitals
from catalogue.covers import LARGEST, PALETTES, cover_jpeg
from catalogue.dice import Dice
from catalogue.lettering import fit, set_words
from catalogue.ornaments import PATTERNS, PICTURES, Colour, paint
from catalogue.typefaces import cover, stack

DEMO = Path(__file__).parents[2] / "catalogue" / "demo" / "books.csv"
FACES = stack(TITLE_FACE)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def luminance(colour: Colour) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [channel / 255 for channel in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lines_of(text: str, width: float, *, largest: float = 100) -> list[int]:
    """How many words stand on each line."""
    words = set_words(text, FACES)
    assert words is not None
    block = fit(words, width=width, height=2000, largest=largest, smallest=largest * 0.8)
    assert block is not None
    return [len(line.words) for line in block.lines]


@pytest.mark.parametrize(
    ("title", "author", "language"),
    [
        ("The Hobbit", "J.R.R. Tolkien", "eng"),
        ("Преступление и наказание", "Фёдор Достоевский", "rus"),
        ("Βίος και πολιτεία του Αλέξη Ζορμπά", "Νίκος Καζαντζάκης", "ell"),
        ("موسم الهجرة إلى الشمال", "الطيب صالح", "ara"),
        ("סיפור על אהבה וחושך", "עמוס עוז", "heb"),
        ("銀河鉄道の夜", "宮沢賢治", "jpn"),
        ("红楼梦", "曹雪芹", "zho"),
        ("엄마를 부탁해", "신경숙", "kor"),
        ("गुनाहों का देवता", "धर्मवीर भारती", "hin"),
        ("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "N. N.", "deu"),
        ("A " * 150 + "end", "Author " * 40, "eng"),
        ("X", "", "eng"),
        ("", "", ""),
        ('<b>&"', "\u202eevil\u0000", "eng"),
    ],
)
def test_any_book_gets_a_cover_of_the_promised_size(title: str, author: str, language: str) -> None:
    data = cover_jpeg(title, [author], language=language)
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == ("JPEG", (600, 900))
    assert len(data) <= LARGEST


def test_the_same_book_looks_the_same_and_another_edition_does_not() -> None:
    first = cover_jpeg("Dune", ["Frank Herbert"], key="9780340839935")
    assert cover_jpeg("Dune", ["Frank Herbert"], key="9780340839935") == first
    assert cover_jpeg("Dune", ["Frank Herbert"], key="9788497596824") != first


def test_forty_books_get_forty_covers() -> None:
    covers = [opened(cover_jpeg(f"Volume {number}", ["One Author"])).resize((30, 45)) for number in range(40)]
    assert all(ImageChops.difference(one, other).getbbox() is not None for one, other in pairwise(covers))
    grounds = {image.getpixel((1, 44)) for image in covers}
    assert len(grounds) >= 10


def test_every_demo_title_can_be_set_without_a_missing_glyph() -> None:
    with DEMO.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for text, face in (
                (row["title"], TITLE_FACE),
                (row["title"], ITALIC_FACE),
                (row["authors"].replace("|", " "), TEXT_FACE),
            ):
                words = set_words(text, stack(face, row["language"]))
                assert words is not None, text
                assert all(glyph.glyph != 0 for word in words for glyph in word.glyphs), text


def test_a_title_in_an_unknown_script_gives_way_to_one_that_can_be_set() -> None:
    runes = "ᚠᚢᚦᚬᚱᚴ"
    assert set_words(runes, FACES) is None
    bare = opened(cover_jpeg(runes, ["Anonymous"], key="k"))
    named = opened(cover_jpeg(runes, ["Anonymous"], key="k", alternatives=["ᛋᛏ", "Futhark"]))
    assert ImageChops.difference(bare, named).getbbox() is not None
    nothing = opened(cover_jpeg(runes, [runes], key="k"))
    assert nothing.size == (600, 900)


def test_emoji_are_left_out_and_the_words_stay() -> None:
    assert set_words("Love 💕 Story", FACES) is None
    alone = cover_jpeg("Love 💕 Story", [])
    assert cover_jpeg("Love 💕 Story", [], alternatives=["Quite another title"]) == alone


def test_arabic_letters_are_joined_and_run_right_to_left() -> None:
    joined, apart = set_words("كتاب", FACES), set_words("ك ت ا ب", FACES)
    assert joined is not None
    assert apart is not None
    assert joined[0].rtl
    assert {glyph.glyph for glyph in joined[0].glyphs} != {
        glyph.glyph for word in apart for glyph in word.glyphs
    }


def test_a_number_in_a_hebrew_title_stands_where_a_reader_expects_it() -> None:
    words = set_words("בית 1948 ישן", FACES)
    assert words is not None
    block = fit(words, width=2000, height=200, largest=50, smallest=50)
    assert block is not None
    assert block.rtl
    assert [word.rtl for word in block.lines[0].words] == [True, False, True]
    assert block.lines[0].words[-1] is words[0]


def test_devanagari_is_shaped() -> None:
    words = set_words("क्षत्रिय", FACES)
    assert words is not None
    assert len(words[0].glyphs) < len("क्षत्रिय")


def test_lines_are_balanced_and_japanese_words_stay_whole() -> None:
    assert lines_of("one two three four", 420) == [2, 2]
    words = set_words("コンビニ人間", FACES)
    assert words is not None
    assert len(words) == 2


def test_a_mixed_title_takes_each_character_from_a_face_that_has_it() -> None:
    runs = cover("AKIRA 大友", FACES)
    assert runs is not None
    assert [face.name for _, face in runs] == [TITLE_FACE, "japanese"]
    chinese = cover("红", stack(TITLE_FACE, "zho"))
    assert chinese is not None
    assert chinese[0][1].name == "chinese"


def test_greek_capitals_lose_their_accents_and_others_keep_theirs() -> None:
    assert capitals("Νίκος Καζαντζάκης") == "ΝΙΚΟΣ ΚΑΖΑΝΤΖΑΚΗΣ"
    assert capitals("Ροΐδης") == "ΡΟΪΔΗΣ"
    assert capitals("Émile Zola, Strauß") == "ÉMILE ZOLA, STRAUSS"
    assert capitals("Фёдор") == "ФЁДОР"


def test_type_can_be_read_on_every_palette() -> None:
    for palette in PALETTES:
        assert contrast(palette.ink, palette.paper) >= 7
        assert contrast(palette.paper, palette.ground) >= 4.5
        assert contrast(palette.second, palette.ground) >= 3


@pytest.mark.parametrize("name", [*PATTERNS, *PICTURES])
def test_every_ornament_paints_at_any_size(name: str) -> None:
    colours = ((20, 30, 40), (200, 60, 60), (60, 200, 60), (60, 60, 200))
    for size in ((600, 900), (116, 900), (196, 196)):
        for seed in "abc":
            image = paint(name, *size, colours, Dice(seed))
            assert image.size == size
            assert len(image.getcolors(maxcolors=size[0] * size[1]) or []) >= 2


def test_dice_fall_within_their_bounds_and_the_same_each_time() -> None:
    throws = [Dice("seed").number(3, 5) for _ in range(3)]
    assert len(set(throws)) == 1
    dice = Dice("seed")
    many = [dice.number(1, 6) for _ in range(600)]
    assert set(many) == {1, 2, 3, 4, 5, 6}
    things: Sequence[str] = ("a", "b")
    assert {dice.pick(things) for _ in range(50)} == {"a", "b"}


def test_a_cover_takes_well_under_a_tenth_of_a_second() -> None:
    cover_jpeg("Warm", ["Up"])
    began = time.process_time()
    for number in range(10):
        cover_jpeg(f"Volume {number} of a rather long title", ["One Author", "Another One"])
    assert (time.process_time() - began) / 10 < 0.09
