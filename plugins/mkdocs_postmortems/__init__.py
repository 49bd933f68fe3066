"""A postmortem knowledge base: front-mattered Markdown in git, published by MkDocs."""

__version__ = "0.1.0"
