"""Pieces of work, side by side on the processors there are.

A worker is a copy of this process (a fork), so that nothing need be handed to it; what it makes is handed back. Where
processes cannot be copied so, the pieces are worked through one after another.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any

from healthcheck_cli.cohort.columns import Pool

_WORTH_A_WORKER = 500  # calls; to make a copy of this process takes as long as some hundred of them
_PIECES_EACH = 4  # so that nobody waits long for another

Tell = Callable[[int], None]
"""Told that so many further steps are done."""


def workers_for(pieces: int) -> int:
    """How many workers there can be: not more than processors, nor than pieces; 1 where there is no fork."""
    can_fork = sys.platform == "linux" and "fork" in multiprocessing.get_all_start_methods()
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(pieces, usable)) if can_fork else 1


def side_by_side(
    work: Sequence[Callable[[Tell], Any]], tell: Tell, workers: int, meanwhile: Callable[[], None] | None = None
) -> list[Any]:
    """What each piece of work gives, in their order. Raises what a piece raises; the others are ended. ``meanwhile``:
    what this process may do while it waits; it is not done where there is no waiting."""
    if workers == 1:
        return [piece(tell) for piece in work]
    gc.freeze()  # a worker that looks for garbage would copy all that it looks at
    context = multiprocessing.get_context("fork")
    found: dict[int, Any] = {}
    running: dict[Connection, Any] = {}
    try:
        begun = context.Value("i", 0)
        for _ in range(workers):
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_work_through, args=(work, begun, sender), daemon=True)
            process.start()
            sender.close()
            running[receiver] = process
        if meanwhile is not None:
            meanwhile()
        while running:
            for ready in wait(list(running)):
                _take(ready, running, found, tell)  # type: ignore[arg-type]
    finally:
        for process in running.values():
            process.terminate()
            process.join()
        gc.unfreeze()
    return [found[number] for number in range(len(work))]


def shared_out(function: Callable[[int], Any], given: Sequence[int]) -> tuple[list[int], list[Any]]:
    """What a function gives for each of those given, called on all processors: for each the number of its result, and
    the distinct results, which must be hashable. What the function keeps for later calls is kept by no other process.
    """
    workers = workers_for(len(given) // _WORTH_A_WORKER)
    size = -(-len(given) // (workers * _PIECES_EACH)) if workers > 1 else max(len(given), 1)
    pieces = [given[first : first + size] for first in range(0, len(given), size)]
    work = [partial(_numbered_results, function, piece) for piece in pieces]
    pool: Pool[Any] = Pool()
    numbers: list[int] = []
    for own_numbers, results in side_by_side(work, lambda _: None, workers):
        codes = [pool.code(result) for result in results]
        numbers += [codes[number] for number in own_numbers]
    return numbers, pool.values


def _numbered_results(function: Callable[[int], Any], given: Sequence[int], _: Tell) -> tuple[list[int], list[Any]]:
    pool: Pool[Any] = Pool()
    return [pool.code(function(number)) for number in given], pool.values


def _take(receiver: Connection, running: dict[Connection, Any], found: dict[int, Any], tell: Tell) -> None:
    """One message of a worker; one that ended without a word has been killed."""
    try:
        kind, value = receiver.recv()
    except EOFError:
        process = running.pop(receiver)
        process.join()
        if process.exitcode:
            raise MemoryError("a worker was ended from outside") from None
        return
    if kind == "failed":
        raise value
    if kind == "done":
        found[value[0]] = value[1]
    else:
        tell(value)


def _work_through(work: Sequence[Callable[[Tell], Any]], begun: Any, sender: Connection) -> None:
    """Take up the next piece that nobody has begun, until there is none. ``begun``: how many are."""
    try:
        while (number := _next_of(begun)) < len(work):
            sender.send(("done", (number, work[number](lambda steps: sender.send(("steps", steps))))))
            if begun.value < len(work):  # nobody waits for a look for garbage that nothing comes after
                gc.collect()  # what this piece needed is let go of before the next
                gc.freeze()  # and what is kept for the next is not looked at again
    except BaseException as error:  # noqa: BLE001 - handed to the process that asked, which raises it
        sender.send(("failed", error))
    finally:
        sender.close()


def _next_of(begun: Any) -> int:
    with begun.get_lock():
        number = int(begun.value)
        begun.value = number + 1
        return number
