"""Searches under way: their limits, a line of progress, and Ctrl-C that keeps the best decision."""

import argparse
import contextlib
import math
import signal
import sys
import threading
import time
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Self

from pricing.cli.arguments import Parser, number
from pricing.cli.failure import Failure
from pricing.cli.numbers import amount, significant
from pricing.cli.terminal import harmless
from pricing.cli.texts import _

if TYPE_CHECKING:
    from pricing.optimise.engine.answer import Progress
    from pricing.plan.hybrid import Hybrid
    from pricing.plan.plan import Plan

THOUSAND = 1000.0
OFTEN = 0.1
"""Seconds between two lines of progress at least."""
STILL = 1.0
"""Seconds after which the clock moves on though nothing else does."""


def add_limits(parser: Parser, gap: float, seconds: float, what: str) -> None:
    """The gap and the time at which a search ends."""
    parser.add_argument(
        "--gap", metavar="G", type=number("0.005"), default=gap,
        help=_("stop when no decision can be cheaper by more than this share (default {gap:g})")
        .format(gap=gap),
    )  # fmt: skip
    parser.add_argument(
        "--seconds", metavar="S", type=number("30"), default=seconds,
        help=_("stop after so long with the best found: {what} (default {seconds:g})")
        .format(what=what, seconds=seconds),
    )  # fmt: skip


def add_hybrid(parser: Parser) -> None:
    """Which hybrid is meant."""
    parser.add_argument(
        "--hybrid", metavar="ID", help=_("id of the hybrid (default: the plan's first)")
    )


def check_limits(arguments: argparse.Namespace) -> None:
    """Raise Failure for a gap or a time that cannot be."""
    if not 0 <= arguments.gap < 1:
        text = _("--gap {n:g}: write a share from 0 to below 1, such as 0.005 for 0.5 %.")
        raise Failure(text.format(n=arguments.gap))
    if not (math.isfinite(arguments.seconds) and arguments.seconds > 0):
        raise Failure(_("--seconds {n:g}: write a time above 0.").format(n=arguments.seconds))


def hybrid_called(plan: "Plan", name: str | None) -> "Hybrid":
    """The hybrid of that id, or the plan's first, or a new one; raises Failure."""
    from pricing.optimise.optimise import hybrid_of
    from pricing.plan.hybrid import Hybrid

    try:
        return hybrid_of(plan, name)
    except KeyError:
        known = [f"{o.id} ({o.name})" for o in plan.options if isinstance(o, Hybrid)]
        text = _("The plan has no hybrid {name!r}; it has {listed}.")
        if not known:
            text = _("The plan has no hybrid {name!r}, and no other; leave --hybrid out.")
        raise Failure(text.format(name=name, listed=", ".join(known))) from None


class Watch:
    """A search that tells how far it is and ends at Ctrl-C with what it has.

    The first Ctrl-C asks the search to end, a second one ends the command.
    """

    def __init__(self, seconds: float = math.inf) -> None:
        """Give everything together so many seconds."""
        self.stopped = False
        self._ends = time.monotonic() + seconds
        self._started = time.monotonic()
        self._told = -math.inf
        self._text, self._shown = "", ""
        self._active = sys.stderr.isatty()
        self._before: object = None

    def cancelled(self) -> bool:
        """Whether the search shall end: asked often by it."""
        if self._active and self._text and time.monotonic() - self._told >= STILL:
            self._print()
        return self.stopped or time.monotonic() >= self._ends

    def progress(self, found: "Progress") -> None:
        """Tell of a better decision or bound."""
        if math.isinf(found.objective):
            text = _("no decision yet")
            if math.isfinite(found.bound):
                text = _("no decision yet, bound {bound}").format(
                    bound=amount(found.bound * THOUSAND)
                )
        else:
            text = _("best {npv}, no bound yet").format(npv=amount(found.objective * THOUSAND))
            if math.isfinite(found.bound):
                text = _("best {npv}, bound {bound}, gap {gap} %").format(
                    npv=amount(found.objective * THOUSAND),
                    bound=amount(found.bound * THOUSAND),
                    gap=significant(found.gap * 100, 2) if math.isfinite(found.gap) else "–",
                )
        self.tell(text)

    def limit(self, seconds: float) -> None:
        """Give what follows so many seconds from now."""
        self._ends = time.monotonic() + seconds

    def tell(self, text: str) -> None:
        """Show a text after the seconds so far, in the place of the one before."""
        self._text = text
        if self._active and time.monotonic() - self._told >= OFTEN:
            self._print()

    def _print(self) -> None:
        self._told = time.monotonic()
        text = _("{seconds:.0f} s  {text}").format(
            seconds=self._told - self._started, text=self._text
        )
        if text != self._shown:
            self._shown = text
            print(f"\r\x1b[K{harmless(text)}", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._stop)
        return self

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.stopped:
            raise KeyboardInterrupt
        self.stopped = True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe the line, and let Ctrl-C mean again what it did."""
        if self._before is not None:
            with contextlib.suppress(ValueError):
                signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
