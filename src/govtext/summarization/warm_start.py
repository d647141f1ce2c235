"""Start a sequence-to-sequence model from a pretrained encoder.

A BERT and a BART encoder layer compute the same function, so the encoder is copied as it is. The
decoder takes every third layer, its cross-attention the self-attention of the same layer, and
the output layer is the table of input vectors.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from govtext.errors import ModelError
from govtext.extras import require

if TYPE_CHECKING:
    from transformers import BartForConditionalGeneration

# BART leaves the first two rows of a table of positions unused.
_POSITION_OFFSET = 2
_ENCODER_PARTS = {
    "self_attn.q_proj": "attention.self.query",
    "self_attn.k_proj": "attention.self.key",
    "self_attn.v_proj": "attention.self.value",
    "self_attn.out_proj": "attention.output.dense",
    "self_attn_layer_norm": "attention.output.LayerNorm",
    "fc1": "intermediate.dense",
    "fc2": "output.dense",
    "final_layer_norm": "output.LayerNorm",
}
_CROSS_PARTS = {
    name.replace("self_attn", "encoder_attn"): source
    for name, source in _ENCODER_PARTS.items()
    if name.startswith("self_attn")
}


def build_seq2seq(
    encoder: Path, out: Path, *, decoder_layers: int = 4, dropout: float = 0.1
) -> None:
    """Write a `BartForConditionalGeneration` and its tokenizer, warm from an encoder folder.

    Args:
        encoder: A transformers folder of a BERT encoder.
        out: Folder to write.
        decoder_layers: Layers of the decoder, taken at equal distance from the encoder's.
        dropout: Dropout in training.

    Raises:
        ModelError: The encoder has fewer layers than the decoder asks for.
        MissingDependencyError: transformers is not installed.
    """
    require("transformers", extra="neural")
    from transformers import AutoModel, AutoTokenizer

    bert = AutoModel.from_pretrained(encoder, add_pooling_layer=False, trust_remote_code=False)
    if not 1 <= decoder_layers <= bert.config.num_hidden_layers:
        raise ModelError(
            f"{decoder_layers} decoder layers cannot be taken from the encoder's "
            f"{bert.config.num_hidden_layers}; expected between 1 and that"
        )
    warm_start(bert, decoder_layers=decoder_layers, dropout=dropout).save_pretrained(out)
    AutoTokenizer.from_pretrained(encoder, trust_remote_code=False).save_pretrained(out)


def warm_start(bert: Any, *, decoder_layers: int, dropout: float) -> BartForConditionalGeneration:
    """Return a BART model with the weights of a `BertModel`."""
    from transformers import BartForConditionalGeneration

    model = BartForConditionalGeneration(_config(bert.config, decoder_layers, dropout))
    source = bert.state_dict()
    state = _embeddings(source, "encoder") | _embeddings(source, "decoder")
    layers = bert.config.num_hidden_layers
    for layer in range(layers):
        state |= _layer(source, layer, f"encoder.layers.{layer}", _ENCODER_PARTS)
    for layer in range(decoder_layers):
        taken = (layer + 1) * layers // decoder_layers - 1
        parts = _ENCODER_PARTS | _CROSS_PARTS
        state |= _layer(source, taken, f"decoder.layers.{layer}", parts)
    state["shared.weight"] = source["embeddings.word_embeddings.weight"]
    model.model.load_state_dict(state)
    model.tie_weights()
    return model.eval()


def _config(bert: Any, decoder_layers: int, dropout: float) -> Any:
    from transformers import BartConfig

    return BartConfig(
        vocab_size=bert.vocab_size,
        d_model=bert.hidden_size,
        encoder_layers=bert.num_hidden_layers,
        decoder_layers=decoder_layers,
        encoder_attention_heads=bert.num_attention_heads,
        decoder_attention_heads=bert.num_attention_heads,
        encoder_ffn_dim=bert.intermediate_size,
        decoder_ffn_dim=bert.intermediate_size,
        max_position_embeddings=bert.max_position_embeddings,
        activation_function=bert.hidden_act,
        dropout=dropout,
        attention_dropout=dropout,
        pad_token_id=bert.pad_token_id,
        bos_token_id=bert.bos_token_id,
        eos_token_id=bert.eos_token_id,
        decoder_start_token_id=bert.eos_token_id,
        forced_eos_token_id=bert.eos_token_id,
    )


def _embeddings(source: dict[str, Any], side: str) -> dict[str, Any]:
    import torch

    positions = source["embeddings.position_embeddings.weight"]
    typed = positions + source["embeddings.token_type_embeddings.weight"][0]
    unused = torch.zeros(_POSITION_OFFSET, positions.shape[1])
    return {
        f"{side}.embed_tokens.weight": source["embeddings.word_embeddings.weight"],
        f"{side}.embed_positions.weight": torch.cat([unused, typed]),
        f"{side}.layernorm_embedding.weight": source["embeddings.LayerNorm.weight"],
        f"{side}.layernorm_embedding.bias": source["embeddings.LayerNorm.bias"],
    }


def _layer(
    source: dict[str, Any], layer: int, target: str, parts: dict[str, str]
) -> dict[str, Any]:
    return {
        f"{target}.{name}.{end}": source[f"encoder.layer.{layer}.{part}.{end}"]
        for name, part in parts.items()
        for end in ("weight", "bias")
    }
