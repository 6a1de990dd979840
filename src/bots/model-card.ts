/** The model card of an exported bot, which the Hub shows. It follows the cards of huggingtweets. */

import { bitsPerByte } from '../domain/bits-per-byte.ts';
import type { LoraSettings, Recipe } from '../domain/recipe.ts';
import { MAX_WARMUP_STEPS } from '../domain/training-options.ts';
import type { BaseOfBot } from '../protocol/bots.ts';
import type { MetricPoint } from '../protocol/training.ts';
import { type BotRecord, heldOutLoss } from './bot-record.ts';
import {
  escapeMarkdown,
  type GgufOfCard,
  howToUseAdapter,
  howToUseGguf,
  howToUseModel,
  howToUseOnnx,
} from './how-to-use.ts';

/** The number of rows in the table of losses: enough to see the curve, and few enough to read. */
const LOSS_ROWS = 10;

/**
 * The card of a whole model.
 *
 * @param lora The settings of the adapter, if one was trained and they are known.
 * @param picture The name of the file with the picture of the account, here and below; null for none.
 */
export function modelCard(
  bot: BotRecord,
  lora: LoraSettings | null,
  picture: string | null = null,
): string {
  return card(bot, {
    lora,
    picture,
    library: 'transformers',
    base: bot.base,
    howToUse: howToUseModel,
    learned: 'merged into the weights',
  });
}

/**
 * The card of an adapter alone.
 *
 * @param base The model that the adapter was trained on and needs.
 * @param endOfText The token with which its tweets begin.
 */
export function adapterCard(
  bot: BotRecord,
  lora: LoraSettings,
  base: BaseOfBot,
  endOfText: string,
  picture: string | null = null,
): string {
  return card(bot, {
    lora,
    picture,
    library: 'peft',
    base,
    howToUse: howToUseAdapter(base, endOfText),
    learned: 'which this folder holds',
  });
}

/** The card of a model for transformers.js. */
export function onnxCard(
  bot: BotRecord,
  lora: LoraSettings | null,
  picture: string | null = null,
): string {
  return card(bot, {
    lora,
    picture,
    library: 'transformers.js',
    base: bot.base,
    howToUse: howToUseOnnx,
    learned: 'merged into the weights',
  });
}

/** The card of a GGUF. */
export function ggufCard(
  bot: BotRecord,
  lora: LoraSettings | null,
  gguf: GgufOfCard,
  picture: string | null = null,
): string {
  return card(bot, {
    lora,
    picture,
    library: 'gguf',
    base: bot.base,
    howToUse: howToUseGguf(gguf),
    learned: 'merged into the weights',
  });
}

interface CardOptions {
  readonly library: 'transformers' | 'peft' | 'gguf' | 'transformers.js';
  readonly base: BaseOfBot;
  readonly lora: LoraSettings | null;
  readonly picture: string | null;
  readonly howToUse: string;
  /** What happened to the adapter of a LoRA run. */
  readonly learned: string;
}

function card(bot: BotRecord, options: CardOptions): string {
  const { library, base, lora, picture, howToUse, learned } = options;
  const title = escapeMarkdown(bot.name);
  const icon = escapeMarkdown(bot.emoji ?? '🐦');
  return `${[
    frontMatter(bot, library, base),
    `# ${icon} ${title}: ${bot.dataset.accounts.length > 1 ? 'an AI cyborg' : 'an AI bot'}`,
    ...(picture === null ? [] : [`![The picture of the account](${picture})`]),
    ...(isOfKnownTraining(bot)
      ? [about, howToUse, trainingData(bot), trainingProcedure(bot, lora, learned), ...heldOut(bot)]
      : [aboutStranger, howToUse]),
    limitations,
    credits,
  ].join('\n\n')}\n`;
}

const about =
  "A GPT-2 that writes like its author, fine-tuned in a browser with Mynah. The tweets never left the author's computer, and they are not in this folder.";

const aboutStranger =
  'A GPT-2 that was opened in Mynah and saved there. What it was trained on, and how, is not known here: look where it came from.';

/** Any GPT-2 can be opened as a bot, but only bots of Mynah say what they learned from. */
function isOfKnownTraining({ dataset }: BotRecord): boolean {
  return dataset.accounts.length > 0;
}

/** A JSON string is also a YAML string, whatever it contains. */
function frontMatter(bot: BotRecord, library: CardOptions['library'], base: BaseOfBot): string {
  const { dataset } = bot;
  const languages = hubLanguages(dataset.languages);
  const lines = [
    ...(languages.length === 0 ? [] : ['language:', ...languages.map((code) => `- "${code}"`)]),
    `library_name: ${library}`,
    'pipeline_tag: text-generation',
    'tags:',
    '- gpt2',
    '- text-generation',
    '- huggingtweets',
    '- mynah',
    ...(base.repo === null ? [] : [`base_model: ${JSON.stringify(base.repo)}`]),
    'widget:',
    '- text: "My dream is"',
    ...modelIndex(bot),
  ];
  return ['---', ...lines, '---'].join('\n');
}

/** No model has a larger loss. A file by anybody may claim one, whose perplexity is no number to show. */
const MAX_LOSS = 100;

function possibleLoss(bot: BotRecord): number | null {
  const loss = heldOutLoss(bot);
  return loss !== null && loss <= MAX_LOSS ? loss : null;
}

/** The measured results as the Hub reads them (huggingface_hub, `EvalResult`). */
function modelIndex(bot: BotRecord): readonly string[] {
  const loss = possibleLoss(bot);
  if (loss === null) return [];
  const names = bot.dataset.accounts.map(({ name }) => name).join(', ');
  return [
    'model-index:',
    `- name: ${JSON.stringify(bot.name)}`,
    '  results:',
    '  - task:',
    '      type: text-generation',
    '    dataset:',
    '      type: tweets',
    `      name: ${JSON.stringify(`tweets of ${names} that were held out`)}`,
    '    metrics:',
    ...Object.entries(metricsAt(bot, loss)).flatMap(([type, value]) => [
      `    - type: ${type}`,
      `      value: ${value.toFixed(4)}`,
    ]),
  ];
}

function metricsAt({ points }: BotRecord, loss: number): Readonly<Record<string, number>> {
  const bits = bitsPerByte(points, loss);
  const metrics = { loss, perplexity: Math.exp(loss) };
  return bits === undefined ? metrics : { ...metrics, bits_per_byte: bits };
}

function heldOut(bot: BotRecord): readonly string[] {
  const loss = possibleLoss(bot);
  if (loss === null) return [];
  const bits = bitsPerByte(bot.points, loss);
  const share = `${+(bot.recipe.validationShare * 100).toFixed(1)} %`;
  return [
    `## Evaluation

