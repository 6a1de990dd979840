#!/usr/bin/env python3
"""Trains the starter's byte-level BPE and writes it as a Hub-style GPT-2 tokenizer.

256 byte symbols + 3,839 merges + `<|endoftext|>` = 4,096 entries. Merges are learnt
over pre-tokens (Sennrich et al. 2016, https://arxiv.org/abs/1508.07909), the most
frequent pair first; equal counts go to the pair with the smaller ids, so the same
corpus always gives the same files.
"""

import argparse
import heapq
import json
import time
from collections import Counter, defaultdict
from pathlib import Path

from bpe import EOT, PRE_TOKEN, bytes_to_unicode
from corpus import DEFAULT_CORPUS, paragraphs

VOCAB_SIZE = 4096
CONTEXT = 256


def count_words(corpus):
    """Pre-token → number of occurrences, over the whole corpus."""
    counts = Counter()
    for paragraph in paragraphs(corpus):
        counts.update(PRE_TOKEN.findall(paragraph))
    return counts


def apply_merge(word, pair, new_id):
    """`word` (list of ids) with every occurrence of `pair`, left to right, made `new_id`."""
    out, i = [], 0
    while i < len(word):
        if i + 1 < len(word) and word[i] == pair[0] and word[i + 1] == pair[1]:
            out.append(new_id)
            i += 2
        else:
            out.append(word[i])
            i += 1
    return out


def learn_merges(word_counts, merges_wanted):
    """List of (left id, right id); merge k makes the token 256 + k.

    Pair counts are kept up to date word by word: a merge only visits the words that
    hold it. The heap may hold outdated counts; an entry is trusted only if it agrees
    with `pair_counts` when it is popped.
    """
    order = {b: i for i, b in enumerate(bytes_to_unicode())}
    words = [[order[b] for b in w.encode("utf-8")] for w in word_counts]
    counts = list(word_counts.values())
    pair_counts, holders = Counter(), defaultdict(set)
    for index, word in enumerate(words):
        for pair in zip(word, word[1:]):
            pair_counts[pair] += counts[index]
            holders[pair].add(index)

    heap = [(-n, pair) for pair, n in pair_counts.items()]
    heapq.heapify(heap)
    merges = []
    while len(merges) < merges_wanted:
        n, pair = heapq.heappop(heap)
        if pair_counts[pair] != -n:
            continue
        new_id = 256 + len(merges)
        merges.append(pair)
        touched = set()
        for index in holders.pop(pair):
            old = words[index]
            new = apply_merge(old, pair, new_id)
            for p in zip(old, old[1:]):
                pair_counts[p] -= counts[index]
                touched.add(p)
            for p in zip(new, new[1:]):
                pair_counts[p] += counts[index]
                holders[p].add(index)
                touched.add(p)
            words[index] = new
        del pair_counts[pair]
        touched.discard(pair)
        for p in touched:
            if pair_counts[p] > 0:
                heapq.heappush(heap, (-pair_counts[p], p))
    return merges


def write_tokenizer(out, merges):
    """`vocab.json`, `merges.txt`, `tokenizer.json` and `tokenizer_config.json`, as the Hub's gpt2 has them."""
    tokens = list(bytes_to_unicode().values())
    lines = []
    for left, right in merges:
        lines.append(f"{tokens[left]} {tokens[right]}")
        tokens.append(tokens[left] + tokens[right])
    tokens.append(EOT)
    if len(tokens) != VOCAB_SIZE or len(set(tokens)) != VOCAB_SIZE:
        raise ValueError(f"{len(tokens)} tokens, {len(set(tokens))} different; {VOCAB_SIZE} expected")
    vocab = {token: i for i, token in enumerate(tokens)}
    byte_level = {"type": "ByteLevel", "trim_offsets": True, "use_regex": True}
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {
                "id": vocab[EOT],
                "special": True,
                "content": EOT,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": True,
            }
        ],
        "normalizer": None,
        "pre_tokenizer": {**byte_level, "add_prefix_space": False},
        "post_processor": {**byte_level, "add_prefix_space": True, "trim_offsets": False},
        "decoder": {**byte_level, "add_prefix_space": True},
        "model": {
            "type": "BPE",
            "dropout": None,
            "unk_token": None,
            "continuing_subword_prefix": "",
            "end_of_word_suffix": "",
            "fuse_unk": False,
            "vocab": vocab,
            "merges": lines,
        },
    }
    config = {
        "add_prefix_space": False,
        "bos_token": EOT,
        "clean_up_tokenization_spaces": False,
        "eos_token": EOT,
        "model_max_length": CONTEXT,
        "tokenizer_class": "GPT2Tokenizer",
        "unk_token": EOT,
    }
    out.mkdir(parents=True, exist_ok=True)
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    (out / "vocab.json").write_text(json.dumps(vocab, **compact), encoding="utf-8")
    (out / "merges.txt").write_text("\n".join(["#version: 0.2", *lines]) + "\n", encoding="utf-8")
    (out / "tokenizer.json").write_text(json.dumps(tokenizer, **compact), encoding="utf-8")
    (out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=DEFAULT_CORPUS)
    parser.add_argument("--out", type=Path, required=True, help="the model folder")
    args = parser.parse_args()
    start = time.time()
    counts = count_words(args.corpus)
    print(f"{sum(counts.values()):,} pre-tokens, {len(counts):,} different, {time.time() - start:.0f} s", flush=True)
    merges = learn_merges(counts, VOCAB_SIZE - 257)
    write_tokenizer(args.out, merges)
    print(f"{len(merges):,} merges written to {args.out}, {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
