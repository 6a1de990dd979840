"""What PyTorch computes from a model folder and a batch: the other side of `npm run parity`.

Written from the definitions, with PyTorch's autograd, clipping and AdamW; it shares no code with ours.
Output as in the issue: logits and loss before the first step, grad.<name> before clipping, losses
before each step, param.<name> after the last.
"""

import argparse
import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

from files import parameter_shapes, read_model, read_safetensors, write_safetensors

PEFT_PREFIX = "base_model.model.transformer."


class GPT2:
    def __init__(self, config, weights, adapter, scale):
        self.config, self.w, self.adapter, self.scale = config, weights, adapter, scale

    def linear(self, x, name):
        """Conv1D: x w + b, w [in, out]; LoRA adds scale (x Aᵀ) Bᵀ, A [r, in], B [out, r]."""
        y = x @ self.w[name + ".weight"] + self.w[name + ".bias"]
        a = self.adapter.get(name + ".lora_A.weight")
        return y if a is None else y + self.scale * (x @ a.T) @ self.adapter[name + ".lora_B.weight"].T

    def norm(self, x, name):
        epsilon = self.config.get("layer_norm_epsilon", 1e-5)
        return F.layer_norm(x, x.shape[-1:], self.w[name + ".weight"], self.w[name + ".bias"], epsilon)

    def logits(self, idx):
        """idx [B, T] -> [B, T, V]."""
        B, T = idx.shape
        C, H = self.config["n_embd"], self.config["n_head"]
        future = torch.triu(torch.ones(T, T, dtype=torch.bool), diagonal=1)
        x = self.w["wte.weight"][idx] + self.w["wpe.weight"][:T]
        for i in range(self.config["n_layer"]):
            h = f"h.{i}."
            qkv = self.linear(self.norm(x, h + "ln_1"), h + "attn.c_attn")
            q, k, v = (t.view(B, T, H, C // H).transpose(1, 2) for t in qkv.split(C, dim=2))
            scores = (q @ k.transpose(2, 3) / math.sqrt(C // H)).masked_fill(future, float("-inf"))
            attention = (scores.softmax(-1) @ v).transpose(1, 2).reshape(B, T, C)
            x = x + self.linear(attention, h + "attn.c_proj")
            u = self.linear(self.norm(x, h + "ln_2"), h + "mlp.c_fc")
            gelu = 0.5 * u * (1 + torch.tanh(math.sqrt(2 / math.pi) * (u + 0.044715 * u**3)))
            x = x + self.linear(gelu, h + "mlp.c_proj")
        return self.norm(x, "ln_f") @ self.w["wte.weight"].T


def read_adapter(path):
    """PEFT's file or folder -> parameters by name without its prefix, and alpha / r (8 / r of a file alone)."""
    file = Path(path) / "adapter_model.safetensors" if Path(path).is_dir() else Path(path)
    adapter = {name.removeprefix(PEFT_PREFIX): t for name, t in read_safetensors(file).items()}
    if not Path(path).is_dir() and not file.with_name("adapter_config.json").exists():
        return adapter, 8 / next(t for name, t in adapter.items() if ".lora_A." in name).shape[0]
    config = json.loads(file.with_name("adapter_config.json").read_text())
    rank = math.sqrt(config["r"]) if config.get("use_rslora") else config["r"]
    return adapter, config["lora_alpha"] / rank


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--batch", required=True)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--out", required=True)
    parser.add_argument("--adapter")
    parser.add_argument("--f16-base", action="store_true", help="round frozen matrices to halves first")
    parser.add_argument("--float64", action="store_true", help="compute in doubles, to tell whose rounding it is")
    args = parser.parse_args()

    dtype = torch.float64 if args.float64 else torch.float32
    config, stored = read_model(args.model)
    weights = {name: stored[name].to(dtype) for name in parameter_shapes(config)}
    adapter, scale = read_adapter(args.adapter) if args.adapter else ({}, 0.0)
    adapter = {name: tensor.to(dtype) for name, tensor in adapter.items()}
    if args.f16_base:
        weights = {n: t.half().to(dtype) if t.dim() == 2 else t for n, t in weights.items()}
    trained = adapter or weights
    for tensor in trained.values():
        tensor.requires_grad_()
    model = GPT2(config, weights, adapter, scale)

    batch = json.loads(Path(args.batch).read_text())
    inputs, targets = torch.tensor(batch["inputs"]), torch.tensor(batch["targets"])
    o = batch["optimizer"]
    is_decayed = lambda name: trained[name].dim() == 2  # not biases, not LayerNorm
    optimizer = torch.optim.AdamW(
        [
            dict(params=[t for n, t in trained.items() if is_decayed(n)], weight_decay=o["weight_decay"]),
            dict(params=[t for n, t in trained.items() if not is_decayed(n)], weight_decay=0.0),
        ],
        lr=o["learning_rate"], betas=(o["beta1"], o["beta2"]), eps=o["epsilon"],
    )

    def forward():
        logits = model.logits(inputs)
        return logits, F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-100)

    logits, loss = forward()
    loss.backward()
    out = {"logits": logits.detach(), "loss": loss.detach().reshape(1)}
    out |= {f"grad.{name}": tensor.grad.clone() for name, tensor in trained.items()}
    losses = []
    for step in range(args.steps):
        if step > 0:
            optimizer.zero_grad()
            _, loss = forward()
            loss.backward()
        torch.nn.utils.clip_grad_norm_(list(trained.values()), o["max_grad_norm"])
        optimizer.step()
        losses.append(loss.item())
    out["losses"] = torch.tensor(losses)
    out |= {f"param.{name}": tensor.detach() for name, tensor in trained.items()}
    write_safetensors(args.out, out)
    print(json.dumps(dict(torch=torch.__version__, loss=out["loss"].item(), losses=losses)))


if __name__ == "__main__":
    main()
