/** Two that write the same side by side: one bot with two settings, or two bots with one. */
import { computed, signal } from '@preact/signals';
import { drawSeed } from '../../core/random.ts';
import {
  type Mood,
  MOOD_NAMES,
  moodOf,
  moodPart,
  WRITING_MOODS,
  type WritingSettings,
} from '../../domain/writing.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { botsByDate, readyBot, writingBot } from './runs.ts';
import { composed, style, write } from './writing.ts';
import { guests, shownTweets, written } from './written.ts';

/** More pairs are too many to look at. */
export const MAX_PAIRS = 20;

/** Whom the bot is compared with: itself with other settings, or another bot with the same ones. */
export type Rival =
  | { readonly kind: 'settings'; readonly settings: Mood }
  | { readonly kind: 'bot'; readonly run: RunSummary };

export const isComparing = signal(false);
const wantedRival = signal<Rival | null>(null);

interface Side {
  readonly run: RunSummary;
  readonly settings: WritingSettings;
  readonly ids: readonly string[];
}

export const comparison = signal<{
  readonly seed: number;
  readonly pairs: number;
  readonly sides: readonly [Side, Side];
} | null>(null);

/** Those of the comparison that is shown, by id. */
const compared = computed<ReadonlyMap<string, WrittenTweet>>(() => {
  const ids = new Set(comparison.value?.sides.flatMap((side) => side.ids));
  const tweets = [...written.value, ...guests.value].filter(({ id }) => ids.has(id));
  return new Map(tweets.map((tweet) => [tweet.id, tweet]));
});

/** The tweets of both sides: each pair, one pair after the other. Null for one that isn't there yet. */
export const comparedPairs = computed(() => {
  const shown = comparison.value;
  if (shown === null) return [];
  return Array.from({ length: shown.pairs }, (_, i) =>
    shown.sides.map(({ ids }) => compared.value.get(ids[i] ?? '') ?? null),
  );
});

/** What is listed below the comparison. */
export const listedTweets = computed(() =>
  shownTweets.value.filter(({ id }) => !compared.value.has(id)),
);

/** Other settings that it has written with, and which are no preset; the last ones. */
const ownSettings = computed<readonly Mood[]>(() => {
  const found = new Map<string, Mood>();
  for (const { settings } of written.value) {
    if (moodOf(settings) !== null || found.size === 2) continue;
    found.set(keyOf({ kind: 'settings', settings }), settings);
  }
  return [...found.values()];
});

/** Identifies a rival. */
export function keyOf(rival: Rival): string {
  if (rival.kind === 'bot') return rival.run.id;
  return JSON.stringify(moodPart(rival.settings));
}

/** All that differ from what the composer asks for. */
export const rivals = computed<readonly Rival[]>(() => {
  const present = keyOf({ kind: 'settings', settings: style.value });
  const settings = [...MOOD_NAMES.map((name) => WRITING_MOODS[name]), ...ownSettings.value];
  const bots = [...botsByDate.value, ...(readyBot.value === null ? [] : [readyBot.value])];
  return [
    ...settings.map((each): Rival => ({ kind: 'settings', settings: each })),
    ...bots
      .filter(({ id, canGenerate }) => canGenerate && id !== writingBot.value?.id)
      .map((run): Rival => ({ kind: 'bot', run })),
  ].filter((rival) => keyOf(rival) !== present);
});

const WILD: Rival = { kind: 'settings', settings: WRITING_MOODS.wild };
const SAFE: Rival = { kind: 'settings', settings: WRITING_MOODS.safe };

/** The chosen one; where none is, or the composer now asks for the same, the preset that is the most different. */
export const rival = computed<Rival>(() => {
  const find = (wanted: Rival | null) =>
    rivals.value.find((each) => wanted !== null && keyOf(each) === keyOf(wanted));
  return find(wantedRival.value) ?? find(WILD) ?? SAFE;
});

export function chooseRival(chosen: Rival): void {
  wantedRival.value = chosen;
}

/** Has both write with the same start and seed. What they write is stored with its bot, as always. */
export async function compare(run: RunSummary): Promise<void> {
  const asked = composed(run);
  const against = rival.value;
  const seed = asked.seed ?? drawSeed();
  const pairs = Math.min(MAX_PAIRS, asked.count);
  const other =
    against.kind === 'bot'
      ? { run: against.run, settings: asked.settings }
      : { run, settings: { ...asked.settings, ...moodPart(against.settings) } };
  guests.value = [];
  const sides = [
    { run, settings: asked.settings, ids: [] },
    { ...other, ids: [] },
  ] as const;
  comparison.value = { seed, pairs, sides };
  await write(
    sides.map((side, number) => ({
      ...{ ...asked, run: side.run, settings: side.settings, seed, count: pairs },
      onFinished: (tweets) => {
        if (side.run.id !== run.id) guests.value = [...guests.value, ...tweets];
        addTo(number, tweets);
      },
    })),
  );
}

function addTo(number: number, tweets: readonly WrittenTweet[]): void {
  const shown = comparison.value;
  if (shown === null || tweets.length === 0) return;
  const added = (side: Side, i: number): Side =>
    i === number ? { ...side, ids: [...side.ids, ...tweets.map(({ id }) => id)] } : side;
  const [one, two] = shown.sides;
  comparison.value = { ...shown, sides: [added(one, 0), added(two, 1)] };
}

/** Puts the comparison away. What was written is listed with everything else. */
export function endComparison(): void {
  comparison.value = null;
  guests.value = [];
}
