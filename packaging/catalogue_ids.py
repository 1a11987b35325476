"""Ids of hardware in the catalogue: readable, and kept when the words of the tables change."""

import re

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
