"""How the lengths of a request follow from what one can say about an application."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lengths:
    """Mean lengths of a request in tokens."""

    input_tokens: float
    output_tokens: float
    cacheable_share: float
    """Share of the input that repeats a prefix, 0 to 1."""


def _share(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def as_measured(*, input_tokens: float, output_tokens: float, cacheable_share: float) -> Lengths:
    """Lengths as they were measured."""
    return Lengths(input_tokens, output_tokens, cacheable_share)


def retrieval(
    *,
    instruction_tokens: float,
    passages: float,
    tokens_per_passage: float,
    question_tokens: float,
    answer_tokens: float,
) -> Lengths:
    """Instructions + passages x tokens per passage + question; only the instructions repeat."""
    total = instruction_tokens + passages * tokens_per_passage + question_tokens
    return Lengths(total, answer_tokens, _share(instruction_tokens, total))


def agent_loop(
    *,
    steps: float,
    instruction_tokens: float,
    task_tokens: float,
    output_tokens_per_step: float,
    result_tokens_per_step: float,
) -> Lengths:
    """One model call of a loop whose context grows by output and tool result in every step.

    Step k of n reads context(k) = instructions + task + (k - 1) x (output + result). Its cached
    prefix is the whole context of step k - 1; that of the first step is the instructions, which
    all tasks share. Means over the n steps:

        input = instructions + task + (n - 1) / 2 x (output + result)
        cacheable = (instructions + (n - 1) x mean context of the first n - 1 steps) / n
    """
    start = instruction_tokens + task_tokens
    added = output_tokens_per_step + result_tokens_per_step
    mean_context = start + (steps - 1) / 2 * added
    before_last = start + max(steps - 2, 0) / 2 * added
    cached = (instruction_tokens + (steps - 1) * before_last) / steps
    return Lengths(mean_context, output_tokens_per_step, _share(cached, mean_context))


def document_batch(
    *,
    instruction_tokens: float,
    pages: float,
    tokens_per_page: float,
    output_tokens: float,
) -> Lengths:
    """Instructions + pages x tokens per page; only the instructions repeat."""
    total = instruction_tokens + pages * tokens_per_page
    return Lengths(total, output_tokens, _share(instruction_tokens, total))


def coding_assistant(
    *,
    instruction_tokens: float,
    context_tokens: float,
    context_repeated: float,
    question_tokens: float,
    output_tokens: float,
) -> Lengths:
    """Instructions + context + question; the instructions and a share of the context repeat."""
    total = instruction_tokens + context_tokens + question_tokens
    repeated = instruction_tokens + context_repeated * context_tokens
    return Lengths(total, output_tokens, _share(repeated, total))


def image_input(
    *,
    text_tokens: float,
    images: float,
    tokens_per_image: float,
    output_tokens: float,
    cacheable_share: float,
) -> Lengths:
    """Text + images x tokens per image."""
    return Lengths(text_tokens + images * tokens_per_image, output_tokens, cacheable_share)


FORMULAS: dict[str, tuple[Callable[..., Lengths], str]] = {
    "as_measured": (as_measured, "as measured"),
    "retrieval": (retrieval, "instructions + passages x tokens per passage + question"),
    "agent_loop": (
        agent_loop,
        "instructions + task + (steps - 1) / 2 x (output + tool result of a step)",
    ),
    "document_batch": (document_batch, "instructions + pages x tokens per page"),
    "coding_assistant": (coding_assistant, "instructions + context + question"),
    "image_input": (image_input, "text + images x tokens per image"),
}
"""Formula by the name a template gives, and what it says in words about the input tokens."""
