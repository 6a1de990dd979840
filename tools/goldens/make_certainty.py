"""Makes tests/goldens/certainty.json: how sure the starter model is of each token of a text, by the Hub's own
`transformers` (5.18) and PyTorch: probabilities at temperature 1 and after settings, ranks, the likeliest tokens, and
the attention weights of single rows.

Run by hand when the golden has to change, in a virtual environment with torch and transformers:
    python tools/goldens/make_certainty.py
"""

import json

import torch
from make import OUT, ROOT
from transformers import AutoTokenizer, GPT2LMHeadModel
from transformers.generation.logits_process import (
    LogitsProcessorList,
    MinLengthLogitsProcessor,
    MinPLogitsWarper,
    NoRepeatNGramLogitsProcessor,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
    TypicalLogitsWarper,
)

STARTER = ROOT / "public" / "models" / "starter"
TEXTS = [
    "My dream is to see the sea, the sea and the old house by the sea.",
    "Ça va? Überall 🐦 birds — and the sun!",
]
MIN_TOKENS = 10
SETTINGS = {
    "balanced": dict(temperature=1, topK=50, topP=0.95, repetitionPenalty=1, minP=0, typicalP=1, noRepeatNgram=0),
    "careful": dict(temperature=0.7, topK=40, topP=0.9, repetitionPenalty=1.2, minP=0.01, typicalP=1, noRepeatNgram=2),
    "typical": dict(temperature=1.3, topK=0, topP=1, repetitionPenalty=1, minP=0, typicalP=0.9, noRepeatNgram=0),
}
LISTED = 5


def processors(s, end):
    chosen = LogitsProcessorList()
    if s["repetitionPenalty"] != 1: chosen.append(RepetitionPenaltyLogitsProcessor(s["repetitionPenalty"]))
    if s["noRepeatNgram"] > 0: chosen.append(NoRepeatNGramLogitsProcessor(s["noRepeatNgram"]))
    chosen.append(MinLengthLogitsProcessor(MIN_TOKENS, end))
    chosen.append(TemperatureLogitsWarper(float(s["temperature"])))
    if s["topK"] > 0: chosen.append(TopKLogitsWarper(s["topK"]))
    if s["topP"] < 1: chosen.append(TopPLogitsWarper(s["topP"]))
    if s["minP"] > 0: chosen.append(MinPLogitsWarper(s["minP"]))
    if s["typicalP"] < 1: chosen.append(TypicalLogitsWarper(s["typicalP"]))
    return chosen


def short(value):
    return float(f"{value:.7g}")


def main():
    tokenizer = AutoTokenizer.from_pretrained(STARTER)
    model = GPT2LMHeadModel.from_pretrained(STARTER, dtype=torch.float32, attn_implementation="eager").eval()
    end = tokenizer.eos_token_id
    goldens = []
    for text in TEXTS:
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        inputs = torch.tensor([[end, *ids]])
        with torch.no_grad():
            out = model(inputs, output_attentions=True)
        steps = []
        for t, token in enumerate([*ids, end]):
            logits = out.logits[0, t]
            chances = logits.double().softmax(0)
            order = sorted(range(len(chances)), key=lambda i: (-logits[i].item(), i))
            others = [i for i in order if i != token][:LISTED]
            settings = {}
            for name, values in SETTINGS.items():
                scores = processors(values, end)(inputs[:, : t + 1], logits[None].clone())
                drawn = scores[0].double().softmax(0)
                settings[name] = [short(drawn[i].item()) for i in (token, *others)]
            steps.append({
                "token": token, "rank": order.index(token) + 1, "others": others,
                "probabilities": [short(chances[i].item()) for i in (token, *others)], "settings": settings,
            })
        rows = {}
        for t in (0, 4, len(ids)):
            rows[t] = [[[short(w) for w in layer[0, head, t, : t + 1].tolist()] for head in range(layer.shape[1])]
                       for layer in out.attentions]
        goldens.append({"text": text, "ids": ids, "steps": steps, "attention": rows})
    result = {"minTokens": MIN_TOKENS, "settings": SETTINGS, "texts": goldens}
    (OUT / "certainty.json").write_text(json.dumps(result, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
