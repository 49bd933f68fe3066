"""`python -m mkdocs_postmortems` is `postmortem`."""

from mkdocs_postmortems.cli import main

main()
