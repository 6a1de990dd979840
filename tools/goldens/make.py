"""Makes tests/goldens/*.safetensors and src/train/self-test.json: numbers from PyTorch that the engine
has to reproduce.

Run by hand when a golden has to change:  /usr/bin/python3 tools/goldens/make.py [--self-test-only]

The model below is written for this file alone, straight from the definition of GPT-2 and with
PyTorch's autograd, optimizer and clipping: an independent reference, sharing no code with ours.
"""

import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "tests" / "goldens"

TINY = dict(n_layer=2, n_head=2, n_embd=16, n_positions=16, vocab_size=37, batch=2, time=11)
# Head size 5, odd everything, every position used.
ODD = dict(n_layer=1, n_head=3, n_embd=15, n_positions=7, vocab_size=53, batch=3, time=7)


def parameter_shapes(c):
    """Checkpoint name -> shape; Conv1D weights are [in, out]."""
    C, V, P = c["n_embd"], c["vocab_size"], c["n_positions"]
    shapes = {"wte.weight": (V, C), "wpe.weight": (P, C)}
    for i in range(c["n_layer"]):
        h = f"h.{i}."
        shapes |= {
            h + "ln_1.weight": (C,), h + "ln_1.bias": (C,),
            h + "attn.c_attn.weight": (C, 3 * C), h + "attn.c_attn.bias": (3 * C,),
            h + "attn.c_proj.weight": (C, C), h + "attn.c_proj.bias": (C,),
            h + "ln_2.weight": (C,), h + "ln_2.bias": (C,),
            h + "mlp.c_fc.weight": (C, 4 * C), h + "mlp.c_fc.bias": (4 * C,),
            h + "mlp.c_proj.weight": (4 * C, C), h + "mlp.c_proj.bias": (C,),
        }
    return shapes | {"ln_f.weight": (C,), "ln_f.bias": (C,)}


def logits(w, c, idx, drop=lambda x, site: x, adapter=None, scale=0.0):
    """
    idx [B, T] -> logits [B, T, V]; sites of dropout are numbered as in src/model/gpt2.ts. `adapter` holds LoRA's
    A [rank, in] and B [out, rank] by PEFT's names.
    """
    B, T = idx.shape
    C, H = c["n_embd"], c["n_head"]
    D = C // H

    def norm(x, name):
        return F.layer_norm(x, (C,), w[name + ".weight"], w[name + ".bias"], 1e-5)

    def conv1d(x, name):
        y = x @ w[name + ".weight"] + w[name + ".bias"]
        if adapter is not None and name + ".lora_A.weight" in adapter:
            y = y + F.linear(F.linear(x, adapter[name + ".lora_A.weight"]), adapter[name + ".lora_B.weight"]) * scale
        return y

    x = drop(w["wte.weight"][idx] + w["wpe.weight"][:T], 0)
    future = torch.triu(torch.ones(T, T, dtype=torch.bool), diagonal=1)
    for i in range(c["n_layer"]):
        h = f"h.{i}."
        q, k, v = (
            t.view(B, T, H, D).transpose(1, 2)
            for t in conv1d(norm(x, h + "ln_1"), h + "attn.c_attn").split(C, dim=2)
        )
        scores = (q @ k.transpose(2, 3) / D**0.5).masked_fill(future, float("-inf"))
        attention = (drop(scores.softmax(-1), 1 + 3 * i) @ v).transpose(1, 2).reshape(B, T, C)
        x = x + drop(conv1d(attention, h + "attn.c_proj"), 2 + 3 * i)
        u = conv1d(norm(x, h + "ln_2"), h + "mlp.c_fc")
        gelu = 0.5 * u * (1 + torch.tanh((2 / torch.pi) ** 0.5 * (u + 0.044715 * u**3)))
        x = x + drop(conv1d(gelu, h + "mlp.c_proj"), 3 + 3 * i)
    return norm(x, "ln_f") @ w["wte.weight"].T


