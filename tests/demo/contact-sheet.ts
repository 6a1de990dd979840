/**
 * `npm run contact-sheet`: photographs everything that the built page can show, in each of its languages and in English
 * with longer words, light and dark, 1280 and 360 pixels wide, and makes one picture of each state with all of these
 * in `.cache/contact-sheet/`. It also prints what is cut off, lies over something else or makes the page scroll sideways.
 *
 *     npm run contact-sheet -- [WORD] --languages ar,de --widths 360 --themes dark
 *
 * photographs only the states whose names contain WORD; the theme `contrast` is that of forced colours, and `--site DIR`
 * another build than the present one. The single pictures lie beside the sheets, in a folder for each.
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright';
import { build } from 'vite';
import { cutTexts, overlappingControls, sidewaysPixels } from '../support/cut-texts.ts';
import { launchBrowser, openSession } from '../support/drive-page.ts';
import { SPOKEN_CODES, speakOnPage } from '../support/page-language.ts';
import { showEveryState } from '../support/page-states.ts';
import { serveSite } from '../support/serve-site.ts';

const HEIGHTS: Readonly<Record<number, number>> = { 1280: 900, 360: 740 };
/** A longer page is cut: a picture can't have any size. */
const LONGEST_PX = 4_000;
/** The width of a picture on a sheet. */
const CELL_PX = 512;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    languages: { type: 'string', default: SPOKEN_CODES.join(',') },
    widths: { type: 'string', default: '1280,360' },
    site: { type: 'string' },
    themes: { type: 'string', default: 'light,dark' },
  },
});
const languages = values.languages.split(',');
const widths = values.widths.split(',').map(Number);
const themes = values.themes.split(',') as ('light' | 'dark' | 'contrast')[];
const out = fileURLToPath(new URL('../../.cache/contact-sheet/', import.meta.url));

interface Picture {
  readonly file: string;
  readonly label: string;
  readonly faults: readonly string[];
}

/** Photographs the state that the page is in, one row for each width and theme. */
async function photograph(page: Page, state: string): Promise<Picture[][]> {
  const folder = `${out}${state.replaceAll(/\W+/g, '-')}/`;
  mkdirSync(folder, { recursive: true });
  const rows = widths.flatMap((width) => themes.map((theme) => ({ width, theme })));
  const pictures: Picture[][] = rows.map(() => []);
  for (const language of languages) {
    await speakOnPage(page, language);
    for (const [row, { width, theme }] of rows.entries()) {
      await page.setViewportSize({ width, height: HEIGHTS[width] ?? 900 });
      await page.emulateMedia({
        colorScheme: theme === 'contrast' ? 'dark' : theme,
        forcedColors: theme === 'contrast' ? 'active' : 'none',
        reducedMotion: 'reduce',
      });
      const label = `${language}, ${theme}, ${width} px`;
      const file = `${folder}${width}-${theme}-${language}.jpg`;
      const hasDialog = (await page.locator('dialog[open]').count()) > 0;
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.screenshot({
        path: file,
        type: 'jpeg',
        quality: 80,
        animations: 'disabled',
        ...(hasDialog
          ? {}
          : { fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, LONGEST_PX) } }),
      });
      const sideways = await sidewaysPixels(page);
      const faults = [
        ...(sideways === 0 ? [] : [`scrolls sideways by ${sideways} px`]),
        ...(await cutTexts(page)).map((text) => `cut: ${text}`),
        ...(await overlappingControls(page)).map((names) => `overlap: ${names}`),
      ];
      for (const fault of faults) console.log(`${state}, ${label}: ${fault}`);
      pictures[row]?.push({ file, label, faults });
    }
  }
  await speakOnPage(page, 'en');
  await page.emulateMedia({ forcedColors: 'none' });
  await page.setViewportSize({ width: 1280, height: 900 });
  return pictures;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Puts the pictures of a state into one. */
async function makeSheet(page: Page, state: string, rows: readonly Picture[][]): Promise<void> {
  const cell = ({ file, label, faults }: Picture) =>
    `<figure><figcaption>${label}${faults.length > 0 ? ` <b>${escaped(faults.join('; '))}</b>` : ''}</figcaption><img src="${pathToFileURL(file)}"></figure>`;
  const style = `body{margin:16px;font:16px sans-serif;background:#888;width:max-content}
    section{display:flex;gap:12px;align-items:start}figure{margin:0 0 12px;width:${CELL_PX}px}
    img{max-width:100%;display:block}b{color:#b00}`;
  const html = `<!doctype html><style>${style}</style><h1>${state}</h1>${rows
    .map((row) => `<section>${row.map(cell).join('')}</section>`)
    .join('')}`;
  const file = `${out}${state.replaceAll(/\W+/g, '-')}`;
  writeFileSync(`${file}.html`, html);
  await page.goto(pathToFileURL(`${file}.html`).href, { waitUntil: 'load' });
  const { width, height } = await page.locator('body').evaluate((body) => ({
    width: body.scrollWidth + 32,
    height: body.scrollHeight + 32,
  }));
  await page.setViewportSize({ width, height: 900 });
  await page.screenshot({
    path: `${file}.png`,
    clip: { x: 0, y: 0, width, height },
    fullPage: true,
  });
  rmSync(`${file}.html`);
}

if (values.site === undefined) await build({ logLevel: 'warn' });
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const browser = await launchBrowser();
const site = await serveSite(values.site === undefined ? {} : { folder: values.site });
const session = await openSession(site.url, {
  browser,
  reducedMotion: 'reduce',
  // tsx names functions by a helper of its own, which isn't in the page.
  initScript: 'globalThis.__name = (of) => of',
});
// A bar that stays in sight would be somewhere in a picture of the whole page, and what is out of sight wouldn't be drawn.
await session.page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '* { content-visibility: visible !important } .train-go, .undo-note { position: static !important }',
  );
  document.adoptedStyleSheets = [sheet];
});
const darkroom = await browser.newPage();
let sheets = 0;
try {
  await showEveryState(session.page, async (state) => {
    if (!state.includes(positionals[0] ?? '')) return;
    await makeSheet(darkroom, state, await photograph(session.page, state));
    sheets += 1;
    console.log(`${state}: photographed`);
  });
} finally {
  await browser.close();
  await site.unplug();
}
console.log(`${sheets} sheets in ${out}`);
// The preview server's watchers would keep the process alive.
process.exit(sheets > 0 ? 0 : 1);
