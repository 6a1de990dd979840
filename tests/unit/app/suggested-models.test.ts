/** The page's own list of GPT-2s for other languages, and what of it is suggested. */

import { expect, test } from 'vitest';
import { suggestedModels } from '../../../src/app/models/suggested-models.ts';
import { HUB_MODELS, modelsForLanguage } from '../../../src/domain/hub-models.ts';
import { parseRepository } from '../../../src/domain/hub-name.ts';

const names = (text: string, languages: readonly string[] = []) =>
  suggestedModels(text, languages).models.map(({ repository }) => repository);

test('every model of the list has a name that the Hub allows, a size that its parameters need, and a source', () => {
  expect(new Set(HUB_MODELS.map(({ repository }) => repository)).size).toBe(HUB_MODELS.length);
  for (const { repository, language, parameters, downloadBytes, licence, source } of HUB_MODELS) {
    expect(parseRepository(repository)).toBe(repository);
    expect(language).toMatch(/^[a-z]{2}$/);
    // Two bytes for each number at least; four, a copy of the embeddings, masks and the tokenizer at most.
    expect(downloadBytes, repository).toBeGreaterThan(2 * parameters);
    expect(downloadBytes, repository).toBeLessThan(4 * parameters * 1.4);
    expect(licence === null || /^[A-Za-z0-9.-]+$/.test(licence)).toBe(true);
    expect(source).toContain(`https://huggingface.co/${repository}/`);
  }
});

test('the models of a language are found by the codes that tweets have', () => {
  expect(modelsForLanguage('de').map(({ repository }) => repository)).toEqual([
    'dbmdz/german-gpt2',
    'benjamin/gerpt2',
  ]);
  expect(modelsForLanguage('pt-BR')).toEqual(modelsForLanguage('pt'));
  expect(modelsForLanguage('in')).toEqual(modelsForLanguage('id'));
  expect(modelsForLanguage('in')).toHaveLength(1);
  for (const code of ['en', 'und', '', 'qme']) expect(modelsForLanguage(code)).toEqual([]);
});

test('a language is found by its name, its own name and its code, and by the beginning of a name', () => {
  const german = ['dbmdz/german-gpt2', 'benjamin/gerpt2'];
  for (const text of ['German', 'deutsch', 'DE', ' ger', 'Deu']) {
    expect(suggestedModels(text, ['es']).isLanguage, text).toBe(true);
    expect(names(text), text).toEqual(german);
  }
  expect(names('türk')).toEqual(names('tr'));
  expect(names('中文')).toEqual(['benjamin/gpt2-wechsel-chinese']);
});

test('a model is found by a part of its name, which is no language', () => {
  expect(suggestedModels('wechsel', [])).toMatchObject({ isLanguage: false });
  expect(names('wechsel')).toHaveLength(2);
  expect(names('grONLP/')).toHaveLength(2);
  expect(names('g')).toEqual([]);
  expect(names('somebody/else')).toEqual([]);
});

test('without anything typed, the languages of the tweets decide, the most frequent first', () => {
  expect(names('', ['en'])).toEqual([]);
  expect(names(' ', ['en', 'nl', 'it'])).toEqual([
    'GroNLP/gpt2-small-dutch',
    'GroNLP/gpt2-small-italian',
  ]);
});
