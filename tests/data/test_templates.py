"""Templates and the sample: what a user begins with must be read, understood and used without a complaint."""

from __future__ import annotations

import pytest

from data.prepare import prepare
from data.profile import KINDS
from data.profile_check import problems
from data.reading import read_upload
from data.roles import propose
from data.templates import SAMPLE_NAME, sample_survey, template_csv, template_name, template_rows


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_read_understood_and_used_whole(kind: str) -> None:
    reading = read_upload(template_csv(kind), template_name(kind))
    assert (reading.notes, len(reading.rejected)) == ([], 0)
    assert reading.columns == list(template_rows(kind).columns)
    profile = propose(reading.rows, reading.name)
    assert (profile.kind, profile.notes, problems(profile, "template")) == (kind, (), [])
    prepared = prepare(profile, reading.rows, reading.lines, reading.name)
    assert len(prepared.frame) == reading.rows_in > 0
    assert (len(prepared.refused), prepared.merges, prepared.notes) == (0, (), ())


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_has_every_role_but_rare_ones(kind: str) -> None:
    reading = read_upload(template_csv(kind), template_name(kind))
    left_out = {"survey": {"stratum", "cluster", "population"}, "aggregated": {"date"}}.get(kind, set())
    assert set(propose(reading.rows, reading.name).columns) == set(KINDS[kind][1]) - left_out


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_says_in_its_name_and_in_each_row_that_it_is_invented(kind: str) -> None:
    assert "invented" in template_name(kind)
    assert all(any("invented" in cell.lower() for cell in row) for row in template_rows(kind).to_numpy())


def test_there_is_no_other_kind_of_template() -> None:
    with pytest.raises(ValueError, match=r"^A template is one of survey, aggregated, monthly, events, not calls\.$"):
        template_rows("calls")


def test_the_sample_has_the_faults_it_promises() -> None:
    assert "invented" in SAMPLE_NAME
    reading = read_upload(sample_survey(), SAMPLE_NAME)
    assert (reading.rows_in, len(reading.rejected), reading.notes) == (241, 1, [])
    prepared = prepare(propose(reading.rows, SAMPLE_NAME), reading.rows, reading.lines, SAMPLE_NAME)
    names = ["exact_duplicate_rows", "respondents_with_conflicting_answers", "rows_weight_missing", "rows_used"]
    assert [prepared.counts[name] for name in names] == [2, 1, 3, 233]
    assert {merge.column for merge in prepared.merges} >= {"area", "Q3"}
    assert sample_survey() == sample_survey()
