"""GPT-2, forward only (autograd does the rest), on a dictionary of parameters with the Hub's names.

Weights of linear layers are Conv1D, [in, out], as in the checkpoint. Written for speed on
a CPU with AMX: matrix products run in `dtype` (bfloat16 while training), the residual
stream, LayerNorm statistics and the loss stay in float32.
"""

import math

import torch
import torch.nn.functional as F

CONFIG = {
    "vocab_size": 4096,
    "n_positions": 256,
    "n_embd": 192,
    "n_layer": 6,
    "n_head": 6,
    "layer_norm_epsilon": 1e-5,
}


def shapes(config=CONFIG):
    """Parameter name → shape, in the order of the checkpoint. The head is tied to wte, so it has no entry."""
    c = config["n_embd"]
    table = {
        "transformer.wte.weight": (config["vocab_size"], c),
        "transformer.wpe.weight": (config["n_positions"], c),
    }
    for i in range(config["n_layer"]):
        h = f"transformer.h.{i}."
        table |= {
            h + "ln_1.weight": (c,),
            h + "ln_1.bias": (c,),
            h + "attn.c_attn.weight": (c, 3 * c),
            h + "attn.c_attn.bias": (3 * c,),
            h + "attn.c_proj.weight": (c, c),
            h + "attn.c_proj.bias": (c,),
            h + "ln_2.weight": (c,),
            h + "ln_2.bias": (c,),
            h + "mlp.c_fc.weight": (c, 4 * c),
            h + "mlp.c_fc.bias": (4 * c,),
            h + "mlp.c_proj.weight": (4 * c, c),
            h + "mlp.c_proj.bias": (c,),
        }
    table |= {"transformer.ln_f.weight": (c,), "transformer.ln_f.bias": (c,)}
    return table


def init(seed, config=CONFIG):
    """GPT-2's initialisation: N(0, 0.02), projections into the residual stream scaled by 1/sqrt(2 L)."""
    rng = torch.Generator().manual_seed(seed)
    params = {}
    for name, shape in shapes(config).items():
        if name.endswith("bias"):
            p = torch.zeros(shape)
        elif ".ln_" in name:
            p = torch.ones(shape)
        else:
            std = 0.02 / math.sqrt(2 * config["n_layer"]) if "c_proj" in name else 0.02
            p = torch.empty(shape).normal_(0, std, generator=rng)
        params[name] = p
    return params


def attention(qkv, heads):
    """qkv [B, T, 3C] → [B, T, C]: causal softmax attention (GPT-2's `Attention`)."""
    B, T, C = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
    q, k, v = qkv.view(B, T, 3, heads, C // heads).permute(2, 0, 3, 1, 4)
    scores = q @ k.transpose(-2, -1) / math.sqrt(C // heads)
    scores = scores + torch.full((T, T), -math.inf, dtype=scores.dtype).triu_(1)
    return (torch.softmax(scores, dim=-1) @ v).transpose(1, 2).reshape(B, T, C)


def gelu(x):
    """`gelu_new`: the tanh approximation."""
    return F.gelu(x, approximate="tanh")


def hidden(params, ids, dtype=torch.float32, config=CONFIG, attention=attention, gelu=gelu):
    """ids [B, T] → final hidden states [B, T, C] after ln_f, in float32."""
    C, eps = config["n_embd"], config["layer_norm_epsilon"]

    def norm(x, name):
        return F.layer_norm(x, (C,), params[name + ".weight"], params[name + ".bias"], eps)

    def linear(x, name):
        w, b = params[name + ".weight"].to(dtype), params[name + ".bias"].to(dtype)
        return torch.addmm(b, x.reshape(-1, w.shape[0]), w).view(*x.shape[:-1], w.shape[1])

    x = F.embedding(ids, params["transformer.wte.weight"]) + params["transformer.wpe.weight"][: ids.shape[1]]
    for i in range(config["n_layer"]):
        h = f"transformer.h.{i}."
        qkv = linear(norm(x, h + "ln_1").to(dtype), h + "attn.c_attn")
        x = x + linear(attention(qkv, config["n_head"]), h + "attn.c_proj")
        up = linear(norm(x, h + "ln_2").to(dtype), h + "mlp.c_fc")
        x = x + linear(gelu(up), h + "mlp.c_proj")
    return norm(x, "transformer.ln_f")


def logits(params, ids, dtype=torch.float32, config=CONFIG):
    """ids [B, T] → logits [B, T, V] in `dtype`."""
    return hidden(params, ids, dtype, config).to(dtype) @ params["transformer.wte.weight"].to(dtype).t()


def loss(params, ids, targets, dtype=torch.float32, config=CONFIG):
    """Mean cross-entropy in nats per token; ids and targets [B, T]."""
    z = logits(params, ids, dtype, config).float()
    return F.cross_entropy(z.view(-1, z.shape[-1]), targets.reshape(-1))
