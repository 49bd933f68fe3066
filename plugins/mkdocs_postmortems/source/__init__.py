"""Text to `Source`: the front matter with the line of every value, and the body's structure.

The only place that reads YAML.
"""

from .body import Body, Kind, Section
from .file import Source, parse, read, read_text
from .passage import Passage, occurrences, own_words, word_set
from .timeline import Entry
from .yaml_text import Fault, Path, Unquoted, YamlText, read_yaml

__all__ = [
    "Body",
    "Entry",
    "Fault",
    "Kind",
    "Passage",
    "Path",
    "Section",
    "Source",
    "Unquoted",
    "YamlText",
    "occurrences",
    "own_words",
    "parse",
    "read",
    "read_text",
    "read_yaml",
    "word_set",
]
