"""Servers, appliances, cards, licences, power figures and checks made into catalogue records."""

import re

from catalogue_ids import ACCELERATORS, IDS, PATTERNS
from catalogue_rows import BuildError, Record, Row, joined, number, origin, slug

FILES = {
    "server": "servers",
    "rack": "servers",
    "workstation": "servers",
    "server_cn": "servers",
    "appliance": "appliances",
    "appliance_cn": "appliances",
    "card": "parts",
    "power": "parts",
    "software": "parts",
    "network": "parts",
    "owned_tco_check": "reference_checks",
}
"""Category of the table: file of the catalogue."""

PREFIXES = {"parts": "{category}/", "reference_checks": "tco-check/"}

RATIO = "card_cn"
"""A category that states a price ratio, not a price; it becomes an assumption."""

MONEY = ("USD", "CNY", "EUR")
NOT_FOUND = "NOT FOUND"
NO_SIZING = "do not size power on it"


def _price_unit(row: Row) -> str:
    return f"{row['currency']} {row['unit']}"


def _money(row: Row, value: float, where: Record, low: str = "", high: str = "") -> Record:
    """A price; the low and high ends must lie around it."""
    ends = {"low": number(low), "high": number(high)}
    return {
        "value": value,
        **{name: end for name, end in ends.items() if end is not None},
        "unit": _price_unit(row),
        "currency": row["currency"],
        **where,
    }


def prices(row: Row, where: Record) -> Record:
    """`price` with its range, or the stated ends alone where the source has no typical price."""
    found: Record = {"price": None, "stated_low": None, "stated_high": None}
    if row["currency"] not in MONEY:
        return found
    typical = number(row["value_typical"])
    if typical is not None:
        found["price"] = _money(row, typical, where, row["value_low"], row["value_high"])
        return found
    only = {**where, "note": joined("the source states no typical price", str(where["note"]))}
    for end in ("low", "high"):
        value = number(row[f"value_{end}"])
        if value is not None:
            found[f"stated_{end}"] = _money(row, value, only)
    return found


def _power(row: Row, where: Record) -> Record | None:
    """IT power in kW: typical, else maximum; a typical figure not for sizing is passed over."""
    typical, maximum = number(row["power_kw_typical"]), number(row["power_kw_max"])
    if typical is None and maximum is None:
        return None
    unusable = NO_SIZING in row["source"] or NO_SIZING in row["note"]
    if typical is not None and not unusable:
        remark, value = "typical power", typical
    else:
        remark = "maximum power: " + (
            "the low-load figure of the source is not for sizing"
            if unusable
            else "the source states no typical power"
        )
        value = maximum
    power: Record = {"value": value}
    if maximum is not None and maximum != value:
        power["high"] = maximum
    unit = "kW per accelerator" if row["unit"] == "per GPU" else "kW of IT load"
    return {**power, "unit": unit, **where, "note": joined(remark, str(where["note"]))}


def _count(row: Row) -> tuple[int | None, str]:
    text = row["accel_count"]
    if match := re.fullmatch(r"(\d+)(?: \(assumed\))?", text):
        assumed = "number of accelerators assumed by the source" if "assumed" in text else ""
        return int(match[1]), assumed
    return None, f"accelerators: {text}" if text else ""


def _identifier(row: Row) -> str:
    prefix = PREFIXES.get(FILES[row["category"]], "").format(category=row["category"])
    if row["item"] in IDS:
        return prefix + IDS[row["item"]]
    for pattern, template in PATTERNS:
        if match := pattern.fullmatch(row["item"]):
            return prefix + template.format(slug(match[1]))
    raise BuildError(f"onprem.csv: item {row['item']!r} has no id")


def hardware_records(rows: list[Row]) -> dict[str, list[Record]]:
    """Entries by file of the catalogue."""
    files: dict[str, list[Record]] = {name: [] for name in FILES.values()}
    for row in rows:
        if row["category"] == RATIO:
            continue
        if row["category"] not in FILES:
            raise BuildError(f"onprem.csv: category {row['category']!r} is not known")
        count, remark = _count(row)
        where = origin(row, remark)
        gap = row["source"].startswith(NOT_FOUND)
        files[FILES[row["category"]]].append(
            {
                "id": _identifier(row),
                "name": row["item"],
                "category": row["category"],
                "accelerator": row["accelerator"],
                "accelerator_id": ACCELERATORS.get(row["accelerator"]),
                "accelerator_count": count,
                "region": where["region"],
                **prices(row, where),
                "power_kw": _power(row, where),
                "gap": gap,
                "note": joined(row["source"] if gap else "", str(where["note"])),
            }
        )
    return files


def ratio_rows(rows: list[Row]) -> list[Row]:
    """Rows that state a ratio, in the columns of the assumptions table."""
    return [{**row, "currency": ""} for row in rows if row["category"] == RATIO]
