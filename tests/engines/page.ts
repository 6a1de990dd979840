/** The page in any browser, as a person uses it: by what is written on it. */

import { labels as LABELS } from '../../src/app/texts/en/labels.ts';
import { options } from '../../src/app/texts/en/options.ts';
import type { BackendPreference } from '../../src/protocol/engine.ts';
import {
  countsOf,
  IS_COMPLETE,
  inStore,
  newestRun,
  READY_OFFLINE,
  type RecordedRun,
  type StoreRequest,
  SMALL_STEP_TOKENS,
  shownStep,
  WRITE_BUTTON,
  WRITTEN_TEXT,
} from '../support/page-facts.ts';
import { waitWhileTextChanges } from '../support/patience.ts';
import { findElement, type Name, type Query, type Role } from './in-page.ts';
import type { Browser, ElementReference } from './protocol.ts';

export function by(role: Role, name: Name = null): Query {
  return { role, name };
}

/** A field for files, which nobody sees: a button stands for it. */
function filesField(name: string): Query {
  return { role: 'field', name, isHidden: true };
}

export const library = by('complementary', LABELS.library);
const writtenTweets = by('list', LABELS.writtenTweets);
const writeButton = by('button', { matches: WRITE_BUTTON });

export class EnginePage {
  constructor(readonly browser: Browser) {}

  /** What can be seen, without what is folded. */
  text(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: the text that is rendered
    return this.browser.run(() => document.body.innerText);
  }

  /** Waits while anything on the page changes. Fails as soon as the page tells of an error. */
  async until<T>(what: string, look: () => Promise<T | null | false>): Promise<T> {
    const seeOrFail = async () => {
      const seen = await look();
      if (seen !== null && seen !== false) return seen;
      const alert = await this.browser.run(
        () => document.querySelector('[role=alert]')?.textContent ?? null,
      );
      if (alert !== null) throw new Error(`the page says: ${alert}`);
      return undefined;
    };
    try {
      return await waitWhileTextChanges(() => this.text(), what, seeOrFail);
    } catch (error) {
      const text = await this.text().catch(() => 'nothing that the browser could tell');
      throw new Error(`${error}\nThe page showed:\n${text}`, { cause: error });
    }
  }

  /** Whether there is such an element in the place that the queries before it find. */
  async isShown(...place: readonly Query[]): Promise<boolean> {
    return (await this.browser.element(findElement, place)) !== null;
  }

  find(...place: readonly Query[]): Promise<ElementReference> {
    const what = place.map(({ role, name }) => `${role} ${JSON.stringify(name)}`).join(' in ');
    return this.until(what, () => this.browser.element(findElement, place));
  }

  /** Waits until the page says this. Returns what matched. */
  async says(words: RegExp): Promise<string> {
    return this.until(String(words), async () => words.exec(await this.text())?.[0] ?? null);
  }

  /** Presses a button, once it can be pressed. */
  async press(...place: readonly Query[]): Promise<void> {
    await this.browser.press(await this.find(...place.map((q) => ({ ...q, isEnabled: true }))));
  }

  async fill(label: string, text: string | number): Promise<void> {
    await this.browser.fill(await this.find(by('field', label)), String(text));
  }

  async bring(label: string, ...files: string[]): Promise<void> {
    await this.browser.setFiles(await this.find(filesField(label)), files);
  }

  /** Waits until the service worker has stored the page, as the footer says. */
  async waitUntilOffline(): Promise<void> {
    await this.says(new RegExp(READY_OFFLINE));
  }

  async trySample(): Promise<void> {
    await this.press(by('button', LABELS.trySample));
  }

  /** How many tweets are kept, once they have been counted. */
  async countKept(): Promise<number> {
    await this.until('the tweets', async () => {
      if (await this.isShown(by('table', LABELS.countsTable))) return true;
      // The first step folds by itself once tweets have been read.
      await this.browser.run(
        (toggle) => document.querySelector<HTMLButtonElement>(toggle)?.click(),
        '#step-tweets [aria-expanded="false"]',
      );
      return null;
    });
    return this.until('the counts of tweets', async () => {
      const [headings, cells] = await this.browser.run(
        (table) =>
          ['th', 'td'].map((cell) =>
            [...document.querySelectorAll(`${table} ${cell}`)].map((each) => each.textContent),
          ),
        `table.counts${IS_COMPLETE}`,
      );
      return headings?.length && cells ? countsOf(headings, cells).kept : null;
    });
  }

  async chooseBackend(backend: BackendPreference): Promise<void> {
    await this.find(by('field', LABELS.computeWith));
    await this.browser.run(
      (label, value) => {
        const found = [...document.querySelectorAll('select')].find((select) =>
          [...select.labels].some(({ textContent }) => textContent === label),
        );
        if (found === undefined) throw new Error('no such choice');
        found.value = value;
        found.dispatchEvent(new Event('change', { bubbles: true }));
      },
      LABELS.computeWith,
      backend,
    );
  }

  /** Fills a number field under Advanced, which may still be folded. */
  async setAdvanced(label: string, value: number): Promise<void> {
    const field = by('field', label);
    if (!(await this.isShown(field))) await this.press(by('disclosure', LABELS.advanced));
    await this.fill(label, value);
  }

  /** Starts a training of this many steps, which are small, so that they take a test seconds. */
  async startTraining(steps: number): Promise<void> {
    await this.setAdvanced(options.fields.steps.label, steps);
    await this.setAdvanced(options.fields.tokensPerStep.label, SMALL_STEP_TOKENS);
    await this.press(by('button', LABELS.startTraining));
  }

  /** Waits until the page shows that at least this many steps are done. Returns how many. */
  waitForStep(step: number): Promise<number> {
    return this.until(`step ${step}`, async () => {
      const done = shownStep(await this.text());
      return done >= step ? done : null;
    });
  }

  async waitUntilTrained(): Promise<void> {
    await this.find(writeButton);
  }

  /** Writes five tweets, which is what the page proposes. Returns their texts. */
  async writeTweets(prompt: string): Promise<string[]> {
    await this.fill(LABELS.prompt, prompt);
    await this.press(by('button', LABELS.writeTweets(5)));
    await this.find(writtenTweets);
    // What it wrote before stays below, and the list is no longer busy once all is written.
    return this.until('five tweets', async () => {
      const texts = await this.browser.run(
        (text) => [...document.querySelectorAll(text)].map((each) => each.textContent),
        `[aria-label="${LABELS.writtenTweets}"]${IS_COMPLETE} ${WRITTEN_TEXT}`,
      );
      return texts.length >= 5 ? texts.slice(0, 5) : null;
    });
  }

  /** The record in IndexedDB of the newest run that was trained here. */
  async readRecordedRun(): Promise<RecordedRun> {
    const request: StoreRequest = { store: 'runs', method: 'getAll' };
    const newest = newestRun((await this.browser.run(inStore, request)) as readonly unknown[]);
    if (newest === null) throw new Error('the page recorded no run');
    return newest;
  }
}
