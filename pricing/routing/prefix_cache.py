"""A provider's cache of prompt prefixes: what it takes off the price of input tokens."""

from numpy.typing import ArrayLike

from pricing.routing.errors import RoutingError, share
from pricing.serving.columns import Numbers, numbers


def input_price_factor(
    prefix_share: ArrayLike, writing_share: ArrayLike, write: ArrayLike, read: ArrayLike
) -> Numbers:
    """Price of a request's input over its price without a prefix cache.

    Args:
        prefix_share: Share of the input tokens that stands in the prefix.
        writing_share: Share of the calls that write the prefix; the others read it.
        write: Price of a written token over that of a plain input token.
        read: Price of a read token over that of a plain input token.
    """
    prefix = share("prefix_share", prefix_share)
    writes = share("writing_share", writing_share)
    return 1 - prefix + prefix * (numbers(write) * writes + numbers(read) * (1 - writes))


def break_even_calls(write: ArrayLike, read: ArrayLike) -> Numbers:
    """Calls with one prefix, the one that writes it included, from which caching it is cheaper.

    n calls cost write + (n - 1) read with the cache and n without. Where writing costs nothing
    extra it is 1 or less.

    Raises:
        RoutingError: where reading costs as much as a plain token or more: it never pays.
    """
    again = numbers(read)
    if not (again < 1).all():
        worst = float(again.max())
        raise RoutingError("read", f"read is {worst:g} of the input price; below 1 it can pay")
    return (numbers(write) - again) / (1 - again)