def write_safetensors(path, tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, array in tensors.items():
        array = np.ascontiguousarray(array, dtype=np.float32)
        header[name] = dict(
            dtype="F32", shape=list(array.shape), data_offsets=[len(data), len(data) + array.nbytes]
        )
        data += array.tobytes()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


OPTIMIZER = dict(
    learning_rate=1e-2, beta1=0.9, beta2=0.999, epsilon=1e-8, weight_decay=0.1, max_grad_norm=0.5
)


def make_case(c, seed):
    """Weights, tokens and targets."""
    generator = torch.Generator().manual_seed(seed)
    w = {}
    for key, shape in parameter_shapes(c).items():
        value = torch.randn(shape, generator=generator) * 0.2
        w[key] = (value + 1 if ".ln_" in key and key.endswith("weight") else value).requires_grad_()
    B, T, V = c["batch"], c["time"], c["vocab_size"]
    idx = torch.randint(V, (B, T), generator=generator)
    idx[0, 3] = idx[0, 1]  # a token that occurs twice: its embedding rows add up
    targets = torch.randint(V, (B, T), generator=generator)
    targets[0, 0] = targets[B - 1, T - 1] = -100
    return w, idx, targets


def train(parameters, forward, targets, steps):
    """Losses of so many steps of clipped AdamW; `parameters` are changed in place, decay only where they are matrices."""
    adamw = torch.optim.AdamW(
        [
            dict(params=[v for v in parameters if v.dim() == 2], weight_decay=OPTIMIZER["weight_decay"]),
            dict(params=[v for v in parameters if v.dim() < 2], weight_decay=0.0),
        ],
        lr=OPTIMIZER["learning_rate"], betas=(0.9, 0.999), eps=1e-8,
    )
    losses = []
    for _ in range(steps):
        out = forward()
        loss = F.cross_entropy(out.view(-1, out.shape[-1]), targets.view(-1), ignore_index=-100)
        adamw.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, OPTIMIZER["max_grad_norm"])
        adamw.step()
        losses.append(loss.item())
    return np.array(losses)


LORA_TARGETS = ["attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"]


def make_lora_golden(name, c, seed):
    """
    LoRA with PEFT's definitions on the weights of `<name>.safetensors`: logits, loss and every gradient of an adapter
    (B not zero, so that A has gradients), the same on matrices rounded to float16, and the losses of fifty AdamW steps,
    of the adapter and of everything.
    """
    settings = dict(rank=3, alpha=6.0, targets=LORA_TARGETS)
    scale = settings["alpha"] / settings["rank"]
    w, idx, targets = make_case(c, seed)
    V = c["vocab_size"]
    shapes = parameter_shapes(c)
    generator = torch.Generator().manual_seed(seed + 100)
    adapter = {}
    for i in range(c["n_layer"]):
        for target in LORA_TARGETS:
            fan_in, fan_out = shapes[f"h.{i}.{target}.weight"]
            for key, shape in (("lora_A", (settings["rank"], fan_in)), ("lora_B", (fan_out, settings["rank"]))):
                adapter[f"h.{i}.{target}.{key}.weight"] = torch.randn(shape, generator=generator) * 0.2
    golden = {f"a.{key}": value.numpy().copy() for key, value in adapter.items()}

    frozen = {key: value.detach() for key, value in w.items()}
    halves = {key: value.half().float() if value.dim() == 2 else value for key, value in frozen.items()}
    for prefix, base in (("", frozen), ("half.", halves)):
        for value in adapter.values():
            value.requires_grad_().grad = None
        out = logits(base, c, idx, adapter=adapter, scale=scale)
        loss = F.cross_entropy(out.view(-1, V), targets.view(-1), ignore_index=-100)
        loss.backward()
        golden |= {prefix + "logits": out.detach().numpy(), prefix + "loss": np.array([loss.item()])}
        golden |= {f"{prefix}g.{key}": value.grad.clone().numpy() for key, value in adapter.items()}

    golden["losses"] = train(list(adapter.values()), lambda: logits(frozen, c, idx, adapter=adapter, scale=scale), targets, 50)
    golden["full.losses"] = train(list(w.values()), lambda: logits(w, c, idx), targets, 50)
    print(name, "LoRA", golden["losses"][[0, 9, 49]], "full", golden["full.losses"][[0, 9, 49]])
    metadata = dict(lora=json.dumps(settings), optimizer=json.dumps(OPTIMIZER), torch=torch.__version__, seed=str(seed))
    write_safetensors(OUT / f"{name}-lora.safetensors", golden, metadata)


