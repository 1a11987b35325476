"""Expressions: Python objects built with operators; the one form that every reader reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pricing.ledger.errors import UnitError
from pricing.ledger.functions import FUNCTIONS, Function
from pricing.ledger.units import PLAIN, YEARS, Dimension, divided, multiplied, spelled


class Expression:
    """A quantity: one number, or one number a month."""

    __slots__ = ()

    dimension: Dimension
    timed: bool
    """Whether it has a value per month."""
    may_stand_in_line = True
    """Whether it is free of numbers that belong into an input and of `contracts`."""

    def operands(self) -> tuple[Expression, ...]:
        """The expressions it is made of."""
        return ()

    def name(self) -> str:
        """How an error message names it."""
        raise NotImplementedError

    def __add__(self, other: Expression | float) -> Expression:
        return _sum("add", self, as_expression(other))

    def __radd__(self, other: float) -> Expression:
        return _sum("add", as_expression(other), self)

    def __sub__(self, other: Expression | float) -> Expression:
        return _sum("subtract", self, as_expression(other))

    def __rsub__(self, other: float) -> Expression:
        return _sum("subtract", as_expression(other), self)

    def __mul__(self, other: Expression | float) -> Expression:
        right = as_expression(other)
        return Call.of("multiply", multiplied(self.dimension, right.dimension), self, right)

    def __rmul__(self, other: float) -> Expression:
        return as_expression(other) * self

    def __truediv__(self, other: Expression | float) -> Expression:
        right = as_expression(other)
        return Call.of("divide", divided(self.dimension, right.dimension), self, right)

    def __rtruediv__(self, other: float) -> Expression:
        return as_expression(other) / self

    def __pow__(self, other: Expression | float) -> Expression:
        right = as_expression(other)
        if self.dimension or right.dimension not in {PLAIN, YEARS}:
            raise UnitError(
                f"{self.name()} in {spelled(self.dimension)} cannot be raised to "
                f"{right.name()} in {spelled(right.dimension)}; a power needs a pure number below "
                "and a pure number, or years of compounding, above"
            )
        return Call.of("power", PLAIN, self, right)

    def __neg__(self) -> Expression:
        return Call.of("negate", self.dimension, self)

    def __lt__(self, other: Expression | float) -> Expression:
        return _comparison("less", self, as_expression(other))

    def __le__(self, other: Expression | float) -> Expression:
        return _comparison("at_most", self, as_expression(other))

    def __gt__(self, other: Expression | float) -> Expression:
        return _comparison("more", self, as_expression(other))

    def __ge__(self, other: Expression | float) -> Expression:
        return _comparison("at_least", self, as_expression(other))

    def equals(self, other: Expression | float) -> Expression:
        """1 where both sides are the same number, else 0."""
        return _comparison("equal", self, as_expression(other))

    def __and__(self, other: Expression) -> Expression:
        return Call.of("both", PLAIN, _flag(self), _flag(other))

    def __or__(self, other: Expression) -> Expression:
        return Call.of("either", PLAIN, _flag(self), _flag(other))

    def __invert__(self) -> Expression:
        return Call.of("negation", PLAIN, _flag(self))

    def __bool__(self) -> bool:
        raise TypeError("an expression has no truth value of its own; use where(condition, a, b)")

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("an expression cannot be iterated; use total([...]) to add several")


class Named(Expression):
    """A quantity that a reader knows by its label."""

    __slots__ = ()

    key: str
    label: str

    def name(self) -> str:
        """The label in quotes, with the key."""
        return f"{self.label!r} ({self.key})"


class Literal(Expression):
    """A number written in a formula; only 0 and 1 may stand in a line."""

    __slots__ = ("dimension", "may_stand_in_line", "timed", "value")

    def __init__(self, value: float) -> None:
        self.value = float(value)
        self.dimension = PLAIN
        self.timed = False
        self.may_stand_in_line = self.value in {0.0, 1.0}

    def name(self) -> str:
        """The number itself."""
        return f"{self.value:g}"


class Given(Expression):
    """Numbers given month by month: what a schedule has in place of a formula."""

    __slots__ = ("dimension", "timed", "values")

    def __init__(self, values: tuple[float, ...], dim: Dimension) -> None:
        self.values = values
        self.dimension = dim
        self.timed = True

    def name(self) -> str:
        """The same for all of them; a schedule has the label."""
        return "given month by month"


class Call(Expression):
    """A function applied to operands."""

    __slots__ = ("args", "dimension", "function", "may_stand_in_line", "parameter", "timed")

    function: Function
    args: tuple[Expression, ...]
    parameter: int
    """A whole number that belongs to the structure (digits of a rounding)."""

    @staticmethod
    def of(
        function: str,
        dim: Dimension,
        *args: Expression,
        timed: bool | None = None,
        parameter: int = 0,
    ) -> Call:
        """Apply a function of the language by its name."""
        call = Call()
        call.function = FUNCTIONS[function]
        call.args = args
        call.dimension = dim
        call.parameter = parameter
        some_timed, all_may_stand = False, function != "contracts"
        for arg in args:
            some_timed = some_timed or arg.timed
            all_may_stand = all_may_stand and arg.may_stand_in_line
        call.timed = some_timed if timed is None else timed
        call.may_stand_in_line = all_may_stand
        return call

    def operands(self) -> tuple[Expression, ...]:
        """The arguments."""
        return self.args

    def name(self) -> str:
        """The formula in words."""
        return f"({in_words(self)})"


_FREQUENT: dict[float, Literal] = {0.0: Literal(0), 1.0: Literal(1)}


def as_expression(value: Expression | float) -> Expression:
    """A number as a literal; an expression as itself."""
    if isinstance(value, Expression):
        return value
    return _FREQUENT[value] if value in _FREQUENT else Literal(value)


def common_dimension(verb: str, *sides: Expression) -> Dimension:
    """The unit that all sides share; the literal 0 goes with any unit.

    Raises:
        UnitError: naming the two sides that do not go together.
    """
    found: Expression | None = None
    for side in sides:
        if isinstance(side, Literal) and side.value == 0:
            continue
        if found is None:
            found = side
        elif side.dimension != found.dimension:
            raise UnitError(
                f"cannot {verb} {found.name()} in {spelled(found.dimension)} "
                f"and {side.name()} in {spelled(side.dimension)}"
            )
    return PLAIN if found is None else found.dimension


def _sum(function: str, left: Expression, right: Expression) -> Expression:
    same = left.dimension == right.dimension
    common = left.dimension if same else common_dimension(function, left, right)
    return Call.of(function, common, left, right)


def _comparison(function: str, left: Expression, right: Expression) -> Expression:
    common_dimension("compare", left, right)
    return Call.of(function, PLAIN, left, right)


def _flag(side: Expression) -> Expression:
    if side.dimension:
        raise UnitError(f"{side.name()} in {spelled(side.dimension)} is no condition")
    return side


def in_words(node: Expression, name: Callable[[Named], str] | None = None) -> str:
    """A formula in words; `name` says how a figure is written (its label by default)."""
    if isinstance(node, Named):
        return node.label if name is None else name(node)
    if isinstance(node, Literal):
        return f"{node.value:g}"
    if isinstance(node, Given):
        return node.name()
    assert isinstance(node, Call)
    parts = [_bracketed(arg, node, place, name) for place, arg in enumerate(node.args)]
    return node.function.words.format(
        *parts, all=", ".join(parts), rest=", ".join(parts[1:]), parameter=node.parameter
    )


def _bracketed(
    node: Expression, parent: Call, place: int, name: Callable[[Named], str] | None
) -> str:
    text = in_words(node, name)
    if not isinstance(node, Call):
        return text
    inner, outer = node.function.precedence, parent.function.precedence
    if outer == 10 or inner > outer:
        return text
    associative = parent.function.name in {"add", "multiply"} and node.function is parent.function
    same_level_first = inner == outer and place == 0 and outer in {4, 6}
    return text if associative or same_level_first else f"({text})"
