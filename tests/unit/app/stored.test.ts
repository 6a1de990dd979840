import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../src/app/state/settings.ts';

const defaults = {
  theme: 'system',
  backend: 'auto',
  preset: null,
  baseModelId: 'starter',
  hubUrl: 'https://huggingface.co',
  datasetId: null,
  runId: null,
  apartIds: [],
  usesKeys: true,
  hidesReadyBot: false,
  tellsWhenDone: false,
  language: null,
};

describe('what localStorage holds is foreign until parsed', () => {
  it('keeps good settings and replaces bad ones, field by field', () => {
    const good = {
      theme: 'dark',
      backend: 'wasm',
      preset: 'best',
      baseModelId: 'hub-1',
      hubUrl: 'https://hf-mirror.com',
      datasetId: 'd1',
      runId: 'r1',
      apartIds: ['d2'],
      usesKeys: false,
      hidesReadyBot: true,
      tellsWhenDone: true,
      language: 'de',
    };
    expect(parseSettings(good)).toEqual(good);
    expect(parseSettings({ ...good, theme: 'neon', preset: 'slow', runId: 7 })).toEqual({
      ...good,
      theme: 'system',
      preset: null,
      runId: null,
    });
    expect(parseSettings({ ...good, hubUrl: 'ftp://mirror' })).toEqual({
      ...good,
      hubUrl: defaults.hubUrl,
    });
    expect(parseSettings(null)).toEqual(defaults);
    expect(parseSettings('dark')).toEqual(defaults);
  });

  it('takes any JSON as settings without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Object.keys(parseSettings(value)).sort()).toEqual(Object.keys(defaults).sort());
      }),
    );
  });
});
