"""Another force, INVENTED from end to end, for tests only: other names, priorities, measures, teams and dates.

    root = other_force(tmp_path)     # a data folder with one release and what stands beside it: --data, or EXPLORER_DATA
    root = bare_force(tmp_path)      # the same force with the least that a release may hold, and nothing beside it

Its ten teams have figures, rates with a population, a survey with named exceptions and ranges, and invented answers.
"""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd

from data.contracts import SCHEMAS
from data.series_contract import COLUMNS
from tests.published import write_csv

FORCE, AREA, RELEASE = "Wessenmark Constabulary (invented)", "wessenmark", "2031-06"
TITLE = "Quarterly Scorecard"
TEAMS = {  # id: name, row and column of the tile
    "aldmere": ("Aldmere", 1, 1), "brack": ("Brack Water", 1, 2), "cawdle": ("Cawdle", 1, 3), "dunfold": ("Dunfold", 2, 1),
    "eskerby": ("Eskerby & Quay", 2, 2), "fenwold": ("Fenwold", 2, 3), "garth": ("Garth Hill", 3, 1),
    "hobday": ("Hobday", 3, 2), "innisport": ("Innisport", 3, 3), "jarrow": ("Jarrowdyke", 4, 2),
}  # fmt: skip
PRIORITIES = [  # id, title, name in the menu
    ("headlines", "From the Chief Officer", "Headlines"),
    ("quiet_streets", "Quiet and orderly streets", "Quiet streets"),
    ("be_there", "Be there when called", "Be there"),
    ("earn_trust", "Earn and keep trust", "Earn trust"),
]
SECTIONS = {
    "opening": "headlines", "theft": "quiet_streets", "disorder": "quiet_streets", "phones": "be_there",
    "opinion": "earn_trust", "afterwards": "earn_trust", "purse": "earn_trust",
}  # fmt: skip
_YEAR = ("2030-07-01", "2031-06-30")
_BEFORE = ("2029-07-01", "2030-06-30")
_WAVES = {"Spring 2030": ("2030-04-01", "2030-05-31"), "Spring 2031": ("2031-04-01", "2031-05-31")}
_FIRST_WAVE, _LAST_WAVE = _WAVES.values()
QUESTIONS = {  # id: title, direction, first and last per cent, range over the teams, the team outside it with its own
    "street_safe": ("P1 Safe on my street", "up_is_better", 71, 74, (70, 78), ("fenwold", 59)),
    "seen_patrol": ("P2 Seen a patrol this month", "up_is_better", 22, 31, (28, 34), ("innisport", 12)),
    "would_report": ("P3 Would report a crime", "up_is_better", 80, 79, (75, 83), ("aldmere", 90)),
    "worried": ("P4 Worried about theft", "up_is_worse", 35, 33, (28, 36), ("brack", 47)),
    "fair_hearing": ("P5 Would get a fair hearing", "up_is_better", 60, 58, (52, 64), ("hobday", 44)),
}  # fmt: skip
_MEASURES = {  # id: section, title, unit, basis, direction, offence
    "all_reported": ("theft", "All offences (reported)", "count", "reported", "neither", "All Crime"),
    "all_checked": ("theft", "All offences (checked)", "count", "validated", "neither", "All Crime"),
    "unchecked": ("theft", "Offences not yet checked", "count", "other", "up_is_worse", ""),
    "shed_theft": ("theft", "Thefts from sheds", "count", "reported", "up_is_worse", "Shed Theft"),
    "noise": ("disorder", "Noise and nuisance", "count", "reported", "up_is_worse", ""),
    "charged": ("theft", "Shed thefts that led to a charge", "percent", "other", "up_is_better", ""),
    "emergency_calls": ("phones", "Emergency calls", "count", "other", "neither", ""),
    "hung_up": ("phones", "Callers who hung up", "count", "other", "up_is_worse", ""),
    "pick_up": ("phones", "Time to pick up", "seconds", "other", "up_is_worse", ""),
    "satisfied": ("afterwards", "Victims who were satisfied", "percent", "other", "up_is_better", ""),
    "overtime": ("purse", "Overtime", "gbp_thousand", "other", "neither", ""),
    **{key: ("opinion", told[0], "percent", "other", told[1], "") for key, told in QUESTIONS.items()},
}  # fmt: skip
_TABLES = {
    "all_offences": "theft", "queue": "theft", "sheds_by_team": "theft", "charges": "theft", "nuisance": "disorder",
    "calls": "phones", "hung_up_waits": "phones", "opinions": "opinion", "opinions_by_team": "opinion", "overtime": "purse",
}  # fmt: skip


