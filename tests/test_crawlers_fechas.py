"""Dates of publication: the day that a stored text stands for, and what is stored of a date as read."""

from datetime import UTC, date, datetime

import pytest

from crawlers.fechas import MEXICO, local_day, stored
from crawlers.noticia import Precision


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (None, None),
        ("", None),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-24T05:59:59Z", "2026-11-23"),
        ("2026-11-24T06:00:00Z", "2026-11-24"),
        ("2026-11-23T23:30:00", "2026-11-23"),
        ("2026-11-23T23:30:00-06:00", "2026-11-23"),
    ],
)
def test_the_day_is_that_of_mexico_city(text: str | None, day: str | None) -> None:
    assert local_day(text) == day


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (None, (None, Precision.NINGUNA)),
        (date(2026, 11, 23), ("2026-11-23", Precision.DIA)),
        (datetime(2026, 11, 23, 10), ("2026-11-23T16:00:00Z", Precision.HORA)),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), ("2026-11-23T10:00:00Z", Precision.HORA)),
        (datetime(2022, 5, 1, 10, tzinfo=MEXICO), ("2022-05-01T15:00:00Z", Precision.HORA)),
    ],
)
def test_what_is_stored_of_a_date(moment: datetime | date | None, expected: tuple[str | None, Precision]) -> None:
    assert stored(moment) == expected
