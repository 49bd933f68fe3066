"""The command `postmortem`."""

from importlib import import_module

import click

from mkdocs_postmortems import __version__
from mkdocs_postmortems.settings import UnreadableSettingsError

# A command's module is imported when it is asked for, so that `check` does not wait for others.
_COMMANDS = {
    "new": ".new:new",
    "check": ".check:check",
    "search": ".search:search",
    "similar": ".similar:similar",
    "summary": ".summary:summary",
    "from-issue": ".from_issue:from_issue",
    "schema": ".schema:schema",
}


class _Commands(click.Group):
    """A group whose commands are imported by name when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command = getattr(import_module(module, __name__), name)
        assert isinstance(command, click.Command)
        return _with_examples(command)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a site whose settings cannot be read is told in one line."""
        try:
            return super().invoke(ctx)
        except UnreadableSettingsError as error:
            raise click.UsageError(str(error)) from error


def _with_examples(command: click.Command) -> click.Command:
    """Docstrings are raw, so the mark that keeps their examples as they are is two characters."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    return command


@click.group("postmortem", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="postmortem")
def main() -> None:
    r"""Write, check and find postmortems.

    \b
    Examples:
      postmortem new
      postmortem check
      postmortem check --explain PM035
      postmortem search too many connections
      postmortem similar postmortems/2024-03-08-checkout.md
    """


_with_examples(main)
