"""The measured factors that turn counts into time."""

from dataclasses import dataclass

from pricing.serving.columns import Columns, Numbers


@dataclass(frozen=True, slots=True)
class Coefficients(Columns):
    """Efficiencies are shares of the peak rate, times are seconds."""

    bandwidth: Numbers
    """Share of the memory bandwidth reached when reading weights."""
    matmul: Numbers
    """Share of the peak reached by the feed-forward weights' arithmetic."""
    attention_matmul: Numbers
    """Share of the peak reached by the attention weights' arithmetic."""
    experts: Numbers
    """Arithmetic of experts over that of dense weights."""
    experts_bandwidth: Numbers
    """Reading of experts over that of dense weights."""
    padding: Numbers
    """Tokens of padding in each touched expert."""
    kv: Numbers
    """Reading of KV cache over that of weights."""
    decode_attention: Numbers
    """Share of the 16-bit peak reached by decode attention."""
    prefill_attention: Numbers
    """Share of the 16-bit peak reached by prefill attention."""
    call: Numbers
    """Seconds of one collective call."""
    exchange: Numbers
    """Seconds of one call that sends tokens to their experts in other groups, and back."""
    link: Numbers
    """Share of the link's rate reached."""
    layer: Numbers
    """Seconds of software per layer and step."""
    moe_layer: Numbers
    """More seconds per layer with experts."""
    latent_layer: Numbers
    """More seconds per layer with latent attention."""
    step: Numbers
    """Seconds of software per step."""
    sequence: Numbers
    """Seconds of software per sequence and step."""
    request: Numbers
    """Seconds of software per request."""
    overlap: Numbers
    """Share of prefill that hides behind the reading of weights."""
    synchrony: Numbers
    """Share of the others' prefill that delays the first token instead of the later ones, where a
    load generator keeps a number of requests in flight: they then come in step."""