def other_force(root: Path) -> Path:
    """Put the invented force's whole data folder into a folder, and return the folder."""
    _release(root, {**_lists(), **_figures(), **_words()}, left_out=["overlaps"])
    _beside(root)
    return root


def bare_force(root: Path) -> Path:
    """The same without areas inside the force, foreword, survey, event, promise, or a word beside the numbers."""
    tables = {**_lists(), **_figures()}
    force = [row for row in tables["figures"] if row["area"] == AREA]
    printed = {row["figure_id"] for row in force}
    tables |= {
        "areas": tables["areas"][:1],
        "priorities": [row for row in tables["priorities"] if row["id"] != "headlines"],
        "sections": [row for row in tables["sections"] if row["priority"] != "headlines"],
        "measures": [row | {"national_measure": ""} for row in tables["measures"]],
        "figures": force,
        "as_published": [row for row in tables["as_published"] if set(str(row["inputs"]).split()) <= printed],
    }
    _release(root, tables, left_out=["overlaps", "surveys", "wordings"])
    return root


def _release(root: Path, tables: dict[str, list[dict[str, object]]], left_out: list[str]) -> None:
    """Write the files of the release, but for optional ones."""
    folder = root / "releases" / RELEASE
    folder.mkdir(parents=True)
    _toml(
        folder / "release.toml",
        f'title = "{TITLE}"\nforce = "{FORCE}"\npublished = 2031-08-20\ndata_to = 2031-06-30\n'
        'marking = "INVENTED FOR TESTS"\ntransparency = "INVENTED FOR TESTS"\nsource = "INVENTED FOR TESTS"\n',
    )
    for name, schema in SCHEMAS.items():
        if name not in left_out:
            _table(folder / f"{name}.csv", list(schema.columns), tables.get(name, []))


