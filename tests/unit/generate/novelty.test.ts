/** What counts as a copy of a training text. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomU32 } from '../../../src/core/random.ts';
import { type FoundCopy, TextIndex, type WrittenText } from '../../../src/generate/novelty.ts';

const texts = [
  'I left my umbrella on the night train again, and the night train keeps it.',
  'Good morning, everyone!',
  '昨日は駅前の小さな喫茶店で三時間も本を読んでいました。',
];

async function copyIn(text: string, promptLength = 0, of = texts): Promise<FoundCopy | null> {
  return (await TextIndex.of(of)).find({ text, promptLength });
}

async function sharedIn(text: string, prompt = ''): Promise<string | null> {
  const copy = await copyIn(text, prompt.length);
  return copy && text.slice(copy.start, copy.end);
}

describe('a copy', () => {
  test('is six consecutive words, regardless of case and punctuation', async () => {
    const text = 'So: my UMBRELLA, on the night train, is free now';
    expect(await copyIn(text)).toEqual({
      start: text.indexOf('my'),
      end: text.indexOf(', is free'),
      document: 0,
      isWhole: false,
      original: texts[0],
    });
    expect(await copyIn('my umbrella on the night')).toBeNull();
  });

  test('needs more than a few letters', async () => {
    const of = ['so it is a b c d e f and on'];
    expect(await copyIn('a b c d e f or', 0, of)).toBeNull();
    expect(await copyIn('I went to the market with a neighbour: a b c d e f', 0, of)).toBeNull();
  });

  test('is a whole text, however short it is', async () => {
    expect(await sharedIn('good morning everyone')).toBe('good morning everyone');
    expect(await sharedIn('good morning everyone else')).toBeNull();
    expect(await sharedIn('good morning')).toBeNull();
  });

  test('does not include the words of the user’s prompt', async () => {
    const prompt = 'I left my umbrella on the night train';
    expect(await sharedIn(`${prompt} and it was happy there`, prompt)).toBeNull();
    expect(await sharedIn(`${prompt} again and the night train keeps`, prompt)).toContain('keeps');
    expect(await sharedIn('good morning everyone', 'good morning everyone')).toBeNull();
  });

  test('is found in scripts without spaces', async () => {
    expect(await sharedIn('私も駅前の小さな喫茶店で三時間も本を読んでいました')).toBe(
      '駅前の小さな喫茶店で三時間も本を読んでいました',
    );
    expect(await sharedIn('駅前の小さな喫茶店')).toBeNull();
  });

  test('belongs to the text with which it has more words in common', async () => {
    const of = ['one two three four five six seven', 'one two three four five six seven eight'];
    expect((await copyIn('one two three four five six seven eight nine', 0, of))?.original).toBe(
      of[1],
    );
  });

  test('that is cut out of any text is found among other words (seed 20261128)', async () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{4,8}$/), { minLength: 6, maxLength: 30 });
    const strange = fc.array(fc.stringMatching(/^[A-Z]{1,3}\d{1,4}$/), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(words, strange, strange, fc.nat(), async (source, before, after, at) => {
        const begin = at % (source.length - 5);
        const cut = source.slice(begin, begin + 6 + (at % 7)).join(', ');
        const text = [...before, cut, ...after].join(' ');
        const copy = await copyIn(text, 0, ['nothing of it', source.join(' ')]);
        expect(copy?.original).toBe(source.join(' '));
        expect(text.slice(copy?.start, copy?.end)).toBe(cut);
      }),
      { seed: 20261128 },
    );
  });

  test('is no longer searched for after a cancel', async () => {
    const controller = new AbortController();
    controller.abort();
    const many = Array.from({ length: 5_000 }, (_, i) => `text number ${i}`);
    const finding = TextIndex.of(many, controller.signal);
    await expect(finding).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a whole copy', () => {
  test('has at least four fifths of what the bot wrote; else it is only near', async () => {
    const original = 'one two three four five six seven eight';
    const isWhole = async (text: string, promptLength = 0) =>
      (await copyIn(text, promptLength, [original]))?.isWhole;
    expect(await isWhole(`${original} nine ten`)).toBe(true);
    expect(await isWhole(`${original} nine ten eleven`)).toBe(false);
    const prompt = 'My own long start that nobody else has ever written:';
    expect(await isWhole(`${prompt} ${original}`, prompt.length)).toBe(true);
    expect(await isWhole(`My own long start that nobody else has: ${original}`)).toBe(false);
  });
});

test('a text with half of the 5-grams of another one is near it, though no passage is long', async () => {
  const original = 'a b c d e f g x h i j k l m n y o p q r s t u';
  // Five words in common, three times, with one changed in between.
  const changed = 'b c d e f - h i j k l - o p q r s'.replaceAll('-', 'zz');
  expect(await copyIn(changed, 0, [original])).toBeNull();
  const near = 'the cat sat on grandmother and the dog sat on grandfather';
  const other = near.replace('and', 'while');
  expect(await copyIn(near, 0, [other])).toMatchObject({ isWhole: false, original: other });
});

/** The definition, for every text and every pair of places. */
function slowly({ text, promptLength }: WrittenText, documents: readonly string[]) {
  const words = (of: string) =>
    [...of.matchAll(/[a-z]+/g)].map((m) => ({ word: m[0], at: m.index }));
  const own = words(text);
  const found = own.findIndex(({ at }) => at >= promptLength);
  const firstNew = found === -1 ? own.length : found;
  const grams = (of: readonly { word: string }[], from: number) =>
    of
      .map(({ word }) => word)
      .flatMap((_, i, all) =>
        i >= from && i + 5 <= all.length ? [all.slice(i, i + 5).join()] : [],
      );
  let best: { document: number; newWords: number; isWhole: boolean } | null = null;
  for (const [document, original] of documents.entries()) {
    const other = words(original);
    let run = { from: 0, to: 0, newWords: 0 };
    for (let from = 0; from < own.length; from++) {
      for (let start = 0; start < other.length; start++) {
        let length = 0;
        while (
          from + length < own.length &&
          own[from + length]?.word === other[start + length]?.word
        )
          length++;
        const to = from + length;
        const newWords = to - Math.max(from, firstNew);
        if (newWords > run.newWords) run = { from, to, newWords };
      }
    }
    const { from, to, newWords } = run;
    if (newWords <= (best?.newWords ?? 0)) continue;
    const end = (own[to - 1]?.at ?? 0) + (own[to - 1]?.word.length ?? 0);
    const isSame = to - from === own.length && own.length === other.length;
    const isLong = newWords >= 6 && end - (own[Math.max(from, firstNew)]?.at ?? 0) >= 20;
    const theirs = grams(other, 0);
    const firstGram = Math.max(0, firstNew - 4);
    // Of equal 5-grams, the last one counts.
    const ownGrams = new Map(grams(own, firstGram).map((gram, i) => [gram, i + firstGram]));
    const shared = [...ownGrams].filter(([gram]) => theirs.includes(gram));
    const covered = own.filter(
      (_, i) => i >= firstNew && shared.some(([, at]) => i >= at && i < at + 5),
    );
    const characters = covered.reduce((sum, { word }) => sum + word.length, 0);
    const isNear = shared.length >= 2 && shared.length >= ownGrams.size / 2 && characters >= 20;
    if (!isSame && !isLong && !isNear) continue;
    best = {
      document,
      newWords,
      isWhole: isSame || (isLong && newWords >= 0.8 * (own.length - firstNew)),
    };
  }
  return best;
}

