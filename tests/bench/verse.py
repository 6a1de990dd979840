#!/usr/bin/env python3
"""Makes texts as long as tweets of a play in plain text: another English than the starter's.

    python3 tests/bench/verse.py INPUT.txt 200 > verse-200.json
    python3 tests/bench/verse.py INPUT.txt 800 --threads speech > threads-800.json

Without --threads, the output is a list for `--texts` of grid.py. With it, it is a list of tweets with ids for `--archive`
of `npm run bench -- quality`, of which about half answer another: the next part of a speech the part before it (speech,
like an author's own threads), or a speech the one before it (talk).

INPUT.txt has speeches that are set apart by an empty line and begin with a line `NAME:`, as
https://github.com/karpathy/char-rnn/blob/master/data/tinyshakespeare/input.txt has them, which is not in this
repository. Speeches longer than 280 characters are divided at the ends of sentences. Needs nothing."""

import argparse
import json
import random
import re
import sys


def parts(speech, longest=280):
    text = ""
    for sentence in re.split(r"(?<=[.!?;:])\s+", speech):
        if len(text) + len(sentence) + 1 > longest:
            yield text
            text = sentence[:280]
        else:
            text = f"{text} {sentence}".strip()
    yield text


def threads(speeches, kind):
    """Lists of texts of which each answers the one before it; half of the texts are in lists of several."""
    longer = [[text for text in parts(speech, 200) if len(text.split()) >= 3] for speech in speeches]
    if kind == "speech":
        several, alone = [t[:4] for t in longer if len(t) > 1], [t for t in longer if len(t) == 1]
    else:
        first = [t[0] for t in longer if t]
        several = [first[at : at + 2 + at % 2] for at in range(0, len(first), 4)]
        alone = [[first[at]] for at in range(3, len(first), 4)]
    for lists in (several, alone):
        random.Random(7).shuffle(lists)
    while several and len(alone) > 1:
        yield several.pop()
        yield alone.pop()
        yield alone.pop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("play")
    parser.add_argument("count", type=int)
    parser.add_argument("--threads", choices=["speech", "talk"])
    args = parser.parse_args()
    with open(args.play, encoding="utf-8") as file:
        speeches = [re.sub(r"\s+", " ", speech.split(":\n", 1)[-1]).strip() for speech in file.read().split("\n\n")]
    if args.threads is None:
        texts = (text for speech in speeches for text in parts(speech))
        found = list(dict.fromkeys(text for text in texts if len(text.split()) >= 3))
        random.Random(7).shuffle(found)
        return json.dump(found[: args.count], sys.stdout)
    tweets, seen = [], set()
    for thread in threads(speeches, args.threads):
        if len(tweets) >= args.count or seen & set(thread):
            continue
        seen |= set(thread)
        for place, text in enumerate(thread):
            tweet = {"id_str": str(10**18 + len(tweets)), "full_text": text}
            before = {"in_reply_to_status_id_str": tweets[-1]["id_str"]} if place > 0 else {}
            tweets.append({**tweet, **before})
    json.dump(tweets, sys.stdout)


main()
