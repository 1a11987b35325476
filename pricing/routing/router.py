"""How much quality a router recovers: a curve with one parameter.

A router that sees only the request sends a share f of the requests to the strong model. The share
of the quality gap between weak and strong model that it recovers is taken as

    PGR(f) = Phi(d + quantile(f)),

the binormal ROC curve: "strong model needed" and "weak model enough" as two normal scores, d
standard deviations apart. Its area is the average performance gap recovered, APGR = Phi(d / sqrt
2); d = 0 is a router that throws a coin. The measures are those of I. Ong et al., "RouteLLM",
arXiv 2406.18665, 2024; the curve is within 5 points of the published points of that paper. It
never exceeds the strong model: where the weak model is right on requests on which the strong one
is not, a cascade can.
"""

import math

from pricing.ledger.normal import cumulative_normal, normal_quantile


def recovered_gap(apgr: float, strong_share: float) -> float:
    """Share of the quality gap recovered (PGR).

    Args:
        apgr: Average performance gap recovered, above 0 and below 1; 0.5 is chance.
        strong_share: Share of the requests that goes to the strong model, 0 to 1.
    """
    distance = math.sqrt(2) * normal_quantile(apgr)
    return float(cumulative_normal(distance + normal_quantile(strong_share)))


def routed_quality(apgr: float, strong_share: float, weak: float, strong: float) -> float:
    """Score of the routed answers, between those of the weak and the strong model."""
    return weak + (strong - weak) * recovered_gap(apgr, strong_share)