test('the index finds what a comparison of everything with everything finds (seed 20261130)', async () => {
  // Few words, so that texts share many passages.
  const word = fc.constantFrom('bird', 'sings', 'a', 'song', 'again', 'under', 'the');
  const text = (maxLength: number) => fc.array(word, { maxLength }).map((words) => words.join(' '));
  await fc.assert(
    fc.asyncProperty(
      fc.array(text(14), { minLength: 1, maxLength: 12 }),
      text(14),
      fc.nat(30),
      async (documents, written, promptLength) => {
        const expected = slowly({ text: written, promptLength }, documents);
        const actual = await copyIn(written, promptLength, documents);
        expect(actual && { document: actual.document, isWhole: actual.isWhole }).toEqual(
          expected && { document: expected.document, isWhole: expected.isWhole },
        );
      },
    ),
    { seed: 20261130, numRuns: 300 },
  );
});

test('shared 8-grams are those that a comparison with every place of every text finds (seed 20261201)', async () => {
  const word = fc.constantFrom('bird', 'sings', 'song');
  const text = (maxLength: number) =>
    fc.array(word, { maxLength, size: 'max' }).map((words) => words.join(' '));
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(text(30), { minLength: 1, maxLength: 10, size: 'max' }),
      text(24),
      fc.nat(40),
      fc.integer({ min: 5, max: 8 }),
      async (documents, written, promptLength, size) => {
        // Each of these words ends where the next one's space begins.
        const gramsOf = (words: string) =>
          [...words.matchAll(/\w+/g)].map(({ index }, i, all) => {
            const last = all[i + size - 1];
            return (
              last && { at: last.index, gram: words.slice(index, last.index + last[0].length) }
            );
          });
        const inTexts = new Set(documents.flatMap(gramsOf).map((each) => each?.gram));
        const own = gramsOf(written).filter((each) => each && each.at >= promptLength);
        const shared = own.filter((each) => inTexts.has(each?.gram)).length;
        found += shared;
        const index = await TextIndex.of(documents);
        expect(index.sharedGrams({ text: written, promptLength }, size)).toEqual({
          grams: own.length,
          shared,
        });
      },
    ),
    { seed: 20261201, numRuns: 300 },
  );
  expect(found).toBeGreaterThan(50);
});

test('8-grams are counted regardless of case and punctuation, and not across two texts', async () => {
  const index = await TextIndex.of(['One two, three four five', 'six seven eight nine ten']);
  const of = (text: string) => index.sharedGrams({ text, promptLength: 0 }, 5);
  expect(of('ONE TWO THREE four: five')).toEqual({ grams: 1, shared: 1 });
  expect(of('two three four five six')).toEqual({ grams: 1, shared: 0 });
  expect(of('one two three')).toEqual({ grams: 0, shared: 0 });
  expect(index.sharedGrams({ text: 'one two three four five', promptLength: 23 }, 5)).toEqual({
    grams: 0,
    shared: 0,
  });
});

test('100,000 texts are indexed and searched (all of them for each would take minutes)', async () => {
  const words = Array.from({ length: 3_000 }, (_, i) => `w${i}`);
  const texts = Array.from({ length: 100_000 }, (_, t) =>
    Array.from({ length: 15 }, (_, i) => words[randomU32(7, t, i) % words.length]).join(' '),
  );
  const index = await TextIndex.of(texts);
  for (let i = 0; i < 1_000; i++) {
    const document = (i * 97) % texts.length;
    const written = { text: `${texts[document]} and more of it`, promptLength: 0 };
    expect(index.find(written)?.document).toBe(document);
  }
});
