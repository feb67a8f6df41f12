"""Personal columns are known by their names and by what is in them; harmless ones are left alone. All values are invented."""

from __future__ import annotations

import pandas as pd
import pytest

from data.personal import looks_personal, refusal

FIRST = ["Ann", "Bob", "Cy", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida", "Jo"]
PEOPLE = [f"{first} Example{second}" for first, second in zip(FIRST, "abcdefghij", strict=True)]
STORIES = [f"The {name} of my street was {n} times too slow to answer" for n, name in enumerate(FIRST)]


@pytest.mark.parametrize(
    ("header", "cells", "what"),
    [
        ("Email", ["none given", "x"], "e-mail addresses"),
        ("c1", ["a@example.org", "", "b.c@example.co.uk"], "e-mail addresses"),
        ("Mobile", ["1", "2"], "telephone numbers"),
        ("c2", ["01632 960001", "+44 1632 960002", "(01632) 960003"], "telephone numbers"),
        ("Postcode", ["ST16 9ZZ", "ST17 9ZZ"], "postcodes"),
        ("c3", ["st169zz", "B1 1ZZ", "EC1A 1ZZ", ""], "postcodes"),
        ("DOB", ["01/02/1961", "03/04/1985"], "dates of birth"),
        ("c4", ["17/02/1941", "23/04/1985", "09/11/2001", "30/06/1999"], "dates of birth"),
        ("Address line 1", ["x", "y"], "addresses"),
        ("c5", ["1 Invented Street", "22b Made Up Road, Nowhere"], "addresses"),
        ("c5", ["Flat 2, The Mill, Nowhere ST16 9ZZ", "The Barn, Nowhere, B1 1ZZ"], "addresses"),
        ("Surname", ["x", "y"], "names of people"),
        ("Name", PEOPLE, "names of people"),
        ("c6", PEOPLE, "names of people"),
        ("Q24 other comments", ["x", "y"], "free text"),
        ("c7", STORIES, "free text"),
        ("NI number", ["x"], "personal numbers"),
        ("c8", ["QQ 12 34 56 C", "QQ654321A"], "personal numbers"),
        ("Vehicle reg", ["x", "y"], "personal numbers"),
        ("Easting", ["391000", "392000"], "exact places"),
    ],
)
def test_a_personal_column_is_known(header: str, cells: list[str], what: str) -> None:
    assert looks_personal(header, pd.Series(cells)) == what


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Postcode district", ["ST16", "B1", "EC1A"]), ("postcode area", ["ST", "B"]), ("postcode", ["ST16 9", "ST17 9"]), ("dob", ["1961", "1985"]),
        ("Year of birth", ["1961", "1985"]), ("age_band", ["16-24", "65+"]), ("Contacted by email", ["Yes", "No", "Yes"]),
        ("Satisfied with telephone contact", ["Very satisfied", "Fairly satisfied", "Don't know"]), ("Email", ["", ""]),
        ("LPT", [f"Area Number{letter}" for letter in "abc"]), ("date", ["03/01/2023", "17/01/2023", "29/01/2023"]),
        ("resp_id", [f"W2-{n:05}" for n in range(40)]), ("weight", ["0.5", "1.5"]), ("month", ["1949-01", "1960-12"]),
        ("month", [f"01/{m:02}/{y}" for y in (1990, 2000, 2020) for m in range(1, 13)]),
        ("Q4", ["Yes", "No"] * 20), ("Station name", ["A", "B"] * 20),
    ],
)  # fmt: skip
def test_a_harmless_column_is_left_alone(header: str, cells: list[str]) -> None:
    assert looks_personal(header, pd.Series(cells)) == ""


def test_what_is_known_of_a_column_speaks_for_it() -> None:
    assert looks_personal("area", pd.Series(PEOPLE), ["name"]) == ""
    assert looks_personal("Name of LPT", pd.Series(["City", "Stafford"]), ["name"]) == ""
    assert looks_personal("question", pd.Series(STORIES), ["name", "wording"]) == ""
    digits = pd.Series(["01632960001", "01632960002"])
    assert looks_personal("serial", digits, ["code"]) == ""
    assert looks_personal("serial", digits) == "telephone numbers"
    assert looks_personal("serial", pd.Series(["a@example.org"]), ["code"]) == "e-mail addresses"


def test_the_sentence_quotes_no_value() -> None:
    words = "looks like postcodes. It is ignored and not stored, unless it is declared not personal."
    assert refusal("Where ", "postcodes") == f"Column Where {words}"
