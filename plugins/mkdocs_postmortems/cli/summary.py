"""`postmortem summary`: what reviewers want to know of the postmortems in a change."""

import click

from mkdocs_postmortems.changes import GitError, changed_since
from mkdocs_postmortems.summary import summarise

from .archive import here, open_library


@click.command(short_help="Summarise a change for its reviewers.")
@click.option(
    "--since", metavar="REV", required=True, help="The git revision that the change is against."
)
def summary(since: str) -> None:
    r"""Write a summary of every postmortem that differs from a git revision, as Markdown.

    For each: its facts, its problems, the earlier incidents it repeats, and past incidents
    most like it. Exits with 0 whatever the problems are: `postmortem check` judges.

    \b
    Examples:
      postmortem summary --since origin/main
      postmortem summary --since origin/main >> "$GITHUB_STEP_SUMMARY"
    """
    settings = here()
    library = open_library(settings)
    try:
        changed = changed_since(since, settings.directory)
    except GitError as error:
        raise click.UsageError(str(error)) from None
    found = [p for p in library.postmortems if p.source.path in changed]
    click.echo(summarise(found, library, settings.facets), nl=False)
