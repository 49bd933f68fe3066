"""The command `postmortem`."""

import click

from mkdocs_postmortems import __version__

from .check import check


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="postmortem")
def main() -> None:
    r"""Write, check and find postmortems.

    \b
    Examples:
      postmortem check
      postmortem check postmortems/2024-03-08-checkout.md
      postmortem check --explain PM035
    """


main.add_command(check)
