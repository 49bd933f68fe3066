"""Figures as values that JSON can hold, rounded to what they can bear."""

from datetime import date
from typing import Any

from .intervals import Estimate, Interval
from .periods import Period

Document = dict[str, Any]

# The digits of a share after the point: a hundredth of a percent.
SHARE = 4


def estimate_document(found: Estimate, digits: int = SHARE) -> Document:
    """The four keys of an estimate; `digits` suit a share."""
    return {
        "value": rounded(found.value, digits),
        "interval": interval_document(found.interval, digits),
        "n": found.n,
        "missing": found.missing,
    }


def interval_document(found: Interval | None, digits: int = SHARE) -> list[float] | None:
    """The two ends, rounded."""
    return None if found is None else [round(found.low, digits), round(found.high, digits)]


def rounded(value: float | None, digits: int) -> float | None:
    """The value to so many digits after the point, None as None."""
    return None if value is None else round(value, digits)


def day_document(day: date | None) -> str | None:
    """The day as ISO 8601 has it."""
    return day.isoformat() if day else None


def period_document(period: Period) -> Document:
    """Which period, and how much of it has come to pass."""
    return {
        "period": period.name,
        "begins": day_document(period.begins),
        "ends": day_document(period.ends),
        "elapsed": round(period.elapsed, SHARE),
        "finished": period.is_finished,
    }
