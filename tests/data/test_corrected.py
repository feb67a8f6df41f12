"""What a printed number may be corrected to."""

from __future__ import annotations

import pytest

from data.corrected import corrected_number
from data.errors import DataError
from tests.published import release

SHARE, COUNT, WORDS = "confidence_questions.q12.2022_06", "asb.asb.last_12_months", "foreword_01_calls_999_per_day"


@pytest.mark.parametrize(
    ("number", "to"),
    [(SHARE, "64%"), (SHARE, "64.5 %"), (COUNT, "12,345"), (COUNT, "12345"), (COUNT, "-1"), (WORDS, "650")],
)
def test_a_number_in_the_form_of_its_print(number: str, to: str) -> None:
    assert corrected_number(release(), number, to)[0] == number


@pytest.mark.parametrize(
    ("number", "to"),
    [(SHARE, "64"), (SHARE, "five"), (COUNT, "12,34"), (COUNT, "1,234x"), (COUNT, "5%"), (COUNT, "1 or 2")],
)
def test_anything_else_is_refused_with_the_print_as_an_example(number: str, to: str) -> None:
    with pytest.raises(DataError, match=rf"'{to}' is not written so\. Give it as it would be printed, such as \d"):
        corrected_number(release(), number, to)
