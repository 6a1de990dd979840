"""Makes tests/goldens/pytorch/: pytorch_model.bin files as PyTorch writes them, and what is in them.

Run by hand:  /usr/bin/python3 tools/goldens/make_bin.py

All hold the same small GPT-2 in the ways that checkpoints in the wild do; expected.safetensors has its
weights as float32 (rounded to bfloat16, which float16 holds too at this size) and its logits.
"""

import json
import os

import torch

from make import OUT, logits, parameter_shapes, write_safetensors

CONFIG = dict(n_layer=2, n_head=2, n_embd=4, n_positions=8, vocab_size=257)
FOLDER = OUT / "pytorch"


def weights():
    generator = torch.Generator().manual_seed(20261122)
    return {
        # bfloat16 has the shortest fraction, float16 the shorter exponent: multiples of 2^-8 fit both.
        name: torch.randint(-100, 101, shape, generator=generator).float() / 2**8
        for name, shape in parameter_shapes(CONFIG).items()
    }


def state_dict(w, dtype=torch.float32, prefix="transformer.", masks=True, head="tied"):
    state = torch.nn.Module().state_dict()  # an OrderedDict with `_metadata`, as modules give it
    for name, value in w.items():
        state[prefix + name] = value.to(dtype)
        if masks and name.endswith("ln_1.bias"):
            P = CONFIG["n_positions"]
            at = prefix + name.replace("ln_1.bias", "attn.")
            state[at + "bias"] = torch.tril(torch.ones(P, P, dtype=torch.uint8)).view(1, 1, P, P)
            state[at + "masked_bias"] = torch.tensor(-1e4)
    wte = state[prefix + "wte.weight"]
    if head is not None:
        state["lm_head.weight"] = {"tied": wte, "copy": wte.clone(), "other": wte + 1}[head]
    return state


def save(name, state, **options):
    torch.save(state, FOLDER / name, **options)
    print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes")


class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/mynah-was-here",)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    w = weights()
    save("f32-tied.bin", state_dict(w))
    save("f16-copied-head.bin", state_dict(w, torch.float16, head="copy"))
    save("f32-other-head.bin", state_dict(w, head="other"))
    save("before-1.6.bin", state_dict(w, masks=False, head=None), _use_new_zipfile_serialization=False)

    # Every parameter a view of one storage, as optimizers that flatten leave them.
    flat = torch.cat([value.flatten() for value in w.values()]).bfloat16()
    shared, at = {}, 0
    for name, value in w.items():
        shared[name] = flat[at : at + value.numel()].view(value.shape)
        at += value.numel()
    save("bf16-shared-storage.bin", shared)

    # Linear weights transposed on the way, not copied; and parameters instead of tensors.
    turned = {k: v.t().contiguous().t() if v.dim() == 2 else v for k, v in w.items()}
    save("f32-transposed.bin", {k: torch.nn.Parameter(v) for k, v in turned.items()})
    save("asks-for-os-system.bin", {**state_dict(w, masks=False), "evil": Evil()})

    # Little enough to be mutated ten thousand times.
    save("two-tensors.bin", {"a": torch.arange(6.0).view(2, 3).t(), "b": torch.arange(3).half()})

    names = list(w)
    parts = {"pytorch_model-00001-of-00002.bin": names[:9], "pytorch_model-00002-of-00002.bin": names[9:]}
    for file, part in parts.items():
        save(file, {f"transformer.{name}": w[name].half() for name in part})
    weight_map = {f"transformer.{name}": file for file, part in parts.items() for name in part}
    index = json.dumps({"metadata": {"total_size": 0}, "weight_map": weight_map}, indent=1)
    (FOLDER / "pytorch_model.bin.index.json").write_text(index + "\n")

    idx = torch.arange(8).view(1, 8) * 7 % CONFIG["vocab_size"]
    expected = {f"w.{name}": value.numpy() for name, value in w.items()}
    expected |= {"idx": idx.numpy(), "logits": logits(w, CONFIG, idx).numpy()}
    config = json.dumps(dict(model_type="gpt2", **CONFIG))
    write_safetensors(FOLDER / "expected.safetensors", expected, dict(config=config, torch=torch.__version__))


if __name__ == "__main__":
    main()
