"""Runs `postmortem` as its user would, and lets no traceback pass."""

from click.testing import CliRunner, Result

from mkdocs_postmortems.cli import main


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """What `postmortem ARGUMENTS` prints and exits with; any other exception is raised."""
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert "Traceback" not in result.output
    return result
