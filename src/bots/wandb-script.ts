/** The script that logs the file of runs to Weights & Biases, or makes a folder for `wandb sync`. */

export const WANDB_SCRIPT_FILE = 'log_to_wandb.py';

/** The documented interface of wandb: `init`, `log`, `Table`, `finish`. */
export const WANDB_SCRIPT = `"""Logs the runs of Mynah in runs.json to Weights & Biases, each as a run of the project "mynah".

    pip install wandb
    wandb login && python ${WANDB_SCRIPT_FILE} runs.json

Without a network, WANDB_MODE=offline python ${WANDB_SCRIPT_FILE} runs.json writes folders wandb/offline-run-*,
which \`wandb sync wandb/offline-run-*\` uploads later.
"""
import json, sys, wandb

document = json.load(open(sys.argv[1] if len(sys.argv) > 1 else "runs.json", encoding="utf-8"))
for run in document.get("runs", [document]):
    config = {key: value for key, value in run.items() if key not in ("points", "samples", "notes")}
    wandb.init(project="mynah", id=run["id"], name=run["name"], notes=run["notes"], config=config)
    for point in run["points"]:
        wandb.log({key: value for key, value in point.items() if key != "step"}, step=point["step"])
    rows = [[sample["step"], sample["prompt"], sample["text"]] for sample in run["samples"]]
    wandb.log({"samples": wandb.Table(columns=["step", "prompt", "text"], data=rows)})
    wandb.finish()
`;
