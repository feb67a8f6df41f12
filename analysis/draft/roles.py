"""What each column of a pasted table is: proposed from its heading, then from what its cells add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from analysis.audit.printed import Printed, round_half_up
from analysis.draft.table import Pasted, read_cell
from analysis.draft.total_rows import TOTAL_LABEL

__all__ = ["DERIVED", "ROLES", "Role", "propose_roles"]

LABEL, EARLIER, LATER, BASELINE = "label", "earlier", "later", "baseline"
DIFFERENCE, PER_CENT_CHANGE = "difference", "per cent change"
BASELINE_DIFFERENCE, BASELINE_PER_CENT = "baseline difference", "per cent change from baseline"
SHARE, TOTAL, PART, NUMBER = "share of total", "total", "part count", "number only"
SHARE_OF_COLUMN = "share of another column"
ROLES = (
    LABEL, EARLIER, LATER, BASELINE, DIFFERENCE, PER_CENT_CHANGE, BASELINE_DIFFERENCE, BASELINE_PER_CENT,
    SHARE, SHARE_OF_COLUMN, TOTAL, PART, NUMBER,
)  # fmt: skip
DERIVED = (DIFFERENCE, PER_CENT_CHANGE, BASELINE_DIFFERENCE, BASELINE_PER_CENT, SHARE, SHARE_OF_COLUMN, TOTAL)

_CHANGE = re.compile(r"change|differ|\bdiff\b|varia(?:nce|tion)|movement|increase|decrease|\+/-|±", re.I)
_PER_CENT = re.compile(r"%|per ?cent|\bpct\b", re.I)
_BASELINE = re.compile(r"baseline|base ?year|pre-covid", re.I)
_EARLIER = re.compile(
    r"previous|\bprior\b|\bearlier\b|budget|target|forecast|\bplan(?:ned)?\b|last (?:year|month|quarter|period|ytd)",
    re.I,
)
_LATER = re.compile(r"\b(?:last|latest|current|this)\b|actual|outturn|\bytd\b|\b12 months\b", re.I)
_TOTAL = re.compile(r"^(?:grand |overall )?totals?\b(?! \w)|^all$|^sum\b", re.I)
_SHARE = re.compile(r"proportion|share|% of|percent(?:age)? of|^\s*(?:%|per ?cent|percentage)\s*$", re.I)
_NO_NUMBER = re.compile(r"\btrend\b", re.I)
_MOST = Fraction(2, 3)  # of a column's cells must fit before its cells alone tell what it is
_FEWEST = 3  # cells
_NEAREST, _ENOUGH = 8, 60  # columns before a column, and rows, among which its arithmetic is looked for
_ABOUT = 10  # points that the shares of one whole may lie off 100%


@dataclass(frozen=True)
class Role:
    """One column's job. ``inputs`` are the columns it rests on, ``()`` for the nearest ones that have the roles."""

    column: int
    heading: str
    role: str
    inputs: tuple[int, ...] = ()
    why: str = ""


def propose_roles(pasted: Pasted) -> list[Role]:
    r"""A role for every column, in their order; the reader may change any.

    Examples
    --------
    >>> from analysis.draft.table import pasted_table
    >>> table = pasted_table("Crime\tPrevious 12 Months\tLast 12 Months\tDifference\nArson\t401\t494\t93")
    >>> [role.role for role in propose_roles(table)]
    ['label', 'earlier', 'later', 'difference']
    """
    roles = _by_heading(pasted)
    _periods(pasted, roles)
    _by_cells(pasted, roles)
    _parts(pasted, roles)
    for place in range(pasted.width):
        roles.setdefault(place, (NUMBER, (), "its heading does not say what it is"))
    return [
        Role(place, pasted.headings[place], roles[place][0], roles[place][1], roles[place][2])
        for place in range(pasted.width)
    ]


_Told = dict[int, tuple[str, tuple[int, ...], str]]


