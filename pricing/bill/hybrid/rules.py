"""Whether a hybrid keeps the rules of the plan: one flag each, live in the workbook."""

from collections.abc import Iterator, Sequence

from pricing.bill.costs import ASSETS, Costs
from pricing.bill.hybrid.flows import Flows
from pricing.bill.hybrid.lines import Check, ClassLines, MemberLines
from pricing.bill.hybrid.rounding import MONEY_DIGITS, RULE_DIGITS, SHARE_DIGITS, UNIT_DIGITS
from pricing.bill.hybrid.routes import Routed
from pricing.ledger import (
    CONVENTION,
    Expression,
    Input,
    Line,
    Literal,
    ratio,
    rounded,
    sum_over_months,
    total,
    where,
)
from pricing.plan.option import Appliance, OwnedServers
from pricing.plan.rules import Rules
from pricing.routing.vendors import vendor_of


def write_checks(
    costs: Costs,
    classes: Sequence[ClassLines],
    flows: Flows,
    routed: Sequence[Routed],
    quality: Line | None,
) -> tuple[Check, ...]:
    """Write a flag for every rule that the plan states, and for service itself."""
    return tuple(_Checks(costs, classes, flows, routed, quality).write())


def _reaches(value: Expression, least: Expression) -> Expression:
    """Whether a score or share is a limit at least, but for rounding."""
    return rounded(value - least, RULE_DIGITS) >= 0