def make_training_golden(name, c, seed):
    """Logits, loss, every gradient, ten AdamW losses and the weights after them."""
    w, idx, targets = make_case(c, seed)
    V = c["vocab_size"]
    golden = {f"w.{key}": value.detach().clone().numpy() for key, value in w.items()}
    golden |= {"idx": idx.numpy(), "targets": targets.numpy()}

    optimizer = OPTIMIZER
    decayed = [v for v in w.values() if v.dim() == 2]
    plain = [v for v in w.values() if v.dim() < 2]
    adamw = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=optimizer["weight_decay"]), dict(params=plain, weight_decay=0.0)],
        lr=optimizer["learning_rate"], betas=(0.9, 0.999), eps=1e-8,
    )
    losses, norms = [], []
    for step in range(10):
        out = logits(w, c, idx)
        loss = F.cross_entropy(out.view(-1, V), targets.view(-1), ignore_index=-100)
        adamw.zero_grad()
        loss.backward()
        if step == 0:
            golden |= {"logits": out.detach().numpy(), "loss": np.array([loss.item()])}
            golden |= {f"g.{key}": value.grad.clone().numpy() for key, value in w.items()}
        norms.append(float(torch.nn.utils.clip_grad_norm_(list(w.values()), optimizer["max_grad_norm"])))
        adamw.step()
        losses.append(loss.item())
    golden |= {"losses": np.array(losses)}
    golden |= {f"p.{key}": value.detach().numpy() for key, value in w.items()}
    print(name, "gradient norms", [round(n, 2) for n in norms], "losses", [round(x, 3) for x in losses])
    config = dict(model_type="gpt2", **{k: v for k, v in c.items() if k not in ("batch", "time")})
    metadata = dict(config=json.dumps(config), optimizer=json.dumps(optimizer), torch=torch.__version__, seed=str(seed))
    write_safetensors(OUT / f"{name}.safetensors", golden, metadata)


def pcg4d(x, y, z, w):
    """Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 9(3), 2020; arrays of u32."""
    v = np.array(np.broadcast_arrays(x, y, z, w), dtype=np.uint32)
    with np.errstate(over="ignore"):
        v = v * np.uint32(1664525) + np.uint32(1013904223)
        for last in (False, True):
            v[0] += v[1] * v[3]
            v[1] += v[2] * v[0]
            v[2] += v[0] * v[1]
            v[3] += v[1] * v[2]
            if not last:
                v ^= v >> np.uint32(16)
    return v


def uniform(seed, stream, shape):
    """In [0, 1): src/core/random.ts, randomUnit."""
    size = int(np.prod(shape))
    unit = (pcg4d(np.arange(size, dtype=np.uint32), stream, 0, seed)[0] >> np.uint32(8)) / 2.0**24
    return torch.from_numpy(unit.reshape(shape).astype(np.float32))


SELF_TEST = dict(n_layer=1, n_head=2, n_embd=64, n_positions=12, vocab_size=97)


