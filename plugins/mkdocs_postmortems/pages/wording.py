"""How days, moments, spans, counts and what became of promises are written."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from mkdocs_postmortems.repeats import Outcome, Promise

_HOUR, _DAY = 60, 1440


def written_day(day: date | None) -> str:
    """8 Mar 2024."""
    return f"{day.day} {day:%b %Y}" if day else "undated"


def written_moment(moment: datetime) -> str:
    """8 Mar 2024, 10:00 UTC+3."""
    offset = moment.strftime("%z")
    hours, minutes = int(offset[:3]), offset[3:5]
    zone = f"{hours:+d}" + (f":{minutes}" if minutes != "00" else "")
    zone = "" if zone == "+0" else zone
    return f"{written_day(moment.date())}, {moment:%H:%M} UTC{zone}"


def written_span(minutes: float | None) -> str:
    """A length of time in the two largest units that say something: 2 h 15 min, 3 d 4 h."""
    if minutes is None:
        return "not known"
    whole = round(minutes)
    days, hours, rest = whole // _DAY, whole % _DAY // _HOUR, whole % _HOUR
    parts = [f"{days:,} d"] * bool(days) + [f"{hours} h"] * bool(hours)
    if not days and (rest or not hours):
        parts.append(f"{rest} min")
    return " ".join(parts)


def written_count(number: int, one: str, several: str = "") -> str:
    """1 incident, 2 incidents."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def written_promises(promises: Sequence[Promise]) -> str:
    """As "its preventive action was still open", behind what joins two incidents."""
    if not promises:
        return "no preventive action had been promised"
    whole = len(promises)
    counts = Counter(promise.outcome for promise in promises)
    said = [(outcome, counts[outcome]) for outcome in Outcome if outcome in counts]
    if len(said) > 1:
        parts = ", ".join(f"{number} {outcome}" for outcome, number in said)
        return f"of its {whole} preventive actions, {parts}"
    actions = "preventive action" if whole == 1 else f"{whole} preventive actions"
    if Outcome.UNKNOWN in counts:
        return f"what had become of its {actions} is not known"
    return f"its {actions} {'was' if whole == 1 else 'were'} {said[0][0]}"
