"""The keys of published config.json files that describe a shape, by model.

Facts typed from the files on the Hugging Face hub as copied in aiconfigurator-core 0.12.0
(Apache-2.0) and from the configuration classes of transformers 5.23.0 (Apache-2.0), 2026-11-22.
"""

from typing import Any


def _dense(kind: str, sizes: str, **more: Any) -> dict[str, Any]:
    """Layers, width, heads, key-value heads, feed-forward width and vocabulary, in that order."""
    layers, hidden, heads, kv_heads, width, vocab = map(int, sizes.split())
    return {
        "model_type": kind,
        "num_hidden_layers": layers,
        "hidden_size": hidden,
        "num_attention_heads": heads,
        "num_key_value_heads": kv_heads,
        "intermediate_size": width,
        "vocab_size": vocab,
        "torch_dtype": "bfloat16",
        "tie_word_embeddings": False,
        **more,
    }


def _without(config: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in config.items() if key not in keys}


FP8 = {"quant_method": "fp8", "fmt": "e4m3", "weight_block_size": [128, 128]}
_MLA = {
    "kv_lora_rank": 512,
    "q_lora_rank": 1536,
    "qk_nope_head_dim": 128,
    "qk_rope_head_dim": 64,
    "v_head_dim": 128,
    "moe_layer_freq": 1,
}
_DEEPSEEK_V3 = _dense(
    "deepseek_v3",
    "61 7168 128 128 18432 129280",
    **_MLA,
    n_routed_experts=256,
    n_shared_experts=1,
    num_experts_per_tok=8,
    moe_intermediate_size=2048,
    first_k_dense_replace=3,
    max_position_embeddings=163840,
    quantization_config=FP8,
)
_GPT_OSS = _dense(
    "gpt_oss",
    "24 2880 64 8 2880 201088",
    head_dim=64,
    num_local_experts=32,
    experts_per_token=4,
    num_experts_per_tok=4,
    sliding_window=128,
    max_position_embeddings=131072,
    layer_types=["sliding_attention", "full_attention"] * 12,
    quantization_config={"quant_method": "mxfp4", "modules_to_not_convert": ["lm_head"]},
)
_LLAMA_4 = {
    "model_type": "llama4",
    "architectures": ["Llama4ForConditionalGeneration"],
    "torch_dtype": "bfloat16",
    "vision_config": {"model_type": "llama4_vision_model", "hidden_size": 1408, "patch_size": 14},
    "text_config": _without(
        _dense(
            "llama4_text",
            "48 5120 40 8 8192 202048",
            head_dim=128,
            intermediate_size_mlp=16384,
            num_local_experts=128,
            num_experts_per_tok=1,
            interleave_moe_layer_step=2,
            attention_chunk_size=8192,
            max_position_embeddings=1048576,
        ),
        "tie_word_embeddings",
    ),
}
_QWEN_35 = {
    "model_type": "qwen3_5_moe",
    "architectures": ["Qwen3_5MoeForConditionalGeneration"],
    "tie_word_embeddings": False,
    "vision_config": {"model_type": "qwen3_5_moe", "depth": 27, "patch_size": 16},
    "text_config": {
        "model_type": "qwen3_5_moe_text",
        "dtype": "bfloat16",
        "num_hidden_layers": 60,
        "hidden_size": 4096,
        "num_attention_heads": 32,
        "num_key_value_heads": 2,
        "head_dim": 256,
        "attn_output_gate": True,
        "vocab_size": 248320,
        "num_experts": 512,
        "num_experts_per_tok": 10,
        "moe_intermediate_size": 1024,
        "shared_expert_intermediate_size": 1024,
        "mlp_only_layers": [],
        "full_attention_interval": 4,
        "layer_types": [*["linear_attention"] * 3, "full_attention"] * 15,
        "linear_num_key_heads": 16,
        "linear_num_value_heads": 64,
        "linear_key_head_dim": 128,
        "linear_value_head_dim": 128,
        "linear_conv_kernel_dim": 4,
        "max_position_embeddings": 262144,
    },
}

