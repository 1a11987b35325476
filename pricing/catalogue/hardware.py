"""Things that are bought or rented by the piece: servers, appliances, cards, rented instances."""

from typing import Literal

from pricing.catalogue.errors import CatalogueError
from pricing.plan.figure import Amount, Figure, Price
from pricing.plan.model import Frozen


class RentalPrice(Frozen):
    """One way to pay for a rented instance, as the price of an hour."""

    per_instance_hour: Price
    """One whole instance for one hour."""
    per_gpu_hour: Price
    """One of its accelerators for one hour."""
    derived: bool
    """Whether it was worked out from the on-demand price with a typical discount, not quoted."""


class Rental(Frozen):
    """An instance with accelerators that is rented by the hour."""

    id: str
    """provider/instance@region."""
    name: str
    provider: str
    tier: str
    """hyperscaler, neocloud or marketplace."""
    instance: str
    """The provider's name of it."""
    region: str
    accelerator: str
    """In the source's words."""
    accelerator_id: str | None
    """Catalogue id of the accelerator, where it is there."""
    accelerator_count: int
    memory_gb_per_gpu: float | None
    on_demand: RentalPrice | None
    spot: RentalPrice | None
    """May be taken away at short notice."""
    reserved_1y: RentalPrice | None
    reserved_3y: RentalPrice | None
    note: str


class Hardware(Frozen):
    """What hardware offers have in common."""

    id: str
    name: str
    category: str
    accelerator: str
    """In the source's words."""
    accelerator_id: str | None
    """Catalogue id of the accelerator, where it is there."""
    accelerator_count: int | None
    """None where the source gives a range or nothing."""
    region: str
    price: Price | None
    """Typical price; none where the source states none."""
    stated_low: Price | None
    """Low end where the source gives no typical price."""
    stated_high: Price | None
    """High end where the source gives no typical price."""
    power_kw: Amount | None
    """IT power when installed and busy, in kW."""
    gap: bool
    """Whether the source searched for a price and found none."""
    note: str

    def known_price(self) -> Price:
        """The typical price.

        Raises:
            CatalogueError: the sources state none; the message says what they do state.
        """
        if self.price is not None:
            return self.price
        ends = [
            f"{word} {end.value:,.0f} {end.unit}"
            for word, end in (("from", self.stated_low), ("up to", self.stated_high))
            if end is not None
        ]
        stated = f" (stated: {', '.join(ends)})" if ends else ""
        raise CatalogueError(
            f"No typical price of {self.id!r} is known{stated}; enter a quoted price."
        )


class Server(Hardware):
    """A server, workstation or rack that a buyer can own."""

    category: Literal["server", "rack", "workstation", "server_cn"]


class ApplianceEntry(Hardware):
    """An all-in-one machine."""

    category: Literal["appliance", "appliance_cn"]


class Part(Hardware):
    """A card, a software licence, network gear or a power figure."""

    category: Literal["card", "power", "software", "network"]


class ReferenceCheck(Hardware):
    """A published cost to check one's own against, never an input."""

    category: Literal["owned_tco_check"]


class Accelerator(Frozen):
    """Data sheet of one accelerator; tensor throughput is dense."""

    id: str
    name: str
    vendor: str
    architecture: str
    memory_gb: Amount | None
    bandwidth_gb_s: Amount | None
    bf16_tflops: Amount | None
    fp8_tflops: Amount | None
    int8_tops: Amount | None
    fp4_tflops: Amount | None
    interconnect: str
    interconnect_gb_s: Amount | None
    """Per accelerator, one direction."""
    max_scale_up: int | None
    """Accelerators in one fast domain."""
    tdp_w: Amount | None
    all_in_kw: Amount | None
    """Power of one accelerator with its share of host and network, in kW."""
    release_year: int | None
    unverified: tuple[str, ...]
    """Fields the source could not check."""
    region: str
    source: str
    note: str


class OpenModel(Frozen):
    """An open-weights model: shape, licence and context."""

    id: str
    name: str
    hf_id: str
    """Name on the Hugging Face hub."""
    release_date: str
    """As the source states it: a day or a month; empty means not known."""
    licence: str
    """Empty means not known."""
    unverified: tuple[str, ...]
    """Which of release_date and licence could not be checked."""
    total_params_b: Amount
    active_params_b: Amount
    """Weights read per token."""
    layers: int
    hidden: int
    intermediate: int | None
    n_heads: int
    n_kv_heads: int
    head_dim: int | None
    vocab: int
    attention: str
    kv_lora_rank: int | None
    qk_rope_dim: int | None
    qk_nope_dim: int | None
    v_head_dim: int | None
    q_lora_rank: int | None
    sliding_window: int | None
    n_experts: int | None
    experts_per_token: int | None
    moe_intermediate: int | None
    shared_experts: int | None
    first_k_dense: int | None
    moe_layer_interval: int | None
    full_attention_interval: int | None
    tie_embeddings: bool | None
    max_context: int | None
    native_dtype: str
    region: str
    source: str
    licence_source: str
    note: str


def figures_of(entry: Frozen) -> list[tuple[str, Figure]]:
    """Every figure of an entry with its dotted path, nested ones included."""
    found: list[tuple[str, Figure]] = []

    def visit(path: str, value: object) -> None:
        if isinstance(value, Figure):
            found.append((path, value))
        elif isinstance(value, Frozen):
            for name in type(value).model_fields:
                visit(f"{path}.{name}" if path else name, getattr(value, name))
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                visit(f"{path}[{number}]", item)

    visit("", entry)
    return found
