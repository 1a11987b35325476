"""One replica: memory, decode step and prefill layer by layer, and what follows from them."""

from dataclasses import dataclass

from pricing.serving import Requests, Stack
from tests.serving.oracle.factors import Factors, factors
from tests.serving.oracle.layers import Layer, layers_of, size

CHUNK = 8192
BUFFERS = 1.5e9


@dataclass
class Replica:
    """What is predicted of one replica; bytes per accelerator, seconds, tokens per second."""

    weights: float = 0.0
    buffers: float = 0.0
    per_sequence: float = 0.0
    sequences: float = 0.0
    reading: float = 0.0
    cache: float = 0.0
    arithmetic: float = 0.0
    communication: float = 0.0
    software: float = 0.0
    prefill: float = 0.0
    hidden: float = 0.0
    requests: float = 0.0
    output_tokens: float = 0.0
    tpot: float = 0.0
    tpot_in_step: float = 0.0
    ttft: float = 0.0
    joules: float = 0.0
    low: float = 0.0
    high: float = 0.0

    @property
    def step(self) -> float:
        """Seconds of one output token of every sequence."""
        return self.reading + self.cache + self.arithmetic + self.communication + self.software


def replica(stack: Stack, requests: Requests, concurrency: float, speed: float = 1.0) -> Replica:
    """Predict one replica; where a request does not fit, only its memory is told."""
    by, layers = factors(stack), layers_of(stack.model)
    found = Replica(low=by.low, high=by.high)
    _memory(found, stack, requests, by, layers)
    if found.sequences < 1:
        return found
    batch = max(min(concurrency, found.sequences), 1.0)
    _decode(found, stack, requests, by, layers, batch)
    _prefill(found, stack, requests, by, layers)
    faster = by.speed * speed
    weights_per_pass = found.reading / (1 + _drafting(requests)) * _kept(requests) / faster
    for part in ("reading", "cache", "arithmetic", "communication", "software", "prefill"):
        setattr(found, part, getattr(found, part) / faster)
    passes = requests.output / _kept(requests)
    prompts = batch * found.prefill
    found.hidden = by.of["overlap"] * min(passes * weights_per_pass, prompts)
    whole = requests.output * found.step + prompts - found.hidden
    found.requests = batch / whole
    found.output_tokens = found.requests * requests.output
    others = max(prompts - found.hidden - found.prefill, 0.0) / max(requests.output, 1.0)
    found.tpot = found.step + others
    found.tpot_in_step = found.step + others * (1 - min(by.of["synchrony"], 1.0))
    # one prompt alone goes through the stages chunk after chunk, and leaves the others idle
    chunks = max(requests.input * (1 - requests.cached) / CHUNK, 1.0)
    alone = found.prefill * stack.data * (chunks + stack.pipeline - 1) / chunks
    found.ttft = alone + found.step
    watts = by.watts * stack.tensor * stack.data * stack.pipeline
    found.joules = watts / found.output_tokens if found.output_tokens else 0.0
    return found


def _kept(requests: Requests) -> float:
    """Tokens gained per pass: the model's own and every draft before the first refused one."""
    draft = requests.speculative
    if draft is None:
        return 1.0
    return sum(draft.acceptance.value**n for n in range(draft.draft_tokens + 1))


def _drafting(requests: Requests) -> float:
    draft = requests.speculative
    return 0.0 if draft is None else draft.draft_tokens * draft.draft_cost.value


def _checked(requests: Requests) -> float:
    return 1.0 if requests.speculative is None else requests.speculative.draft_tokens + 1.0


def _running(requests: Requests) -> float:
    """Context of a request seen at a random moment: long answers are seen more often."""
    return requests.input + requests.output * (1 + requests.output_variation**2) / 2


def _cache(layer: Layer, tokens: float, stack: Stack, by: Factors) -> float:
    """Bytes of one layer of one sequence on one of the accelerators that hold the layer."""
    return layer.held(tokens) * layer.cached * by.kv_bytes / min(stack.tensor, layer.cache_heads)


