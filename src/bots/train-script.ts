/** The script with which an exported bot is trained further by transformers, on as many processes as there are. */

import { MAX_ANSWERED_TOKENS } from '../domain/recipe.ts';
import { MAX_WARMUP_STEPS } from '../domain/training-options.ts';
import { REPLY_SEPARATOR } from '../domain/tweet-text.ts';
import { OPTIMIZER_FILE } from './optimizer-file.ts';

export const TRAIN_SCRIPT_FILE = 'train.py';

/** The command that the card prints. `--multi_gpu` starts the processes, whether or not there are graphics cards. */
export const TRAIN_COMMAND = `accelerate launch --multi_gpu --num_processes 2 ${TRAIN_SCRIPT_FILE} tweets.jsonl --output further`;

/**
 * The settings are those of the recipe in `training_args.json`. Where a tweet sees nothing before it, each tweet is a
 * row, padded, which is the same as rows of tweets that don't see each other. If the state of the optimizer lies in
 * the folder, the training goes on from there: with its moments, and where the schedule of the learning rate was.
 */
export const TRAIN_SCRIPT = `"""Trains this bot further on a file of tweets, with the settings of training_args.json.

    pip install torch transformers accelerate peft
    ${TRAIN_COMMAND}

--num_processes is the number of graphics cards, or of processes where there is none. tweets.jsonl has a line
{"text": "..."} for each tweet, as "Save to a file" on Mynah's page writes it. If the bot learned to answer, a tweet
with {"answers": "..."} is read after that text, of which nothing is learned. If ${OPTIMIZER_FILE} lies in this
folder, the training goes on where it was interrupted.
"""
import argparse, json, math, os, pathlib, random
import torch
from safetensors import safe_open
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments

parser = argparse.ArgumentParser()
parser.add_argument("tweets")
parser.add_argument("--output", default="further")
parser.add_argument("--epochs", type=float, help="instead of those of training_args.json")
args = parser.parse_args()
here = pathlib.Path(__file__).resolve().parent
recipe = json.loads((here / "training_args.json").read_text(encoding="utf-8"))["recipe"]
adamw, mode, dropout = recipe["adamw"], recipe["mode"], recipe["dropout"]

# The moments of AdamW, and how many of the planned updates they are of.
moments, done, planned = {}, 0, recipe["totalSteps"] - recipe["startStep"]
if (here / "${OPTIMIZER_FILE}").exists():
    with safe_open(here / "${OPTIMIZER_FILE}", "pt") as file:
        done = int(file.metadata()["updates"])
        moments = {name: file.get_tensor(name) for name in file.keys()}

tokenizer = AutoTokenizer.from_pretrained(here)
model = AutoModelForCausalLM.from_pretrained(
    here, dtype=torch.float32, resid_pdrop=dropout, embd_pdrop=dropout, attn_pdrop=dropout
)
if mode["kind"] == "lora":
    from peft import LoraConfig, get_peft_model

    model = get_peft_model(model, LoraConfig(
        task_type="CAUSAL_LM", r=mode["rank"], lora_alpha=mode["alpha"], lora_dropout=mode["dropout"],
        target_modules=mode["targets"], fan_in_fan_out=True,
    ))

# The tokenizer puts the end token before every text. It ends the tweet, too.
end = tokenizer.eos_token_id
lines = [json.loads(line) for line in open(args.tweets, encoding="utf-8") if line.strip()]

def tokens_of(text, answers=None, **_):
    """With what it answers before it, as complements (below zero): these are read and not learned."""
    first, *own = tokenizer(text, verbose=False)["input_ids"]
    if answers is None or not recipe.get("replyContext"):
        return [first, *own]
    answered, between = (tokenizer(of, verbose=False)["input_ids"][1:] for of in (answers, ${JSON.stringify(REPLY_SEPARATOR)}))
    return [first, *[~token for token in answered[-${MAX_ANSWERED_TOKENS}:] + between], *own]

tweets = [tokens_of(**line) for line in lines]
random.Random(recipe["seed"]).shuffle(tweets)

def rows_of(tweets, length):
    """Blocks in which each token sees all before it, or a tweet a row."""
    if recipe["attention"] == "block":
        stream = [token for tweet in tweets for token in tweet] + [end]
        return [stream[at:at + length] for at in range(0, max(1, len(stream) - 1), length)]
    context = model.config.n_positions
    return [(tweet + [end])[at:at + context] for tweet in tweets for at in range(0, len(tweet), context)]

def collate(rows):
    width = max(len(row) for row in rows)
    pad = lambda rows, value: torch.tensor([row + [value] * (width - len(row)) for row in rows])
    inputs = [[token if token >= 0 else ~token for token in row] for row in rows]
    # The first token of a row is predicted from nothing: Trainer would count it in the mean of the loss.
    labels = [[-100] + [token if token >= 0 else -100 for token in row[1:]] for row in rows]
    return {
        "input_ids": pad(inputs, end), "labels": pad(labels, -100),
        "attention_mask": pad([[1] * len(row) for row in rows], 0),
    }

held_out = round(len(tweets) * recipe["validationShare"])
validation = rows_of(tweets[:held_out], recipe["blockLength"]) if held_out else None
training = rows_of(tweets[held_out:], recipe["blockLength"])

# The share of the learning rate that is left at the end.
left = recipe.get("finalRate", 0)
no_card = not torch.accelerator.is_available()
settings = TrainingArguments(
    output_dir=args.output, report_to="none", seed=recipe["seed"], save_strategy="no", logging_steps=1,
    use_cpu=no_card, ddp_backend="gloo" if no_card and "WORLD_SIZE" in os.environ else None, remove_unused_columns=False,
    num_train_epochs=args.epochs or recipe["epochs"] * (1 - done / planned), learning_rate=recipe["learningRate"],
    lr_scheduler_type="cosine_with_min_lr" if left else "cosine", lr_scheduler_kwargs={"min_lr_rate": left} if left else {},
    adam_beta1=adamw["beta1"], adam_beta2=adamw["beta2"], adam_epsilon=adamw["epsilon"],
    weight_decay=adamw["weightDecay"], max_grad_norm=adamw["maxGradNorm"],
    gradient_accumulation_steps=recipe["accumulation"], gradient_checkpointing=recipe["checkpointing"],
)
# As many tokens a step as the recipe has, on all processes together.
tokens_a_row = sum(map(len, training)) / len(training)
rows_a_step = recipe["blockLength"] * recipe["microBatch"] * recipe["accumulation"] / tokens_a_row
processes = settings.world_size * recipe["accumulation"]
settings.per_device_train_batch_size = max(1, round(rows_a_step / processes))
steps = settings.num_train_epochs * len(training) / max(1, rows_a_step)
settings.warmup_steps = min(${MAX_WARMUP_STEPS}, round(recipe["warmup"] * steps))

trainer = Trainer(model, settings, data_collator=collate, train_dataset=training, eval_dataset=validation)
print(f"process {settings.process_index} of {settings.world_size}: {len(training)} rows, {held_out} tweets held out", flush=True)
if moments:
    trainer.create_optimizer()
    names = {parameter: name for name, parameter in trainer.model.named_parameters()}
    order = [names[parameter] for group in trainer.optimizer.param_groups for parameter in group["params"]]
    state = {number: {
        "step": torch.tensor(float(done)),
        "exp_avg": moments[f"exp_avg.{name}"], "exp_avg_sq": moments[f"exp_avg_sq.{name}"],
    } for number, name in enumerate(order)}
    trainer.optimizer.load_state_dict(trainer.optimizer.state_dict() | {"state": state})

    def share_of_rate(step):
        """As in Mynah: a warm-up, and half a cosine to what is left of the rate at the end."""
        risen = min(1, (done + step + 1) / max(1, min(recipe["warmup"] * planned, ${MAX_WARMUP_STEPS})))
        return risen * (left + (1 - left) * 0.5 * (1 + math.cos(math.pi * min(1, (done + step) / planned))))

    trainer.lr_scheduler = torch.optim.lr_scheduler.LambdaLR(trainer.optimizer, share_of_rate)
    print(f"goes on after {done} of {planned} updates", flush=True)
before = trainer.evaluate()["eval_loss"] if validation else None
trainer.train()
after = trainer.evaluate()["eval_loss"] if validation else None
if trainer.is_world_process_zero():
    done = trainer.model.merge_and_unload() if mode["kind"] == "lora" else trainer.model
    done.save_pretrained(args.output)
    tokenizer.save_pretrained(args.output)
    if validation:
        print(f"The loss on the tweets held out was {before:.4f} and is {after:.4f}.", flush=True)
# A process that exits in a group with others may be aborted by the threads of its group.
trainer.accelerator.end_training()
`;
