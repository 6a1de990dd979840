#!/usr/bin/env python3
"""Trains a GPT-2 on the batches that `npm run bench -- quality --backend pytorch` sends to standard input, and
prints the mean loss of a held-out token after the steps and the minutes that it asks for, as lines of JSON. The last
line has the best mixture of trained and original weights."""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from transformers import GPT2LMHeadModel
from transformers.utils import logging

logging.set_verbosity_error()
logging.disable_progress_bar()


def padded(rows):
    width = max(len(ids) for ids, _ in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    targets = torch.full((len(rows), width), -100)
    mask = torch.zeros(len(rows), width)
    for i, (row, wanted) in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
        targets[i, : len(row)] = torch.tensor(wanted)
        mask[i, : len(row)] = 1
    return ids, targets, mask


def documents(block):
    """The documents of a block as rows of their own: nothing of one is seen from another."""
    rows = []
    for t, start in enumerate(block["starts"]):
        if t == 0 or start != block["starts"][t - 1]:
            rows.append(([], []))
        rows[-1][0].append(block["ids"][t])
        rows[-1][1].append(block["targets"][t])
    return rows


def loss_of(model, rows):
    ids, targets, mask = padded(rows)
    logits = model(ids, attention_mask=mask).logits
    return F.cross_entropy(logits.reshape(-1, logits.size(-1)), targets.reshape(-1), reduction="sum")


def main():
    job = json.load(sys.stdin)
    torch.manual_seed(job["seed"])
    rate = job["dropout"]
    model = GPT2LMHeadModel.from_pretrained(
        job["model"], dtype=torch.float32, attn_pdrop=rate, embd_pdrop=rate, resid_pdrop=rate
    ).train()
    base = {name: value.clone() for name, value in model.state_dict().items()}
    end = job["endOfTextId"]
    adamw = job["adamw"]
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": adamw["weightDecay"]},
        {"params": [p for p in parameters if p.dim() < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(adamw["beta1"], adamw["beta2"]), eps=adamw["epsilon"])
    started = time.time()
    scoring = 0.0

    def minutes():
        return (time.time() - started - scoring) / 60

    def score():
        nonlocal scoring
        began = time.time()
        total = tokens = 0
        model.eval()
        with torch.no_grad():
            for ids in job["heldOut"]:
                total += loss_of(model, [([end, *ids], [*ids, end])]).item()
                tokens += len(ids) + 1
        model.train()
        scoring += time.time() - began
        return total / tokens

    def tell(step, loss, **rest):
        print(json.dumps({"step": step, "loss": loss, "minutes": minutes(), **rest}), flush=True)

    marks = list(job["minuteMarks"])
    losses = []
    for step in range(len(job["steps"]) + 1):
        is_mark = bool(marks) and minutes() >= marks[0]
        if is_mark:
            marks.pop(0)
        if step > 0 and step == job["losses"]:
            print(json.dumps({"losses": losses}), flush=True)
            return
        if job["losses"] == 0 and (is_mark or step in job["scoreAfter"]):
            loss = score()
            tell(step, loss)
        if step == len(job["steps"]):
            break
        wanted = job["steps"][step]
        for group in optimizer.param_groups:
            group["lr"] = wanted["rate"]
        rows = [row for block in wanted["blocks"] for row in documents(block)]
        tokens = sum(sum(1 for target in targets if target >= 0) for _, targets in rows)
        optimizer.zero_grad()
        loss = loss_of(model, rows) / tokens
        assert math.isfinite(loss.item()), f"step {step}: the loss is {loss.item()}"
        losses.append(loss.item())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), adamw["maxGradNorm"])
        optimizer.step()

    if not job["mixes"]:
        return
    trained = {name: value.clone() for name, value in model.state_dict().items()}
    best = {"share": 1, "loss": loss}
    for share in (0.9, 0.8, 0.7, 0.6, 0.5, 0.25):
        model.load_state_dict({k: base[k] + share * (v - base[k]) for k, v in trained.items()})
        mixed = score()
        if mixed >= best["loss"]:
            break
        best = {"share": share, "loss": mixed}
    tell(len(job["steps"]), loss, mixture=best)


main()
