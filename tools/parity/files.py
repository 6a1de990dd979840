"""Model folders and safetensors, read and written: a header of JSON, then the tensors one after the other."""

import json
import struct
from pathlib import Path

import numpy as np
import torch

DTYPES = {"F32": np.float32, "F16": np.float16, "I32": np.int32, "I64": np.int64}


def read_safetensors(path):
    """Name -> tensor; halves (F16, BF16) as float32; masks and the like (U8, BOOL) are left out."""
    raw = np.memmap(path, np.uint8, "r")
    (length,) = struct.unpack("<Q", raw[:8].tobytes())
    header = json.loads(raw[8 : 8 + length].tobytes())
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        data = raw[begin:end].tobytes()
        if entry["dtype"] == "BF16":
            array = (np.frombuffer(data, np.uint16).astype(np.uint32) << 16).view(np.float32)
        elif entry["dtype"] in DTYPES:
            array = np.frombuffer(data, DTYPES[entry["dtype"]])
            array = array.astype(np.float32) if array.dtype == np.float16 else array.copy()
        else:
            continue
        tensors[name] = torch.from_numpy(array.reshape(entry["shape"]))
    return tensors


def write_safetensors(path, tensors):
    """Name -> tensor, as F32, one at a time."""
    header, offset = {}, 0
    for name, tensor in tensors.items():
        size = 4 * tensor.numel()
        header[name] = dict(dtype="F32", shape=list(tensor.shape), data_offsets=[offset, offset + size])
        offset += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.detach().to(torch.float32).contiguous().numpy().tobytes())


def read_model(folder):
    """config.json, and the weights by checkpoint name without `transformer.`; one file or shards."""
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text())
    index = folder / "model.safetensors.index.json"
    names = ["model.safetensors"]
    if index.exists():
        names = sorted(set(json.loads(index.read_text())["weight_map"].values()))
    weights = {}
    for name in names:
        weights |= read_safetensors(folder / name)
    return config, {name.removeprefix("transformer."): tensor for name, tensor in weights.items()}


def parameter_shapes(config):
    """Checkpoint name -> shape; Conv1D weights are [in, out]."""
    C, V, P = config["n_embd"], config["vocab_size"], config["n_positions"]
    shapes = {"wte.weight": (V, C), "wpe.weight": (P, C)}
    for i in range(config["n_layer"]):
        for name, shape in {
            "ln_1.weight": (C,), "ln_1.bias": (C,),
            "attn.c_attn.weight": (C, 3 * C), "attn.c_attn.bias": (3 * C,),
            "attn.c_proj.weight": (C, C), "attn.c_proj.bias": (C,),
            "ln_2.weight": (C,), "ln_2.bias": (C,),
            "mlp.c_fc.weight": (C, 4 * C), "mlp.c_fc.bias": (4 * C,),
            "mlp.c_proj.weight": (4 * C, C), "mlp.c_proj.bias": (C,),
        }.items():
            shapes[f"h.{i}.{name}"] = shape
    return shapes | {"ln_f.weight": (C,), "ln_f.bias": (C,)}
