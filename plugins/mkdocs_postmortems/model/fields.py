"""The kinds of value a field may hold, each with an error that its author can act on."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BeforeValidator, Field, StrictInt, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from mkdocs_postmortems.source import Unquoted

_DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")

Needed = Literal["draft", "publish", ""]


def holds(  # noqa: PLR0913 (one keyword for each thing a field can say of itself)
    description: str,
    *,
    needed: Needed = "",
    nullable: bool = False,
    vocabulary: str = "",
    example: object = None,
    default: Any = None,
) -> Any:
    """A field of the contract.

    `needed` says from which status on it must be there; `nullable` that an explicit null,
    meaning "really not known", satisfies that; `vocabulary` which part of the taxonomy its
    values come from.
    """
    extra = {"needed": needed, "nullable": nullable, "vocabulary": vocabulary}
    return Field(
        default=default,
        description=description,
        examples=[] if example is None else [example],
        json_schema_extra={key: value for key, value in extra.items() if value},
    )


def told(info: FieldInfo, key: str) -> Any:
    """What `holds` was told under `key`, or an empty string."""
    extra = info.json_schema_extra
    return extra.get(key, "") if isinstance(extra, dict) else ""


def choices(annotation: Any) -> list[str]:
    """The words of a `Literal`, also inside an optional or a list."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    return [word for inner in get_args(annotation) for word in choices(inner)]


def _text(value: object) -> object:
    if isinstance(value, Unquoted):
        raise PydanticCustomError("unquoted_date", "is read as a date", {"raw": str(value)})
    return value


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("invalid_time", "is not a time")
    if _DATE_ONLY.fullmatch(value.strip()):
        raise PydanticCustomError("date_for_time", "is a date without a time")
    try:
        # YAML writes a space where ISO 8601 has T, and one before the offset.
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[-+]\d)", "", value.strip()))
    except ValueError:
        raise PydanticCustomError("invalid_time", "is not a time") from None
    if moment.utcoffset() is None:
        raise PydanticCustomError("time_without_offset", "has no offset")
    return moment


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and _DATE_ONLY.fullmatch(value.strip()):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise PydanticCustomError("invalid_date", "is not a date")


def _list_of_one(value: object) -> object:
    return [value] if isinstance(value, str) else value


_SLUG = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"

Text = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1),
    BeforeValidator(_text, json_schema_input_type=str),
]
Line = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, pattern=r"^[^\n]+$"),
    BeforeValidator(_text, json_schema_input_type=str),
]
Slug = Annotated[str, StringConstraints(strict=True, pattern=_SLUG)]
Term = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1),
    BeforeValidator(_text, json_schema_input_type=str),
]
Url = Annotated[str, StringConstraints(strict=True, pattern=r"^https?://[^\s<>\"]+$")]
Moment = Annotated[datetime, BeforeValidator(_moment, json_schema_input_type=datetime)]
Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Ids = Annotated[list[Text], BeforeValidator(_list_of_one, json_schema_input_type=str | list[str])]
Percent = Annotated[float, Field(ge=0, le=100, strict=True)]
Count = Annotated[StrictInt, Field(ge=0)]