def _by_heading(pasted: Pasted) -> _Told:
    """The columns whose heading, or whose lack of numbers, says what they are."""
    told: _Told = {}
    heading_says = "its heading"
    for place, heading in enumerate(pasted.headings):
        used = {role for role, _, _ in told.values()}
        change, percent = bool(_CHANGE.search(heading)), bool(_PER_CENT.search(heading))
        if not any(read_cell(cell) for cell in pasted.column(place)):
            told[place] = (LABEL if place == 0 or LABEL not in used else NUMBER, (), "it holds no numbers")
        elif _NO_NUMBER.search(heading):
            told[place] = (NUMBER, (), heading_says)
        elif change:
            kind = PER_CENT_CHANGE if percent else DIFFERENCE
            from_baseline = bool(_BASELINE.search(heading)) or (kind in used and BASELINE in used)
            if from_baseline:
                kind = BASELINE_PER_CENT if percent else BASELINE_DIFFERENCE
            told[place] = (kind, (), heading_says)
        elif _BASELINE.search(heading):
            told[place] = (BASELINE, (), heading_says)
        elif _TOTAL.search(heading.strip()):
            told[place] = (TOTAL, (), heading_says)
        elif _SHARE.search(heading):
            beside = _PER_CENT_OF.get(told.get(place - 1, ("",))[0])
            if beside and not re.search(r"\w", heading):  # "%" alone, beside a difference
                told[place] = (beside, (), "it stands beside a difference")
        elif _EARLIER.search(heading) and EARLIER not in used:
            told[place] = (EARLIER, (), heading_says)
        elif _LATER.search(heading) and LATER not in used:
            told[place] = (LATER, (), heading_says)
    first = pasted.column(0)
    if 0 not in told and all(read_cell(cell) is None or re.fullmatch(r"(?:19|20)\d\d", cell) for cell in first):
        told[0] = (LABEL, (), "it holds names or years")
    return told


_PER_CENT_OF = {DIFFERENCE: PER_CENT_CHANGE, BASELINE_DIFFERENCE: BASELINE_PER_CENT}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def _moment(heading: str) -> tuple[int, int] | None:
    """The year and the month that a heading names; None without a year."""
    year = re.search(
        r"(?<!\d)((?:19|20)\d\d)(?!\d)|(?<=[a-z])\s?[-–']?\s?(\d\d)(?!\d)|(?<!\d)(\d\d)/\d\d(?!\d)", heading, re.I
    )
    if year is None:
        return None
    number = int(next(group for group in year.groups() if group))
    month = re.search("|".join(_MONTHS), heading.lower())
    return (number if number > 99 else 2000 + number, _MONTHS.index(month[0]) if month else 0)


def _periods(pasted: Pasted, roles: _Told) -> None:
    """Two columns headed by dates beside a column of change: the later date is the later one."""
    taken = {role for role, _, _ in roles.values()}
    if not taken & {DIFFERENCE, PER_CENT_CHANGE} or EARLIER in taken or LATER in taken:
        return
    dated = {
        place: moment
        for place in range(pasted.width)
        if place not in roles
        if (moment := _moment(pasted.headings[place]))
    }
    change = min(place for place, told in roles.items() if told[0] in (DIFFERENCE, PER_CENT_CHANGE))
    before = {place: moment for place, moment in dated.items() if place < change} or dated
    if len(set(before.values())) < 2:
        return
    last_two = sorted(before, key=lambda place: before[place])[-2:]
    roles[last_two[0]] = (EARLIER, (), "the earlier date")
    roles[last_two[1]] = (LATER, (), "the later date")