def _memory(
    found: Replica, stack: Stack, requests: Requests, by: Factors, layers: list[Layer]
) -> None:
    more = 1 + stack.memory_overhead
    for layer in layers:
        here = size(layer.attention) * by.attention_bytes / stack.tensor
        here += size(layer.block) * by.block_bytes / stack.tensor
        here += layer.experts * size(layer.expert) * by.block_bytes / stack.tensor / stack.data
        found.weights += here / stack.pipeline
    # in 16 bit: embedding on the first stage, head on the last
    table = stack.model.vocab * stack.model.hidden * 2 / stack.tensor
    found.weights += 2 * table if stack.pipeline == 1 else table
    found.buffers = BUFFERS * more
    running, longest = _running(requests), requests.input + requests.output
    booked = running + 0.2 * max(longest - running, 0.0)
    per_stage = [
        sum(_cache(layer, n, stack, by) + layer.state / stack.tensor for layer in layers)
        for n in (booked, longest)
    ]
    found.per_sequence, at_the_end = (held / stack.pipeline * more for held in per_stage)
    free = max(by.memory * stack.filled - found.weights - found.buffers, 0.0)
    whole = free / max(at_the_end, 1e-9)
    # a request lives in one group, so one group must hold a whole one
    found.sequences = free / max(found.per_sequence, 1e-9) * stack.data if whole >= 1 else whole


def _decode(
    found: Replica,
    stack: Stack,
    requests: Requests,
    by: Factors,
    layers: list[Layer],
    batch: float,
) -> None:
    tensor, groups = stack.tensor, stack.data
    width = stack.model.hidden
    on_stage = max(batch / stack.pipeline, 1.0)
    in_group = on_stage / groups if on_stage >= groups else 1.0
    tokens, all_tokens = in_group * _checked(requests), on_stage * _checked(requests)
    context = _running(requests)
    for layer in layers:
        attention, block = size(layer.attention) / tensor, size(layer.block) / tensor
        found.reading += (attention * by.attention_bytes + block * by.block_bytes) / by.bandwidth
        found.arithmetic += 2 * (attention + block) * tokens / by.attention_rate
        read = _cache(layer, context, stack, by) + 2 * layer.state / tensor
        found.cache += in_group * read / by.kv_bandwidth
        found.arithmetic += (
            tokens * layer.decode_pair / tensor * layer.held(context) / by.decode_rate
        )
        found.software += by.of["layer"] + (by.of["latent_layer"] if layer.latent else 0.0)
        if tensor > 1:
            for _after in ("attention", "feed-forward"):
                ring = 2 * (tensor - 1) / tensor * tokens * width * 2
                found.communication += by.of["call"] + ring / by.link
        if not layer.experts:
            continue
        here = size(layer.expert) / (tensor * groups)
        touched = layer.experts * (1 - (1 - layer.visited / layer.experts) ** all_tokens)
        found.reading += touched * here * by.block_bytes / by.expert_bandwidth
        rows = all_tokens * layer.visited + touched * by.of["padding"]
        found.arithmetic += 2 * here * rows / by.expert_rate
        found.software += by.of["moe_layer"]
        if groups > 1:
            found.communication += 2 * by.of["exchange"]
            found.communication += _to_experts(layer, groups, tokens, width) / by.link
    head = stack.model.vocab * width / tensor
    found.reading += head * 2 / by.bandwidth
    found.arithmetic += 2 * head * tokens / by.attention_rate
    found.software += by.of["step"] + on_stage_sequences(in_group, stack) * by.of["sequence"]
    per_token = (1 + _drafting(requests)) / _kept(requests)
    for part in ("reading", "cache", "arithmetic", "communication", "software"):
        setattr(found, part, getattr(found, part) * per_token)


def on_stage_sequences(in_group: float, stack: Stack) -> float:
    """Sequences of a group that a token's way through all stages meets."""
    return in_group * stack.pipeline


def _to_experts(layer: Layer, groups: int, tokens: float, width: int) -> float:
    """Bytes to experts in other groups, 8 bit there and 16 bit back."""
    elsewhere = min(layer.visited, groups) * (groups - 1) / groups
    return tokens * elsewhere * width * (1 + 2)


def _prefill(
    found: Replica, stack: Stack, requests: Requests, by: Factors, layers: list[Layer]
) -> None:
    tensor, groups, stages = stack.tensor, stack.data, stack.pipeline
    spread = tensor * groups * stages
    fresh = requests.input * (1 - requests.cached)
    back = requests.input - fresh / 2
    seconds = 0.0
    sent = 0.0
    for layer in layers:
        dense = size(layer.attention) + size(layer.block)
        seconds += 2 * dense * fresh / spread / by.attention_rate
        seconds += layer.prefill_pair * fresh * layer.held(back) / spread / by.prefill_rate
        if layer.experts:
            padded = layer.experts * by.of["padding"] * fresh / (CHUNK * groups)
            rows = layer.visited * fresh + padded
            seconds += 2 * size(layer.expert) * rows / spread / by.expert_rate
            if groups > 1:
                sent += _to_experts(layer, groups, fresh, stack.model.hidden)
        if tensor > 1:
            sent += 2 * (2 * (tensor - 1) / tensor * fresh * stack.model.hidden * 2)
    seconds += sent / (groups * stages) / by.link
    found.prefill = seconds + by.of["request"] / groups
