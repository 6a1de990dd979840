/**
 * What reaches the installed page by way of the system: files that are opened with it, files and text that another
 * app shares with it, and its shortcuts.
 */
import { computed, effect } from '@preact/signals';
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import { FILE_NAME_HEADER, SHARED_QUERY, shareCacheName } from '../../domain/share-target.ts';
import { chooseFiles } from '../data/choose-files.ts';
import { entriesOfModel, isBotZip, modelFilesOf } from '../models/dropped-model.ts';
import type { LeftFileName } from '../../protocol/datasets.ts';
import { filesOfDrop } from '../data/brought-folder.ts';
import { importModel, isChoosingModel } from '../state/models.ts';
import { activity } from '../state/activity.ts';
import { hasNothingArrived } from '../state/arrivals.ts';
import { isLoaded } from '../state/boot.ts';
import { importBot } from '../state/bot-files.ts';
import { importFiles, refuseFolder } from '../state/datasets.ts';
import { showBots, view } from '../state/view.ts';
import { prompt, replyTo } from '../state/writing.ts';
import { writingBot } from '../state/runs.ts';
import { data } from '../texts/en/data.ts';
import { system } from '../texts/en/system.ts';
import { messages } from '../texts/messages.ts';
import { Icon } from '../ui/icons.tsx';

const texts = messages('system', system);
const dataTexts = messages('data', data);

/** Calls `take` once, when the page knows what is stored here and has nothing else to do. */
function whenFree(take: () => void): void {
  const isFree = computed(() => isLoaded.value && activity.value === null);
  const stop = effect(() => {
    if (!isFree.value) return;
    // After this effect, because what it starts changes what it depends on.
    queueMicrotask(() => {
      stop();
      take();
    });
  });
}

export function startArrivals(): void {
  // A training that ended while the page was hidden is seen now, even if the page was closed in between.
  if ('clearAppBadge' in navigator) navigator.clearAppBadge().catch(() => undefined);
  whenFree(() => void takeShared());
  if (typeof launchQueue !== 'undefined') {
    launchQueue.setConsumer(({ targetURL, files = [] }) => {
      const { hash } = new URL(targetURL ?? '', location.href);
      if (hash !== '') location.hash = hash;
      if (files.length > 0) whenFree(() => void takeOpened(files));
    });
  }
  // A shortcut leads to a step, which wasn't there yet when the browser looked for it.
  if (location.hash !== '') {
    whenFree(() => document.getElementById(location.hash.slice(1))?.scrollIntoView());
  }
}

async function takeOpened(handles: readonly FileSystemFileHandle[]): Promise<void> {
  const read = await Promise.allSettled(handles.map((handle) => handle.getFile()));
  // A file that was deleted since it was chosen is missing.
  const files = read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (files.length > 0) await takeFiles(files);
  else hasNothingArrived.value = true;
}

/** Takes what is dropped on the page: tweets, bots and models, also together, and those of use in folders. */
export async function takeDropped(
  entries: readonly FileSystemEntry[],
  files: readonly File[],
): Promise<void> {
  const ofModel = await entriesOfModel(entries);
  const others = entries.filter((entry) => !ofModel.includes(entry));
  const model = await modelFilesOf(ofModel);
  const left = ofModel.map(({ name }) => asOther(name));
  if (model.length > 0) {
    isChoosingModel.value = true;
    await importModel(model);
  }
  const [first] = others;
  if (first !== undefined) {
    const found = await filesOfDrop(others);
    if (found.files.length > 0) await takeFiles(found.files, [...left, ...found.left]);
    else refuseFolder(first.name, found.left);
  } else if (model.length === 0) {
    await takeFiles(files);
  }
}

/** Opens those files that are bots, and reads the tweets in all others, which are then what the page shows. */
export async function takeFiles(
  files: readonly File[],
  left: readonly LeftFileName[] = [],
): Promise<void> {
  if (view.value.kind === 'runs') showBots();
  const areBots = await Promise.all(files.map(isBotZip));
  const bots = files.filter((_, i) => areBots[i]);
  const others = files.filter((_, i) => !areBots[i]);
  for (const bot of bots) await importBot([bot]);
  await importFiles(others, null, [...left, ...bots.map(({ name }) => asOther(name))]);
}

/** Among the files without tweets, one that is opened as something else. */
function asOther(file: string): LeftFileName {
  return { file, why: 'bot-or-model' };
}

/** Takes what the service worker has kept, after which it is nowhere else. */
async function takeShared(): Promise<void> {
  const isAnnounced = new URLSearchParams(location.search).has(SHARED_QUERY);
  if (isAnnounced) history.replaceState(null, '', './');
  // Where the browser keeps no caches, there is nothing in them.
  const { files, text } = await emptyShareCache().catch(() => ({ files: [], text: '' }));
  if (files.length > 0) return takeFiles(files);
  if (text !== '') takeText(text);
  else hasNothingArrived.value = isAnnounced;
}

async function emptyShareCache(): Promise<{ readonly files: File[]; readonly text: string }> {
  const files: File[] = [];
  const texts: string[] = [];
  const name = shareCacheName(new URL('.', location.href).href);
  if (!('caches' in globalThis) || !(await caches.has(name))) return { files, text: '' };
  const cache = await caches.open(name);
  for (const key of await cache.keys()) {
    const response = await cache.match(key);
    const fileName = response?.headers.get(FILE_NAME_HEADER);
    if (response === undefined) continue;
    if (typeof fileName !== 'string') texts.push(await response.text());
    else files.push(new File([await response.blob()], decodeURIComponent(fileName)));
  }
  await caches.delete(name);
  // An address that stands beside a text is no part of the tweet.
  const words = texts.join(' ').replaceAll(/https?:\/\/\S+/g, ' ');
  return { files, text: words.replaceAll(/\s+/g, ' ').trim() };
}

/** A bot of the user's is given the text as a tweet to answer, and the ready-made one as the start of its own. */
function takeText(text: string): void {
  if (view.value.kind === 'runs') showBots();
  const bot = writingBot.value;
  if (bot?.canGenerate === true && !bot.isReadyMade) replyTo.value = text;
  else prompt.value = [...text].slice(0, MAX_TWEET_CHARACTERS).join('');
}

export function NothingArrived() {
  return (
    <div class="note note-warning" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p>{texts.nothingArrived}</p>
        <div class="note-actions">
          <button
            type="button"
            class="button button-small"
            onClick={() => {
              hasNothingArrived.value = false;
              chooseFiles();
            }}
          >
            {dataTexts.chooseFiles}
          </button>
        </div>
      </div>
    </div>
  );
}
