"""Assumptions and API facts made into catalogue records with readable ids."""

import re

from catalogue_rows import BuildError, Record, Row, joined, number, origin, slug

TOPICS = {
    "Colocation price, 250-500 kW wholesale ask": "colocation/wholesale-north-america",
    "Colocation price, global average": "colocation/global",
    "Colocation price, Singapore": "colocation/singapore",
    "Colocation range used by GPU TCO tools": "colocation/gpu-tco-tools-us",
    "PUE enterprise average": "pue/enterprise",
    "PUE hyperscale": "pue/hyperscale",
    "PUE colocation (Equinix)": "pue/colocation",
    "PUE by cooling: air / direct liquid / immersion": "pue/by-cooling",
    "Electricity, industrial/non-household": "electricity/{region}",
    "Electricity, non-household EU average": "electricity/eu-non-household",
    "Electricity, non-household EU extremes": "electricity/eu-extremes",
    "Electricity (typical=industrial, high=commercial)": "electricity/{region}",
    "Electricity, China data-centre planning figure": "electricity/china-data-centre",
    "US power price in GPU TCO tools": "electricity/us-gpu-tco-tools",
    "Accounting useful life of AI servers": "useful-life/ai-servers",
    "Residual value of H100-class after 12 months": "residual/12-months",
    "Residual value after 24 months": "residual/24-months",
    "Residual value after 36 months": "residual/36-months",
    "GPU share of HGX server price": "server/gpu-share-of-price",
    "Networking/cabling/switch/insurance adder, single node to small cluster": (
        "network/small-cluster-share"
    ),
    "Networking share, multi-node training-class cluster": "network/training-cluster-share",
    "Server operations (spares, remote hands, maintenance)": "operations/servers",
    "Vendor hardware support contract": "support/hardware-contract",
    "Cost of capital / discount rate": "finance/discount-rate",
    "Idle power as share of full load": "power/idle-share",
    "Reserved price ratio, AWS GPU 1-year": "reserved/aws-1-year",
    "Reserved price ratio, AWS GPU 3-year": "reserved/aws-3-year",
    "Reserved price ratio, GCP 1-year / 3-year": "reserved/gcp",
    "Reserved price ratio, Azure 1-year / 3-year": "reserved/azure",
    "Reserved discount, neocloud 1-3 y": "reserved/neocloud-discount",
    "GPU rental 1-year H100 contract": "rental/h100-1-year-contract",
    "Hidden cloud costs (storage, egress, support) on top of GPU-hours": "cloud/hidden-costs",
    "Egress, first tier": "cloud/egress",
    "Neocloud GPU utilisation needed to beat rent": "check/utilisation-to-beat-rent",
    "ML engineer base salary": "people/ml-engineer-base-{region}",
    "Software developer median wage": "people/software-developer-{region}",
    "ML engineer average": "people/ml-engineer-{region}",
    "Loaded-cost multiplier on base salary": "people/loaded-cost-multiplier",
    "Ops staffing for small on-prem AI cluster (China)": "people/operations-team-china",
    "FTE per on-prem estate of 1-10 GPU servers": "people/fte-small-estate",
    "Downtime cost, mid/large enterprise": "risk/downtime-cost",
    "Share of outages costing over 100k / over 1M": "risk/costly-outages",
    "China compliance MLPS level 3 (dengbao)": "compliance/china-mlps-3",
    "FX CNY per USD": "fx/cny-per-usd",
    "Frontier-quality API price decline at constant quality": "market/constant-quality-decline",
    "List-price change of the same named model over its life": "market/list-price-change",
    "Ascend 910B unit cost vs H200": "ratio/ascend-910b-to-h200-card",
}
"""Item of the table: id, with the region's slug where several regions share the item."""

MONEY = ("USD", "CNY", "EUR")
NO_SOURCE = "ASSUMPTION"


RATE = re.compile(r"FX (?P<unit>[A-Z]{3} per [A-Z]{3})")
"""An exchange rate: an amount of one currency, but no price."""


def _unit(row: Row) -> str:
    if rate := RATE.fullmatch(row["item"]):
        return rate["unit"]
    return f"{row['currency']} {row['unit']}".strip()


def _figure(row: Row, value: float | None, where: Record, with_ends: bool) -> Record | None:
    if value is None:
        return None
    figure: Record = {"value": value}
    if with_ends:
        ends = {"low": number(row["value_low"]), "high": number(row["value_high"])}
        figure |= {name: end for name, end in ends.items() if end is not None}
    figure["unit"] = _unit(row)
    if row["currency"]:
        figure["currency"] = row["currency"]
    return {**figure, **where}


def assumption_records(rows: list[Row]) -> tuple[list[Record], list[str]]:
    """Entries, and the names of rows left out because a plan knows no such currency."""
    records, left_out = [], []
    for row in rows:
        if row["item"] not in TOPICS:
            raise BuildError(f"assumptions.csv: item {row['item']!r} has no id")
        if row["currency"] not in ("", *MONEY):
            left_out.append(f"{row['item']}, {row['region']}: {row['currency']}")
            continue
        where = origin(row)
        identifier = TOPICS[row["item"]].format(region=slug(row["region"]))
        typical = number(row["value_typical"])
        ends = {
            end: _figure(row, number(row[f"value_{end}"]), where, with_ends=False)
            if typical is None
            else None
            for end in ("low", "high")
        }
        name = row["item"]
        if "{region}" in TOPICS[row["item"]]:
            name = f"{name}, {row['region']}"
        records.append(
            {
                "id": identifier,
                "name": name,
                "topic": identifier.partition("/")[0],
                "region": where["region"],
                "figure": _figure(row, typical, where, with_ends=True),
                "stated_low": ends["low"],
                "stated_high": ends["high"],
                "gap": row["source"].startswith(NO_SOURCE),
                "note": where["note"],
            }
        )
    return records, left_out


def fact_records(rows: list[Row]) -> list[Record]:
    """What providers say about batch discounts, caches, limits, provisioned capacity and SLAs."""
    records = []
    for row in rows:
        where = origin(row)
        unit = joined(row["currency"], row["unit"]).replace("; ", " ")
        records.append(
            {
                "id": "/".join(
                    slug(row[column])[:60].strip("-.") for column in ("provider", "topic", "fact")
                ),
                "name": row["fact"],
                "provider": row["provider"],
                "topic": row["topic"],
                "value": row["value"],
                "unit": unit,
                "region": where["region"],
                "as_of": row["as_of"],
                "source": row["source"],
                "url": row["source_url"],
                "confidence": row["confidence"],
                "gap": "GAP" in row["note"],
                "note": row["note"],
            }
        )
    return records
