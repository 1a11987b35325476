"""Servers, appliances, cards, licences, power figures and checks made into catalogue records."""

import re

from catalogue_rows import NOT_STATED, BuildError, Record, Row, joined, number, origin, slug

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

IDS = {
    "8x H100 SXM node (HGX, street)": "hgx-h100-8x",
    "8x H200 SXM node (HGX, estimate)": "hgx-h200-8x-placeholder",
    "8x H200 SXM node, bottom-up": "hgx-h200-8x",
    "NVIDIA DGX B200 (8x B200)": "dgx-b200",
    "8x B200 HGX node, bottom-up": "hgx-b200-8x",
    "NVIDIA DGX B300 (8x B300)": "dgx-b300",
    "8x B300 node (illustrative)": "b300-8x-illustrative",
    "8x A100-80 node (illustrative)": "a100-80-8x-illustrative",
    "8x MI300X node (illustrative)": "mi300x-8x-illustrative",
    "8x MI300X node, bottom-up": "mi300x-8x",
    "8x L40S server turnkey": "l40s-8x",
    "4x L40S server, bottom-up": "l40s-4x",
    "2x RTX 4090 workstation, bottom-up": "rtx-4090-2x-workstation",
    "2x RTX PRO 6000 Blackwell workstation, bottom-up": "rtx-pro-6000-2x-workstation",
    "AI inference server, CANN / Huawei Ascend ecosystem (China Mobile tender average)": (
        "ascend-910b-8x-tender"
    ),
    "AI inference server, CUDA-like ecosystem incl. Kunlunxin (China Mobile tender average)": (
        "kunlunxin-8x-tender"
    ),
    "Huawei CloudMatrix 384 super-node": "cloudmatrix-384",
    "8x A100 server in China": "a100-80-8x-china",
    "NVIDIA DGX Spark (GB10, 128 GB unified)": "dgx-spark",
    "DGX Station GB300 (MSI XpertStation WS300, 748 GB coherent)": "dgx-station-gb300",
    "DeepSeek R1/V3 671B full-model all-in-one (market floor, domestic GPU)": (
        "deepseek-671b-all-in-one-floor"
    ),
    "Xingyun HeYi HY90 (671B FP8, 1 x 5090D + 24 x 48 GB DDR5)": "xingyun-heyi-hy90",
    "Xeon-W + 2-4 GPU appliance for 32B-70B distilled models": "xeon-w-32b-70b-all-in-one",
    "Baidu Qianfan / Kunlun P800 all-in-one": "kunlun-p800-all-in-one",
    "Huawei Atlas 800I A2 list price": "atlas-800i-a2",
    "NVIDIA H100 SXM/PCIe new street": "h100-new",
    "NVIDIA H100 SXM used": "h100-used",
    "NVIDIA H200 SXM": "h200",
    "NVIDIA B200 SXM": "b200",
    "AMD MI300X": "mi300x",
    "NVIDIA L40S": "l40s",
    "NVIDIA RTX PRO 6000 Blackwell 96GB": "rtx-pro-6000",
    "NVIDIA RTX 5090 32GB street": "rtx-5090",
    "2x NVIDIA RTX 4090 (GPUs only)": "rtx-4090-pair",
    "NVIDIA H20 96GB": "h20",
    "DGX H100 / DGX H200": "dgx-h100-h200",
    "Supermicro SYS-821GE-TNHR 8x H100/H200": "supermicro-8x-h100-h200",
    "DGX B200": "dgx-b200",
    "HGX B200 OEM": "hgx-b200",
    "8x MI300X Dell node under inference load (measured)": "mi300x-8x-measured",
    "8x MI355X Dell XE9785 under inference load (measured)": "mi355x-8x-measured",
    "8x L40S / 8x H100 PCIe Supermicro SYS-521GE": "supermicro-8x-l40s",
    "GB200 NVL72 rack": "gb200-nvl72",
    "NVIDIA AI Enterprise subscription": "nvidia-ai-enterprise",
    "NVIDIA AI Enterprise perpetual incl. 5-year support": "nvidia-ai-enterprise-perpetual",
    "NVIDIA AI Enterprise cloud consumption": "nvidia-ai-enterprise-cloud",
    "64-port 400G switch": "64-port-400g-switch",
}
"""Item of the table: id. An id stays when the words of the table change."""

PATTERNS = (
    (re.compile(r"(.+) all-in utility kW per GPU.*"), "{}-all-in"),
    (re.compile(r"(.+) operator-owned all-in TCO"), "{}"),
)
"""Items that come once for each accelerator."""

PREFIXES = {"parts": "{category}/", "reference_checks": "tco-check/"}

RATIO = "card_cn"
"""A category that states a price ratio, not a price; it becomes an assumption."""

ACCELERATORS = {
    "A100-40": "a100-sxm-40gb",
    "A100-80": "a100-sxm-80gb",
    "A100-80-PCIe": "a100-pcie-80gb",
    "Ascend 910B": "ascend-910b",
    "Ascend 910B-class": "ascend-910b",
    "Ascend 910C": "ascend-910c",
    "B200": "b200",
    "B300": "b300",
    "GB10": "gb10-dgx-spark",
    "GB200": "gb200",
    "GB300": "gb300",
    "GH200": "gh200-96gb",
    "H100": "h100-sxm",
    "H100-NVL": "h100-nvl",
    "H100-PCIe": "h100-pcie",
    "H20": "h20",
    "H200": "h200",
    "L40S": "l40s",
    "MI300X": "mi300x",
    "MI325X": "mi325x",
    "MI355X": "mi355x",
    "RTX 4090": "rtx4090",
    "RTX 5090": "rtx5090",
    "RTX PRO 6000": "rtx-pro-6000",
}
"""Accelerator in the words of the tables: id in accelerators.json."""

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
