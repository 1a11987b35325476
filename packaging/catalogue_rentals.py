"""Rented instances with accelerators made into catalogue records."""

import re

from catalogue_ids import ACCELERATORS
from catalogue_rows import NOT_STATED, BuildError, Record, Row, joined, number, origin, slug

GENERIC = re.compile(r"per GPU|median offer per GPU|\d+-GPU node|BM\.GPU \(per GPU\)")
"""Instance names that do not say which accelerator is in it."""

WAYS = {
    "on_demand": "ondemand",
    "spot": "spot",
    "reserved_1y": "1y_reserved",
    "reserved_3y": "3y_reserved",
}


def _instance_slug(row: Row) -> str:
    accelerator = row["accelerator"].lower()
    if row["instance"].startswith("BM.GPU"):
        return f"bm.gpu-{accelerator}"
    if GENERIC.fullmatch(row["instance"]):
        count = row["count"]
        return accelerator if count == "1" else f"{count}x-{accelerator}"
    if row["provider"] == "neocloud market":
        return f"{accelerator}-{slug(row['instance'])}"
    return slug(row["instance"].replace("_", "-"))


def _rental_price(row: Row, way: str, count: int) -> Record | None:
    """One way to pay; what the table states per GPU is multiplied by their number."""
    column = WAYS[way]
    per_gpu = number(row[f"usd_per_gpu_hour_{column}"])
    if per_gpu is None:
        return None
    reserved = way.startswith("reserved")
    where = origin(
        {**row, "confidence": row["reserved_confidence" if reserved else "price_confidence"]},
        row["reserved_basis"] if reserved else "",
        f"price of the instance is {count} times that of one accelerator"
        if reserved and count > 1
        else "",
    )
    del where["region"]
    whole = None if reserved else number(row[f"usd_per_hour_{column}"])
    return {
        "per_instance_hour": number(f"{per_gpu * count:.6f}") if whole is None else whole,
        "per_gpu_hour": per_gpu,
        "derived": reserved and row["reserved_basis"].startswith("derived"),
        "origin": where,
    }


def rental_records(rows: list[Row]) -> list[Record]:
    """Rented instances; each price is the newest the table has for that instance and region."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        region = slug(re.sub(r"\(.*\)", "", row["region"]))
        identifier = f"{slug(row['provider'])}/{_instance_slug(row)}@{region}"
        groups.setdefault(identifier, []).append(row)
    records = []
    for identifier, group in groups.items():
        group.sort(key=lambda row: str(origin({**row, "confidence": ""})["as_of"]), reverse=True)
        first = group[0]
        if len({(row["accelerator"], row["count"]) for row in group}) > 1:
            raise BuildError(f"{identifier}: rows disagree about the accelerators")
        count = int(first["count"])
        if first["accelerator"] not in ACCELERATORS:
            raise BuildError(f"{identifier}: accelerator {first['accelerator']!r} is not known")
        records.append(
            {
                "id": identifier,
                "name": f"{first['provider']} {first['instance']} "
                f"({count}x {first['accelerator']}), {first['region']}",
                "provider": first["provider"],
                "tier": first["tier"],
                "instance": first["instance"],
                "region": first["region"] or NOT_STATED,
                "accelerator": first["accelerator"],
                "accelerator_id": ACCELERATORS[first["accelerator"]],
                "accelerator_count": count,
                "memory_gb_per_gpu": number(first["mem_gb_per_gpu"]),
                **{
                    way: next(
                        (price for row in group if (price := _rental_price(row, way, count))), None
                    )
                    for way in WAYS
                },
                "note": joined(*dict.fromkeys(row["note"] for row in group)),
            }
        )
    return records
