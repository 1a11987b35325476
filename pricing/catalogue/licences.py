"""What the licences of open models permit, as published: no legal advice.

The terms were read on 2026-11-22 in copies of the licences or in word-for-word quotations; where
only a summary was found, the entry says so. Where a name is not known here, nothing is claimed.
"""

import re
from dataclasses import dataclass
from typing import Literal

Use = Literal["allowed", "conditions", "not allowed", "unknown"]

CAUTION = "as published; have it checked"
"""Goes with every statement about permitted use."""


@dataclass(frozen=True, slots=True)
class Licence:
    """What a licence says about commercial use."""

    name: str
    """As its publisher calls it; empty means not known."""
    use: Use
    """Whether commercial use is allowed."""
    conditions: str = ""
    """What commercial use depends on, or why it is not allowed."""
    url: str = ""
    """Where its publisher keeps it."""
    summary_only: bool = False
    """Whether only somebody's summary of its terms could be read."""

    @property
    def commercial_use(self) -> str:
        """Commercial use in words, with the condition named."""
        words = {
            "allowed": "allowed",
            "conditions": "allowed with conditions",
            "not allowed": "not allowed without a licence of its own",
            "unknown": "not known",
        }[self.use]
        return f"{words}: {self.conditions}" if self.conditions else words


def _llama(version: str, url: str, *more: str) -> Licence:
    return Licence(
        f"Llama {version} Community License",
        "conditions",
        "; ".join(
            (
                "a licence from Meta is needed above 700 million monthly active users at the "
                "version's release",
                "Meta's acceptable use policy holds",
                *more,
            )
        ),
        url,
    )


_BUILT = 'products that pass it on must show "Built with Llama"'
_EUROPE = "its multimodal models are not licensed to people and companies based in the EU"
_LLAMA_2 = "its output may not improve other language models"

_NOTICES = "keep the copyright and licence notices with every copy"

LICENCES: tuple[tuple[str, Licence], ...] = (
    (
        r"apache.*",
        Licence(
            "Apache License 2.0", "allowed", _NOTICES, "https://www.apache.org/licenses/LICENSE-2.0"
        ),
    ),
    (
        r"mit code / deepseek.*|deepseek.*",
        Licence(
            "DeepSeek License Agreement 1.0",
            "conditions",
            "the use restrictions of its attachment A hold and go with every copy",
            "https://github.com/deepseek-ai/DeepSeek-V3/blob/main/LICENSE-MODEL",
        ),
    ),
    (
        r"modified[ -]mit.*minimax.*",
        Licence(
            "Modified MIT (MiniMax)",
            "conditions",
            "commercial products must show the model's name",
            "https://huggingface.co/MiniMaxAI/MiniMax-M2.5",
            summary_only=True,
        ),
    ),
    (
        r"modified[ -]mit.*",
        Licence(
            "Modified MIT (Kimi)",
            "conditions",
            "products above 100 million monthly active users or 20 million USD of monthly revenue "
            "must show the model's name prominently",
            "https://huggingface.co/moonshotai/Kimi-K2-Instruct/blob/main/LICENSE",
        ),
    ),
    (
        r"mit( licen[cs]e)?",
        Licence("MIT", "allowed", _NOTICES, "https://opensource.org/license/mit"),
    ),
    (
        r"llama ?-?2.*",
        _llama("2", "https://ai.meta.com/llama/license/", _LLAMA_2),
    ),
    (r"llama ?-?3\.1.*", _llama("3.1", "https://llama.meta.com/llama3_1/license/", _BUILT)),
    (
        r"llama ?-?3\.2.*",
        _llama("3.2", "https://www.llama.com/llama3_2/license/", _BUILT, _EUROPE),
    ),
    (r"llama ?-?3\.3.*", _llama("3.3", "https://www.llama.com/llama3_3/license/", _BUILT)),
    (
        r"llama ?-?3(?!\.).*",
        _llama("3", "https://llama.meta.com/llama3/license/", _BUILT, _LLAMA_2),
    ),
    (
        r"llama ?-?4.*",
        _llama("4", "https://www.llama.com/llama4/license/", _BUILT, _EUROPE),
    ),
    (
        r"gemma.*",
        Licence(
            "Gemma Terms of Use",
            "conditions",
            "Google's prohibited use policy holds, goes with every copy and hosted service, and "
            "Google may restrict use that breaks it",
            "https://ai.google.dev/gemma/terms",
        ),
    ),
    (
        r"mrl.*|mistral (ai )?research.*",
        Licence(
            "Mistral AI Research License",
            "not allowed",
            "for research only; Mistral AI sells a commercial licence",
            "https://mistral.ai/licenses/MRL-0.1.md",
        ),
    ),
    (
        r"qwen[ -]research.*",
        Licence(
            "Qwen Research License",
            "not allowed",
            "for research and evaluation only; Alibaba Cloud grants commercial licences on request",
            "https://huggingface.co/Qwen/Qwen2.5-3B/blob/main/LICENSE",
        ),
    ),
    (
        r"(tongyi[ -])?qianwen.*|qwen.*",
        Licence(
            "Qwen License Agreement (Tongyi Qianwen)",
            "conditions",
            "a licence from Alibaba Cloud is needed above 100 million monthly active users",
            "https://huggingface.co/Qwen/Qwen2.5-72B-Instruct/blob/main/LICENSE",
        ),
    ),
    (
        r"falcon[ -]180b.*",
        Licence(
            "Falcon 180B TII License 1.0",
            "conditions",
            "offering it to others as a hosted service may need a separate licence; its acceptable "
            "use policy holds",
            "https://falconllm.tii.ae",
        ),
    ),
    (
        r"cc[ -]by[ -]nc.*",
        Licence(
            "Creative Commons BY-NC",
            "not allowed",
            "for non-commercial use only",
            "https://creativecommons.org/licenses/by-nc/4.0/",
        ),
    ),
)
"""Licences by a pattern of the names they go by, narrower ones first."""


def licence_of(name: str) -> Licence:
    """The licence that goes by a name, such as "Apache-2.0", "llama3.1" or "Gemma ToU"."""
    plain = " ".join(name.lower().replace("_", " ").split())
    for pattern, licence in LICENCES:
        if re.fullmatch(pattern, plain):
            return licence
    return Licence(name.strip(), "unknown")


def permitted_use(name: str, *, verified: bool = True) -> str:
    """Commercial use under a licence in one sentence, with where to read it and a caution.

    `verified` says whether it was checked that a model is published under this licence.
    """
    licence = licence_of(name)
    if not licence.name:
        return "Commercial use: not known; no licence is stated."
    if licence.use == "unknown":
        return f'Commercial use: not known; "{licence.name}" is no licence Reckoner knows.'
    doubts = [] if verified else ["that the model has this licence is not verified"]
    if licence.summary_only:
        doubts.append("terms known from a summary only")
    doubts.append(f"{CAUTION}: {licence.url}")
    return f"Commercial use: {licence.commercial_use} ({'; '.join(doubts)})."