IN_CATALOGUE: dict[str, dict[str, Any]] = {
    "llama-2-70b": _dense("llama", "80 8192 64 8 28672 32000", max_position_embeddings=4096),
    "llama-3.1-8b": _dense("llama", "32 4096 32 8 14336 128256", max_position_embeddings=131072),
    "llama-3.2-1b": _dense("llama", "16 2048 32 8 8192 128256", tie_word_embeddings=True),
    "mistral-7b": _dense(
        "mistral", "32 4096 32 8 14336 32768", sliding_window=None, max_position_embeddings=32768
    ),
    "mixtral-8x7b": _dense(
        "mixtral",
        "32 4096 32 8 14336 32000",
        num_local_experts=8,
        num_experts_per_tok=2,
        sliding_window=None,
        max_position_embeddings=32768,
    ),
    "qwen2.5-7b": _dense(
        "qwen2",
        "28 3584 28 4 18944 152064",
        use_sliding_window=False,
        sliding_window=131072,
        max_window_layers=28,
        max_position_embeddings=131072,
    ),
    "qwen3-8b": _dense("qwen3", "36 4096 32 8 12288 151936", head_dim=128),
    "qwen3-30b-a3b": _dense(
        "qwen3_moe",
        "48 2048 32 4 6144 151936",
        head_dim=128,
        num_experts=128,
        num_experts_per_tok=8,
        moe_intermediate_size=768,
        decoder_sparse_step=1,
        mlp_only_layers=[],
    ),
    "deepseek-v3": _DEEPSEEK_V3,
    "kimi-k2": _DEEPSEEK_V3
    | {
        "model_type": "kimi_k2",
        "architectures": ["DeepseekV3ForCausalLM"],
        "num_attention_heads": 64,
        "num_key_value_heads": 64,
        "n_routed_experts": 384,
        "first_k_dense_replace": 1,
        "vocab_size": 163840,
        "max_position_embeddings": 131072,
    },
    "glm-5": _DEEPSEEK_V3
    | {
        "model_type": "glm_moe_dsa",
        "num_hidden_layers": 78,
        "hidden_size": 6144,
        "intermediate_size": 12288,
        "num_attention_heads": 64,
        "num_key_value_heads": 64,
        "q_lora_rank": 2048,
        "qk_nope_head_dim": 192,
        "v_head_dim": 256,
        "vocab_size": 154880,
        "max_position_embeddings": 202752,
        "index_n_heads": 32,
        "index_head_dim": 128,
        "quantization_config": None,
    },
    "glm-4.5-air": _dense(
        "glm4_moe",
        "46 4096 96 8 10944 151552",
        head_dim=128,
        n_routed_experts=128,
        n_shared_experts=1,
        num_experts_per_tok=8,
        moe_intermediate_size=1408,
        first_k_dense_replace=1,
    ),
    "minimax-m2.5": _dense(
        "minimax_m2",
        "62 3072 48 8 1536 200064",
        head_dim=128,
        num_local_experts=256,
        num_experts_per_tok=8,
        shared_intermediate_size=0,
        max_position_embeddings=196608,
        quantization_config={"quant_method": "fp8", "fmt": "float8_e4m3fn"},
    ),
    "gemma-2-9b": _without(
        _dense(
            "gemma2",
            "42 3584 16 8 14336 256000",
            head_dim=256,
            sliding_window=4096,
            max_position_embeddings=8192,
        ),
        "tie_word_embeddings",
    ),
    "gemma-3-4b": {
        "model_type": "gemma3",
        "architectures": ["Gemma3ForConditionalGeneration"],
        "torch_dtype": "bfloat16",
        "vision_config": {"model_type": "siglip_vision_model", "patch_size": 14},
        "text_config": {
            "model_type": "gemma3_text",
            "hidden_size": 2560,
            "intermediate_size": 10240,
            "num_hidden_layers": 34,
            "sliding_window": 1024,
        },
    },
    "gemma-3-12b": {
        "model_type": "gemma3",
        "torch_dtype": "bfloat16",
        "text_config": {
            "model_type": "gemma3_text",
            "hidden_size": 3840,
            "intermediate_size": 15360,
            "num_attention_heads": 16,
            "num_key_value_heads": 8,
            "num_hidden_layers": 48,
            "sliding_window": 1024,
        },
    },
    "phi-1.5": _without(
        _dense("phi", "24 2048 32 32 8192 51200", torch_dtype="float16"), "num_key_value_heads"
    ),
    "phi-3-mini": _dense(
        "phi3", "32 3072 32 32 8192 32064", sliding_window=2047, max_position_embeddings=4096
    ),
    "phi-4": _dense("phi3", "40 5120 40 10 17920 100352", max_position_embeddings=16384),
    "pythia-1b": _without(
        _dense("gpt_neox", "16 2048 8 8 8192 50304", torch_dtype="float16"), "num_key_value_heads"
    ),
    "gpt-j-6b": {
        "model_type": "gptj",
        "n_layer": 28,
        "n_embd": 4096,
        "n_head": 16,
        "n_inner": None,
        "n_positions": 2048,
        "rotary_dim": 64,
        "vocab_size": 50400,
        "tie_word_embeddings": False,
        "torch_dtype": "float16",
    },
    "falcon-180b": {
        "model_type": "falcon",
        "num_hidden_layers": 80,
        "hidden_size": 14848,
        "num_attention_heads": 232,
        "num_kv_heads": 8,
        "new_decoder_architecture": True,
        "multi_query": True,
        "parallel_attn": True,
        "vocab_size": 65024,
        "torch_dtype": "bfloat16",
    },
    "gpt-oss-20b": _GPT_OSS,
    "gpt-oss-120b": _without(_GPT_OSS, "layer_types")
    | {"num_hidden_layers": 36, "num_local_experts": 128},
    "llama-4-maverick": _LLAMA_4,
    "qwen3.5-397b-a17b": _QWEN_35,
}
"""Files of models of the catalogue, by the catalogue's id."""

