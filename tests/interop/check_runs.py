"""Reads what make-run-files.ts wrote: the event file with TensorBoard itself, the runs with wandb without a network.

    python check_runs.py OUT
"""

import importlib.util
import json
import math
import os
import pathlib
import subprocess
import sys

from report import check, close
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

out = pathlib.Path(sys.argv[1])
runs = json.loads((out / "wandb" / "runs.json").read_text("utf-8"))["runs"]
run = runs[0]

events = EventAccumulator(str(out / "tensorboard" / "ada"), size_guidance={"scalars": 0, "tensors": 0})
events.Reload()
curves = {
    "loss/train": "loss",
    "loss/validation": "validationLoss",
    "validation/bits_per_byte": "bitsPerByte",
    "training/learning_rate": "learningRate",
    "training/gradient_norm": "gradientNorm",
    "training/epoch": "epoch",
    "speed/tokens_per_second": "tokensPerSecond",
}
for tag, name in curves.items():
    wanted = [(p["step"], p["atMs"] / 1000, p[name]) for p in run["points"] if name in p]
    found = [(e.step, e.wall_time, e.value) for e in events.Scalars(tag)]
    is_same = len(found) == len(wanted) and all(
        a[:2] == b[:2] and abs(a[2] - b[2]) <= 1e-6 * abs(b[2]) for a, b in zip(found, wanted)
    )
    check(f"TensorBoard reads {len(wanted)} values of {tag}", is_same)
losses = [e.value for e in events.Scalars("loss/validation")]
perplexities = [e.value for e in events.Scalars("validation/perplexity")]
is_same = all(abs(math.exp(a) - b) <= 1e-5 * b for a, b in zip(losses, perplexities, strict=True))
check(f"TensorBoard reads {len(perplexities)} perplexities", is_same)
check("TensorBoard knows no other curves", set(events.Tags()["scalars"]) == {*curves, "validation/perplexity", "samples/learned_by_heart"})
grams = {s["step"]: [0, 0] for s in run["samples"]}
for sample in run["samples"]:
    for i, key in enumerate(("shared", "grams")):
        grams[sample["step"]][i] += sample.get("learned", {}).get(key, 0)
wanted = [(step, shared / count) for step, (shared, count) in grams.items() if count > 0]
found = [(e.step, round(e.value, 6)) for e in events.Scalars("samples/learned_by_heart")]
check("TensorBoard reads the share that is learned by heart", found == [(s, round(v, 6)) for s, v in wanted])


def texts(tag: str) -> list[tuple[int, str]]:
    return [(e.step, make_ndarray(e.tensor_proto)[0].decode()) for e in events.Tensors(tag)]


for prompt in {s["prompt"] for s in run["samples"]}:
    wanted = [(s["step"], s["text"]) for s in run["samples"] if s["prompt"] == prompt]
    tag = f"sample/{prompt}" if prompt else "sample"
    check(f"TensorBoard shows {len(wanted)} texts of {tag}", texts(tag) == wanted)
check("TensorBoard shows the notes as text", texts("notes") == [(0, run["notes"])])
plugin = events.SummaryMetadata("sample").plugin_data.plugin_name
check("TensorBoard's plugin for text shows them", plugin == "text")

environment = {**os.environ, "WANDB_MODE": "offline", "WANDB_SILENT": "true"}
has_wandb = importlib.util.find_spec("wandb") is not None
if has_wandb:
    done = subprocess.run(
        [sys.executable, "log_to_wandb.py"], cwd=out / "wandb", env=environment, capture_output=True, text=True
    )
    check("the script logs both runs with wandb, without a network", done.returncode == 0)
    if done.returncode != 0:
        print(done.stderr)


def records(file: pathlib.Path):
    """What `wandb sync` uploads: seven bytes, and then a log of messages in the format of LevelDB."""
    from wandb.proto import wandb_internal_pb2

    data, at, message = file.read_bytes(), 7, b""
    while at + 7 <= len(data):
        left = 32768 - at % 32768
        if left < 7:
            at += left
            continue
        size, kind = int.from_bytes(data[at + 4 : at + 6], "little"), data[at + 6]
        message += data[at + 7 : at + 7 + size]
        at += 7 + size
        if kind in (1, 4):  # whole, or the last part
            record = wandb_internal_pb2.Record()
            record.ParseFromString(message)
            yield record
            message = b""


for wanted in runs if has_wandb else []:
    files = list((out / "wandb" / "wandb").glob(f"offline-run-*-{wanted['id']}/run-{wanted['id']}.wandb"))
    check(f"wandb wrote a folder of {wanted['name']} to sync", len(files) == 1)
    if len(files) != 1:
        continue
    all_records = list(records(files[0]))
    named = [r.run for r in all_records if r.HasField("run")]
    names = [(r.display_name, r.notes, r.project) for r in named[:1]]
    check("with its name and its notes", names == [(wanted["name"], wanted["notes"], "mynah")])
    steps = {}
    for record in all_records:
        if record.HasField("history"):
            items = {i.key or ".".join(i.nested_key): json.loads(i.value_json) for i in record.history.item}
            steps.setdefault(items.get("_step"), {}).update(items)
    check(
        f"with the {len(wanted['points'])} losses of its steps",
        [steps.get(p["step"], {}).get("loss") for p in wanted["points"]] == [p["loss"] for p in wanted["points"]],
    )

if not has_wandb:
    print("Skipped, because wandb couldn't be installed: the script for Weights & Biases")
close(skipped=0 if has_wandb else 1)
