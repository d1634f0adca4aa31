"""The top of the command line: names the commands, loads each only when it is asked for, and turns every error
into one clear line and the right exit code."""

from __future__ import annotations

import atexit
import gc
import importlib
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from healthcheck_cli.cli.options import add_common_options, detail, say
from healthcheck_cli.errors import ExitCode, HealthcheckError

# name → (module, attribute, line of help): a module is imported only when its command runs, so that --help is quick
_COMMANDS = {
    "check": ("healthcheck_cli.cli.check", "check_group", "Go through the annual health check; save and resume."),
    "review": ("healthcheck_cli.cli.review", "review", "Review medicines, of one person or of a list of people."),
    "plan": ("healthcheck_cli.cli.plan", "plan", "The action plan of a saved check or of a record file."),
    "plan actions": ("healthcheck_cli.cli.plan_actions", "actions", "What is to be done, and what became of it."),
    "compare": ("healthcheck_cli.cli.compare", "compare", "What changed between reviews of one place's extracts."),
    "drugs": ("healthcheck_cli.cli.drugs", "drugs_group", "What the tool makes of a product name or a dosage."),
    "content": ("healthcheck_cli.cli.content", "content_group", "The clinical content: check, test, list, show."),
    "schema": ("healthcheck_cli.cli.schema", "schema", "A JSON Schema of one of the outputs."),
}


class _ReaderGoneError(Exception):
    """Whoever read our output has gone. Not an OSError, which click would turn into exit code 1."""


@contextmanager
def _reader_may_go() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise _ReaderGoneError from None


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, attribute, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return add_common_options(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        two_words = " ".join(args[:2])  # `plan actions` stands beside `plan CHECK`
        if two_words in _COMMANDS:
            return two_words, self.get_command(ctx, two_words), args[2:]
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in _COMMANDS.items()])

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _reader_may_go():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        began = time.monotonic()
        with _reader_may_go():
            result = super().invoke(ctx)
        detail(f"took {time.monotonic() - began:.1f} s")
        return result


@click.group(cls=_LazyGroup, context_settings={"max_content_width": 80})
def healthcheck() -> None:
    """The learning disability annual health check, and STOMP medicine review.

    For registered staff. It shows what was found, why, and where the fact came
    from. It does not replace judgement, and nothing it prints is an instruction
    to stop, start or change a medicine.
    """


add_common_options(healthcheck, speaks=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and exit with the code that the README promises for what happened."""
    gc.set_threshold(50_000, 10, 10)  # content, and a register, are millions of objects, and nearly all of them stay
    atexit.register(gc.freeze)  # what is left goes with the process: to look for garbage in it first takes long
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = healthcheck.main(args=arguments, prog_name="healthcheck", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        say("Interrupted. No file is half written, and what was answered is saved.")
        return ExitCode.INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ExitCode.USAGE
    except click.ClickException as error:
        say(f"Error: {_one_line(error)}")
        return ExitCode.USAGE
    except HealthcheckError as error:
        for problem in error.problems:
            say(f"Error: {problem}")
        return error.exit_code
    except (_ReaderGoneError, BrokenPipeError):  # not a failure of ours
        from healthcheck_cli.output import reader_has_gone

        reader_has_gone()
        return ExitCode.DONE
    except Exception as error:  # noqa: BLE001 - the last door: a bug must not print a person's data
        from healthcheck_cli.cli.bug_report import write_bug_report

        say(f"Error: the program failed ({type(error).__name__}). {write_bug_report(error)}")
        return ExitCode.BUG
    return code if isinstance(code, int) else ExitCode.DONE


def _one_line(error: click.ClickException) -> str:
    """What click found wrong with the arguments, and where help is, on one line."""
    message = " ".join(error.format_message().split()).rstrip(".")
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{message} ({context.command_path} -h shows what there is)" if context is not None else message
