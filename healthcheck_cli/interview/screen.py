"""Where the interview is shown and typed: a terminal, or a list of prepared lines in a test."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from healthcheck_cli.interview.views import Message, MessageKind
from healthcheck_cli.shown_text import marked

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

_WIDTH = 80
_WIDTH_FOR_TWO = 72
_MOST_IN_ONE_COLUMN = 9
_STYLES = {MessageKind.ERROR: "yellow", MessageKind.ALERT: "bold red"}


class Screen(Protocol):
    """Shows messages and asks for a line."""

    def show(self, message: Message) -> None:
        """Show a message; its text may hold several lines."""
        ...

    def ask(self, prompt: str, words: Sequence[str] = (), keys: Sequence[str] = ()) -> str:
        """One line, as typed; ``words`` may be offered while it is, and one of ``keys`` may end it at once. Raises
        EOFError where there is no more."""
        ...


class PlainScreen:
    """One thing a line, no colour, no boxes, nothing drawn again: for a screen reader, a log, or a simple terminal."""

    def show(self, message: Message) -> None:
        """Write the lines, wrapped between words at a terminal; an error or alert says in words what it is."""
        prefix = {MessageKind.ERROR: "Check: ", MessageKind.ALERT: "ALERT: "}.get(message.kind, "")
        text = prefix + marked(message.text)
        if sys.stdout.isatty():
            text = wrapped(text, shutil.get_terminal_size().columns)
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def ask(self, prompt: str, words: Sequence[str] = (), keys: Sequence[str] = ()) -> str:  # noqa: ARG002 - drawn lines
        """Read a line from the terminal."""
        return input(marked(prompt))


class TerminalScreen:
    """A terminal of 80 columns or more. Colour only adds to what the words say."""

    def __init__(self, *, suggests: bool = False, one_key: bool = False) -> None:
        """Open the terminal. ``suggests``: it can move its cursor, so names may be offered while one is typed, and
        (``one_key``) a key that is a whole answer may be taken without Enter."""
        from rich.console import Console

        self._suggests = suggests
        self._one_key = one_key and suggests
        self._console = Console(highlight=False, markup=False, emoji=False)

    def show(self, message: Message) -> None:
        """Show a message, wrapped; an alert stands in a box."""
        width = min(self._console.width, _WIDTH + 20)
        text = marked(message.text)
        if message.kind is MessageKind.ALERT:
            from rich.panel import Panel
            from rich.text import Text

            self._console.print(Panel(Text(text), title="ALERT", border_style="bold red", width=width))
            return
        if message.kind is MessageKind.CHOICES:
            text = side_by_side(text, width)
        self._console.print(wrapped(text, width), style=_STYLES.get(message.kind), soft_wrap=True)

    def ask(self, prompt: str, words: Sequence[str] = (), keys: Sequence[str] = ()) -> str:
        """Read a line from the terminal. Words that begin as what is typed does stand below it; Tab takes one."""
        names = words if self._suggests else ()
        at_once = keys if self._one_key else ()
        if not names and not at_once:
            return input(marked(prompt))
        from prompt_toolkit import prompt as read_line
        from prompt_toolkit.completion import WordCompleter

        completer = WordCompleter(list(names), ignore_case=True, sentence=True) if names else None
        return read_line(
            marked(prompt), completer=completer, complete_while_typing=True, key_bindings=_ending_at_once(at_once)
        )


def _ending_at_once(keys: Sequence[str]) -> KeyBindings:
    """Each of these keys, pressed first, ends the line with itself; later in a line it is a letter like any other."""
    from prompt_toolkit.application import get_app
    from prompt_toolkit.filters import Condition
    from prompt_toolkit.key_binding import KeyBindings

    bindings = KeyBindings()
    for key in keys:

        @bindings.add(key, filter=Condition(lambda: not get_app().current_buffer.text))
        def end(event: KeyPressEvent) -> None:
            event.current_buffer.insert_text(event.data)
            event.current_buffer.validate_and_handle()

    return bindings


class ScriptedScreen:
    """Prepared lines in, everything shown kept: for tests."""

    def __init__(self, lines: Iterable[str]) -> None:
        """``lines`` are typed one after another."""
        self._lines = iter(lines)
        self.shown: list[str] = []

    def show(self, message: Message) -> None:
        """Keep what was shown."""
        self.shown.append(message.text)

    def ask(self, prompt: str, words: Sequence[str] = (), keys: Sequence[str] = ()) -> str:  # noqa: ARG002
        """The next line. Raises EOFError after the last."""
        self.shown.append(prompt)
        line = next(self._lines, None)
        if line is None:
            raise EOFError
        return line


def side_by_side(text: str, width: int) -> str:
    """Many short lines in two columns, read down the first and then down the second: a long list must not push its
    question off a screen of 24 lines. Few lines, or a narrow screen: as they are.

    >>> print(side_by_side("\\n".join(f"  {n}. word" for n in range(1, 11)), 72).splitlines()[0])
      1. word                            6. word
    """
    lines = text.split("\n")
    if len(lines) <= _MOST_IN_ONE_COLUMN or width < _WIDTH_FOR_TWO:
        return text
    column = width // 2 - 1
    blocks = [textwrap.wrap(line, column, subsequent_indent=" " * 5) or [""] for line in lines]
    half, height = 0, 0
    while 2 * height < sum(map(len, blocks)):
        height += len(blocks[half])
        half += 1
    left = [line for block in blocks[:half] for line in block]
    right = [line for block in blocks[half:] for line in block]
    return "\n".join(f"{one:<{column}}{other}".rstrip() for one, other in zip_longest(left, right, fillvalue=""))


def wrapped(text: str, width: int) -> str:
    """Each line wrapped to a width, later lines indented as the first was."""
    lines: list[str] = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(line.lstrip()))
        lines += textwrap.wrap(line, width, subsequent_indent=indent + "  " * bool(indent)) or [""]
    return "\n".join(lines)
