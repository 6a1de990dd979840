/** What the installed page tells the system about itself, in `public/manifest.webmanifest`. */

import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { LANGUAGES } from '../../../src/app/texts/language.ts';
import { labels } from '../../../src/app/texts/en/labels.ts';
import { page } from '../../../src/app/texts/en/page.ts';
import { headingOfStep } from '../../../src/app/state/steps.ts';
import { RUNS_HASH } from '../../../src/app/state/view.ts';
import { kindOfPath, OPENED_FILES } from '../../../src/domain/archive-files.ts';
import { SHARE_ADDRESS, SHARED_FILES, SHARED_TEXTS } from '../../../src/domain/share-target.ts';

vi.mock('../../../src/app/engine-client.ts', () => import('./fake-engine.ts'));

const folder = new URL('../../../public/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.webmanifest', folder), 'utf8'));
const [handler] = manifest.file_handlers;

/** The size that a PNG's header says: two 32-bit numbers at byte 16. */
function pngSize(bytes: Buffer): string {
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

test('icons are there, in the sizes that are said', () => {
  expect(manifest.icons).toHaveLength(3);
  for (const { src, sizes, type } of manifest.icons) {
    const bytes = readFileSync(new URL(src, folder));
    if (type === 'image/svg+xml') expect(bytes.toString()).toMatch(/^<svg/);
    else expect(pngSize(bytes)).toBe(sizes);
  }
});

test('exactly the files that the page offers to open are opened with it', () => {
  const accepted: string[] = Object.values<string[]>(handler.accept).flat();
  expect(accepted.toSorted()).toEqual(OPENED_FILES.toSorted());
  const isRead = (ending: string) => {
    const { kind } = kindOfPath(`tweets${ending}`);
    return kind !== 'unknown' && kind !== 'passed-over' && kind !== 'private';
  };
  expect(OPENED_FILES.filter((ending) => !isRead(ending))).toEqual([]);
});

test('the same files are shared with it, in the form that the service worker reads', () => {
  const { action, method, enctype, params } = manifest.share_target;
  expect({ action, method, enctype }).toEqual({
    action: `./${SHARE_ADDRESS}`,
    method: 'POST',
    enctype: 'multipart/form-data',
  });
  const [files, ...others] = params.files;
  expect(others).toEqual([]);
  expect(files.name).toBe(SHARED_FILES);
  const types = Object.keys(handler.accept);
  expect(files.accept.toSorted()).toEqual([...types, ...OPENED_FILES].toSorted());
  expect(SHARED_TEXTS).toEqual([params.title, params.text]);
});

test('shortcuts lead to what the page has', () => {
  const urls = manifest.shortcuts.map(({ url }: { url: string }) => url);
  expect(urls).toEqual([`./#${headingOfStep('write')}`, `./${RUNS_HASH}`]);
});

describe.each(Object.entries(LANGUAGES))('in %s', (_, { tag, load }) => {
  const textOf = (localized: string | { value: string; dir: string }) =>
    typeof localized === 'string' ? localized : localized.value;
  const said = (
    of: { readonly [key: string]: { readonly [tag: string]: string } & string },
    key: string,
  ) => textOf(tag === 'en' ? (of[key] ?? '') : (of[`${key}_localized`]?.[tag] ?? ''));

  test('it says what the page says', async () => {
    const { catalogue } = (await load?.()) ?? { catalogue: { labels, page } };
    const description = said(manifest, 'description');
    expect(description.startsWith(catalogue.page.heroTitle)).toBe(true);
    expect(description.endsWith(catalogue.page.hero)).toBe(true);
    const [write, runs] = manifest.shortcuts;
    expect(said(write, 'name')).toBe(catalogue.labels.writeStep);
    expect(said(runs, 'name')).toBe(catalogue.labels.runs);
  });
});
