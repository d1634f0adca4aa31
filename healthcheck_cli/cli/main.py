"""The top of the command line: names the commands, loads each only when it is asked for, and turns every error
into one clear line and the right exit code."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from healthcheck_cli import __version__
from healthcheck_cli.errors import ExitCode, HealthcheckError

# name → (module, attribute, line of help): a module is imported only when its command runs, so that --help is quick
_COMMANDS = {
    "check": ("healthcheck_cli.cli.check", "check_group", "Go through the annual health check; save and resume."),
    "review": ("healthcheck_cli.cli.review", "review", "Review medicines, of one person or of a list of people."),
    "plan": ("healthcheck_cli.cli.plan", "plan", "The action plan of a saved check or of a record file."),
    "drugs": ("healthcheck_cli.cli.drugs", "drugs_group", "What the tool makes of a product name or a dosage."),
    "content": ("healthcheck_cli.cli.content", "content_group", "The clinical content: check, test, list, show."),
    "schema": ("healthcheck_cli.cli.schema", "schema", "A JSON Schema of one of the outputs."),
}


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="healthcheck")
def healthcheck() -> None:
    """The learning disability annual health check, and STOMP medicine review.

    For registered staff. It shows what was found, why, and where the fact came
    from. It does not replace judgement, and nothing it prints is an instruction
    to stop, start or change a medicine.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit with the code that contracts promise."""
    try:
        code = healthcheck.main(args=arguments, prog_name="healthcheck", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        _say("Interrupted. What was answered is saved.")
        sys.exit(ExitCode.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except HealthcheckError as error:
        for problem in error.problems:
            _say(f"Error: {problem}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("Interrupted.")
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone: not a failure of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.DONE)
    except Exception as error:  # noqa: BLE001 - the last door: a bug must not print a person's data
        from healthcheck_cli.cli.bug_report import write_bug_report

        _say(f"Error: the program failed ({type(error).__name__}). Details: {write_bug_report(error)}")
        sys.exit(ExitCode.BUG)
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)


def _say(line: str) -> None:
    click.echo(line, err=True)
