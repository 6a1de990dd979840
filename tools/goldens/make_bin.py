"""Makes tests/goldens/pytorch/: pytorch_model.bin files as PyTorch writes them, and what is in them.

Run by hand:  /usr/bin/python3 tools/goldens/make_bin.py

All hold the same small GPT-2 in the ways that checkpoints in the wild do; expected.safetensors has its
weights as float32 (rounded to bfloat16, which float16 holds too at this size) and its logits.
"""

import io
import json
import os
import pickle
import struct
import tarfile

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


def save_tar(name, state):
    """The format of before PyTorch 0.2, which PyTorch no longer writes but still reads."""

    class ByNumber(pickle.Pickler):
        def persistent_id(self, value):
            return str(numbers[id(value)]) if id(value) in numbers else None

    numbers = {id(value): 1000 + i for i, value in enumerate(state.values())}
    storages, tensors = io.BytesIO(), io.BytesIO()
    pickle.dump(len(state), storages, protocol=2)
    pickle.dump(len(state), tensors, protocol=2)
    for i, value in enumerate(state.values()):
        pickle.dump((i, "cpu", torch.FloatStorage), storages, protocol=2)
        storages.write(struct.pack("<q", value.numel()) + value.numpy().tobytes())
        pickle.dump((numbers[id(value)], i, torch.FloatTensor), tensors, protocol=2)
        sizes = (*value.shape, *value.stride(), value.storage_offset())
        tensors.write(struct.pack(f"<q{len(sizes)}q", value.dim(), *sizes))
    pickle.dump([], storages, protocol=2)
    content = io.BytesIO()
    ByNumber(content, protocol=2).dump(state)
    with tarfile.open(FOLDER / name, "w:", format=tarfile.PAX_FORMAT) as tar:
        for member, data in (("pickle", content), ("tensors", tensors), ("storages", storages)):
            info = tarfile.TarInfo(member)
            info.size = len(data.getvalue())
            tar.addfile(info, io.BytesIO(data.getvalue()))
    loaded = torch.load(FOLDER / name, weights_only=False)
    assert all(torch.equal(loaded[key], value) for key, value in state.items())
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

    plain = state_dict(w, masks=False, head=None)
    save_tar("before-0.2.bin", dict(plain))
    save("f64.bin", state_dict(w, torch.float64, masks=False, head=None))
    table = plain.pop("transformer.wte.weight")
    save("only-head.bin", {**plain, "lm_head.weight": table})
    # A checkpoint of a training: the state dictionary is one entry of several.
    wrapped = {f"model.transformer.{name}": value for name, value in w.items()}
    save("in-state-dict.bin", {"epoch": 3, "state_dict": wrapped, "lr": 1e-4})
    old = dict(_use_new_zipfile_serialization=False)
    save("in-model-before-1.6.bin", {"model": {f"module.{k}": v for k, v in w.items()}, "args": [1, None]}, **old)

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
    two = {"a": torch.arange(6.0).view(2, 3).t(), "b": torch.arange(3).half()}
    save("two-tensors.bin", two)
    save("two-tensors-before-1.6.bin", two, **old)
    save_tar("two-tensors-before-0.2.bin", {"a": two["a"].contiguous(), "b": two["b"].float()})

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
