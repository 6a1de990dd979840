/** What counts as a copy of a training text. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCopies, type FoundCopy } from '../../../src/generate/novelty.ts';

const texts = [
  'I left my umbrella on the night train again, and the night train keeps it.',
  'Good morning, everyone!',
  '昨日は駅前の小さな喫茶店で三時間も本を読んでいました。',
];

async function copyIn(text: string, promptLength = 0, of = texts): Promise<FoundCopy | null> {
  return (await findCopies([{ text, promptLength }], of))[0] ?? null;
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
    const finding = findCopies([{ text: 'a', promptLength: 0 }], many, controller.signal);
    await expect(finding).rejects.toMatchObject({ code: 'cancelled' });
  });
});
