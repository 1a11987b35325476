"""Compact catalogue records made into entries whose every figure carries its whole origin."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from pricing.catalogue.hardware import Rental, RentalPrice
from pricing.catalogue.tokens import DatedPrices, LongContextTier, TokenModel
from pricing.plan.figure import Price
from pricing.plan.model import Frozen

_RATES = (
    "input",
    "output",
    "cached_input",
    "cache_write",
    "cache_write_1h",
    "batch_input",
    "batch_output",
    "batch_cached_input",
    "batch_cache_write",
    "batch_cache_write_1h",
)

EntryT = TypeVar("EntryT", bound=Frozen)


def plain(kind: type[EntryT]) -> Callable[[Mapping[str, Any], Mapping[str, Any]], EntryT]:
    """A maker for files whose records already are whole entries."""

    def make(record: Mapping[str, Any], _: Mapping[str, Any]) -> EntryT:
        return kind.model_validate_json(json.dumps(record))

    return make


def token_model(record: Mapping[str, Any], header: Mapping[str, Any]) -> TokenModel:
    """A token-priced model; what all prices of a provider share stands in the file's header."""
    provider = header["providers"][record["provider"]]
    currency = record.get("currency", "USD")
    region = record.get("region") or provider["region"]
    origin = {
        "currency": currency,
        "region": region,
        "source": record.get("source") or provider["source"],
        "url": provider["url"],
        "as_of": record.get("as_of") or provider["as_of"],
        "confidence": record.get("confidence") or provider["confidence"],
        "note": " ".join(
            part for part in (record.get("price_note", ""), provider["price_note"]) if part
        ),
    }
    token_origin = {**origin, "unit": f"{currency} per million tokens"}

    def rates(prices: Mapping[str, Any]) -> dict[str, Price]:
        return {
            name: Price.model_validate({"value": prices[name], **token_origin})
            for name in _RATES
            if name in prices
        }

    def dated(prices: Mapping[str, Any]) -> DatedPrices:
        charge = prices.get("per_request")
        return DatedPrices(
            **rates(prices),
            effective_from=date.fromisoformat(prices["from"]) if prices["from"] else None,
            long_context=tuple(
                LongContextTier(above_tokens=tier["above"], **rates(tier))
                for tier in prices.get("long_context", ())
            ),
            per_request=None
            if charge is None
            else Price.model_validate(
                {"value": charge, **origin, "unit": f"{currency} per request"}
            ),
        )

    return TokenModel(
        id=record["id"],
        name=record["name"],
        provider=provider["name"],
        api_name=record["api_name"],
        context_window=record.get("context_window"),
        open_weights=record.get("open_weights"),
        open_model=record.get("open_model"),
        deprecated=record.get("deprecated", False),
        region=region,
        currency=currency,
        tariff=record.get("tariff", ""),
        hours_utc=tuple((start, end) for start, end in record.get("hours_utc", ())),
        prices=tuple(dated(prices) for prices in record["prices"]),
        note=" ".join(part for part in (record.get("note", ""), provider["note"]) if part),
    )


def rental(record: Mapping[str, Any], _: Mapping[str, Any]) -> Rental:
    """A rented instance; each price states its origin once for the hour and the GPU-hour."""

    def price(stated: Mapping[str, Any] | None) -> RentalPrice | None:
        if stated is None:
            return None
        shared = {"currency": "USD", "region": record["region"], **stated["origin"]}
        return RentalPrice(
            per_instance_hour=Price.model_validate(
                {"value": stated["per_instance_hour"], "unit": "USD per instance-hour", **shared}
            ),
            per_gpu_hour=Price.model_validate(
                {"value": stated["per_gpu_hour"], "unit": "USD per GPU-hour", **shared}
            ),
            derived=stated["derived"],
        )

    ways = ("on_demand", "spot", "reserved_1y", "reserved_3y")
    return Rental.model_validate({**record, **{way: price(record[way]) for way in ways}})
