/** What the cards of exported bots say of how to use them. */

import { WRITING_DEFAULTS } from '../domain/writing.ts';
import type { BaseOfBot } from '../protocol/bots.ts';
import { TRAIN_COMMAND, TRAIN_SCRIPT_FILE } from './train-script.ts';

export const howToUseModel = `## How to use

\`\`\`python
from transformers import pipeline

generator = pipeline('text-generation', model='PATH/TO/THIS/FOLDER')
generator("My dream is", num_return_sequences=5)
\`\`\`

Or open it with *Open a bot* on Mynah's page: it writes there without any network.

## Train it further

\`${TRAIN_SCRIPT_FILE}\` trains it on other tweets with transformers, on as many graphics cards or processes as you say, with the settings of its own training:

\`\`\`sh
pip install torch transformers accelerate peft
${TRAIN_COMMAND}
\`\`\`

\`tweets.jsonl\` is what *Save to a file* on Mynah's page writes: a line \`{"text": "..."}\` for each tweet, with what it answers in \`"answers"\`, if that is a tweet of the same author.`;

export const howToUseOnnx = `## How to use

With [transformers.js](https://huggingface.co/docs/transformers.js), in a page or in Node, once this folder lies where \`env.localModelPath\` says, or on the Hub:

\`\`\`js
import { pipeline } from '@huggingface/transformers';

const write = await pipeline('text-generation', 'NAME/OF/THIS/FOLDER', { dtype: 'fp32' });
await write('My dream is', { do_sample: true });
\`\`\``;

/** @param endOfText The token with which its tweets begin. */
export function howToUseAdapter({ name, repo }: BaseOfBot, endOfText: string): string {
  const from =
    repo === null
      ? `It isn't on the Hub: give the folder of the model that Mynah calls ${escapeMarkdown(name)}.`
      : 'It comes from the Hub.';
  return `## How to use

This is a LoRA adapter: it works on top of the model it was trained on, and is nothing without it. ${from}

\`\`\`python
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

base = ${JSON.stringify(repo ?? 'PATH/TO/THE/BASE/MODEL')}
model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), 'PATH/TO/THIS/FOLDER')
generator = pipeline('text-generation', model=model.merge_and_unload(), tokenizer=AutoTokenizer.from_pretrained(base))
generator("My dream is", prefix=${JSON.stringify(endOfText)}, add_special_tokens=False, do_sample=True, top_p=0.95, max_new_tokens=60, num_return_sequences=5)
\`\`\`

*Open a bot* on Mynah's page takes it, too: there it becomes part of that model, which has to be stored on the page.`;
}

export interface GgufOfCard {
  /** The name of the file. */
  readonly name: string;
  /** What a prompt has to begin with. */
  readonly space: string;
}

export function howToUseGguf({ name, space }: GgufOfCard): string {
  const { temperature, topK, topP, maxTokens } = WRITING_DEFAULTS;
  const start = JSON.stringify(`${space}My dream is`);
  const note = space === '' ? '' : ' Begin every start with a space, as its tokenizer expects.';
  return `## How to use

With [Ollama](https://ollama.com), in this folder:

\`\`\`sh
ollama create my-bot -f Modelfile
ollama run my-bot "My dream is"
\`\`\`

With llama.cpp:

\`\`\`sh
llama-completion -no-cnv -m ${name} -p ${start} -n ${maxTokens} --temp ${temperature} --top-k ${topK} --top-p ${topP} --min-p 0
\`\`\`

For LM Studio, \`lms import ${name}\`. It goes on with the text that you give it, and does not chat.${note}`;
}

/** The user's names must not become markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}
