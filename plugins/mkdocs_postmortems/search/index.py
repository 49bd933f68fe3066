"""The words of documents in SQLite's FTS5, and what each word is worth in each document."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from math import log
from pathlib import Path
from typing import Any

from .documents import BREAK, Document
from .worth import BEGINNINGS, HIGHEST, STEPS, Found, rarity


class Index:
    """Documents by their words, in memory or in the file `path`."""

    def __init__(self, weights: Mapping[str, float], path: Path | None = None) -> None:
        self.database = sqlite3.connect(path or ":memory:")
        self._fields = tuple(weights)
        self._weights = ", ".join(map(str, weights.values()))
        columns = ", ".join(weights)
        self.database.executescript(f"""
            CREATE VIRTUAL TABLE IF NOT EXISTS document
                USING fts5({columns}, tokenize = 'ascii', detail = full);
            CREATE VIRTUAL TABLE IF NOT EXISTS stem USING fts5vocab(document, 'row');
            CREATE VIRTUAL TABLE IF NOT EXISTS written
                USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0);
            CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5vocab(written, 'row');
            CREATE TABLE IF NOT EXISTS shown (number INTEGER PRIMARY KEY, id TEXT, json TEXT);
        """)

    def add(self, documents: Iterable[Document]) -> list[int]:
        """Add documents and return their numbers."""
        numbers: list[int] = []
        places = ", ".join("?" * len(self._fields))
        run = self.database.execute
        for document in documents:
            text = json.dumps(document.shown, ensure_ascii=False)
            number = int(
                run("INSERT INTO shown (id, json) VALUES (?, ?)", (document.id, text)).lastrowid
                or 0
            )
            stemmed, words = document.analysed()
            run(f"INSERT INTO document (rowid, {', '.join(self._fields)}) VALUES (?, {places})",  # noqa: S608
                (number, *(" ".join(stemmed[name]) for name in self._fields)))  # fmt: skip
            run("INSERT INTO written (rowid, words) VALUES (?, ?)",
                (number, " ".join(words)))  # fmt: skip
            numbers.append(number)
        return numbers

    def remove(self, numbers: Iterable[int]) -> None:
        """Take documents out."""
        for number in numbers:
            for table, key in (("document", "rowid"), ("written", "rowid"), ("shown", "number")):
                self.database.execute(f"DELETE FROM {table} WHERE {key} = ?", (number,))  # noqa: S608

    @property
    def size(self) -> int:
        """How many documents there are."""
        (count,) = self.database.execute("SELECT count(*) FROM shown").fetchone()
        return int(count)

    def find(self, key: str) -> Found:
        """What the stems of `key`, one after the other, are worth in each document.

        Okapi BM25 as FTS5 works it out, with a rarity that is positive for common words too.
        """
        rows = self.database.execute(
            f"SELECT rowid, bm25(document, {self._weights}) FROM document WHERE document MATCH ?",  # noqa: S608
            (f'"{key}"',),
        ).fetchall()
        # What FTS5 multiplied by: the rarity of Robertson and Sparck Jones, never below this.
        scale = max(log((self.size - len(rows) + 0.5) / (len(rows) + 0.5)), 1e-6) * HIGHEST
        steps = {number: max(1, round(-score / scale * STEPS)) for number, score in rows}
        return Found(round(HIGHEST * rarity(self.size, len(rows)), 4), steps)

    def has(self, key: str) -> bool:
        """Whether any document has the stem `key`."""
        found = self.database.execute("SELECT 1 FROM document WHERE document MATCH ? LIMIT 1",
                                      (f'"{key}"',))  # fmt: skip
        return found.fetchone() is not None

    def beginning(self, stem: str) -> list[str]:
        """The commonest stems that begin with `stem`."""
        rows = self.database.execute(
            "SELECT term FROM stem WHERE term >= ? AND term < ? ORDER BY doc DESC, term LIMIT ?",
            (stem, f"{stem}\N{REPLACEMENT CHARACTER}", BEGINNINGS),
        )
        return [term for (term,) in rows]

    def stems(self) -> list[str]:
        """Every stem that occurs, in order."""
        rows = self.database.execute(
            "SELECT term FROM stem WHERE term <> ? ORDER BY term", (BREAK,)
        )
        return [stem for (stem,) in rows]

    def written(self) -> dict[str, int]:
        """Every word as it is written, with how many documents have it."""
        return dict(self.database.execute("SELECT term, doc FROM word"))

    def shown(self) -> dict[int, dict[str, Any]]:
        """What results say, by the number of the document."""
        rows = self.database.execute("SELECT number, json FROM shown ORDER BY number")
        return {number: json.loads(text) for number, text in rows}
