/** The settings that the page keeps in localStorage: how it looks and what was chosen, never tweets. */
import { effect, signal } from '@preact/signals';
import {
  arrayOf,
  objectOf,
  oneOf,
  otherwise,
  parseBoolean,
  parseOpaqueObject,
  parseString,
} from '../../core/parse.ts';
import { DEFAULT_HUB_URL, parseHubUrl } from '../../domain/hub-name.ts';
import { STARTER_ID } from '../../domain/identifiers.ts';
import { type Preset, PRESET_NAMES } from '../../domain/training-options.ts';
import type { BackendPreference } from '../../protocol/engine.ts';

export type Theme = 'system' | 'light' | 'dark';

interface Settings {
  readonly theme: Theme;
  readonly backend: BackendPreference;
  readonly preset: Preset | null;
  readonly baseModelId: string;
  readonly hubUrl: string;
  readonly datasetId: string | null;
  readonly runId: string | null;
  readonly apartIds: readonly string[];
  readonly usesKeys: boolean;
  readonly language: string | null;
  readonly hidesReadyBot: boolean;
  readonly tellsWhenDone: boolean;
}

const KEY = 'mynah-settings';

const parseRecord = otherwise(parseOpaqueObject, {});
const parseName = otherwise(parseString, null);
const parseFields = objectOf<Settings>({
  theme: otherwise(oneOf('system', 'light', 'dark'), 'system'),
  backend: otherwise(oneOf('auto', 'webgpu', 'wasm', 'cpu'), 'auto'),
  preset: otherwise(oneOf(...PRESET_NAMES), null),
  baseModelId: otherwise(parseString, STARTER_ID),
  hubUrl: (value, path) => parseHubUrl(parseName(value, path) ?? '') ?? DEFAULT_HUB_URL,
  datasetId: parseName,
  runId: parseName,
  apartIds: otherwise(arrayOf(parseString), []),
  usesKeys: otherwise(parseBoolean, true),
  language: parseName,
  hidesReadyBot: otherwise(parseBoolean, false),
  tellsWhenDone: otherwise(parseBoolean, false),
});

const saved = parseSettings(readStored(KEY));

export const theme = signal<Theme>(saved.theme);
export const backendPreference = signal<BackendPreference>(saved.backend);
/** Null until the user chooses a preset. */
export const presetChoice = signal<Preset | null>(saved.preset);
/** The model that the next bot is trained from. It may have been deleted since. */
export const baseModelId = signal(saved.baseModelId);
/** The Hub that models are downloaded from: the real one, or a mirror. */
export const hubUrl = signal(saved.hubUrl);
export const selectedDatasetId = signal<string | null>(saved.datasetId);
/** Null while a new bot is being prepared. */
export const selectedRunId = signal<string | null>(saved.runId);
/** Datasets that the user keeps apart from the earlier ones of the same account. */
export const apartIds = signal<readonly string[]>(saved.apartIds);
/** Whether single keys act on written tweets. Speech recognition can press them by mistake. */
export const usesKeys = signal(saved.usesKeys);
/** The language that was chosen here; null for the browser's. */
export const languageChoice = signal(saved.language);
/** Whether the user wants no ready-made bot on the page. */
export const hidesReadyBot = signal(saved.hidesReadyBot);
/** Whether the user wants to be told when a training is done. */
export const tellsWhenDone = signal(saved.tellsWhenDone);

/** Checks every field, because other versions and other pages of this origin may have written them. */
export function parseSettings(value: unknown): Settings {
  return parseFields(parseRecord(value, 'settings'), 'settings');
}

/** The JSON that is stored under a key; null if there is none or it can't be read. */
export function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    // If storage is blocked or its content broken, the page starts with its defaults.
    return null;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // If storage is blocked or full, the user has to choose again at the next visit.
  }
}

/** Updates storage and the page's colours whenever a setting changes. */
export function startSettings(): void {
  effect(() => {
    writeStored(KEY, {
      theme: theme.value,
      backend: backendPreference.value,
      preset: presetChoice.value,
      baseModelId: baseModelId.value,
      hubUrl: hubUrl.value,
      datasetId: selectedDatasetId.value,
      runId: selectedRunId.value,
      apartIds: apartIds.value,
      usesKeys: usesKeys.value,
      language: languageChoice.value,
      hidesReadyBot: hidesReadyBot.value,
      tellsWhenDone: tellsWhenDone.value,
    } satisfies Settings);
  });
  effect(() => applyTheme(theme.value));
}

function applyTheme(name: Theme): void {
  const root = document.documentElement;
  if (name === 'system') delete root.dataset.theme;
  else root.dataset.theme = name;
  // Colours the browser's own bar, too: each element has the colour of its scheme or the chosen one.
  const metas = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]');
  for (const meta of metas) {
    const scheme = meta.media.includes('dark') ? 'dark' : 'light';
    meta.content = (name === 'system' ? scheme : name) === 'dark' ? '#101417' : '#f0f4ee';
  }
}
