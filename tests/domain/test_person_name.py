import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.person_name import MAX_LENGTH, read_name


@pytest.mark.parametrize(
    "name", ["Ann", '<b>&"', "О'Генри", "مريم", "王小明", "Ann-Kathrin von der Heide", "🦊", "x" * 64]
)
def test_people_are_called_whatever_they_are_called(name: str) -> None:
    assert read_name(name) == name


def test_spaces_and_line_breaks_become_single_spaces() -> None:
    assert read_name("  Ann \n\n  B.\t") == "Ann B."


@pytest.mark.parametrize("text", ["", "   ", "\n", "\u200b", "\u202e", "\x00", "x" * 65, "x" * 5000])
def test_nothing_and_too_much_are_no_names(text: str) -> None:
    assert read_name(text) is None


def test_marks_that_would_turn_the_sentence_around_are_left_out() -> None:
    assert read_name("An\u202en\u2069") == "Ann"


@given(st.text(max_size=80))
@example("0 \x1b\x850")
@example("e\u202a\u0301")
def test_a_kept_name_is_one_visible_line_and_reads_the_same_again(text: str) -> None:
    name = read_name(text)
    if name is not None:
        assert 1 <= len(name) <= MAX_LENGTH
        assert len(name.splitlines()) == 1
        assert read_name(name) == name
