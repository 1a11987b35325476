"""Quality of routes and classes, as formulas of the scores that the buyer entered."""

from pricing.bill.book import Book
from pricing.bill.costs import Costs
from pricing.bill.errors import BillError
from pricing.bill.hybrid.naming import route_name
from pricing.ledger import (
    CONVENTION,
    Expression,
    Input,
    Line,
    maximum,
    minimum,
    normal_cdf,
    normal_quantile,
    square_root,
    where,
)
from pricing.plan.figure import Figure
from pricing.plan.hybrid import Hybrid, Route
from pricing.plan.option import Option
from pricing.plan.recipe import Cascade, Direct, Layered, Router
from pricing.routing.quality import score_of


class Scores:
    """Scores of options by class, and what recipes make of them; each is written once."""

    def __init__(self, costs: Costs) -> None:
        self._costs = costs
        self._book: Book = costs.book
        self._options: dict[str, Option] = {o.id: o for o in costs.book.plan.options}
        self._known: dict[tuple[str, str], Expression | None] = {}
        self._joint: dict[int, tuple[Expression, Expression, Expression, Expression]] = {}
        self._two: Input | None = None

    def of(self, option: str, request_class: str) -> Expression | None:
        """Score of an option for a class; none where it is not known."""
        key = option, request_class
        if key not in self._known:
            self._known[key] = self._write(option, request_class)
        return self._known[key]

    def _write(self, option: str, request_class: str) -> Expression | None:
        found = score_of(self._book.plan, self._options[option], request_class)
        if found is None:
            return None
        book, section = self._book, self._costs.section
        suffix = f".{request_class}" if found.entered.request_class else ""
        score: Expression = book.enter(
            section, f"Quality score of {found.entered.model}"
            + (f" for {self._class_name(request_class)}" if suffix else ""),
            found.entered.score, "share", f"qualities.{found.place}.score",
            f"score_{found.place + 1}{suffix}",
        )  # fmt: skip
        if found.answering.change:
            member = self._options[option]
            change = book.enter(
                section, f"{member.name}: change of the score by precision",
                member.serving.quality_change, "share",  # type: ignore[union-attr]
                f"options.{option}.serving.quality_change", f"{option}.quality_change",
            )  # fmt: skip
            score = minimum(maximum(score + change, 0), 1)
        return score

    def _class_name(self, request_class: str) -> str:
        return next(c.name for c in self._book.plan.workload if c.id == request_class)

    def escalation(self, route: Route, number: int) -> Line:
        """Write the share of answers that the verifier of a cascade rejects.

        Raises:
            BillError: the scores that it follows from are not entered.
        """
        _, right, wrong, small = self._cascade(route, number)
        return self._costs.section.line(
            f"{self._name(number)}: share of answers sent on to the large model",
            (1 - right) * small + (1 - wrong) * (1 - small),
            "share",
            key=f"route_{number + 1}.escalation",
            note="right answers that the verifier rejects, and wrong ones that it notices",
        )

    def of_route(self, route: Route, number: int) -> Line | None:
        """Write the score of a route's answers; none where a score is not known."""
        quality = self._of_recipe(route, number)
        if quality is None:
            return None
        return self._costs.section.line(
            f"{self._name(number)}: quality of its answers", quality, "share",
            key=f"route_{number + 1}.quality",
        )  # fmt: skip

    def _of_recipe(self, route: Route, number: int) -> Expression | None:
        recipe, served = route.recipe, route.request_class
        if isinstance(recipe, Direct):
            return self.of(recipe.option, served)
        if isinstance(recipe, Layered):
            return self._layered(recipe, served, number)
        if isinstance(recipe, Cascade):
            both, right, wrong, small = self._cascade(route, number)
            large = self._needed(recipe.large, served, number)
            return right * small + (1 - right) * both + (1 - wrong) * (large - both)
        return self._router(recipe, served, number)

    def _layered(self, recipe: Layered, served: str, number: int) -> Expression | None:
        base = self.of(recipe.base, served)
        enhancing = self.of(recipe.enhancement, served)
        path = self._path(number)
        if base is None or (recipe.quality_gain is None and enhancing is None):
            return None
        share = self._enter(number, "share of answers enhanced", recipe.enhanced_share, path,
                            "enhanced_share")  # fmt: skip
        if recipe.quality_gain is not None:
            gain: Expression = self._enter(
                number, "gain of an enhanced answer", recipe.quality_gain, path, "quality_gain"
            )
        else:
            assert enhancing is not None
            gain = maximum(enhancing - base, 0)
        return minimum(base + share * gain, 1)

    def _router(self, recipe: Router, served: str, number: int) -> Expression | None:
        """Binormal curve: of the gap between the models Φ(√2·Φ⁻¹(APGR) + Φ⁻¹(f)) is recovered."""
        weak, strong = self.of(recipe.weak, served), self.of(recipe.strong, served)
        if weak is None or strong is None:
            return None
        path = self._path(number)
        part = self._enter(number, "share sent to the strong model", recipe.strong_share, path,
                           "strong_share")  # fmt: skip
        apgr = self._enter(number, "performance gap recovered by the router (APGR)", recipe.apgr,
                           path, "apgr")  # fmt: skip
        if self._two is None:
            self._two = self._costs.section.input("Two", 2, "", CONVENTION, key="two")
        inside = where(part > 0, where(part < 1, part, 1 - apgr), apgr)
        distance = square_root(self._two) * normal_quantile(apgr)
        recovered = where(
            part > 0,
            where(part < 1, normal_cdf(distance + normal_quantile(inside)), 1),
            0,
        )
        return weak + (strong - weak) * recovered

    def _cascade(
        self, route: Route, number: int
    ) -> tuple[Expression, Expression, Expression, Expression]:
        """Share both answer rightly; verifier accepts right, accepts wrong; score of the small."""
        if number not in self._joint:
            recipe, served = route.recipe, route.request_class
            assert isinstance(recipe, Cascade)
            small = self._needed(recipe.small, served, number)
            large = self._needed(recipe.large, served, number)
            path = self._path(number)
            right = self._enter(number, "share of right answers that the verifier accepts",
                                recipe.accepts_right, path, "accepts_right")  # fmt: skip
            wrong = self._enter(number, "share of wrong answers that the verifier accepts",
                                recipe.accepts_wrong, path, "accepts_wrong")  # fmt: skip
            self._joint[number] = self._both(recipe, small, large, number), right, wrong, small
        return self._joint[number]

    def _both(
        self, recipe: Cascade, small: Expression, large: Expression, number: int
    ) -> Expression:
        """Share of requests that both models answer rightly, within what the scores allow."""
        path = self._path(number)
        if recipe.both_right is not None:
            stated: Expression = self._enter(
                number,
                "share that both models answer rightly, as stated",
                recipe.both_right,
                path,
                "both_right",
            )
        else:
            assert recipe.correlation is not None
            phi = self._enter(number, "correlation of the two models' right answers",
                              recipe.correlation, path, "correlation")  # fmt: skip
            spread = square_root(small * (1 - small) * large * (1 - large))
            stated = small * large + phi * spread
        return self._costs.section.line(
            f"{self._name(number)}: share that both models answer rightly",
            minimum(maximum(stated, maximum(small + large - 1, 0)), minimum(small, large)),
            "share",
            key=f"route_{number + 1}.both",
            note="within the bounds that the two scores set",
        )

    def _needed(self, option: str, served: str, number: int) -> Expression:
        score = self.of(option, served)
        if score is None:
            model = self._options[option].name
            wanted = self._class_name(served)
            raise BillError(
                f"{self._path(number)}",
                f"{self._costs.option.name}, route {number + 1}: how often a cascade goes on "
                f"follows from scores; enter the quality score of {model} for {wanted}.",
            )
        return score

    def _name(self, number: int) -> str:
        assert isinstance(self._costs.option, Hybrid)
        return route_name(self._book.plan, self._costs.option.routes[number], number + 1)

    def _path(self, number: int) -> str:
        assert isinstance(self._costs.option, Hybrid)
        return f"{self._costs.path}.routes.{number}.recipe"

    def _enter(self, number: int, label: str, figure: Figure, path: str, field: str) -> Input:
        return self._book.enter(
            self._costs.section, f"{self._name(number)}: {label}", figure, "share",
            f"{path}.{field}", f"route_{number + 1}.{field}",
        )  # fmt: skip
