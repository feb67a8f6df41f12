"""Numbers and dates: one form for a whole column, from all its values, and nothing read by any other."""

from __future__ import annotations

import math
from datetime import datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data.forms import DateForm, NumberForm, propose_date, propose_number

FORMS = [NumberForm(decimal, thousands, percent) for decimal in ".," for thousands in ("", ",", ".", " ", "'")
         for percent in (False, True) if decimal != thousands]  # fmt: skip


def written(value: float, form: NumberForm, places: int) -> str:
    text = f"{value:,.{places}f}".replace(",", "\0").replace(".", form.decimal).replace("\0", form.thousands)
    return text + "%" * form.percent


@given(st.floats(-1e12, 1e12), st.sampled_from(FORMS), st.integers(0, 4))
def test_a_number_in_its_form_is_read_back(value: float, form: NumberForm, places: int) -> None:
    assert form.reader()(written(value, form, places)) == float(f"{value:.{places}f}")


@given(st.lists(st.integers(0, 10**7), min_size=3), st.sampled_from(FORMS))
def test_the_form_of_a_column_is_found(values: list[int], form: NumberForm) -> None:
    assume(any(value > 10_000 for value in values))
    cells = [written(value / 100, form, 2) for value in values]
    found, read, assumed = propose_number(cells)
    assert (read, assumed) == (len(cells), "")
    assert [found.reader()(cell) for cell in cells] == [value / 100 for value in values]


@pytest.mark.parametrize(
    ("cell", "form", "expected"),
    [
        ("0,7674", NumberForm(","), 0.7674),
        (" 1 234,5 ", NumberForm(",", " "), 1234.5),
        ("1\u202f234", NumberForm(".", " "), 1234),
        ("1\u2019234", NumberForm(".", "'"), 1234),
        ("\u22125", NumberForm(), -5),
        ("1234", NumberForm(".", ","), 1234),
        (".5", NumberForm(), 0.5),
        ("5.4e-05", NumberForm(), 5.4e-5),
        ("40 %", NumberForm(percent=True), 40),
        ("0.4", NumberForm(share=True), 40),
    ],
)
def test_a_number_is_read(cell: str, form: NumberForm, expected: float) -> None:
    assert form.reader()(cell) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("0.5", NumberForm(",")), ("0,5", NumberForm()), ("1,23,456", NumberForm(".", ",")), ("0,123", NumberForm(".", ",")),
        ("12,34", NumberForm(".", ",")), ("40%", NumberForm()), ("40", NumberForm(percent=True)), ("inf", NumberForm()),
        ("1e999", NumberForm()), ("1_000", NumberForm()), ("0x10", NumberForm()), ("12 34", NumberForm()),
        ("\u0661", NumberForm()), ("1.2.3", NumberForm()), ("\u00a35", NumberForm()),
    ],
)  # fmt: skip
def test_a_number_in_another_form_is_refused(cell: str, form: NumberForm) -> None:
    assert form.reader()(cell) is None


@pytest.mark.parametrize("cell", ["", " ", "NA", "n/a", "-", "\u2013", "#N/A", "null"])
def test_no_number_is_missing_not_refused(cell: str) -> None:
    value = NumberForm().reader()(cell)
    assert value is not None
    assert math.isnan(value)
    assert DateForm().reader()(cell) == datetime.min


def test_one_value_that_tells_settles_the_column() -> None:
    assert propose_number(["1,234"] * 20 + ["1,23"])[0] == NumberForm(",")
    assert propose_number(["1,234"] * 20 + ["1,234,567"])[0] == NumberForm(".", ",")
    assert propose_date(["03/04/2023"] * 20 + ["04/13/2023"])[0] == DateForm("mdy")
    assert propose_date(["03/04/2023"] * 20 + ["13/04/2023"])[0] == DateForm("dmy")


def test_firsts_of_months_leave_no_doubt() -> None:
    assert propose_date(["01/04/2018", "01/05/2018"]) == (DateForm("dmy"), 2, "")
    assert propose_date(["01/04/2018"])[2] != ""


def test_one_value_that_tells_is_found_far_down() -> None:
    assert propose_number([f"1,{n % 1000:03}" for n in range(9000)] + ["1,23"])[0] == NumberForm(",")


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["2023-01-31", "2023-02-01"], "ymd"), (["2023-01-31T09:30:00Z"], "ymd"), (["2023-01", "2022-06"], "ym"),
        (["Jan-23", "Feb-23"], "my"), (["January 2023", "Sept 2022"], "my"), (["01/2023"], "my"), (["Jan23"], "my"),
        (["1st March 2023"], "dmy"), (["March 1 2023"], "mdy"), (["25.12.22"], "dmy"), (["31-01-2023 09:30"], "dmy"),
    ],
)  # fmt: skip
def test_the_order_of_dates_is_found(cells: list[str], order: str) -> None:
    form, read, assumed = propose_date(cells)
    assert (form.order, read, assumed) == (order, len(cells), "")


@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31)))
def test_a_date_is_read_back_in_every_way_to_write_it(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0)
    for order, pattern in [
        ("dmy", "%d/%m/%Y"),
        ("mdy", "%m/%d/%Y"),
        ("ymd", "%Y-%m-%d"),
        ("dmy", "%d %B %Y"),
        ("dmy", "%d-%b-%y"),
    ]:
        assert DateForm(order).reader()(moment.strftime(pattern)) == day
        assert DateForm(order).reader()(moment.strftime(f"{pattern} %H:%M:%S")) == moment
    for order, pattern in [("my", "%b-%y"), ("my", "%B %Y"), ("ym", "%Y-%m")]:
        assert DateForm(order).reader()(moment.strftime(pattern)) == day.replace(day=1)


@pytest.mark.parametrize("cell", ["31/04/2023", "2023/04/03", "3/4", "03-04-23x", "00/01/2023", "29/02/2023", "45017"])
def test_a_date_that_is_none_is_refused(cell: str) -> None:
    assert DateForm("dmy").reader()(cell) is None