def make_self_test():
    """What src/train/self-test.ts has to find on any adapter: losses, and every tensor's product with noise."""
    c, B, T, seed, rate = SELF_TEST, 3, 12, 20261122, 0.1
    C, V = c["n_embd"], c["vocab_size"]
    w = {}
    for stream, (key, shape) in enumerate(parameter_shapes(c).items()):
        value = 0.4 * (uniform(seed, stream, shape) - 0.5)
        w[key] = (value + 1 if "ln_" in key and key.endswith("weight") else value).requires_grad_()
    idx = torch.tensor([[(b * 31 + t * t * 5 + t) % V for t in range(T)] for b in range(B)])
    targets = torch.tensor([[(b * 17 + t * 23 + 3) % V for t in range(T)] for b in range(B)])
    targets[1, 4] = -100

    def drop(x, site):
        size = x.numel()
        lanes = pcg4d(np.arange(-(-size // 4), dtype=np.uint32), site, 5, seed).T.reshape(-1)[:size]
        kept = (lanes >= np.uint32(round(rate * 2**32))).astype(np.float32) / (1 - rate)
        return x * torch.from_numpy(kept.reshape(tuple(x.shape)).astype(np.float32))

    def noise(tensor, stream):
        return float((tensor.detach().double() * (uniform(seed, 1000 + stream, tensor.shape) - 0.5)).sum())

    def cross_entropy(out):
        return F.cross_entropy(out.view(-1, V), targets.view(-1), ignore_index=-100)

    loss = cross_entropy(logits(w, c, idx, drop))
    loss.backward()
    gradients = {k: [noise(v.grad, i), float(v.grad.double().norm())] for i, (k, v) in enumerate(w.items())}
    decayed = [v for v in w.values() if v.dim() == 2]
    plain = [v for v in w.values() if v.dim() < 2]
    adamw = torch.optim.AdamW(
        [dict(params=decayed, weight_decay=0.1), dict(params=plain, weight_decay=0.0)], lr=1e-2, eps=1e-8
    )
    torch.nn.utils.clip_grad_norm_(list(w.values()), 0.1)
    adamw.step()
    with torch.no_grad():
        last = logits(w, c, idx)[:, -1]
        expected = dict(
            loss=loss.item(),
            lossAfter=cross_entropy(logits(w, c, idx, drop)).item(),
            logits=[noise(last, 999), float(last.double().norm())],
            gradients=gradients,
        )
    path = ROOT / "src" / "train" / "self-test.json"
    rounded = json.loads(json.dumps(expected), parse_float=lambda x: float(f"{float(x):.7g}"))
    path.write_text(json.dumps(rounded, indent=2) + "\n")
    print(path.relative_to(ROOT), expected["loss"], expected["lossAfter"])


def read_safetensors(path):
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    dtypes = {"F16": np.float16, "F32": np.float32}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + o for o in entry["data_offsets"])
            array = np.frombuffer(raw[begin:end], dtypes[entry["dtype"]]).reshape(entry["shape"])
            yield name.removeprefix("transformer."), torch.from_numpy(array.astype(np.float32))


def make_token_golden():
    """Ids of tricky texts by the tokenizer's own trainer (tools/starter/bpe.py), written from the definition."""
    sys.path.insert(0, str(ROOT / "tools" / "starter"))
    from bpe import Tokenizer

    tokenizer = Tokenizer.load(ROOT / "public" / "models" / "starter")
    texts = json.loads((OUT / "tricky-texts.json").read_text(encoding="utf-8"))
    ids = [tokenizer.encode(text) for text in texts]
    (OUT / "starter-tokens.json").write_text(json.dumps(ids) + "\n")
    print(f"starter-tokens.json: {sum(map(len, ids))} tokens")


def make_starter_golden():
    """Logits of the starter's F16 weights, upcast, at the last position of each row."""
    folder = ROOT / "public" / "models" / "starter"
    c = json.loads((folder / "config.json").read_text())
    w = dict(read_safetensors(folder / "model.safetensors"))
    generator = torch.Generator().manual_seed(20261122)
    idx = torch.randint(c["vocab_size"], (2, 48), generator=generator)
    idx[:, 0] = c["eos_token_id"]
    with torch.no_grad():
        out = logits(w, c, idx)[:, -1]
    write_safetensors(OUT / "starter-logits.safetensors", {"idx": idx.numpy(), "logits": out.numpy()}, {})


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    make_self_test()
    if "--self-test-only" in sys.argv:
        sys.exit()
    if "--starter-only" not in sys.argv:
        make_training_golden("tiny", TINY, seed=1)
        make_training_golden("odd", ODD, seed=2)
        make_lora_golden("tiny", TINY, seed=1)
        make_lora_golden("odd", ODD, seed=2)
    if (ROOT / "public/models/starter/model.safetensors").exists():
        make_token_golden()
        make_starter_golden()
