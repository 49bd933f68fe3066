"""Specifications to SVG, each one drawn once: Vega-Lite through vl-convert, with a cache."""

import contextlib
import hashlib
import json
import os
import tempfile
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from .drawing import Spec

# Named, so that a newer vl-convert with a newer default draws the same.
_VEGA_LITE = "5.21"
_KEPT_IN_MEMORY = 4096


class Renderer:
    """Draws specifications and remembers them: in memory, and in `cache_dir` if there is one.

    The folder may be shared by programs that run at the same time, and may be emptied at any
    time. What cannot be read or written there is drawn anew.
    """

    def __init__(self, cache_dir: Path | None = None) -> None:
        self._directory = cache_dir
        self._remembered = lru_cache(_KEPT_IN_MEMORY)(self._found_or_drawn)

    def draw(self, spec: Spec) -> str:
        """The SVG of a Vega-Lite specification, as vl-convert writes it.

        Raises ValueError for what is no specification or holds a number that is none, and
        RuntimeError in a fork of a process that has drawn already.
        """
        return self._remembered(json.dumps(spec, sort_keys=True, allow_nan=False))

    def _found_or_drawn(self, spec: str) -> str:
        if self._directory is None:
            return _drawn(spec)
        path = self._directory / f"{_digest(_versions(), spec)}.svg"
        svg = _read(path)
        if svg is None:
            svg = _drawn(spec)
            _write(path, svg)
        return svg


def _drawn(spec: str) -> str:
    if _process() != os.getpid():
        # It would wait for ever for threads that a fork leaves behind.
        raise RuntimeError("charts cannot be drawn in a fork of a process that has drawn some")
    import vl_convert  # noqa: PLC0415 (50 ms that a build without a new chart can spare)

    return vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE)


@cache
def _process() -> int:
    """The process that draws: whichever asks first."""
    return os.getpid()


@cache
def _versions() -> str:
    return f"vl-convert {version('vl-convert-python')}, Vega-Lite {_VEGA_LITE}"


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _read(path: Path) -> str | None:
    """The drawing in a cache entry; None where there is none, or it is not what was written."""
    try:
        digest, _, svg = path.read_text("utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return svg if digest == _digest(svg) else None


def _write(path: Path, svg: str) -> None:
    """Put an entry in its place in one step: a reader finds all of it or nothing."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(f"{_digest(svg)}\n{svg}")
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
