"""`reckoner ask`: what a meeting asks of a decision, each answered by deciding again."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from pricing.cli.arguments import Commands, Parser, add_plan, command, number, whole
from pricing.cli.failure import Failure
from pricing.cli.keys import add_json
from pricing.cli.solving import Watch, add_hybrid, add_limits, check_limits, hybrid_called
from pricing.cli.terminal import say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pricing.optimise.questions.alternatives import Alternative, Alternatives
    from pricing.optimise.questions.asked import Asked
    from pricing.optimise.questions.first_server import FirstServer
    from pricing.optimise.questions.prices import RulePrice
    from pricing.optimise.questions.vendors import WithoutVendor
    from pricing.optimise.statement import Statement

EXAMPLES = """\
  reckoner ask plan.reckon                  everything
  reckoner ask plan.reckon --rules          what each rule costs
  reckoner ask plan.reckon --alternatives   other decisions that cost hardly more
  reckoner ask plan.reckon --alternatives --within 0.05 --plans 5
  reckoner ask plan.reckon --vendors        what it is without each vendor
  reckoner ask plan.reckon --first-server   from which volume on servers pay"""

ABOUT = """\
Decides again without each rule, without each vendor, at other volumes, and with one more rule that
the best decision breaks (without an option, with a server less, bought later), and tells the
difference to the best decision, which is given three times as long. Every price is told with what
is proven of it: between which amounts it lies. Ctrl-C ends the question under way and tells what
was found."""

BEST = 3.0
"""Time for the best decision, in that of each other one: every answer is held against it."""
NEAR, PLANS = 0.03, 3
QUESTIONS = ("rules", "alternatives", "vendors", "first_server")


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(
        commands, "ask", _("price rules and vendors, show alternatives"), EXAMPLES, run, _(ABOUT)
    )
    add_plan(parser)
    parser.add_argument("--rules", action="store_true", help=_("what each rule of the plan costs"))
    parser.add_argument(
        "--alternatives", action="store_true",
        help=_("decisions that cost hardly more than the best and differ from it"),
    )  # fmt: skip
    parser.add_argument(
        "--within", metavar="SHARE", type=number("0.03"), default=NEAR,
        help=_("how much dearer they may be (default {near:g}, that is 3 %%)").format(near=NEAR),
    )  # fmt: skip
    parser.add_argument(
        "--plans", metavar="N", type=whole("3"), default=PLANS,
        help=_("how many of them are looked for (default {n})").format(n=PLANS),
    )  # fmt: skip
    parser.add_argument(
        "--vendors", action="store_true", help=_("the best decision without each vendor")
    )
    parser.add_argument(
        "--first-server", action="store_true", help=_("the volume at which the first server pays")
    )
    add_hybrid(parser)
    add_limits(parser, 1e-3, 10.0, _("each decision"))
    add_json(parser, "ask_json.md")


def run(arguments: argparse.Namespace) -> int:
    """Answer the questions; exit code 1 where there is no decision to ask about."""
    from pricing import today
    from pricing.catalogue import catalogue_for
    from pricing.optimise.engine.answer import Settings
    from pricing.optimise.questions.asked import Asked, complete
    from pricing.plan.file import load_plan

    check_limits(arguments)
    if not 0 < arguments.within <= 1:
        text = _("--within {n:g}: write a share above 0, up to 1, such as 0.03 for 3 %.")
        raise Failure(text.format(n=arguments.within))
    if arguments.plans < 1:
        raise Failure(_("--plans {n}: write a number from 1 on.").format(n=arguments.plans))
    plan = load_plan(arguments.plan)
    target = hybrid_called(plan, arguments.hybrid)
    wanted = [name for name in QUESTIONS if getattr(arguments, name)] or list(QUESTIONS)
    each = Settings(gap=arguments.gap, seconds=arguments.seconds)
    longer = Settings(gap=arguments.gap, seconds=arguments.seconds * BEST)
    with Watch() as watch:
        asked = Asked(
            plan, catalogue_for(plan), target, today.today(),
            settings=longer, cancel=watch.cancelled,
        )  # fmt: skip
        watch.tell(_("the best decision"))
        if asked.answer().choice is None:
            text = _(
                "No decision was found, so there is nothing to ask about; reckoner optimise says "
                "which rules are in the way, or needs more --seconds."
            )
            raise Failure(text)
        if not complete(asked.problem, asked.answer()):
            text = _(
                "With all its rules the plan cannot serve every request, so there is no decision "
                "to hold others against; reckoner optimise says which rules are in the way."
            )
            raise Failure(text)
        asked.settings = each
        found = _Answers(asked, watch, wanted, arguments.within, arguments.plans)
    if arguments.json:
        print(json.dumps(found.document(), ensure_ascii=False, allow_nan=False, indent=2))
    else:
        found.print()
    return 0


class _Answers:
    """The answers to the questions that were asked."""

    def __init__(
        self, asked: "Asked", watch: Watch, wanted: "Sequence[str]", near: float, plans: int
    ) -> None:
        from pricing.optimise.questions.alternatives import alternatives
        from pricing.optimise.questions.first_server import first_server
        from pricing.optimise.questions.prices import rule_prices
        from pricing.optimise.questions.vendors import without_vendors

        self._asked, self._watch, self._wanted = asked, watch, wanted
        self._prices: tuple[RulePrice, ...] = ()
        self._others: Alternatives | None = None
        self._vendors: tuple[WithoutVendor, ...] = ()
        self._first: FirstServer | None = None
        if "rules" in wanted:
            self._prices = rule_prices(asked, self._counter(_("rules priced: {n}")))
        if "alternatives" in wanted and not watch.stopped:
            ways = _("{n} of {of} ways to decide otherwise")
            self._others = alternatives(
                asked, plans, near, lambda n, of: watch.tell(ways.format(n=n, of=of))
            )
        if "vendors" in wanted and not watch.stopped:
            told = self._counter(_("vendors left out: {n}"))
            self._vendors = without_vendors(asked, told)
        if "first_server" in wanted and not watch.stopped:
            watch.tell(_("at other volumes"))
            self._first = first_server(asked)

    def _counter(self, text: str) -> "Callable[[object], None]":
        """Tells how many answers there are."""
        done: list[object] = []

        def on_answer(found: object) -> None:
            done.append(found)
            self._watch.tell(text.format(n=len(done)))

        self._watch.tell(text.format(n=0))
        return on_answer

    def _statements(self) -> dict[str, "list[Statement]"]:
        """Everything in statements, question by question."""
        from pricing.optimise.questions import sentences
        from pricing.optimise.questions.alternative_sentences import alternatives_statements

        plan = self._asked.plan
        found: dict[str, list[Statement]] = {}
        if "rules" in self._wanted:
            found["rules"] = list(sentences.prices_statements(self._prices, plan))
        if self._others is not None:
            found["alternatives"] = list(alternatives_statements(self._others, plan))
        if "vendors" in self._wanted:
            found["vendors"] = [
                told for one in self._vendors for told in sentences.vendor_statements(one, plan)
            ]
        if self._first is not None:
            found["first_server"] = list(sentences.first_server_statements(self._first, plan))
        return found

    def print(self) -> None:
        """Print the answers as sentences."""
        from pricing.cli.numbers import money, percent
        from pricing.cli.overview import bullet
        from pricing.cli.table import wrapped
        from pricing.optimise.questions.own import own_decision
        from pricing.optimise.questions.sentences import sentence

        columns, best = width(), self._asked.answer()
        say(self._asked.plan.name, strong=True)
        text = _("The best decision found costs {npv} (gap {gap}).").format(
            npv=money(best.objective * 1000, self._asked.plan.currency), gap=percent(best.gap)
        )
        own = own_decision(self._asked)
        if own is not None:
            text += " " + sentence(own, _)
        say("\n".join(wrapped(text, columns)))
        headings = {
            "rules": _("What each rule costs"),
            "alternatives": _("Other decisions that cost hardly more"),
            "vendors": _("Without each vendor"),
            "first_server": _("The first server"),
        }
        for name, statements in self._statements().items():
            say()
            say(headings[name], strong=True)
            if not statements:
                stopped = self._watch.stopped
                say(_("  Stopped before one was found.") if stopped else _("  The plan has none."))
            for one in statements:
                say("\n".join(bullet("  -", sentence(one, _), columns)))
        if self._watch.stopped:
            say()
            say(_("Stopped; this is what was found until then."))

    def document(self) -> dict[str, Any]:
        """The answers as JSON."""
        from pricing.cli import decision_document as documents

        asked, first = self._asked, self._first
        best, others = asked.answer(), () if self._others is None else self._others.told
        return {
            **documents.head(asked.plan),
            "stopped": self._watch.stopped,
            "best": documents.proof(best, best.objective * 1000),
            "rules": [
                {
                    "code": one.rule.code,
                    "path": one.rule.path,
                    "price": one.price,
                    "low": None if one.price is None else one.low,
                    "high": None if one.price is None else documents.finite(one.high),
                    "rules_out_nothing": one.idle,
                    "unserved": one.unserved,
                }
                for one in self._prices
            ],
            "within": None if self._others is None else self._others.near,
            "ways_tried": None if self._others is None else self._others.kinds,
            "ways_open": None if self._others is None else self._others.open,
            "alternatives": [self._other(one) for one in others],
            "vendors": [
                {
                    "vendor": one.vendor,
                    "used": one.used,
                    "npv": one.npv,
                    "more": one.more,
                    "low": None if one.more is None else one.low,
                    "high": None if one.more is None else documents.finite(one.high),
                    "needed_for": list(one.left),
                    "lost_in_outages": one.outages,
                }
                for one in self._vendors
            ],
            "first_server": None
            if first is None
            else {
                "multiple": first.multiple,
                "requests_per_month": first.requests_per_month,
                "searched_to": first.searched_to,
                "needed_for": list(first.needed),
                "forced": first.forced,
            },
            "sentences": [
                {"question": name, **documents.rule_document(one)}
                for name, statements in self._statements().items()
                for one in statements
            ],
        }

    def _other(self, one: "Alternative") -> dict[str, Any]:
        """One of the other decisions as JSON."""
        from pricing.cli import decision_document as documents
        from pricing.optimise.questions.alternative_sentences import difference_statements
        from pricing.optimise.questions.sentences import sentence, work_shares

        assert self._others is not None
        assert one.answer.choice is not None
        instance, portrait = self._asked.problem.instance, one.portrait
        differences = difference_statements(portrait, self._others.best, self._asked.plan)
        most = documents.finite(one.most)
        return {
            "code": one.variation.code,
            "asked_for": dict(one.variation.facts),
            "npv": one.npv,
            "more": one.more,
            "more_at_most": most,
            "proven": most is not None and most <= self._others.near,
            "beyond": one.beyond,
            "gap": documents.finite(one.answer.gap),
            "differences": [sentence(it) for it in differences],
            "options": list(portrait.sources),
            "vendors": list(portrait.vendors),
            "servers": dict(portrait.servers),
            "starts": {
                key: [{"month": month, "servers": servers} for month, servers in dates]
                for key, dates in portrait.starts.items()
            },
            "on_premises": portrait.at_home,
            "quality": documents.finite(portrait.quality),
            "purchases": portrait.purchases,
            "work": work_shares(instance, one.answer.choice),
        }
