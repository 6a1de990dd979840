"""Makes tests/goldens/kind-*.safetensors: logits, gradients and a training of GPT-2s that differ from the
plain one, by the Hub's own `transformers` (5.18) and PyTorch.

Run by hand when a golden has to change, in a virtual environment with torch, transformers and numpy:
    python tools/goldens/make_kinds.py
"""

import json

import numpy as np
import torch
import torch.nn.functional as F
import transformers
from make import OPTIMIZER, OUT, write_safetensors

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


if __name__ == "__main__":
    for seed, (name, settings) in enumerate(KINDS.items()):
        make(name, settings, seed)
