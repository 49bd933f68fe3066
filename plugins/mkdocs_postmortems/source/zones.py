"""Time zones as people write them beside a time."""

import re
from datetime import timedelta

# Hours from UTC. Names that stand for zones an hour apart in summer and winter have both;
# names that different countries use for different zones are left out.
_HOURS: dict[str, tuple[float, ...]] = {
    "UTC": (0,), "GMT": (0,), "Z": (0,), "WET": (0,), "WEST": (1,),
    "CET": (1,), "CEST": (2,), "EET": (2,), "EEST": (3,), "MSK": (3,),
    "WAT": (1,), "CAT": (2,), "SAST": (2,), "EAT": (3,),
    "PST": (-8,), "PDT": (-7,), "PT": (-8, -7), "MST": (-7,), "MDT": (-6,), "MT": (-7, -6),
    "CDT": (-5,), "CT": (-6, -5), "EST": (-5,), "EDT": (-4,), "ET": (-5, -4),
    "JST": (9,), "KST": (9,), "AEST": (10,), "AEDT": (11,), "NZST": (12,), "NZDT": (13,),
}  # fmt: skip
_NAMES = "|".join(sorted(_HOURS, key=len, reverse=True))
# For patterns: UTC+3, GMT-05:30, CET. A bare +03:00 is not among them.
ZONE = rf"(?:(?:UTC|GMT)[ ]?[+-]\d{{1,2}}(?::?\d{{2}})?|(?:{_NAMES})\b)"
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?$")
_LONGEST = timedelta(hours=15)


def offsets(zone: str) -> frozenset[timedelta]:
    """The offsets from UTC that `zone` can stand for; empty where that is not known."""
    if found := _OFFSET.search(zone):
        span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return frozenset({-span if found[1] == "-" else span}) if span < _LONGEST else frozenset()
    return frozenset(timedelta(hours=hours) for hours in _HOURS.get(zone, ()))