def answers(wave: str) -> pd.DataFrame:
    """The invented answers of one wave, a row a respondent, each numbered ``INVENTED-...``; six answers of ten teams."""
    drawn = random.Random(wave)
    rows = []
    for name, *_ in TEAMS.values():
        for _ in range(60):
            asked = {key: drawn.random() < told[3] / 100 for key, told in QUESTIONS.items()}
            rows.append(
                {"Respondent": f"INVENTED-{wave[-2:]}{len(rows)}", "Wave": wave, "Neighbourhood team": name}
                | {"Weight": f"{drawn.uniform(0.5, 2):.3f}", "Sex": drawn.choice(["Female", "Male"])}
                | {QUESTIONS[key][0]: "Yes" if yes else "No" for key, yes in asked.items()}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _lists() -> dict[str, list[dict[str, object]]]:
    """What there is: priorities, sections, tables, measures, areas, surveys."""
    measures = [
        {"id": key, "priority": SECTIONS[section], "section": section, "order": place, "title": title, "unit": unit,
         "basis": basis, "direction": direction, "direction_reason": "Invented.", "offence": offence,
         "rounding": "1" if unit == "percent" else "exact", "definition": f"{title}, invented for tests.",
         "national_measure": "order_everywhere" if key == "noise" else ""}
        for place, (key, (section, title, unit, basis, direction, offence)) in enumerate(_MEASURES.items())
    ]  # fmt: skip
    teams = [
        {"id": key, "name": name, "kind": "lpt", "tile_row": row, "tile_column": column}
        for key, (name, row, column) in TEAMS.items()
    ]
    waves = [
        {"id": f"opinion_{place}", "survey": "opinion", "title": "Neighbours' panel", "section": "opinion",
         "table": "opinions", "wave": wave, "kind": "waves", **_period(dates), "base": base, "assume": 1800}
        for place, (base, (wave, dates)) in enumerate(zip(["", "2050"], _WAVES.items(), strict=True))
    ]  # fmt: skip
    rolling = {"id": "after_2031", "survey": "after", "title": "Afterwards", "section": "afterwards", "kind": "rolling"}
    rolling |= {"wave": "12 months to June 2031", "base": 900, "assume": 900, **_period(_YEAR)}
    return {
        "priorities": [
            {"id": key, "order": place, "title": title, "menu_title": menu}
            for place, (key, title, menu) in enumerate(PRIORITIES)
        ],
        "sections": [
            {"id": key, "priority": priority, "order": place, "title": f"Part {place}: {key}", "about": "Invented."}
            for place, (key, priority) in enumerate(SECTIONS.items(), start=1)
        ],
        "tables": [
            {"id": key, "section": section, "order": place, "title": f"Sheet {place}: {key.replace('_', ' ')}"}
            | {"caption": "Invented."}
            for place, (key, section) in enumerate(_TABLES.items(), start=1)
        ],
        "measures": measures,
        "areas": [{"id": AREA, "name": "Wessenmark", "kind": "force"}, *teams],
        "surveys": [*waves, {"where": "part 6"} | rolling],
    }


def _figures() -> dict[str, list[dict[str, object]]]:
    """What is printed: figures, and the differences and per cents made of them."""
    made: list[dict[str, object]] = []

    def add(table: str, measure: str, role: str, dates: tuple[str, str], value: float, **more: object) -> None:
        unit, title = _MEASURES[measure][2], _MEASURES[measure][1]
        printed = f"{value}%" if unit == "percent" else f"{value:,}"
        place = len([row for row in made if row["table"] == table]) + 1
        row = {
            "table": table,
            "row_order": place,
            "row_kind": "part",
            "row_label": title,
            "measure": measure,
            "area": AREA,
        }
        row |= {
            "role": role,
            "column_order": 1,
            "column_label": role.replace("_", " "),
            **_period(dates),
            "value": value,
        }
        row |= {"printed": printed, "unit": unit, "status": "published", **more}
        made.append({"figure_id": f"{table}.{measure}.{place}"} | row)

    years = {"last_12_months": _YEAR, "previous_12_months": _BEFORE}

    def two_years(table: str, measure: str, now: float, then: float, **more: object) -> None:
        for (role, dates), value in zip(years.items(), (now, then), strict=True):
            columns = {"column_order": 1 + (role != "last_12_months"), "row_order": len(made) // 2 + 1}
            add(table, measure, role, dates, value, **(columns | more))

    two_years("all_offences", "all_reported", 41_200, 44_010)
    two_years("all_offences", "all_checked", 40_150, 44_600)  # fewer than were reported: the queue grew
    for day, waiting in (("2030-07-01", 900), ("2031-01-01", 1400), ("2031-07-01", 1950)):
        add("queue", "unchecked", "snapshot", (day, day), waiting, column_label=day, row_order=1,
            column_order=int(day[2:4]) * 12 + int(day[5:7]))  # fmt: skip
    thefts = {key: (100 + 23 * place, 118 + 20 * place) for place, key in enumerate(TEAMS)}
    for key, counts in thefts.items():
        two_years("sheds_by_team", "shed_theft", *counts, area=key, row_label=TEAMS[key][0])
    sums = [sum(column) for column in zip(*thefts.values(), strict=True)]
    two_years("sheds_by_team", "shed_theft", *sums, row_kind="total", row_label="Wessenmark")
    for (role, dates), base, charged in zip(years.items(), sums, (190, 150), strict=True):
        add("charges", "charged", role, dates, round(100 * charged / base), numerator=charged, denominator=base)
    two_years("nuisance", "noise", 8_020, 11_930)
    add("nuisance", "noise", "baseline", ("2018-07-01", "2019-06-30"), 10_400, row_order=1, column_order=3)
    two_years("calls", "emergency_calls", 96_400, 84_000)
    two_years("calls", "pick_up", 9, 14)
    for place, (band, counts) in enumerate({"0-30 s": (700, 640), "31 s or more": (410, 520)}.items(), start=1):
        two_years("hung_up_waits", "hung_up", *counts, breakdown=f"wait={band}", row_label=band, row_order=place)
    two_years("hung_up_waits", "hung_up", 1_110, 1_160, row_kind="total", row_label="All", row_order=3)
    for place, (key, (title, _, first, last, _, (team, own))) in enumerate(QUESTIONS.items(), start=1):
        for column, (wave, dates) in enumerate(_WAVES.items(), start=1):
            cells = {"row_order": place, "column_order": column, "column_label": wave}
            add("opinions", key, "wave", dates, (first, last)[column - 1], **cells)
        add("opinions_by_team", key, "wave", _LAST_WAVE, own, area=team, row_order=place, row_label=title)
    for role, value in (("budget", 3_100), ("actual", 3_480)):
        add("overtime", "overtime", role, _YEAR, value, row_order=1, column_order=1 + (role == "actual"))
    return {"figures": made, "as_published": _derived(made)}


def _derived(figures: list[dict[str, object]]) -> list[dict[str, object]]:
    """The difference and per cent that the report prints beside each two years, the first of them wrong by ten."""
    pairs: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for row in figures:
        if str(row["role"]).endswith("12_months") and row["unit"] == "count":
            pairs.setdefault((row["table"], row["measure"], row["area"], row.get("breakdown")), []).append(row)
    derived = []
    for now, then in pairs.values():
        inputs = {"inputs": f"{now['figure_id']} {then['figure_id']}", "table": now["table"]}
        inputs |= {name: now[name] for name in ("row_order", "row_label")}
        a, b = float(str(now["value"])), float(str(then["value"]))
        told = {"difference": f"{a - b + 10 * (not derived):,.0f}", "percent_change": f"{(a - b) / b * 100:.1f}%"}
        formulas = {"difference": "a - b", "percent_change": "(a - b) / b * 100"}
        derived += [
            {"id": f"{now['figure_id']}.{kind}", "column_order": 2 + place, "column_label": kind, "kind": kind}
            | {"printed": printed, "formula": formulas[kind], **inputs}
            for place, (kind, printed) in enumerate(told.items(), start=1)
        ]
    return derived


def _words() -> dict[str, list[dict[str, object]]]:
    """What the running text says, and what is known beside the numbers."""
    statements = [
        {"id": "s1", "section": "opening", "printed": "3,910 fewer", "claim": "Nuisance fell by 3,910.", "value": 3910,
         "unit": "count", "kind": "difference", "formula": "b - a", "inputs": "nuisance.noise.1 nuisance.noise.2",
         "measure": "noise", "area": AREA, **_period(_YEAR)},
        {"id": "s2", "section": "afterwards", "printed": "81%", "claim": "81% of victims were satisfied.", "value": 81,
         "unit": "percent", "kind": "share", "formula": "stands alone", "measure": "satisfied", "area": AREA,
         **_period(_YEAR)},
    ]  # fmt: skip
    ranges = [
        {"id": f"range_{key}", "table": "opinions_by_team", "row_order": place, "section": "opinion", "measure": key,
         "question": title, "scope": "Most teams", **_period(_LAST_WAVE), "low": low, "high": high, "unit": "percent",
         "printed": f"most between {low}% and {high}%"}
        for place, (key, (title, _, _, _, (low, high), _)) in enumerate(QUESTIONS.items(), start=1)
    ]  # fmt: skip
    events = [
        {"id": "noise_app", "title": "Noise goes to the councils' app", "from": "2030-11-01", "measures": "noise",
         "kind": "recording", "effect": "break", "note": "Invented."},
        {"id": "queue_grew", "title": "Checking fell behind", "from": "2030-09-01", "to": "2031-03-31",
         "measures": "basis:validated", "kind": "recording", "effect": "break", "counted_by": "unchecked",
         "note": "Invented."},
        {"id": "locks", "title": "Free shed locks", "from": "2030-10-01", "measures": "section:theft",
         "kind": "operational", "effect": "part", "note": "Invented."},
    ]  # fmt: skip
    place = {"id": "p1", "section": "phones", "measure": "pick_up", "area": AREA, "group": "forces", "rank": 31}
    place |= {"of_how_many": 39, "first_is": "best", "unit": "rank", "printed": "31st of 39", **_period(_YEAR)}
    promise = {
        "id": "c1",
        "section": "phones",
        "what": "Ten more call handlers",
        "due": "2031-12-31",
        "status": "promised",
    }
    absent = {"id": "n1", "section": "disorder", "kind": "picture", "what": "A map of noise", "would_fill": "A table"}
    nation = {
        "id": "order_everywhere",
        "section": "disorder",
        "order": 1,
        "title": "Order",
        "national_source": "Invented.",
    }
    nation |= {"local_proxy": "Noise and nuisance.", "measures": "noise", "gap": "Wide."}
    told = {"section": "disorder", "measures": "noise", "text": "The force says fewer parties were held."}
    return {
        "statements": statements,
        "ranges": ranges,
        "events": events,
        "comparisons": [place | {"claim": "31st of 39 forces for picking up."}],
        "commitments": [promise],
        "not_in_report": [absent],
        "national_measures": [nation],
        "explanations": [{"id": "e1", "kind": "explanation"} | told, {"id": "e2", "kind": "activity"} | told],
        "glossary": [{"term": "Panel", "meaning": "Neighbours who are asked each spring."}],
        "wordings": [{"id": "w1", "section": "opinion", "printed": "stable", "word": "stable", "measure": "would_report",
                      "inputs": "opinions.would_report.6 opinions.would_report.5"}],
    }  # fmt: skip


def _beside(root: Path) -> None:
    """Open quarters of every team with its residents, invented months of nuisance, and two invented surveys."""
    open_folder, invented = root / "open" / "county_counts", root / "illustrative"
    for folder in (open_folder, invented):
        folder.mkdir(parents=True)
    about = '[[measures]]\nid = "{0}"\ntitle = "{1}"\nsection = "{2}"\ndefinition = "Invented."\n'
    about += '[[cautions]]\nmeasure = "*"\ntext = "Invented for tests."\n'
    facts = "".join(f'{key} = "Invented for tests"\n' for key in ("title", "licence", "attribution", "source"))
    _toml(open_folder / "source.toml", facts + about.format("open_sheds", "Shed thefts each quarter", "theft"))
    surveys = "".join(
        f'[[surveys]]\nwave = "{wave}"\ntitle = "{wave}"\nfile = "{wave[-4:]}.csv"\nprofile = "profile.toml"\n'
        'caution = "Invented answers."\n'
        for wave in _WAVES
    )
    words = 'title = "Invented example"\ntext = "Invented for tests."\n'
    _toml(invented / "about.toml", words + about.format("noise", "Noise and nuisance", "disorder") + surveys)
    _toml(invented / "profile.toml", _profile())
    for wave in _WAVES:
        write_csv(invented / f"{wave[-4:]}.csv", answers(wave))
    names = {AREA: "force", **dict.fromkeys(TEAMS, "lpt")}
    quarters = [
        _month(pd.Timestamp(start), 3, "open_sheds", "Shed thefts each quarter", area, kind, 30 + 2 * place + turn % 4)
        | {"role": "quarter", "status": "open"}
        for place, (area, kind) in enumerate(names.items())
        for turn, start in enumerate(pd.date_range("2027-07-01", periods=16, freq="QS"))
    ]
    months = [
        _month(pd.Timestamp(start), 1, "noise", "Noise and nuisance", AREA, "force", 800 + 40 * (turn * 7 % 12))
        | {"role": "month", "status": "illustrative", "note": "Invented."}
        for turn, start in enumerate(pd.date_range("2027-07-01", periods=48, freq="MS"))
    ]
    _table(open_folder / "series.csv", [name for name in COLUMNS if name not in ("breakdown", "note")], quarters)
    _table(invented / "monthly.csv", COLUMNS, months)
    people = {area: 900_000 if kind == "force" else 90_000 for area, kind in names.items()}
    residents = [
        {"area": area, "year": year, "population": own} for area, own in people.items() for year in range(2027, 2032)
    ]
    _table(open_folder / "population.csv", ["area", "year", "population"], residents)


def _month(
    start: pd.Timestamp, months: int, measure: str, title: str, area: str, kind: str, value: int
) -> dict[str, object]:
    end = start + pd.DateOffset(months=months, days=-1)
    row = {"measure": measure, "title": title, "area": area, "area_kind": kind, "value": value, "unit": "count"}
    return row | _period((f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}"))


def _profile() -> str:
    head = 'kind = "survey"\n[columns]\nrespondent = "Respondent"\nwave = "Wave"\narea = "Neighbourhood team"\n'
    head += 'weight = "Weight"\ngroups = ["Sex"]\n[forms]\nweight = { decimal = "." }\n'
    asked = (
        f'[questions.{key}]\ncolumn = "{told[0]}"\nlabel = "{told[0]}"\norder = ["Yes", "No"]\npositive = ["Yes"]\n'
        for key, told in QUESTIONS.items()
    )
    return head + "".join(asked)


def _period(dates: tuple[str, str]) -> dict[str, object]:
    return {"period_start": dates[0], "period_end": dates[1]}


def _table(file: Path, columns: list[str], rows: list[dict[str, object]]) -> None:
    """Write rows; what a row leaves out is blank, but everything stands somewhere in the report."""
    blank = dict.fromkeys(columns, "") | ({"where": "invented part"} if "where" in columns else {})
    assert all(row.keys() <= blank.keys() for row in rows), f"{file.name} has no such column"
    write_csv(file, pd.DataFrame([blank | row for row in rows], columns=columns).astype(str))


def _toml(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
