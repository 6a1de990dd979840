"""The corpus as paragraphs, and as the short documents that the starter is trained on."""

import hashlib
import lzma
import random
import re
from pathlib import Path

DEFAULT_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "pd-english.txt.xz"

# A sentence ends at . ! ? (with closing quotes or brackets) before a space and a capital,
# unless the full stop belongs to a title or an initial.
SENTENCE_END = re.compile(r"""(?<=[.!?])["')\]]*\s+(?=["'(\[]*[A-Z])""")
NOT_AN_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Messrs|Mme|Mlle|Esq|Hon|Rev|Capt|Col|Gen|No|vol|etc)|\b[A-Z])\.$")


def paragraphs(path):
    """Every non-empty line of the .txt.xz (or .txt) file."""
    opener = lzma.open if str(path).endswith(".xz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.strip()
            if line:
                yield line


def sentences(paragraph):
    """The paragraph cut after each sentence; quotes stay with the sentence that they close."""
    pieces, start = [], 0
    for match in SENTENCE_END.finditer(paragraph):
        if NOT_AN_END.search(paragraph[start : match.start()]):
            continue
        pieces.append(paragraph[start : match.end()].strip())
        start = match.end()
    pieces.append(paragraph[start:].strip())
    return [p for p in pieces if p]


def documents(path, seed=0):
    """Tweet- to short-passage-sized texts: whole paragraphs, long ones in runs of sentences.

    Each run fills up to a limit of its own (80 to 360 characters, about 20 to 90 tokens), so
    that lengths vary as they do in people's posts and the model learns where a text may end.
    Single sentences beyond 480 characters and one-word documents are left out.
    """
    rng = random.Random(seed)
    for paragraph in paragraphs(path):
        run, limit = "", rng.randint(80, 360)
        for sentence in sentences(paragraph):
            if len(sentence) > 480:
                if run:
                    yield run
                run = ""
                continue
            if run and len(run) + 1 + len(sentence) > limit:
                yield run
                run, limit = "", rng.randint(80, 360)
            run = f"{run} {sentence}" if run else sentence
        if " " in run:
            yield run


def held_out(document):
    """True for the one document in 200 kept for evaluation; chosen by content, so repeats stay together."""
    return int.from_bytes(hashlib.sha256(document.encode("utf-8")).digest()[:4], "big") % 200 == 0
