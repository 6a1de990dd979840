#!/usr/bin/env python3
"""Tries training recipes in PyTorch: held-out bits a byte after each pass, a line of JSON for each row.

    nice python3 tests/bench/grid.py [--archive ZIP | --texts FILE] [--model DIR] [--splits 1,2] [--seeds 0,1]
        [--alphas 0.5,0.8,1] --row tokens=512,rate=1,passes=2 --row tokens=256,rate=0.7,passes=2

Keys of a row, each with a default: tokens (a step), rate (a factor on our rate for all of the model), passes,
block, pack (cut: a stream of tweets cut into blocks; whole: no tweet is cut), attention (own or across),
warmup (a share of the steps), cap (the most steps of it), dropout, decay, beta2, clip, floor (the share of the
rate that is left at the end), schedule (cosine or linear), lora (a rank; 0 for all of the model), targets (of
c_attn, a_proj, c_fc and m_proj, joined by +), scale (alpha by rank), stop (the pass after which it ends). FILE has
a JSON list of strings. Every eighth tweet of a shuffle by split is held out and scored on its own, from end-of-text
to end-of-text. The last column mixes trained and original weights, base + alpha (trained - base) (WiSE-FT, arXiv:2109.01903). One thread is used.
Needs torch, safetensors and tokenizers."""

import argparse
import json
import math
import random
import re
import time
import zipfile

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

DEFAULTS = {
    "tokens": 256, "rate": 1.0, "passes": 2, "block": 128, "pack": "cut", "attention": "own", "warmup": 0.1,
    "cap": 20, "dropout": 0.0, "decay": 0.0, "beta2": 0.999, "clip": 1.0, "floor": 0.0, "schedule": "cosine", "lora": 0,
    "targets": "c_attn+m_proj", "scale": 2.0, "stop": 0,
}  # fmt: skip
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

    def rows(self, row, rng):
        """An endless stream of rows of (token, target)."""
        block, carried = row["block"], []
        while True:
            order = self.train[:]
            rng.shuffle(order)
            if row["pack"] == "whole":
                yield from self.whole(order, block)
                continue
            carried += [t for x in order for t in (self.end, *x)]
            while len(carried) > block:
                yield list(zip(carried[:block], carried[1 : block + 1]))
                carried = carried[block:]

    def batches(self, row, rng):
        rows, pending = self.rows(row, rng), []
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


def train(model, data, row, seed, alphas):
    torch.manual_seed(seed)
    p, trained = model.start(row, seed)
    factor = 10 if row["lora"] else 1
    peak = 1.372e-4 * (768 / model.width) ** 1.5 * row["rate"] * factor
    matrices, vectors = [v for v in trained if v.dim() > 1], [v for v in trained if v.dim() < 2]
    groups = [{"params": matrices, "weight_decay": row["decay"]}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, row["beta2"]), foreach=True)
    source, seen, curve, losses = data.batches(row, random.Random(seed)), 0, [], []
    total, step, began = row["passes"] * data.tokens, 0, time.process_time()

    @torch.no_grad()
    def score(p):
        nll = sum(model.loss(p, batch, 0.0, row["scale"]).item() for batch in data.scored)
        return round(nll / math.log(2) / data.bytes, 5)

    curve.append(score(p))
    while seen < total - row["tokens"] / 2:
        batch = next(source)
        count = int((batch[1] >= 0).sum())
        left = 1 - seen / total
        warm = min(1, (step + 1) / max(1, min(row["cap"], row["warmup"] * total / row["tokens"])))
        shape = 0.5 * (1 - math.cos(math.pi * left)) if row["schedule"] == "cosine" else left
        for group in optimizer.param_groups:
            group["lr"] = peak * warm * (row["floor"] + (1 - row["floor"]) * shape)
        loss = model.loss(p, batch, row["dropout"], row["scale"]) / count
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, row["clip"])
        optimizer.step()
        optimizer.zero_grad()
        seen, step = seen + count, step + 1
        if len(curve) < row["passes"] and seen >= len(curve) * data.tokens - row["tokens"] / 2:
            curve.append(score(p))
            if row["stop"] and len(curve) > row["stop"]:
                break
    if seen >= total - row["tokens"] / 2:
        curve.append(score(p))
    mixed = {}
    with torch.no_grad():
        for alpha in alphas:
            factors = {k: v * alpha if k.endswith(".b") else v for k, v in p.items() if k not in model.base}
            mixed[alpha] = score({**{k: b + alpha * (p[k] - b) for k, b in model.base.items()}, **factors})
    return {"curve": curve, "best": min(curve), "mixed": mixed, "steps": step, "seconds": round(time.process_time() - began)}


def parse_row(text):
    row = dict(DEFAULTS)
    for pair in filter(None, text.split(",")):
        key, value = pair.split("=")
        row[key] = type(DEFAULTS[key])(value)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", default="public/sample/mynah-sample.zip")
    parser.add_argument("--texts")
    parser.add_argument("--model", default="public/models/starter")
    parser.add_argument("--splits", default="1")
    parser.add_argument("--seeds", default="0")
    parser.add_argument("--alphas", default="0.5,0.6,0.7,0.8,0.9")
    parser.add_argument("--row", action="append", default=[])
    parser.add_argument("--write-held-out", metavar="FILE", help="writes what the first split holds out, and ends")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = Model(args.model)
    tokenizer = Tokenizer.from_file(f"{args.model}/tokenizer.json")
    texts = json.load(open(args.texts)) if args.texts else tweets(args.archive)
    for split in map(int, args.splits.split(",")):
        data = Data(texts, model, tokenizer, split)
        if args.write_held_out:
            with open(args.write_held_out, "w", encoding="utf-8") as file:
                json.dump(data.held_texts, file)
            return
        for text in args.row or [""]:
            for seed in map(int, args.seeds.split(",")):
                alphas = [float(alpha) for alpha in args.alphas.split(",") if alpha]
                result = train(model, data, parse_row(text), seed, alphas)
                sizes = {"trained": len(data.train), "held_out": len(data.held), "tokens": data.tokens}
                print(json.dumps({"row": text, "split": split, "seed": seed, **result, **sizes}), flush=True)


main()
