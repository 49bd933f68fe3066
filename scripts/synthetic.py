"""Write an archive of made-up postmortems, for measuring: same numbers, same bytes.

usage: synthetic.py FOLDER [COUNT]
"""

import random
import sys
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from mkdocs_postmortems.taxonomy import Taxonomy, load_taxonomy

HEADINGS = (
    "Summary",
    "Impact",
    "Timeline",
    "Root cause and resolution",
    "Corrective and preventative measures",
    "Lessons learned",
)
FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu an er in or un".split()  # noqa: SIM905
WORDS, CHARACTERS = 6_000, 6_000


class Writer:
    """Words as frequent as those of real text (Zipf's law), terms from the vocabulary."""

    def __init__(self, taxonomy: Taxonomy, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311 (nothing is secret here)
        self.taxonomy = taxonomy
        self.words = ["".join(self.random.choices(SYLLABLES, k=2 + i % 3)) for i in range(WORDS)]
        self.weights = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))

    def text(self, count: int) -> str:
        words = self.random.choices(self.words, cum_weights=self.weights, k=count)
        return " ".join(words).capitalize()

    def term(self, vocabulary: str) -> str:
        terms = self.taxonomy[vocabulary].terms.values()
        return self.random.choice([term.id for term in terms if not term.leaves])

    def front_matter(self, start: datetime) -> dict[str, Any]:
        took = timedelta(minutes=round(self.random.lognormvariate(4.5, 1.3)) + 1)
        action = {"title": self.text(7), "type": self.term("action_types"),
                  "owner": f"team-{self.random.randrange(20)}", "due": "2025-06-30",
                  "status": self.random.choice(["open", "done"])}  # fmt: skip
        return {
            "title": self.text(8), "status": "published", "summary": self.text(30) + ".",
            "severity": self.term("severities"),
            "services": [f"service-{self.random.randrange(80)}"],
            "started_at": start.isoformat(), "resolved_at": (start + took).isoformat(),
            "impacts": [self.term("impacts")], "trigger": self.term("triggers"),
            "root_causes": [self.term("root_causes") for _ in range(self.random.randint(1, 2))],
            "detection": self.term("detections"), "resolution": [self.term("resolutions")],
            "action_items": [action], "authors": ["web"], "reviewers": ["platform"],
        }  # fmt: skip

    def postmortem(self, start: datetime) -> str:
        front = yaml.safe_dump(self.front_matter(start), sort_keys=False, width=200)
        paragraph = CHARACTERS // len(HEADINGS) // 7
        body = "".join(f"\n## {h}\n\n{self.text(paragraph)}.\n" for h in HEADINGS)
        return f"---\n{front}---\n{body}"


def write(folder: Path, count: int) -> None:
    """An archive with `count` postmortems of about 6 KB, and a site around it."""
    (folder / "postmortems").mkdir(parents=True, exist_ok=True)
    (folder / "docs").mkdir(exist_ok=True)
    writer = Writer(load_taxonomy(None))
    for number in range(count):
        start = FIRST_DAY + timedelta(minutes=writer.random.randrange(5_500_000))
        name = f"{start.date()}-case-{number}.md"
        (folder / "postmortems" / name).write_text(writer.postmortem(start), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)  # noqa: PLR2004
