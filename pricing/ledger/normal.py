"""The standard normal distribution on arrays, with numpy alone, to nearly all digits of a float."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

_complementary_error = np.frompyfunc(math.erfc, 1, 1)

_MIDDLE = 0.425
"""Distance from 1/2 up to which the quotient for the middle is used."""
_NEAR = 5.0
"""Root of -log(tail) up to which the quotient for the near tail is used."""

# Coefficients of algorithm AS 241 (PPND16), highest power first: numerator, then denominator.
_IN_THE_MIDDLE = (
    (
        2.5090809287301226727e3,
        3.3430575583588128105e4,
        6.7265770927008700853e4,
        4.5921953931549871457e4,
        1.3731693765509461125e4,
        1.9715909503065514427e3,
        1.3314166789178437745e2,
        3.3871328727963666080,
    ),
    (
        5.2264952788528545610e3,
        2.8729085735721942674e4,
        3.9307895800092710610e4,
        2.1213794301586595867e4,
        5.3941960214247511077e3,
        6.8718700749205790830e2,
        4.2313330701600911252e1,
        1.0,
    ),
)
_IN_THE_NEAR_TAIL = (
    (
        7.74545014278341407640e-4,
        2.27238449892691845833e-2,
        2.41780725177450611770e-1,
        1.27045825245236838258,
        3.64784832476320460504,
        5.76949722146069140550,
        4.63033784615654529590,
        1.42343711074968357734,
    ),
    (
        1.05075007164441684324e-9,
        5.47593808499534494600e-4,
        1.51986665636164571966e-2,
        1.48103976427480074590e-1,
        6.89767334985100004550e-1,
        1.67638483018380384940,
        2.05319162663775882187,
        1.0,
    ),
)
_IN_THE_FAR_TAIL = (
    (
        2.01033439929228813265e-7,
        2.71155556874348757815e-5,
        1.24266094738807843860e-3,
        2.65321895265761230930e-2,
        2.96560571828504891230e-1,
        1.78482653991729133580,
        5.46378491116411436990,
        6.65790464350110377720,
    ),
    (
        2.04426310338993978564e-15,
        1.42151175831644588870e-7,
        1.84631831751005468180e-5,
        7.86869131145613259100e-4,
        1.48753612908506148525e-2,
        1.36929880922735805310e-1,
        5.99832206555887937690e-1,
        1.0,
    ),
)


def cumulative_normal(z: ArrayLike) -> NDArray[np.float64]:
    """Probability that a standard normal quantity is below z; keeps its digits far below 0."""
    scaled = np.asarray(z, dtype=np.float64) / -math.sqrt(2)
    return 0.5 * np.asarray(_complementary_error(scaled), dtype=np.float64)


def normal_quantile(p: ArrayLike) -> NDArray[np.float64]:
    """The z below which a standard normal quantity lies with probability p.

    Minus and plus infinity at 0 and 1, not a number outside. Michael J. Wichura, "Algorithm AS 241:
    The Percentage Points of the Normal Distribution", Applied Statistics 37(3), 1988, pp. 477-484;
    relative error about 1e-16.
    """
    chance = np.asarray(p, dtype=np.float64)
    from_middle = chance - 0.5
    with np.errstate(invalid="ignore", divide="ignore"):
        root = np.sqrt(-np.log(np.minimum(chance, 1 - chance)))
    finite = np.where(np.isfinite(root), root, 0.0)
    tail = np.where(
        finite <= _NEAR,
        _quotient(_IN_THE_NEAR_TAIL, finite - 1.6),
        _quotient(_IN_THE_FAR_TAIL, finite - _NEAR),
    )
    tail = np.copysign(np.where(np.isfinite(root), tail, root), from_middle)
    middle = from_middle * _quotient(_IN_THE_MIDDLE, _MIDDLE**2 - from_middle**2)
    return np.where(np.abs(from_middle) <= _MIDDLE, middle, tail)


def _quotient(
    coefficients: tuple[tuple[float, ...], tuple[float, ...]], x: NDArray[np.float64]
) -> NDArray[np.float64]:
    above, below = coefficients
    result: NDArray[np.float64] = np.polyval(above, x) / np.polyval(below, x)
    return result