${share} of the tweets were held out. On these, the weights in this folder have a loss of ${loss.toFixed(4)} for a token, which is a perplexity of ${Math.exp(loss).toFixed(1)}${bits === undefined ? '' : ` and ${bits.toFixed(3)} bits per byte of text`}. How often it copies was not measured here: Mynah's page marks what stands word for word in a tweet, each time it writes.`,
  ];
}

/** The Hub uses ISO 639; X still has two codes from before 1989. Quoted, because `no` alone is false in YAML. */
const renamed: Readonly<Record<string, string>> = { in: 'id', iw: 'he' };

export function hubLanguages(codes: readonly string[]): string[] {
  const languages = codes.map((code) => code.replace(/-.*/, '').toLowerCase());
  const known = languages.filter((code) => /^[a-z]{2,3}$/.test(code));
  return [...new Set(known.map((code) => renamed[code] ?? code))];
}

/** Rows of the table of tweets, as huggingtweets names them. */
const COUNT_ROWS = [
  ['Tweets downloaded', 'read'],
  ['Retweets', 'retweets'],
  ['Short tweets', 'short'],
  ['Other tweets left out', 'other'],
  ['Tweets kept', 'kept'],
] as const;

function trainingData({ dataset }: BotRecord): string {
  const { accounts, counts } = dataset;
  const names = accounts.map(({ name }) => escapeMarkdown(name));
  const rows = COUNT_ROWS.filter(([, key]) => key !== 'other' || counts.other > 0).map(
    ([label, key]) => [label, ...accounts.map((of) => formatCount(of.counts[key]))],
  );
  return [
    '## Training data',
    `The model was trained on tweets from ${names.join(', ')}.`,
    table(['Data', ...names], rows),
    `The kept texts have ${formatCount(dataset.characters)} characters. Their SHA-256 is \`${dataset.contentHash}\`.`,
  ].join('\n\n');
}

function trainingProcedure(bot: BotRecord, lora: LoraSettings | null, learned: string): string {
  const { base, plan, points, recipe } = bot;
  const source =
    base.repo === null
      ? escapeMarkdown(base.name)
      : `[${base.repo}](https://huggingface.co/${base.repo})`;
  const how =
    plan.mode === 'lora'
      ? `a LoRA adapter of ${formatCount(plan.trainedParameters)} parameters, ${learned}`
      : 'all of its weights';
  const settings: readonly (readonly [string, string])[] = [
    ['steps', `${formatCount(bot.completedSteps)} of ${formatCount(bot.totalSteps)} planned`],
    ['epochs', (points.at(-1)?.epoch ?? plan.epochs).toFixed(2)],
    ['tokens a step', `${plan.blockLength} × ${plan.microBatch} × ${plan.accumulation}`],
    ['learning rate', `${recipe.learningRate.toPrecision(4)}, ${describeSchedule(recipe)}`],
    ['dropout', String(recipe.dropout)],
    ['attention', recipe.attention === 'document' ? 'within a tweet' : 'within a block of tweets'],
    ...(recipe.replyContext === true
      ? [
          [
            'answers',
            `${formatCount(bot.dataset.answerCount)} of the tweets were read after the one they answer`,
          ] as const,
        ]
      : []),
    ...(lora === null ? [] : [['adapter', describeLora(lora)] as const]),
    ['optimizer', 'AdamW, gradients clipped at norm 1'],
    ...(bot.trainedShare === 1 ? [] : [['weights', describeMixture(bot.trainedShare)] as const]),
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

function describeSchedule({ warmup, finalRate = 0 }: Recipe): string {
  const cosine = finalRate === 0 ? 'cosine to 0' : `cosine to ${finalRate * 100} % of it`;
  if (warmup === 0) return cosine;
  return `warm-up during ${warmup * 100} % of the steps (at most ${MAX_WARMUP_STEPS}), ${cosine}`;
}

function describeMixture(share: number): string {
  return `${share} of what was trained and ${Number((1 - share).toFixed(2))} of the base model, as held-out tweets say (WiSE-FT)`;
}

function describeLora({ rank, alpha, dropout, targets }: LoraSettings): string {
  return `rank ${rank}, alpha ${alpha}, dropout ${dropout}, on ${targets.map((name) => `\`${name}\``).join(' and ')} of every layer`;
}

function lossTable(points: readonly MetricPoint[]): string {
  const measured = points.filter(({ validationLoss }) => validationLoss !== undefined);
  const all = measured.length > 0 ? measured : points;
  const every = Math.max(1, Math.ceil(all.length / LOSS_ROWS));
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
