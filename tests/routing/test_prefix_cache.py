import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing.routing import RoutingError, break_even_calls, input_price_factor
from tests.routing.strategies import shares


@pytest.mark.parametrize(("write", "calls"), [(1.25, 1.28), (2.0, 2.11)])
def test_that_writing_for_5_minutes_or_an_hour_pays_from_the_known_number_of_calls(
    write: float, calls: float
) -> None:
    # write at 1.25 (5 minutes) or 2.0 (1 hour) and read at 0.1 of the input price: a provider's
    # price page of June 2026
    assert break_even_calls(write, 0.1) == pytest.approx(calls, abs=0.005)


@given(st.integers(1, 100), st.floats(1, 3), st.floats(0, 0.9), shares)
def test_that_the_factor_is_that_of_calls_priced_one_by_one(
    calls: int, write: float, read: float, prefix: float
) -> None:
    paid = (1 - prefix) * calls + prefix * (write + (calls - 1) * read)
    factor = input_price_factor(prefix, 1 / calls, write, read)
    assert factor == pytest.approx(paid / calls)
    if prefix > 0.01 and abs(calls - break_even_calls(write, read)) > 1e-6:
        assert (factor < 1) == (calls > break_even_calls(write, read))


def test_that_reading_at_the_full_price_never_pays() -> None:
    with pytest.raises(RoutingError, match="read is 1 of the input price"):
        break_even_calls(1.25, [0.5, 1.0])
