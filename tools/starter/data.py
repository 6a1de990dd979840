"""Token ids of the documents, cached, and the batches of a run as a function of (seed, step)."""

import json
from pathlib import Path

import numpy as np
import torch

from bpe import Tokenizer
from corpus import documents, held_out

DEFAULT_CACHE = Path(__file__).resolve().parents[2] / ".cache" / "starter"


def build_cache(corpus, tokenizer_folder, cache):
    """Writes train.npy and held.npy (uint16 ids, `<|endoftext|>` after each document), ends.npy and facts.json."""
    tokenizer = Tokenizer.load(tokenizer_folder)
    ids = {"train": [], "held": []}
    ends, held_bytes, counts = [], 0, {"train": 0, "held": 0}
    for document in documents(corpus):
        part = "held" if held_out(document) else "train"
        ids[part] += tokenizer.encode(document)
        ids[part].append(tokenizer.eot)
        counts[part] += 1
        if part == "held":
            held_bytes += len(document.encode("utf-8"))
        else:
            ends.append(len(ids[part]))
    cache.mkdir(parents=True, exist_ok=True)
    for part, tokens in ids.items():
        np.save(cache / f"{part}.npy", np.array(tokens, dtype=np.uint16))
    np.save(cache / "ends.npy", np.array(ends, dtype=np.int64))
    facts = {
        "eot": tokenizer.eot,
        "train_documents": counts["train"],
        "train_tokens": len(ids["train"]),
        "held_documents": counts["held"],
        "held_tokens": len(ids["held"]),
        "held_bytes": held_bytes,
    }
    # Written last: its presence says that the rest is complete.
    (cache / "facts.json").write_text(json.dumps(facts, indent=2) + "\n")


class Data:
    """`batch(step)` gives ids and targets [B, T]; each epoch is a new shuffle of whole documents."""

    def __init__(self, cache, seed, batch, context):
        self.seed, self.size, self.context = seed, batch, context
        self.facts = json.loads((cache / "facts.json").read_text())
        self.tokens = np.load(cache / "train.npy")
        self.ends = np.load(cache / "ends.npy")
        self.held = np.load(cache / "held.npy")
        self.steps_per_epoch = (len(self.tokens) - 1) // (batch * context)
        self.epoch, self.stream = None, None

    def _shuffle(self, epoch):
        """`<|endoftext|>` and then all documents in this epoch's order."""
        starts = np.concatenate([[0], self.ends[:-1]])
        order = np.random.default_rng([self.seed, epoch]).permutation(len(starts))
        lengths = (self.ends - starts)[order]
        # Source index of every token: each document's start minus its place in the stream, plus the place.
        places = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        source = np.repeat(starts[order] - places, lengths) + np.arange(len(self.tokens))
        self.stream = np.concatenate([[self.facts["eot"]], self.tokens[source]]).astype(np.int64)
        self.epoch = epoch

    def batch(self, step):
        epoch, within = divmod(step, self.steps_per_epoch)
        if epoch != self.epoch:
            self._shuffle(epoch)
        return self._blocks(self.stream, within * self.size, self.size)

    def _blocks(self, stream, first, count):
        T = self.context
        window = torch.from_numpy(stream[first * T : (first + count) * T + 1])
        return window[:-1].view(count, T), window[1:].view(count, T)

    def held_batches(self):
        """The held-out stream in blocks, `<|endoftext|>` first; what does not fill a block is left out."""
        stream = np.concatenate([[self.facts["eot"]], self.held]).astype(np.int64)
        blocks = (len(stream) - 1) // self.context
        for first in range(0, blocks, self.size):
            yield self._blocks(stream, first, min(self.size, blocks - first))


@torch.no_grad()
def evaluate(data, loss):
    """Held-out (nats per token, bits per byte). `loss(ids, targets)` is a mean; end-of-text counts as bits, not as bytes."""
    total, tokens = 0.0, 0
    for ids, targets in data.held_batches():
        total += float(loss(ids, targets)) * ids.numel()
        tokens += ids.numel()
    nats = total / tokens
    return nats, nats / np.log(2) * data.facts["held_tokens"] / data.facts["held_bytes"]
