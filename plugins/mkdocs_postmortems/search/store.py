"""The index that the command line keeps between runs, brought up to date file by file."""

import sqlite3
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from .documents import WEIGHTS, Document
from .index import Index

# To be raised whenever what is kept changes its meaning.
_VERSION = "2"

Reader = Callable[[Path], Document | None]


class Store:
    """An index in a file below `folder`; in memory where nothing can be written there.

    `made_of` is everything besides the files that the documents depend on: where it differs from
    last time, everything is read anew.
    """

    def __init__(self, folder: Path, made_of: Iterable[str]) -> None:
        self._fingerprint = sha256("\0".join((_VERSION, *made_of)).encode()).hexdigest()
        self.index = _opened(folder) or Index(WEIGHTS)
        self.index.database.executescript("""
            CREATE TABLE IF NOT EXISTS made_of (fingerprint TEXT);
            CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, stamp TEXT, number INTEGER);
        """)

    def update(self, files: Iterable[Path], read: Reader) -> int:
        """Read the files that are new or have changed, forget those that are gone.

        `read` gives None for a file that is not to be found. Returns how many were read.
        """
        run = self.index.database.execute
        if run("SELECT fingerprint FROM made_of").fetchone() != (self._fingerprint,):
            self._forget(run("SELECT path FROM file").fetchall())
            run("DELETE FROM made_of")
            run("INSERT INTO made_of VALUES (?)", (self._fingerprint,))
        kept = dict(run("SELECT path, stamp FROM file"))
        found = {str(path): _stamp(path) for path in files}
        self._forget([(path,) for path in kept if found.get(path) != kept[path]])
        unread = [path for path, stamp in found.items() if kept.get(path) != stamp]
        for path in unread:
            self._keep(path, found[path], read(Path(path)))
        self.index.database.commit()
        return len(unread)

    def _keep(self, path: str, stamp: str, document: Document | None) -> None:
        number = None
        if document:
            (number,) = self.index.add([document])
        self.index.database.execute("INSERT INTO file VALUES (?, ?, ?)", (path, stamp, number))

    def _forget(self, paths: Iterable[tuple[str]]) -> None:
        run = self.index.database.execute
        for path in paths:
            (number,) = run("SELECT number FROM file WHERE path = ?", path).fetchone()
            self.index.remove([number] if number else [])
            run("DELETE FROM file WHERE path = ?", path)


def _opened(folder: Path) -> Index | None:
    """The index in `folder`, made where there is none; None where that is not possible."""
    path = folder / "search.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Nobody wants to commit it.
        (folder / ".gitignore").write_text("*\n", "utf-8")
        return Index(WEIGHTS, path)
    except OSError:
        return None
    except sqlite3.DatabaseError:
        # Not ours, or damaged: it holds nothing that cannot be read again.
        path.unlink(missing_ok=True)
        return Index(WEIGHTS)


def _stamp(path: Path) -> str:
    found = path.stat()
    return f"{found.st_mtime_ns} {found.st_size}"
