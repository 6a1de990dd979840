/** The model card of an exported bot: what the Hub shows, after huggingtweets'. */

import type { MetricPoint } from '../protocol/calls.ts';
import type { BotRecord } from './bot-record.ts';

/** Rows of the loss table: enough to see the curve, few enough to read. */
const lossRows = 10;

export function modelCard(bot: BotRecord): string {
  const title = escapeMarkdown(bot.name);
  const icon = bot.emoji ?? '🐦';
  return `${[
    frontMatter(bot),
    `# ${icon} ${title}: ${bot.dataset.accounts.length > 1 ? 'an AI cyborg' : 'an AI bot'}`,
    `A GPT-2 that writes like its author, fine-tuned in a browser with Mynah. The tweets never left the author's computer, and they are not in this folder.`,
    howToUse,
    trainingData(bot),
    trainingProcedure(bot),
    limitations,
    credits,
  ].join('\n\n')}\n`;
}

/** YAML: a JSON string is a YAML string, whatever is in it. */
function frontMatter({ base }: BotRecord): string {
  const lines = [
    'language: en',
    'library_name: transformers',
    'pipeline_tag: text-generation',
    'tags:',
    '- gpt2',
    '- text-generation',
    '- huggingtweets',
    '- mynah',
    ...(base.repo === null ? [] : [`base_model: ${JSON.stringify(base.repo)}`]),
    'widget:',
    '- text: "My dream is"',
  ];
  return ['---', ...lines, '---'].join('\n');
}

const howToUse = `## How to use

\`\`\`python
from transformers import pipeline

generator = pipeline('text-generation', model='PATH/TO/THIS/FOLDER')
generator("My dream is", num_return_sequences=5)
\`\`\`

Or open it with *Open a bot* on Mynah's page: it writes there without any network.`;

/** Rows of the table of tweets, as huggingtweets names them. */
const countRows = [
  ['Tweets downloaded', 'read'],
  ['Retweets', 'retweets'],
  ['Short tweets', 'short'],
  ['Other tweets left out', 'other'],
  ['Tweets kept', 'kept'],
] as const;

function trainingData({ dataset }: BotRecord): string {
  const { accounts, counts } = dataset;
  const names = accounts.map(({ name }) => escapeMarkdown(name));
  const rows = countRows
    .filter(([, key]) => key !== 'other' || counts.other > 0)
    .map(([label, key]) => [label, ...accounts.map((of) => formatCount(of.counts[key]))]);
  return [
    '## Training data',
    `The model was trained on tweets from ${names.join(', ')}.`,
    table(['Data', ...names], rows),
    `The kept texts have ${formatCount(dataset.characters)} characters. Their SHA-256 is \`${dataset.contentHash}\`.`,
  ].join('\n\n');
}

function trainingProcedure(bot: BotRecord): string {
  const { base, plan, points } = bot;
  const source =
    base.repo === null
      ? escapeMarkdown(base.name)
      : `[${base.repo}](https://huggingface.co/${base.repo})`;
  const how =
    plan.mode === 'lora'
      ? `a LoRA adapter of ${formatCount(plan.trainedParameters)} parameters, merged into the weights`
      : 'all of its weights';
  const settings: readonly (readonly [string, string])[] = [
    ['steps', `${formatCount(bot.completedSteps)} of ${formatCount(bot.totalSteps)} planned`],
    ['epochs', plan.epochs.toFixed(2)],
    ['tokens a step', `${plan.blockLength} × ${plan.microBatch} × ${plan.accumulation}`],
    ['learning rate', `${plan.learningRate.toPrecision(4)}, cosine to 0`],
    ['optimizer', 'AdamW, gradients clipped at norm 1'],
    ['seed', String(bot.seed)],
    [
      'computed on',
      `${escapeMarkdown(bot.adapter)} (${bot.backend}), ${Math.round(bot.tokensPerSecond)} tokens/s`,
    ],
  ];
  return [
    '## Training procedure',
    `Based on ${source}: fine-tuned ${how}. \`training_args.json\` has every number, and the versions of what ran.`,
    table(['Setting', 'Value'], settings),
    ...(points.length === 0 ? [] : [lossTable(points)]),
  ].join('\n\n');
}

function lossTable(points: readonly MetricPoint[]): string {
  const measured = points.filter(({ validationLoss }) => validationLoss !== undefined);
  const all = measured.length > 0 ? measured : points;
  const every = Math.max(1, Math.ceil(all.length / lossRows));
  const shown = all.filter((_, i) => (all.length - 1 - i) % every === 0);
  return table(
    ['Step', 'Epoch', 'Loss', 'Held-out loss'],
    shown.map(({ step, epoch, loss, validationLoss }) => [
      formatCount(step),
      epoch.toFixed(2),
      loss.toFixed(4),
      validationLoss?.toFixed(4) ?? '',
    ]),
  );
}

const limitations = `## Limitations and bias

It has all the limitations and biases of GPT-2, which was trained on text from the web, and it adds those of the tweets it learned from. It makes things up. With few tweets it may repeat some of them word for word: look before you post, and before you publish it.`;

const credits = `## About

Made with Mynah, which does in a web page what [huggingtweets](https://github.com/borisdayma/huggingtweets) by Boris Dayma did with a rented GPU. *Not affiliated with Twitter or X.*`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** Names are the user's: they must not become markup. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');
}
