"""The exports we know by their columns; each says where its columns are documented."""

from dataclasses import dataclass

from pricing.workload.mapping import ColumnMapping


@dataclass(frozen=True, slots=True)
class KnownExport:
    """One export of a product: the columns that give it away and what they mean."""

    name: str
    signature: frozenset[str]
    """Columns that must all be there (dotted paths for nested JSON)."""
    mapping: ColumnMapping | None
    """Cached tokens name the places where versions of the product keep them: the first that is
    there counts, patterns all count. None means that the export cannot become a workload."""
    source: str
    label: str | None = None
    """Column that a split "by model" uses."""
    why_not: str = ""
    """Why it cannot, and what to use instead."""


_LANGFUSE_INPUT = "*input*"
_LANGFUSE_OUTPUT = "*output*"
_LANGFUSE_CACHED = ("*cache_read*", "*cached*")


def _langfuse(name: str, time: str, usage: str, model: str) -> KnownExport:
    """Langfuse counts kinds of input apart and adds up every kind whose name holds "input"."""
    return KnownExport(
        name=name,
        signature=frozenset({time, usage}),
        mapping=ColumnMapping(
            timestamp=time,
            input_tokens=(f"{usage}.{_LANGFUSE_INPUT}",),
            output_tokens=(f"{usage}.{_LANGFUSE_OUTPUT}",),
            cached_tokens=tuple(f"{usage}.{part}" for part in _LANGFUSE_CACHED),
            rows_without_usage="skipped",
        ),
        label=model,
        source="langfuse.com/docs, blob storage export fields and model usage, read 2026-11-22",
    )


EXPORTS: tuple[KnownExport, ...] = (
    KnownExport(
        name="Azure LLM inference trace",
        signature=frozenset({"TIMESTAMP", "ContextTokens", "GeneratedTokens"}),
        mapping=ColumnMapping(
            timestamp="TIMESTAMP",
            input_tokens=("ContextTokens",),
            output_tokens=("GeneratedTokens",),
        ),
        source="Azure Public Dataset, AzureLLMInferenceDataset2023, read 2026-11-22",
    ),
    KnownExport(
        name="OpenAI completions usage export",
        signature=frozenset({"start_time", "num_model_requests", "input_tokens", "output_tokens"}),
        mapping=ColumnMapping(
            timestamp="start_time",
            input_tokens=("input_tokens",),
            output_tokens=("output_tokens",),
            cached_tokens=("input_cached_tokens",),
            requests="num_model_requests",
            rows_without_usage="skipped",
        ),
        label="model",
        source="OpenAI API reference, organization usage, read 2026-11-22",
    ),
    KnownExport(
        name="OpenAI embeddings usage export",
        signature=frozenset({"start_time", "num_model_requests", "input_tokens"}),
        mapping=ColumnMapping(
            timestamp="start_time",
            input_tokens=("input_tokens",),
            requests="num_model_requests",
            rows_without_usage="skipped",
        ),
        label="model",
        source="OpenAI API reference, organization usage, read 2026-11-22",
    ),
    KnownExport(
        name="OpenAI costs export",
        signature=frozenset({"start_time", "amount_value", "amount_currency"}),
        mapping=None,
        source="OpenAI API reference, organization costs, read 2026-11-22",
        why_not=(
            "it holds amounts of money but neither requests nor tokens; "
            "export the usage of completions instead of the costs"
        ),
    ),
    KnownExport(
        name="OpenAI usage export of 2023-2024",
        signature=frozenset(
            {
                "aggregation_timestamp",
                "n_requests",
                "n_context_tokens_total",
                "n_generated_tokens_total",
            }
        ),
        mapping=ColumnMapping(
            timestamp="aggregation_timestamp",
            input_tokens=("n_context_tokens_total",),
            output_tokens=("n_generated_tokens_total",),
            cached_tokens=("n_cached_context_tokens_total",),
            requests="n_requests",
            rows_without_usage="skipped",
        ),
        label="snapshot_id",
        source="OpenAI usage endpoint as read by its clients, 2023-2024",
    ),
    KnownExport(
        name="LiteLLM daily spend",
        signature=frozenset({"date", "api_requests", "prompt_tokens", "completion_tokens"}),
        mapping=ColumnMapping(
            timestamp="date",
            input_tokens=("prompt_tokens",),
            output_tokens=("completion_tokens",),
            cached_tokens=("cache_read_input_tokens",),
            requests="api_requests",
            rows_without_usage="skipped",
        ),
        label="model",
        source="BerriAI/litellm schema.prisma, LiteLLM_DailyUserSpend, read 2026-11-22",
    ),
    KnownExport(
        name="LiteLLM spend logs",
        signature=frozenset({"startTime", "prompt_tokens", "completion_tokens", "spend"}),
        mapping=ColumnMapping(
            timestamp="startTime",
            input_tokens=("prompt_tokens",),
            output_tokens=("completion_tokens",),
            cached_tokens=(
                "metadata.additional_usage_values.cache_read_input_tokens",
                "metadata.additional_usage_values.prompt_tokens_details.cached_tokens",
                "metadata.usage_object.cache_read_input_tokens",
                "metadata.usage_object.prompt_tokens_details.cached_tokens",
            ),
        ),
        label="model",
        source="BerriAI/litellm schema.prisma, LiteLLM_SpendLogs, read 2026-11-22",
    ),
    _langfuse("Langfuse observations export", "start_time", "usage_details", "provided_model_name"),
    _langfuse("Langfuse observations (API)", "startTime", "usageDetails", "model"),
    KnownExport(
        name="Helicone requests export",
        signature=frozenset({"request_created_at", "prompt_tokens", "completion_tokens"}),
        mapping=ColumnMapping(
            timestamp="request_created_at",
            input_tokens=("prompt_tokens",),
            output_tokens=("completion_tokens",),
        ),
        label="model",
        source="Helicone/helicone examples/export/typescript, read 2026-11-22",
    ),
    KnownExport(
        name="Anthropic usage report",
        signature=frozenset({"uncached_input_tokens", "cache_read_input_tokens", "output_tokens"}),
        mapping=None,
        source="Anthropic Admin API reference, messages usage report, read 2026-11-22",
        why_not=(
            "it holds tokens but no number of requests; "
            "use a log of your gateway with one row per request"
        ),
    ),
)
"""Tried in this order: the first whose signature is contained in the header wins."""
