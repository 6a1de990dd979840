"""The safetensors format: 8-byte little-endian header length, JSON header, tensors back to back."""

import json
import struct

import torch

DTYPES = {torch.float32: "F32", torch.float16: "F16"}


def write(path, tensors):
    """name → contiguous CPU tensor; the header is padded with spaces so that the data starts at a multiple of 8."""
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, t in tensors.items():
        size = t.numel() * t.element_size()
        header[name] = {"dtype": DTYPES[t.dtype], "shape": list(t.shape), "data_offsets": [offset, offset + size]}
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for t in tensors.values():
            file.write(t.contiguous().numpy().tobytes())


def read(path):
    """name → tensor, as written by `write`."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    by_name = {name: dtype for dtype, name in DTYPES.items()}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            piece = bytearray(data[8 + length + start : 8 + length + end])
            tensors[name] = torch.frombuffer(piece, dtype=by_name[entry["dtype"]]).view(entry["shape"])
    return tensors
