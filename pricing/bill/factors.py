"""Products and quotients that leave out a factor of 1, so that formulas stay short."""

from pricing.ledger import Expression, Literal

ONE = Literal(1)


def is_one(factor: Expression) -> bool:
    """Whether a factor is the number 1 and not a figure that happens to be 1."""
    return isinstance(factor, Literal) and factor.value == 1


def times(amount: Expression, *factors: Expression) -> Expression:
    """An amount times factors."""
    for factor in factors:
        amount = amount if is_one(factor) else amount * factor
    return amount


def over(amount: Expression, divisor: Expression) -> Expression:
    """An amount over a divisor."""
    return amount if is_one(divisor) else amount / divisor
