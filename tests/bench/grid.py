#!/usr/bin/env python3
"""Tries training recipes in PyTorch: held-out bits a byte after each pass, a line of JSON for each row.

    nice python3 tests/bench/grid.py [--archive ZIP | --texts FILE] [--model DIR] [--splits 1,2] [--seeds 0,1]
        [--alphas 0.5,0.8,1] [--log FILE] --row tokens=512,rate=1,passes=2 --row tokens=256,rate=0.7,passes=2

Keys of a row, each with a default: tokens (a step), rate (a factor on our rate for all of the model), passes,
block, pack (cut: a stream of tweets cut into blocks; whole: no tweet is cut), attention (own or across),
warmup (a share of the steps), cap (the most steps of it), dropout, decay, beta2, clip, floor (the share of the
rate that is left at the end), schedule (cosine or linear), lora (a rank; 0 for all of the model), targets (of
c_attn, a_proj, c_fc and m_proj, joined by +), scale (alpha by rank), stop (the pass after which it ends), until (the
minutes after which it ends, while its schedule is that of all passes; 0 for no end), looks (how
often it looks at tweets of its own that it holds out, as the page does; 0 for never) and patience (the looks without
a better loss after which it ends; 0 for none). The rows QUICK, GOOD, BEST and HUGGINGTWEETS are the page's presets.
With looks, "bot" has what the page would keep: the weights of the best look, mixed with the original ones as far as
its own held-out tweets gain by it. "minutes" has the figures after so many minutes of training.

FILE of --texts has a JSON list of strings. Every eighth tweet of a shuffle by split is held out and scored on its own,
from end-of-text to end-of-text. "mixed" has the mixtures base + alpha (trained - base) at the end (WiSE-FT,
arXiv:2109.01903). Minutes and seconds are of processor time, with one thread. With --log, lines are added to FILE, and
what stands there already isn't done again. Needs torch, safetensors and tokenizers."""

import argparse
import json
import math
import os
import random
import time

import torch
from grid_model import Data, Model, tweets
from tokenizers import Tokenizer

DEFAULTS = {
    "tokens": 256, "rate": 1.0, "passes": 2, "block": 128, "pack": "cut", "attention": "own", "warmup": 0.1,
    "cap": 20, "dropout": 0.0, "decay": 0.0, "beta2": 0.999, "clip": 1.0, "floor": 0.1, "schedule": "cosine", "lora": 0,
    "targets": "c_attn+m_proj", "scale": 2.0, "stop": 0, "until": 0, "looks": 0, "patience": 0,
}  # fmt: skip
PRESETS = {
    "QUICK": "passes=2,looks=10,patience=3",
    "GOOD": "passes=4,looks=10,patience=3",
    "BEST": "passes=8,rate=0.7,looks=20,patience=5",
    "HUGGINGTWEETS": "tokens=1024,block=256,attention=across,dropout=0.1,warmup=0,floor=0,passes=4",
}
MINUTES = (1, 5, 15)
SHARES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.25)


def mixture(model, p, alpha):
    """Of the weights p and those of the model, or of the factors of an adapter and zero."""
    factors = {k: v * alpha if k.endswith(".b") else v for k, v in p.items() if k not in model.base}
    return {**{k: b + alpha * (p[k] - b) for k, b in model.base.items()}, **factors}