def _by_cells(pasted: Pasted, roles: _Told) -> None:
    """Columns that their headings leave open, told by the arithmetic of their cells, where most cells fit."""
    numbers = [[read_cell(cell) for cell in pasted.column(place)[:_ENOUGH]] for place in range(pasted.width)]
    for place in range(pasted.width):
        if place in roles:
            continue
        before = [other for other in range(place) if roles.get(other, (NUMBER,))[0] not in (LABEL, *DERIVED)]
        before = before[-_NEAREST:]
        pairs = [(later, earlier) for later in reversed(before) for earlier in reversed(before) if later != earlier]
        ways: list[tuple[str, tuple[int, ...]]]
        share = bool(_SHARE.search(pasted.headings[place])) or any(cell and cell.per_cent for cell in numbers[place])
        if share:
            ways = [(SHARE, (other,)) for other in reversed(before)]
            ways += [(role, pair) for role in (SHARE_OF_COLUMN, PER_CENT_CHANGE) for pair in pairs]
        else:
            ways = [(DIFFERENCE, pair) for pair in pairs if pair[0] > pair[1]]
        if fitting := next((way for way in ways if _fits(way, place, numbers, pasted)), None):
            role, inputs = fitting
            roles[place] = (role, tuple(inputs), "the arithmetic of its cells")
            if role in (DIFFERENCE, PER_CENT_CHANGE) and not pasted.headings[inputs[0]]:
                roles.setdefault(inputs[0], (LATER, (), "the arithmetic of the cells"))
                roles.setdefault(inputs[1], (EARLIER, (), "the arithmetic of the cells"))
        elif _SHARE.search(pasted.headings[place]) and before and _make_a_whole(pasted, numbers[place]):
            roles[place] = (SHARE, (before[-1],), "its heading, and it makes about 100%")


def _per_cents(cells: Sequence[Printed | None]) -> bool:
    return any(cell.per_cent for cell in cells if cell)


def _fits(
    way: tuple[str, tuple[int, ...]], place: int, numbers: Sequence[Sequence[Printed | None]], pasted: Pasted
) -> bool:
    role, inputs = way
    fitting = tried = 0
    if role == SHARE:
        return _fits_shares(numbers[place], numbers[inputs[0]], pasted)
    for own, later, earlier in zip(numbers[place], numbers[inputs[0]], numbers[inputs[1]], strict=True):
        if own is None or later is None or earlier is None or later.per_cent or earlier.per_cent:
            continue
        if role != DIFFERENCE and not earlier.value:
            continue
        if role == DIFFERENCE:
            value = later.value - earlier.value
        else:
            value = (later.value - (earlier.value if role == PER_CENT_CHANGE else 0)) / earlier.value * 100
        tried += 1
        fitting += round_half_up(value, own.places) == own.value
    return tried >= _FEWEST and fitting >= _MOST * tried


def _make_a_whole(pasted: Pasted, cells: Sequence[Printed | None]) -> bool:
    """Whether shares make about 100%, the total aside, as those of one whole do but for an error."""
    labels = pasted.column(0)
    shares = [cell.value for cell, label in zip(cells, labels, strict=False) if cell and not TOTAL_LABEL.match(label)]
    return len(shares) > 1 and min(shares) >= 0 and abs(sum(shares, Fraction(0)) - 100) <= _ABOUT


def _fits_shares(own: Sequence[Printed | None], parts: Sequence[Printed | None], pasted: Pasted) -> bool:
    """Do most shares follow from the sum of the rows that have one."""
    if _per_cents(parts):
        return False
    rows = [
        (share.value, share.places, part.value)
        for share, part, label in zip(own, parts, pasted.column(0), strict=False)
        if share and part and not TOTAL_LABEL.match(label)
    ]
    whole = sum((part for _, _, part in rows), Fraction(0))
    if len(rows) < 2 or not whole:
        return False
    fitting = sum(round_half_up(part / whole * 100, places) == value for value, places, part in rows)
    return fitting >= _MOST * len(rows)


def _parts(pasted: Pasted, roles: _Told) -> None:
    """The counts before a column headed as a total are its parts, unless their headings say otherwise."""
    for total in [place for place, told in roles.items() if told[0] == TOTAL]:
        others = [place for place in range(pasted.width) if place not in roles]
        parts = [place for place in others if place < total] or others
        parts = [place for place in parts if not _per_cents([read_cell(cell) for cell in pasted.column(place)])]
        if len(parts) > 1:
            roles |= dict.fromkeys(parts, (PART, (), "it stands beside a total"))
        elif not parts or len(parts) == 1:
            roles[total] = (NUMBER, (), "no parts stand beside it")