PUBLISHED: dict[str, tuple[float, float, dict[str, Any]]] = {
    "DeepSeek-V2-Lite": (
        15.7,
        2.4,
        _dense(
            "deepseek_v2",
            "27 2048 16 16 10944 102400",
            **{**_MLA, "q_lora_rank": None},
            n_routed_experts=64,
            n_shared_experts=2,
            num_experts_per_tok=6,
            moe_intermediate_size=1408,
            first_k_dense_replace=1,
        ),
    ),
    "DeepSeek-V2": (
        236,
        21,
        _dense(
            "deepseek_v2",
            "60 5120 128 128 12288 102400",
            **_MLA,
            n_routed_experts=160,
            n_shared_experts=2,
            num_experts_per_tok=6,
            moe_intermediate_size=1536,
            first_k_dense_replace=1,
        ),
    ),
    "Qwen2-57B-A14B": (
        57.4,
        14,
        _dense(
            "qwen2_moe",
            "28 3584 28 4 18944 151936",
            num_experts=64,
            num_experts_per_tok=8,
            moe_intermediate_size=2560,
            shared_expert_intermediate_size=20480,
            decoder_sparse_step=1,
        ),
    ),
    "Qwen3-Next-80B-A3B": (
        80,
        3,
        _dense(
            "qwen3_next",
            "48 2048 16 2 5120 151936",
            head_dim=256,
            num_experts=512,
            num_experts_per_tok=10,
            moe_intermediate_size=512,
            shared_expert_intermediate_size=512,
            full_attention_interval=4,
            linear_num_key_heads=16,
            linear_num_value_heads=32,
            linear_key_head_dim=128,
            linear_value_head_dim=128,
            linear_conv_kernel_dim=4,
        ),
    ),
    "MiniMax-Text-01": (
        456,
        45.9,
        _dense(
            "minimax_text_01",
            "80 6144 64 8 9216 200064",
            head_dim=128,
            num_local_experts=32,
            num_experts_per_tok=2,
            attn_type_list=[*[0] * 7, 1] * 10,
        ),
    ),
    "GLM-4-9B-0414": (9.4, 9.4, _dense("glm4", "40 4096 32 2 13696 151552", head_dim=128)),
    "Qwen3.5-397B-A17B": (397, 17, _QWEN_35),
}
"""Billions in all and active as their makers publish them."""
