"""The requests that a replica answers, in words a plan uses, and checked."""

from dataclasses import dataclass

from pricing.plan.serving import Speculative
from pricing.plan.sheets import ModelSheet
from pricing.serving.errors import ServingError
from pricing.serving.point import Traffic, speculation

LONGEST = 100_000_000
"""Tokens above which a length is taken for a slip; no model has a context of that length."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Lengths of the requests of one class."""

    input: float
    """Mean input tokens."""
    output: float
    """Mean output tokens; 0 for requests that only read (embedding, classification)."""
    input_variation: float = 0.0
    """Coefficient of variation of the input length; 0 in benchmarks of fixed length."""
    output_variation: float = 0.0
    """Coefficient of variation of the output length."""
    cached: float = 0.0
    """Share of the input tokens found in the prefix cache."""
    speculative: Speculative | None = None

    def traffic(self) -> Traffic:
        """In numbers."""
        draft = self.speculative
        return Traffic.of(
            input=self.input,
            output=self.output,
            output_variation=self.output_variation,
            cached=self.cached,
            **speculation(
                float(draft.draft_tokens) if draft else 0.0,
                draft.acceptance.value if draft else 0.0,
                draft.draft_cost.value if draft else 0.0,
            ),
        )

    def check(self, model: ModelSheet | None = None) -> None:
        """Refuse lengths that cannot be, or that a model cannot hold.

        Raises:
            ServingError: naming the value and what would be right.
        """
        for field, value, least in (
            ("input_tokens", self.input, 1),
            ("output_tokens", self.output, 0),
        ):
            if not least <= value <= LONGEST:
                raise ServingError(
                    field,
                    f"{field.replace('_', ' ').capitalize()} of {value:,.0f} is not a mean length; "
                    f"enter {least:,} to {LONGEST:,} tokens.",
                )
        if model is None or model.max_context is None:
            return
        whole = self.input + self.output
        if whole > model.max_context:
            raise ServingError(
                "input_tokens",
                f"A request of {self.input:,.0f} + {self.output:,.0f} tokens is longer than the "
                f"context of {model.name} ({model.max_context:,} tokens); choose a model with a "
                "longer context or shorten the requests.",
            )
