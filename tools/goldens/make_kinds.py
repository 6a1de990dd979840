"""Makes tests/goldens/kind-*.safetensors: logits, gradients and a training of GPT-2s that differ from the
plain one, by the Hub's own `transformers` (5.18) and PyTorch; and kind-tokens.json: the ids that the Hub's
`tokenizers` gives for texts with the starter's tokenizer in other forms.

Run by hand when a golden has to change, in a virtual environment with torch, transformers and numpy:
    python tools/goldens/make_kinds.py
"""

import json

import numpy as np
import tokenizers
import torch
import torch.nn.functional as F
import transformers
from make import OPTIMIZER, OUT, ROOT, write_safetensors

SIZES = dict(n_layer=2, n_head=2, n_embd=8, n_positions=10, vocab_size=29)
KINDS = {
    # An activation that isn't GPT-2's, an MLP of another width, and a head of its own.
    "gelu-own-head": dict(activation_function="gelu", n_inner=20, tie_word_embeddings=False),
    "relu-by-layer": dict(
        activation_function="relu", scale_attn_by_inverse_layer_idx=True, reorder_and_upcast_attn=True
    ),
    "gelu-fast-unscaled": dict(activation_function="gelu_fast", scale_attn_weights=False),
}


def make(name, settings, seed):
    torch.manual_seed(seed)
    off = dict(resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0, bos_token_id=0, eos_token_id=0)
    config = transformers.GPT2Config(**SIZES, **settings, **off, attn_implementation="eager")
    model = transformers.GPT2LMHeadModel(config).train()
    with torch.no_grad():
        for key, value in model.named_parameters():
            is_gain = ".ln_" in key and key.endswith("weight")
            value.copy_(torch.randn_like(value) * 0.3 + (1 if is_gain else 0))
    parameters = {key.removeprefix("transformer."): value for key, value in model.named_parameters()}
    B, T, V = 2, 9, SIZES["vocab_size"]
    idx, targets = torch.randint(V, (B, T)), torch.randint(V, (B, T))
    targets[0, 0] = -100
    golden = {f"w.{key}": value.detach().clone().numpy() for key, value in parameters.items()}
    golden |= {"idx": idx.numpy(), "targets": targets.numpy()}
    decay = OPTIMIZER["weight_decay"]
    adamw = torch.optim.AdamW(
        [
            dict(params=[v for v in parameters.values() if v.dim() == 2], weight_decay=decay),
            dict(params=[v for v in parameters.values() if v.dim() < 2], weight_decay=0.0),
        ],
        lr=OPTIMIZER["learning_rate"], betas=(0.9, 0.999), eps=1e-8,
    )
    losses = []
    for step in range(10):
        out = model(idx).logits
        loss = F.cross_entropy(out.view(-1, V), targets.view(-1), ignore_index=-100)
        adamw.zero_grad()
        loss.backward()
        if step == 0:
            golden |= {"logits": out.detach().numpy(), "loss": np.array([loss.item()])}
            golden |= {f"g.{key}": value.grad.clone().numpy() for key, value in parameters.items()}
        torch.nn.utils.clip_grad_norm_(list(parameters.values()), OPTIMIZER["max_grad_norm"])
        adamw.step()
        losses.append(loss.item())
    golden |= {"losses": np.array(losses)}
    golden |= {f"p.{key}": value.detach().numpy() for key, value in parameters.items()}
    print(name, [round(loss, 3) for loss in losses])
    versions = dict(torch=torch.__version__, transformers=transformers.__version__)
    written = dict(model_type="gpt2", **SIZES, **settings)
    metadata = dict(config=json.dumps(written), optimizer=json.dumps(OPTIMIZER), seed=str(seed), **versions)
    write_safetensors(OUT / f"kind-{name}.safetensors", golden, metadata)


PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True}
CUT = {**BYTE_LEVEL, "use_regex": False}


def split(behavior, invert):
    return {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": behavior, "invert": invert}


def make_tokens():
    """What each form changes in the starter's file, and the ids with it."""
    starter = json.loads((ROOT / "public/models/starter/tokenizer.json").read_text())
    texts = json.loads((OUT / "tricky-texts.json").read_text())
    texts += ["cafe\u0301 e\u0301t 한국", "a [PAD] b[PAD]", "  three   spaces\n\n end  "]
    size = len(starter["model"]["vocab"])
    pairs = [m if isinstance(m, list) else m.split(" ") for m in starter["model"]["merges"]]
    pad = {"id": size, "content": "[PAD]", "single_word": False, "lstrip": False, "rstrip": False}
    two = lambda first: {"type": "Sequence", "pretokenizers": [first, CUT]}
    one = lambda key, part: {"type": "Sequence", key: [part]}
    forms = {
        "NFC": dict(normalizer={"type": "NFC"}),
        "sequences of one": dict(
            normalizer=one("normalizers", {"type": "NFC"}),
            pre_tokenizer=one("pretokenizers", BYTE_LEVEL),
            decoder=one("decoders", BYTE_LEVEL),
        ),
        "a Split that isolates": dict(pre_tokenizer=two(split("Isolated", False))),
        "a Split that removes the rest": dict(pre_tokenizer=two(split("Removed", True))),
        "a space before": dict(pre_tokenizer={**BYTE_LEVEL, "add_prefix_space": True}),
        "merges as pairs": dict(model={**starter["model"], "merges": pairs}),
        "[PAD]": dict(added_tokens=[*starter["added_tokens"], {**pad, "normalized": False, "special": True}]),
    }
    golden = {}
    for name, parts in forms.items():
        tokenizer = tokenizers.Tokenizer.from_str(json.dumps({**starter, **parts}))
        ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        shown = {} if "model" in parts else parts
        golden[name] = dict(parts=shown, ids=ids)
    content = dict(texts=texts, tokenizers=tokenizers.__version__, forms=golden)
    (OUT / "kind-tokens.json").write_text(json.dumps(content, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    make_tokens()
    for seed, (name, settings) in enumerate(KINDS.items()):
        make(name, settings, seed)
