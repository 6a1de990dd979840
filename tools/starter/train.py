#!/usr/bin/env python3
"""Trains the starter model from scratch on a CPU.

A run is determined by its arguments: the batch of a step depends on the seed and the step
alone, so a resumed run equals one that was never stopped. The learning rate is warm-up,
constant, decay (WSD, https://arxiv.org/abs/2404.06395; 1 - sqrt decay,
https://arxiv.org/abs/2405.18392): the end of a run can be decided while it is under way,
by resuming with another --steps before the decay has begun.
"""

import argparse
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Threads that wait must sleep: on a shared machine a spinning one takes the core from the one it waits for.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch

import fused
import model
from corpus import DEFAULT_CORPUS
from data import DEFAULT_CACHE, Data, build_cache, evaluate
from optim import AdamW, Muon, is_matrix


def rate(step, warmup, steps, decay_steps):
    """Learning-rate factor: rises over `warmup`, 1, then 1 - sqrt over the last `decay_steps`."""
    decay = max(0.0, step - (steps - decay_steps)) / decay_steps
    return min(1.0, (step + 1) / warmup) * (1 - decay**0.5)


def clip(grads, limit):
    """Scales all gradients so that their common norm is at most `limit`; returns the norm before."""
    norm = torch.stack([g.norm() for g in grads.values()]).norm()
    torch._foreach_mul_(list(grads.values()), float(torch.clamp(limit / (norm + 1e-6), max=1.0)))
    return float(norm)


class Gradients:
    """Loss and gradients of a batch, one share of its rows to a thread.

    Threads meet once a step. Splitting every operation over two threads instead meets
    hundreds of times, and was three times slower when other work had the cores.
    """

    def __init__(self, threads):
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads, initializer=lambda: torch.set_num_threads(1))

    def __call__(self, params, ids, targets):
        """Mean loss, and name → gradient; the rows must divide evenly."""

        def share(rows):
            loss = fused.loss(params, *rows)
            return float(loss), torch.autograd.grad(loss, list(params.values()))

        parts = list(self.pool.map(share, zip(ids.chunk(self.threads), targets.chunk(self.threads))))
        total = list(parts[0][1])
        for _, grads in parts[1:]:
            torch._foreach_add_(total, list(grads))
        torch._foreach_div_(total, self.threads)
        return sum(loss for loss, _ in parts) / self.threads, dict(zip(params, total))


class Run:
    """Parameters and optimisers; saved and restored together."""

    def __init__(self, seed, matrix_decay, threads):
        self.gradients = Gradients(threads)
        self.params = model.init(seed)
        self.muon = Muon({n: p for n, p in self.params.items() if is_matrix(n)}, weight_decay=matrix_decay)
        self.adam = AdamW({n: p for n, p in self.params.items() if not is_matrix(n)})
        self.done = 0
        for p in self.params.values():
            p.requires_grad_()

    def step(self, ids, targets, matrix_lr, other_lr):
        loss, grads = self.gradients(self.params, ids, targets)
        clip(grads, 1.0)
        with torch.no_grad():
            self.muon.step(grads, matrix_lr)
            self.adam.step(grads, other_lr)
        self.done += 1
        return loss

    def save(self, path, settings):
        params = {n: p.detach().clone() for n, p in self.params.items()}
        state = {"params": params, "muon": self.muon.state(), "adam": self.adam.state()}
        part = path.with_suffix(".part")
        torch.save({**state, "done": self.done, "settings": settings}, part)
        part.replace(path)

    def load(self, path):
        state = torch.load(path)
        with torch.no_grad():
            for name, p in self.params.items():
                p.copy_(state["params"][name])
        self.muon.load(state["muon"])
        self.adam.load(state["adam"])
        self.done = state["done"]


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--tokenizer", type=Path, required=True, help="folder with vocab.json and merges.txt")
    parser.add_argument("--cache", type=Path, default=DEFAULT_CACHE)
    parser.add_argument("--checkpoint", type=Path, help="default: checkpoint.pt in the cache")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--steps", type=int, default=10200)
    parser.add_argument("--stop", type=int, help="end here, inside the schedule for --steps")
    parser.add_argument("--decay-steps", type=int, default=4200)
    parser.add_argument("--warmup", type=int, default=100)
    parser.add_argument("--batch", type=int, default=16, help="blocks of 256 tokens a step")
    parser.add_argument("--matrix-lr", type=float, default=0.02, help="Muon")
    parser.add_argument("--matrix-decay", type=float, default=0.02, help="Muon's weight decay")
    parser.add_argument("--other-lr", type=float, default=0.004, help="AdamW")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--eval-every", type=int, default=1000)
    parser.add_argument("--save-minutes", type=float, default=4)
    return parser.parse_args()


def main():
    args = parse()
    torch.set_num_threads(args.threads)
    if args.batch % args.threads:
        raise SystemExit("--batch must be a multiple of --threads")
    checkpoint = args.checkpoint or args.cache / "checkpoint.pt"
    if not (args.cache / "facts.json").exists():
        build_cache(args.corpus, args.tokenizer, args.cache)
    data = Data(args.cache, args.seed, args.batch, model.CONFIG["n_positions"])
    run = Run(args.seed, args.matrix_decay, args.threads)
    if args.resume:
        run.load(checkpoint)
    print({**data.facts, "steps_per_epoch": data.steps_per_epoch, "from_step": run.done}, flush=True)

    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(True))
    settings = {k: v for k, v in vars(args).items() if isinstance(v, (int, float))}
    start, saved, first, recent = time.time(), time.time(), run.done, []
    end = min(args.stop or args.steps, args.steps)
    while run.done < end and not stopping:
        factor = rate(run.done, args.warmup, args.steps, args.decay_steps)
        ids, targets = data.batch(run.done)
        recent.append(run.step(ids, targets, args.matrix_lr * factor, args.other_lr * factor))
        if run.done % 100 == 0 or run.done == end:
            speed = (run.done - first) * ids.numel() / (time.time() - start)
            mean = sum(recent) / len(recent)
            print(f"{time.strftime('%H:%M:%S')} step {run.done} loss {mean:.4f} rate {factor:.3f} {speed:,.0f} tokens/s", flush=True)
            start, first, recent = time.time(), run.done, []
        if run.done % args.eval_every == 0 or run.done == end:
            nats, bits = evaluate(data, lambda i, t: fused.loss(run.params, i, t))
            print(f"{time.strftime('%H:%M:%S')} step {run.done} held-out {nats:.4f} nats/token, {bits:.4f} bits/byte", flush=True)
        if time.time() - saved > 60 * args.save_minutes:
            run.save(checkpoint, settings)
            saved = time.time()
    run.save(checkpoint, settings)
    print(f"saved {checkpoint.name} at step {run.done}", flush=True)


if __name__ == "__main__":
    main()
