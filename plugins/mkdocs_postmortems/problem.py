"""What is wrong with a postmortem, said so that its author can mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a problem weighs: an error blocks publication, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding of one rule in one file.

    `path` is relative to the project, `line` counts from 1. `message` says what is
    wrong, `cure` what to write instead.
    """

    path: str
    line: int
    code: str
    message: str
    cure: str
    level: Level = Level.ERROR

    def __str__(self) -> str:
        """The form that editors and log readers link: path:line: CODE message."""
        return f"{self.path}:{self.line}: {self.code} {self.message}"
