"""A cascade: a small model answers, a verifier sends doubtful answers to a large one.

L. Chen, M. Zaharia and J. Zou, "FrugalGPT", arXiv 2305.05176, 2023, is the usual source of the
recipe; the formulas here are the law of total probability over who is right. All numbers are shares
from 0 to 1.
"""

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scores:
    """How often two models are right on the same requests.

    The scores alone do not say how often the large model mends an answer of the small one:
    requests that are hard for one model tend to be hard for the other, so independence overstates
    it.
    """

    small: float
    large: float
    both: float
    """Share of the requests that both answer rightly."""

    @classmethod
    def sharing(cls, small: float, large: float, both: float) -> "Scores":
        """From both scores and the share that both answer rightly, taken to the nearest possible.

        Possible is what leaves no pattern of right and wrong a negative share: Maurice Frechet,
        "Sur les tableaux de correlation dont les marges sont donnees", Annales de l'Universite de
        Lyon A 14, 1951.
        """
        return cls(small, large, min(max(both, small + large - 1, 0.0), small, large))

    @classmethod
    def correlated(cls, small: float, large: float, correlation: float) -> "Scores":
        """From both scores and the correlation of being right (phi, -1 to 1; 0 is independence).

        A correlation that the scores do not allow is taken to the nearest that they do.
        """
        spread = math.sqrt(small * (1 - small) * large * (1 - large))
        return cls.sharing(small, large, small * large + correlation * spread)


@dataclass(frozen=True, slots=True)
class Verifier:
    """What it accepts; what it rejects goes to the large model.

    Its errors are taken as independent of whether the large model would be right.
    """

    accepts_right: float
    """Share of right answers that it accepts."""
    accepts_wrong: float
    """Share of wrong answers that it accepts all the same."""

    def escalation(self, small: float) -> float:
        """Share of the requests that goes on, of a small model with this score."""
        return (1 - self.accepts_right) * small + (1 - self.accepts_wrong) * (1 - small)

    def quality(self, scores: Scores) -> float:
        """Share of right answers of the cascade."""
        mended = (1 - self.accepts_wrong) * (scores.large - scores.both)
        return self.accepts_right * scores.small + (1 - self.accepts_right) * scores.both + mended