def train(model, data, row, seed, alphas):
    torch.manual_seed(seed)
    p, trained = model.start(row, seed)
    factor = 10 if row["lora"] else 1
    peak = 1.372e-4 * (768 / model.width) ** 1.5 * row["rate"] * factor
    matrices, vectors = [v for v in trained if v.dim() > 1], [v for v in trained if v.dim() < 2]
    groups = [{"params": matrices, "weight_decay": row["decay"]}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, row["beta2"]), foreach=True)
    learned, kept_aside = data.divided(row, seed)
    tokens = sum(len(x) + 1 for x in learned)
    source, seen, curve, minutes = data.batches(row, random.Random(seed), learned), 0, [], {}
    total, step, began, aside = row["passes"] * tokens, 0, time.process_time(), 0.0
    own = data.looked_at(kept_aside, total)
    look_every = math.ceil(max(1, round(total / row["tokens"])) / max(1, row["looks"]))
    looks, best, since = [], None, 0

    @torch.no_grad()
    def score(p, batches=data.scored, size=data.bytes * math.log(2)):
        return round(sum(model.loss(p, batch, 0.0, row["scale"]).item() for batch in batches) / size, 5)

    def look(p):
        return score(p, own, sum(int((batch[1] >= 0).sum()) for batch in own))

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
        looked = time.process_time()
        for minute in MINUTES:
            if minute not in minutes and (looked - began - aside) / 60 >= minute:
                minutes[minute] = score(p)
        is_last = seen >= total - row["tokens"] / 2
        if is_last or (len(curve) < row["passes"] and seen >= len(curve) * tokens - row["tokens"] / 2):
            curve.append(score(p))
        if own and (is_last or step % look_every == 0):
            looks.append(look(p))
            since = 0 if best is None or looks[-1] < best[0] else since + 1
            if since == 0:
                best = (looks[-1], step, {k: v.detach().clone() for k, v in p.items()})
        aside += time.process_time() - looked
        if row["until"] and row["until"] in minutes:
            break
        if (row["stop"] and len(curve) > row["stop"]) or (own and row["patience"] and since >= row["patience"]):
            break
    result = {"curve": curve, "best": min(curve), "minutes": minutes, "steps": step}
    result["seconds"] = round(time.process_time() - began - aside)
    with torch.no_grad():
        result["mixed"] = {alpha: score(mixture(model, p, alpha)) for alpha in alphas}
        if own:
            loss, at, weights = best
            looked_at, alpha = loss, 1
            for share in SHARES:
                mixed = look(mixture(model, weights, share))
                if mixed >= loss:
                    break
                loss, alpha = mixed, share
            result["bot"] = {"bits": score(mixture(model, weights, alpha)), "unmixed": score(weights), "step": at, "alpha": alpha, "look": looked_at}
    return result


def parse_row(text):
    row = dict(DEFAULTS)
    text = PRESETS.get(text.split(",")[0], text.split(",")[0]) + text[len(text.split(",")[0]) :]
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
    parser.add_argument("--log")
    parser.add_argument("--write-held-out", metavar="FILE", help="writes what the first split holds out, and ends")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model = Model(args.model)
    tokenizer = Tokenizer.from_file(f"{args.model}/tokenizer.json")
    texts = json.load(open(args.texts)) if args.texts else tweets(args.archive)
    name = os.path.basename(args.texts or args.archive)
    done = set()
    if args.log and os.path.exists(args.log):
        lines = map(json.loads, open(args.log, encoding="utf-8"))
        done = {(line["texts"], line["row"], line["split"], line["seed"]) for line in lines}
    for split in map(int, args.splits.split(",")):
        data = Data(texts, model, tokenizer, split)
        if args.write_held_out:
            with open(args.write_held_out, "w", encoding="utf-8") as file:
                json.dump(data.held_texts, file)
            return
        for text in args.row or [""]:
            for seed in map(int, args.seeds.split(",")):
                if (name, text, split, seed) in done:
                    continue
                alphas = [float(alpha) for alpha in args.alphas.split(",") if alpha]
                result = train(model, data, parse_row(text), seed, alphas)
                sizes = {"trained": len(data.train), "held_out": len(data.held), "tokens": data.tokens}
                line = json.dumps({"texts": name, "row": text, "split": split, "seed": seed, **result, **sizes})
                print(line, flush=True)
                if args.log:
                    with open(args.log, "a", encoding="utf-8") as file:
                        file.write(line + "\n")


main()
