"""`reckoner workload`: usage logs as the request classes of a plan."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pricing.cli.arguments import Commands, Parser, add_force, command, number, whole
from pricing.cli.failure import Failure
from pricing.cli.saving import refuse_to_replace
from pricing.cli.terminal import Progress, say, width
from pricing.cli.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pricing.plan.plan import Plan
    from pricing.workload import LogReport

EXAMPLES = """\
  reckoner workload usage.csv -o plan.reckon
  reckoner workload spend.jsonl.gz -o plan.reckon --split-by model --utc-offset 8
  reckoner workload usage.csv --into plan.reckon        new workload, same options
  reckoner workload odd.csv -o plan.reckon --map timestamp=when --map input_tokens=in \\
      --map output_tokens=out"""

ABOUT = """\
Reads CSV, JSON lines and JSON (gzip too), recognises exports of OpenAI, LiteLLM, Langfuse,
Helicone and the Azure traces by their columns, and says what the log cannot know. The classes of
several logs stand beside each other; join files that are parts of one log before reading them."""


def register(commands: "Commands[Parser]") -> None:
    """Add the command."""
    parser = command(commands, "workload", _("make a plan of a usage log"), EXAMPLES, run, _(ABOUT))
    parser.add_argument("logs", metavar="LOG", nargs="+", type=Path, help=_("a usage log"))
    parser.add_argument(
        "-o", "--output", metavar="PLAN", type=Path,
        help=_("the plan to write; with --into the plan itself unless stated"),
    )  # fmt: skip
    parser.add_argument(
        "--into", metavar="PLAN", type=Path, help=_("put the workload into this plan's options")
    )
    parser.add_argument(
        "--api", metavar="MODEL", help=_("catalogue id of the API that a new plan starts with")
    )
    parser.add_argument("--name", help=_("name of a new plan (default: of the log)"))
    parser.add_argument(
        "--split-by", metavar="COLUMN", help=_("a class per value of this column; model: the log's")
    )
    parser.add_argument(
        "--map", metavar="MEANING=COLUMN", action="append", default=[],
        help=_(
            "what a column means: timestamp, input_tokens, output_tokens, cached_tokens, requests "
            "or label; several columns of tokens are added up"
        ),
    )  # fmt: skip
    parser.add_argument(
        "--time-format",
        metavar="FORMAT",
        default="",
        help=_("of the timestamp, as strptime has it"),
    )
    parser.add_argument(
        "--utc-offset", metavar="H", type=number("5.5"), help=_("hours your clock is ahead of UTC")
    )
    parser.add_argument(
        "--max-classes", metavar="N", type=whole("8"), default=8,
        help=_("classes to keep apart, the others are gathered (default 8)"),
    )  # fmt: skip
    add_force(parser)
    parser.set_defaults(usage=parser.error)


def run(arguments: argparse.Namespace) -> int:
    """Read logs, say what they hold, write a plan."""
    if arguments.output is None and arguments.into is None:
        arguments.usage(_("say where the plan goes: -o PLAN, or --into PLAN"))
    if arguments.into is not None and arguments.api is not None:
        arguments.usage(_("--api is for a new plan; --into keeps the options of its plan"))
    from pricing.plan.file import load_plan, save_plan

    path: Path = arguments.output or arguments.into
    if path != arguments.into:
        refuse_to_replace(path, force=arguments.force)
    old = None if arguments.into is None else load_plan(arguments.into)
    model = None if old is not None else _model(arguments.api)
    reports = [_read(log, arguments) for log in arguments.logs]
    plan = _plan(old, _joined(reports), arguments.name, model or "")
    _tell(reports, plan)
    save_plan(plan, path)
    say()
    say(_("{path} written; next: reckoner evaluate {path}").format(path=path))
    if model is not None and arguments.api is None:
        text = _("Its one option is the API {model}; add those you want to compare.")
        say(text.format(model=model))
    return 0


def _model(api: str | None) -> str:
    from pricing.catalogue import present_catalogue
    from pricing.cli.starting import FIRST_API

    return present_catalogue().token_model(api or FIRST_API).id


def _read(log: Path, arguments: argparse.Namespace) -> "LogReport":
    from pricing.cli.columns import mapping_for
    from pricing.workload import read_log

    mapping = mapping_for(log, arguments.map, arguments.time_format)
    with Progress(_("Reading {name}").format(name=log.name)) as progress:
        return read_log(
            log,
            mapping,
            arguments.split_by,
            progress,
            utc_offset_hours=arguments.utc_offset,
            max_classes=arguments.max_classes,
        )


def _joined(reports: "Sequence[LogReport]") -> "LogReport":
    """All classes in one report; ids and names that repeat get the name of their file."""
    from dataclasses import replace

    from pricing.workload.classes import class_ids

    if len(reports) == 1:
        return reports[0]
    labels = [
        f"{report.file.partition('.')[0]} {item.name}" if len(report.classes) > 1
        else report.file.partition(".")[0]
        for report in reports
        for item in report.classes
    ]  # fmt: skip
    every = [item for report in reports for item in report.classes]
    if len(every) > 100:
        raise Failure(
            _("The logs hold {count} classes, a plan has at most 100; lower --max-classes.").format(
                count=len(every)
            )
        )
    classes = tuple(
        item.model_copy(update={"id": name, "name": label[:120]})
        for item, name, label in zip(every, class_ids(labels), labels, strict=True)
    )
    return replace(
        reports[0],
        file=", ".join(report.file for report in reports),
        first=min(report.first for report in reports),
        last=max(report.last for report in reports),
        classes=classes,
        statistics=tuple(item for report in reports for item in report.statistics),
    )


def _plan(old: "Plan | None", report: "LogReport", name: str | None, model: str) -> "Plan":
    from pydantic import ValidationError

    from pricing.catalogue import present_catalogue
    from pricing.cli.starting import next_month
    from pricing.plan.written_with import written_with
    from pricing.workload import new_plan_from_log, with_workload

    if old is not None:
        return with_workload(old, report)
    title = report.file.partition(".")[0][:120] if name is None else name
    try:
        made = new_plan_from_log(report, title or "Workload", next_month(), model)
        return written_with(made, present_catalogue().reference)
    except ValidationError:
        raise Failure(
            _(
                "{name!r} cannot be the name of a plan; give one line of at most 120 letters."
            ).format(name=title)
        ) from None


def _tell(reports: "Sequence[LogReport]", plan: "Plan") -> None:
    from pricing.cli import log_report

    columns = width()
    for report in reports:
        for line in log_report.account(report, columns):
            say(line)
    statistics = [item for report in reports for item in report.statistics]
    say()
    say("\n".join(log_report.classes(list(zip(plan.workload, statistics, strict=True)), columns)))
    said = [line for report in reports for line in log_report.warnings(report, columns)]
    said += _apart(reports, columns)
    if said:
        say()
        say(_("What to know"), strong=True)
        say("\n".join(said))


def _apart(reports: "Sequence[LogReport]", columns: int) -> list[str]:
    """A warning where logs follow each other in time, as the parts of one log do."""
    from itertools import pairwise

    from pricing.cli.overview import bullet

    in_time = sorted(reports, key=lambda report: report.first)
    if not any(one.last < next_.first for one, next_ in pairwise(in_time)):
        return []
    text = _(
        "The logs cover different periods, yet their requests are added up as if they came at the "
        "same time; if they are parts of one log, join them into one file and read that."
    )
    return list(bullet("  -", text, columns))