class _Checks:
    def __init__(
        self, costs: Costs, classes: Sequence[ClassLines], flows: Flows,
        routed: Sequence[Routed], quality: Line | None,
    ) -> None:  # fmt: skip
        self._costs = costs
        self._book, self._section = costs.book, costs.section
        self._rules: Rules = costs.book.plan.rules
        self._classes, self._flows, self._routed = classes, flows, routed
        self._quality = quality
        self._tokens: dict[str, Line] = {}
        self._years: list[Input] = []

    def write(self) -> Iterator[Check]:
        """The flags, in the order in which a reader asks."""
        self._section.block("Rules")
        yield from self._service()
        yield from self._rooms()
        yield from self._quality_floors()
        yield from self._capex()
        yield from self._site()
        if self._rules.most_vendor_share is not None or self._rules.vendors > 1:
            yield from self._vendors()
        if self._rules.on_premises is not None:
            yield from self._on_premises()

    def _flag(
        self, code: str, key: str, label: str, kept: Expression, path: str,
        held: Line | None = None, limit: Expression | None = None, *, least: bool = False,
    ) -> Check:  # fmt: skip
        line = self._section.line(label, kept, "flag", key=f"rule.{key}")
        stated = limit if isinstance(limit, Input | Line) else None
        known = held if limit is None or stated is not None else None
        return Check(code, label, line, path, known, stated, least)

    def _service(self) -> Iterator[Check]:
        for line in self._classes:
            name, key = line.asked.name, line.asked.key
            mine = [
                one.share for one in self._routed
                if one.route.request_class == line.asked.request_class.id
            ]  # fmt: skip
            yield self._flag(
                "served", f"served.{key}", f"{name}: every request is served",
                line.unserved <= 0, f"{self._costs.path}.routes", line.unserved,
            )  # fmt: skip
            yield self._flag(
                "routed_once", f"routed.{key}", f"{name}: no request is routed twice",
                rounded(total(mine), SHARE_DIGITS) <= 1, f"{self._costs.path}.routes",
            )  # fmt: skip

    def _rooms(self) -> Iterator[Check]:
        for option, pool in self._flows.pools.items():
            if pool.firm_kept is not None:
                name = pool.member.option.name
                yield self._flag(
                    "room", f"room.{option}",
                    f"{name}: room for work that has nowhere else to go",
                    pool.firm_kept + 0, f"{self._costs.path}.fleets",
                )  # fmt: skip

    def _quality_floors(self) -> Iterator[Check]:
        book, section = self._book, self._section
        for line in self._classes:
            floor = line.asked.request_class.quality_floor
            if floor is None or line.quality is None:
                continue
            key, path = line.asked.key, f"workload.{line.asked.request_class.id}.quality_floor"
            least = book.enter(
                section, f"{line.asked.name}: quality floor", floor, "share", path,
                f"{key}.quality_floor",
            )  # fmt: skip
            answered = line.asked.requests > line.unserved
            held = section.line(
                f"{line.asked.name}: score held against its floor",
                where(answered, line.quality, least), "share", key=f"{key}.held_quality",
                note="the floor itself where nothing is answered",
            )  # fmt: skip
            yield self._flag(
                "quality", f"quality.{key}", f"{line.asked.name}: quality floor kept",
                _reaches(held, least), path, held, least, least=True,
            )  # fmt: skip
        if self._rules.quality is not None and self._quality is not None:
            least = book.enter(
                section, "Least mean score of all answers", self._rules.quality, "share",
                "rules.quality", "quality_least",
            )  # fmt: skip
            yield self._flag(
                "quality_overall", "quality", "Mean score of all answers reached",
                _reaches(self._quality, least), "rules.quality", self._quality, least, least=True,
            )  # fmt: skip

    def _capex(self) -> Iterator[Check]:
        caps = self._rules.capex_per_year
        if not caps:
            return
        book, section = self._book, self._section
        bought = [
            line for member in self._flows.members
            for name, line in member.categories.items() if name in ASSETS
        ]  # fmt: skip
        capex = section.line(
            "Purchases", total(list(bought)), book.currency, key="capex", every_month=True
        )
        for place, year in enumerate(self._plan_years()):
            number = min(place, len(caps) - 1)
            cap = book.money(
                section, f"Most purchases of plan year {number + 1}", caps[number], "",
                f"rules.capex_per_year.{number}", f"capex_cap_{number + 1}",
            )  # fmt: skip
            spent = self._in_year(capex, year, place, "Purchases", "capex")
            yield self._flag(
                "capex", f"capex_{place + 1}", f"Purchases of plan year {place + 1} within the cap",
                rounded(spent - cap, MONEY_DIGITS) <= 0, "rules.capex_per_year", spent, cap,
            )  # fmt: skip

    def _plan_years(self) -> list[Input]:
        if not self._years:
            count = -(-self._book.plan.months // 12)
            self._years = [
                self._section.input(
                    f"Plan year {number}", number, "years", CONVENTION, key=f"plan_year_{number}"
                )
                for number in range(1, count + 1)
            ]
        return self._years

    def _in_year(self, line: Line, year: Input, place: int, label: str, key: str) -> Line:
        """Write the total of a line over one plan year."""
        section = self._section
        inside = section.line(
            f"{label} in plan year {place + 1}", where(self._book.year.equals(year), line, 0),
            line.unit, key=f"{key}_in_{place + 1}", flow=True,
        )  # fmt: skip
        return section.line(
            f"{label} of plan year {place + 1}", sum_over_months(inside), line.unit,
            key=f"{key}_of_{place + 1}",
        )  # fmt: skip

    def _site(self) -> Iterator[Check]:
        limit = self._rules.site_power_kw
        if limit is None:
            return
        ledger = self._book.ledger
        power = [
            ledger.line(f"{self._section.key}.{member.option.id}.it_power")
            for member in self._at_home()
        ]
        most = self._book.enter(
            self._section, "IT power that the site can feed", limit, "kW", "rules.site_power_kw",
            "site_power",
        )  # fmt: skip
        installed = self._section.line(
            "IT power at the site", total(list(power)), "kW", key="it_power", every_month=True
        )
        yield self._flag(
            "site_power", "site_power", "IT power within what the site can feed",
            rounded(installed - most, UNIT_DIGITS) <= 0, "rules.site_power_kw", installed, most,
        )  # fmt: skip

    def _at_home(self) -> list[MemberLines]:
        return [m for m in self._flows.members if isinstance(m.option, OwnedServers | Appliance)]

    def _tokens_of(self, member: MemberLines) -> Line:
        """Write the tokens that a member serves, in millions."""
        key = member.option.id
        if key not in self._tokens:
            pool = self._flows.pools.get(key)
            left = pool.left if pool is not None else {}
            served = [
                (d.requests - left[d.key] if d.key in left else d.requests)
                * (d.input_tokens + d.output_tokens)
                for d in member.served
            ]
            self._tokens[key] = self._section.line(
                f"{member.option.name}: million tokens served",
                total(served) / self._book.tokens_per_mtok if served else Literal(0),
                "Mtok",
                key=f"{key}.mtok",
                flow=True,
                every_month=True,
            )
        return self._tokens[key]

    def _vendors(self) -> Iterator[Check]:
        book, section, rules = self._book, self._section, self._rules
        by_vendor: dict[str, list[Line]] = {}
        for member in self._flows.members:
            name = vendor_of(member.option, book.catalogue)
            by_vendor.setdefault(name, []).append(self._tokens_of(member))
        lines = {
            name: section.line(
                f"Vendor {name}: million tokens served", total(list(parts)), "Mtok",
                key=f"vendor_{number}", flow=True,
            )
            for number, (name, parts) in enumerate(by_vendor.items(), start=1)
        }  # fmt: skip
        everything = section.line(
            "Million tokens served by all", total(list(lines.values())), "Mtok", key="all_mtok",
            flow=True, every_month=True,
        )  # fmt: skip
        if rules.most_vendor_share is not None:
            yield from self._vendor_shares(lines, everything)
        if rules.vendors > 1:
            least = book.enter(
                section, "Share of tokens from which a vendor counts", rules.least_vendor_share,
                "share", "rules.least_vendor_share", "least_vendor_share",
            )  # fmt: skip
            wanted = book.given(
                section, "Least number of vendors", rules.vendors, "", CONVENTION, "rules.vendors",
                "vendors",
            )  # fmt: skip
            counted: list[Expression] = [
                _reaches(ratio(sum_over_months(line), sum_over_months(everything)), least)
                for line in lines.values()
            ]
            number = section.line(
                "Vendors that count", total(counted) if counted else Literal(0), "", key="counted"
            )
            yield self._flag(
                "vendors", "vendors", "Enough vendors share the work", number >= wanted,
                "rules.vendors", number, wanted, least=True,
            )  # fmt: skip

    def _vendor_shares(self, lines: dict[str, Line], everything: Line) -> Iterator[Check]:
        book, section, rules = self._book, self._section, self._rules
        assert rules.most_vendor_share is not None
        most = book.enter(
            section, "Most of a plan year's tokens of one vendor", rules.most_vendor_share,
            "share", "rules.most_vendor_share", "most_vendor_share",
        )  # fmt: skip
        for place, year in enumerate(self._plan_years()):
            whole = self._in_year(everything, year, place, "Million tokens served by all", "mtok")
            for number, (name, line) in enumerate(lines.items(), start=1):
                part = self._in_year(
                    line, year, place, f"Vendor {name}: million tokens", f"vendor_{number}"
                )
                share = section.line(
                    f"Vendor {name}: share of tokens of plan year {place + 1}", ratio(part, whole),
                    "share", key=f"vendor_{number}_share_of_{place + 1}",
                )  # fmt: skip
                yield self._flag(
                    "vendor_share", f"vendor_{number}_{place + 1}",
                    f"Vendor {name}: share of tokens within the limit in plan year {place + 1}",
                    _reaches(most, share), "rules.most_vendor_share", share, most,
                )  # fmt: skip

    def _on_premises(self) -> Iterator[Check]:
        book, section, rules = self._book, self._section, self._rules
        assert rules.on_premises is not None
        least = book.enter(
            section, "Least share of tokens served on premises", rules.on_premises, "share",
            "rules.on_premises", "on_premises_least",
        )  # fmt: skip
        home = section.line(
            "Million tokens served on premises",
            total([self._tokens_of(member) for member in self._at_home()]), "Mtok",
            key="home_mtok", flow=True, every_month=True,
        )  # fmt: skip
        everywhere = section.line(
            "Million tokens served anywhere",
            total([self._tokens_of(member) for member in self._flows.members]), "Mtok",
            key="anywhere_mtok", flow=True, every_month=True,
        )  # fmt: skip
        share = section.line(
            "Share of tokens served on premises",
            ratio(sum_over_months(home), sum_over_months(everywhere)), "share",
            key="on_premises",
        )  # fmt: skip
        yield self._flag(
            "on_premises", "on_premises", "Share served on premises reached",
            _reaches(share, least), "rules.on_premises", share, least, least=True,
        )  # fmt: skip
