"""Byte-level BPE as GPT-2 does it: the alphabet, the pre-tokenisation, encode and decode.

Follows openai/gpt-2 `src/encoder.py`; the only addition is the cache that makes
encoding a whole corpus a dictionary look-up for almost every word.
"""

import json
from pathlib import Path

import regex

EOT = "<|endoftext|>"

# openai/gpt-2 src/encoder.py: contractions, words, numbers, other signs, spaces.
PRE_TOKEN = regex.compile(
    r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
)


def bytes_to_unicode():
    """Byte → printable character, in the order in which GPT-2 numbers its first 256 tokens."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    table = {b: chr(b) for b in printable}
    for b in range(256):
        if b not in table:
            table[b] = chr(256 + len(table) - len(printable))
    return table


class Tokenizer:
    """Encodes and decodes with a `vocab.json` and `merges.txt` pair."""

    def __init__(self, vocab, merges):
        self.vocab = vocab
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.eot = vocab[EOT]
        self.to_char = bytes_to_unicode()
        self.to_byte = {c: b for b, c in self.to_char.items()}
        self.tokens = {i: t for t, i in vocab.items()}
        self.cache = {}

    @classmethod
    def load(cls, folder):
        folder = Path(folder)
        vocab = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        lines = (folder / "merges.txt").read_text(encoding="utf-8").splitlines()[1:]
        return cls(vocab, [tuple(line.split(" ")) for line in lines])

    def _word(self, text):
        """Token ids of one pre-token: merge the lowest-ranked pair until none is left."""
        parts = [self.to_char[b] for b in text.encode("utf-8")]
        while len(parts) > 1:
            pairs = list(zip(parts, parts[1:]))
            best = min(pairs, key=lambda p: self.ranks.get(p, len(self.ranks)))
            if best not in self.ranks:
                break
            merged, i = [], 0
            while i < len(parts):
                if i + 1 < len(parts) and (parts[i], parts[i + 1]) == best:
                    merged.append(parts[i] + parts[i + 1])
                    i += 2
                else:
                    merged.append(parts[i])
                    i += 1
            parts = merged
        return [self.vocab[p] for p in parts]

    def encode(self, text):
        """Ids of plain text; `<|endoftext|>` in it is text like any other."""
        ids, cache = [], self.cache
        for word in PRE_TOKEN.findall(text):
            known = cache.get(word)
            if known is None:
                known = cache[word] = self._word(word)
            ids += known
        return ids

    def decode(self, ids):
        """Text of ids; bytes that are not UTF-8 become U+FFFD, the end-of-text token nothing."""
        chars = "".join(self.tokens[int(i)] for i in ids if int(i) != self.eot)
        return bytes(self.to_byte[c] for c in chars).decode("utf-8", errors="replace")
