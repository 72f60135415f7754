"""Periods as people write them, and the same days of the year before."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errores import ErrorDeUso
from pipeline.periodos import current_quarter, month_end, parse_period, same_period_year_before, years_before


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2026-S1", "2026-01-01", "2026-06-30"),
        ("2026-S2", "2026-07-01", "2026-12-31"),
        ("2026-T3", "2026-07-01", "2026-09-30"),
        ("2026-t1", "2026-01-01", "2026-03-31"),
        ("2026-B5", "2026-09-01", "2026-10-31"),
        ("2024-B1", "2024-01-01", "2024-02-29"),
        ("2026-05", "2026-05-01", "2026-05-31"),
        ("12M-2026-05", "2025-06-01", "2026-05-31"),
        ("12M-2025-02", "2024-03-01", "2025-02-28"),
        ("12M-2025-12", "2025-01-01", "2025-12-31"),
        ("2026-03-15..2026-04-02", "2026-03-15", "2026-04-02"),
        ("2026-03-15", "2026-03-15", "2026-03-15"),
    ],
)
def test_a_period_names_its_days(text, start, end):
    period = parse_period(text)
    assert (period.inicio.isoformat(), period.fin.isoformat()) == (start, end)
    assert period.clave == text.upper()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-T5", "un año tiene 4 trimestres"),
        ("2026-B0", "un año tiene 6 bimestres"),
        ("2026-S3", "un año tiene 2 semestres"),
        ("2026-13", "no hay mes 13"),
        ("12M-2026-00", "no hay mes 00"),
        ("0000", "fuera del calendario"),
        ("2026-02-30..2026-03-01", "2026-02-30 no es un día del calendario"),
        ("2026-03-02..2026-03-01", "antes de empezar"),
        ("mayo", "no se entiende"),
        ("2026-Q1", "2026-T3"),
        ("", "no se entiende"),
    ],
)
def test_what_is_no_period_is_refused_in_one_line(text, said):
    with pytest.raises(ErrorDeUso) as error:
        parse_period(text)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-T1", "2025-01-01", "2025-03-31"),
        ("2025-02", "2024-02-01", "2024-02-29"),  # 29 February stands within its month
        ("2025-B1", "2024-01-01", "2024-02-29"),
        ("2025-01-01..2025-02-28", "2024-01-01", "2024-02-29"),  # the same days as 2025-B1, the same figure
        ("2024-02", "2023-02-01", "2023-02-28"),
        ("2024-01-10..2024-02-29", "2023-01-10", "2023-02-28"),  # as the end of a range it is the 28th
        ("2024-02-29", "2023-02-28", "2023-02-28"),
        ("2025-02-10..2025-02-28", "2024-02-10", "2024-02-28"),  # part of a month: the same days
        ("12M-2024-02", "2022-03-01", "2023-02-28"),
        ("2026-03-05..2026-04-30", "2025-03-05", "2025-04-30"),
    ],
)
def test_the_same_days_of_the_year_before(text, start, end):
    assert same_period_year_before(parse_period(text)) == (date.fromisoformat(start), date.fromisoformat(end))


def test_several_years_before():
    assert years_before(parse_period("2024-02"), 4) == (date(2020, 2, 1), date(2020, 2, 29))


@pytest.mark.parametrize(("today", "key"), [("2026-01-01", "2026-T1"), ("2026-06-30", "2026-T2"), ("2026-12-31", "2026-T4")])
def test_the_quarter_of_a_day(today, key):
    assert current_quarter(date.fromisoformat(today)).clave == key


@given(st.integers(1950, 2100), st.sampled_from(["-S", "-T", "-B"]))
def test_the_parts_of_a_year_are_the_year(year, letter):
    number = {"-S": 2, "-T": 4, "-B": 6}[letter]
    parts = [parse_period(f"{year}{letter}{n}") for n in range(1, number + 1)]
    assert parts[0].inicio == date(year, 1, 1)
    assert parts[-1].fin == date(year, 12, 31)
    assert all(b.inicio - a.fin == timedelta(days=1) for a, b in pairwise(parts))


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_whole_months_meet_whole_months(day):
    period = parse_period(f"{day:%Y-%m}")
    start, end = same_period_year_before(period)
    assert (start.day, end) == (1, month_end(end))
    assert (start.year, start.month) == (day.year - 1, day.month)
