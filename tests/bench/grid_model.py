"""The starter and its data in PyTorch, for `grid.py`."""

import json
import math
import random
import re
import zipfile

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

PLACES = {"c_attn": "attn.c_attn", "a_proj": "attn.c_proj", "c_fc": "mlp.c_fc", "m_proj": "mlp.c_proj"}


def tweets(path):
    out, archive = [], zipfile.ZipFile(path)
    for name in sorted(archive.namelist()):
        if not re.search(r"(^|/)tweets?(-part\d+)?\.js$", name):
            continue
        text = archive.read(name).decode()
        for row in json.loads(text[text.index("=") + 1 :]):
            s = row.get("tweet", row)["full_text"]
            if s.startswith("RT @"):
                continue
            s = re.sub(r"[ \n]?https?://\S+", "", s)
            s = re.sub(r"\s+", " ", s).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()
            if len(s.split()) >= 3:
                out.append(s)
    return out


class Model:
    def __init__(self, folder):
        config = json.load(open(f"{folder}/config.json"))
        self.heads, self.layers = config["n_head"], config["n_layer"]
        self.width, self.positions, self.end = config["n_embd"], config["n_positions"], config["eos_token_id"]
        loaded = load_file(f"{folder}/model.safetensors").items()
        self.base = {k.removeprefix("transformer."): v.float() for k, v in loaded if ".attn.bias" not in k}

    def start(self, row, seed):
        """The parameters of a run, and those of them that are trained."""
        generator = torch.Generator().manual_seed(seed)
        p = {k: v.clone().requires_grad_(row["lora"] == 0) for k, v in self.base.items()}
        if row["lora"] == 0:
            return p, list(p.values())
        trained = []
        for layer in range(self.layers):
            for target in row["targets"].split("+"):
                name = f"h.{layer}.{PLACES[target]}"
                rows, columns = p[f"{name}.weight"].shape
                bound = 1 / math.sqrt(rows)
                a = (torch.rand(rows, row["lora"], generator=generator) * 2 - 1) * bound
                p[f"{name}.a"], p[f"{name}.b"] = a.requires_grad_(), torch.zeros(row["lora"], columns).requires_grad_()
                trained += [p[f"{name}.a"], p[f"{name}.b"]]
        return p, trained

    def loss(self, p, batch, dropout=0.0, scale=2.0):
        """The sum of the losses of a batch of packed rows."""
        ids, targets, places, mask = batch
        B, T = ids.shape
        drop = (lambda x: F.dropout(x, dropout)) if dropout > 0 else (lambda x: x)

        def linear(x, name):
            y = torch.addmm(p[f"{name}.bias"], x, p[f"{name}.weight"])
            return y + drop(x) @ p[f"{name}.a"] @ p[f"{name}.b"] * scale if f"{name}.a" in p else y

        norm = lambda x, name: F.layer_norm(x, (self.width,), p[f"{name}.weight"], p[f"{name}.bias"])
        x = drop(p["wte.weight"][ids.reshape(-1)] + p["wpe.weight"][places.reshape(-1)])
        for layer in range(self.layers):
            h = f"h.{layer}."
            qkv = linear(norm(x, h + "ln_1"), h + "attn.c_attn")
            q, k, v = (t.view(B, T, self.heads, -1).transpose(1, 2) for t in qkv.split(self.width, 1))
            y = F.scaled_dot_product_attention(q, k, v, mask, dropout_p=dropout)
            x = x + drop(linear(y.transpose(1, 2).reshape(B * T, -1), h + "attn.c_proj"))
            y = F.gelu(linear(norm(x, h + "ln_2"), h + "mlp.c_fc"), approximate="tanh")
            x = x + drop(linear(y, h + "mlp.c_proj"))
        wanted = targets.reshape(-1)
        counted = wanted >= 0
        logits = norm(x, "ln_f")[counted] @ p["wte.weight"].T
        return F.cross_entropy(logits, wanted[counted], reduction="sum")


class Data:
    def __init__(self, texts, model, tokenizer, split):
        self.end, self.positions = model.end, model.positions
        texts = texts[:]
        random.Random(split).shuffle(texts)
        held = texts[: len(texts) // 8]
        self.held_texts = held
        encode = lambda s: tokenizer.encode(s, add_special_tokens=False).ids
        self.train, self.held = [encode(t) for t in texts[len(held) :]], [encode(t) for t in held]
        self.bytes = sum(len(t.encode()) for t in held)
        self.tokens = sum(len(x) + 1 for x in self.train)
        rows = self.whole(self.held, self.positions)
        self.scored = [self.batch(rows[i : i + 8], "own") for i in range(0, len(rows), 8)]

    def divided(self, row, seed):
        """What a run learns from, and what it looks at: nothing if it doesn't look."""
        if not row["looks"]:
            return self.train, []
        order = self.train[:]
        random.Random(10_000 + seed).shuffle(order)
        count = round(len(order) * min(0.15, max(0.05, 60 / len(order))))
        return order[count:], order[:count]

    def looked_at(self, documents, trained_tokens):
        """The first of these documents: about as many tokens as the page computes a validation loss on."""
        enough, taken = max(1280, 0.05 * trained_tokens), []
        for x in documents:
            if sum(len(y) + 1 for y in taken) < enough:
                taken.append(x)
        rows = self.whole(taken, self.positions)
        return [self.batch(rows[i : i + 8], "own") for i in range(0, len(rows), 8)]

    def whole(self, documents, block, window=8):
        """Rows in which no tweet is cut: each goes into the fullest of the last few rows that has room for it."""
        rows, open_rows = [], []
        for x in documents:
            ids, targets = [self.end, *x], [*x, self.end]
            for at in range(0, len(ids), block):
                piece = [(i, t) for i, t in zip(ids[at : at + block], targets[at : at + block])]
                fitting = [r for r in open_rows if len(r) + len(piece) <= block]
                row = max(fitting, key=len, default=None)
                if row is None:
                    row = []
                    open_rows.append(row)
                    if len(open_rows) > window:
                        fullest = max(open_rows, key=len)
                        rows.append(fullest)
                        open_rows = [r for r in open_rows if r is not fullest]
                row += piece
        return rows + open_rows

    def rows(self, row, rng, documents):
        """An endless stream of rows of (token, target)."""
        block, carried = row["block"], []
        while True:
            order = documents[:]
            rng.shuffle(order)
            if row["pack"] == "whole":
                yield from self.whole(order, block)
                continue
            carried += [t for x in order for t in (self.end, *x)]
            while len(carried) > block:
                yield list(zip(carried[:block], carried[1 : block + 1]))
                carried = carried[block:]

    def batches(self, row, rng, documents):
        rows, pending = self.rows(row, rng, documents), []
        while True:
            pending.append(next(rows))
            if len(pending) * row["block"] >= row["tokens"]:
                yield self.batch(pending, row["attention"])
                pending = []

    def batch(self, rows, attention):
        T = max(map(len, rows))
        ids, targets = torch.full((len(rows), T), self.end), torch.full((len(rows), T), -100)
        starts = torch.zeros(len(rows), T, dtype=torch.long)
        for i, row in enumerate(rows):
            start = 0
            for t, (token, target) in enumerate(row):
                if (token == self.end and attention == "own") or t - start >= self.positions:
                    start = t
                ids[i, t], targets[i, t], starts[i, t] = token, target, start
            starts[i, len(row) :] = torch.arange(len(row), T)
        t = torch.arange(T)
        mask = (t[None, None, :] <= t[None, :, None]) & (t[None, None, :] >= starts[:, :, None])
        return ids, targets, t[None] - starts, mask[:, None]
