#!/usr/bin/env python3
"""Makes a list of texts as long as tweets of a play in plain text, for `--texts` of grid.py: another English than the
starter's.

    python3 tests/bench/verse.py INPUT.txt 200 > verse-200.json

INPUT.txt has speeches that are set apart by an empty line and begin with a line `NAME:`, as
https://github.com/karpathy/char-rnn/blob/master/data/tinyshakespeare/input.txt has them, which is not in this
repository. Speeches longer than 280 characters are divided at the ends of sentences. Needs nothing."""

import json
import random
import re
import sys


def texts(play):
    for speech in play.split("\n\n"):
        speech = re.sub(r"\s+", " ", speech.split(":\n", 1)[-1]).strip()
        text = ""
        for sentence in re.split(r"(?<=[.!?;:])\s+", speech):
            if len(text) + len(sentence) + 1 > 280:
                yield text
                text = sentence[:280]
            else:
                text = f"{text} {sentence}".strip()
        yield text


with open(sys.argv[1], encoding="utf-8") as file:
    found = list(dict.fromkeys(text for text in texts(file.read()) if len(text.split()) >= 3))
random.Random(7).shuffle(found)
json.dump(found[: int(sys.argv[2])], sys.stdout)
