/**
 * The language of the page: chosen by the browser's preferences or in the footer, loaded, and then spoken by
 * everything at once. What is shown reads `spoken`, so another language needs no reload and interrupts nothing.
 */
import { effect, signal } from '@preact/signals';
import { languageChoice } from '../state/settings.ts';
import type { Catalogue } from './catalogue.ts';
import { isolated } from './isolate.ts';

interface Language {
  /** Its own name for itself. */
  readonly name: string;
  /** For `Intl` and for the `lang` attribute. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** What stands between two sentences: nothing in languages that are written without spaces. */
  readonly sentenceGap: ' ' | '';
  /** Null for English, whose texts lie with the code that uses them. */
  readonly load: (() => Promise<{ readonly catalogue: Catalogue }>) | null;
}

/** Every language of the page. Another one is a folder beside this file and a line here. */
export const LANGUAGES: Readonly<Record<string, Language>> & { readonly en: Language } = {
  en: { name: 'English', tag: 'en', direction: 'ltr', sentenceGap: ' ', load: null },
  de: {
    name: 'Deutsch',
    tag: 'de',
    direction: 'ltr',
    sentenceGap: ' ',
    load: () => import('./de/catalogue.ts'),
  },
  es: {
    name: 'Español',
    tag: 'es',
    direction: 'ltr',
    sentenceGap: ' ',
    load: () => import('./es/catalogue.ts'),
  },
  pt: {
    name: 'Português (Brasil)',
    tag: 'pt-BR',
    direction: 'ltr',
    sentenceGap: ' ',
    load: () => import('./pt/catalogue.ts'),
  },
  fr: {
    name: 'Français',
    tag: 'fr',
    direction: 'ltr',
    sentenceGap: ' ',
    load: () => import('./fr/catalogue.ts'),
  },
  ja: {
    name: '日本語',
    tag: 'ja',
    direction: 'ltr',
    sentenceGap: '',
    load: () => import('./ja/catalogue.ts'),
  },
  zh: {
    name: '简体中文',
    tag: 'zh-Hans',
    direction: 'ltr',
    sentenceGap: '',
    load: () => import('./zh/catalogue.ts'),
  },
  ar: {
    name: 'العربية',
    tag: 'ar',
    direction: 'rtl',
    sentenceGap: ' ',
    load: () => import('./ar/catalogue.ts'),
  },
};

/** Changes texts by code: lengthens English for tests, or isolates values in text from right to left. */
export type Change = <T>(text: T) => T;

interface Spoken {
  /** A key of `LANGUAGES`. */
  readonly code: string;
  readonly catalogue: Catalogue | null;
  readonly change: Change | null;
}

const ENGLISH: Spoken = { code: 'en', catalogue: null, change: null };

/** What the page speaks now. It changes when the texts of the chosen language are there. */
export const spoken = signal<Spoken>(ENGLISH);

let isInEnglish = false;

/** What is spoken now; in a component, an effect or a computed signal, this subscribes to it. */
export function speaking(): Spoken {
  return isInEnglish ? ENGLISH : spoken.value;
}

/** What a function makes of texts, in English whatever the page speaks: for files and reports that engineers read. */
export function inEnglish<T>(make: () => T): T {
  isInEnglish = true;
  try {
    return make();
  } finally {
    isInEnglish = false;
  }
}

/** The language that is spoken now. */
export function language(): Language {
  return LANGUAGES[speaking().code] ?? LANGUAGES.en;
}

/** Set when the chosen language couldn't be loaded, until another one is chosen. */
export const isLanguageMissing = signal(false);

/** The first of the preferred languages that there is; English if there is none. */
export function languageFor(preferred: readonly string[]): string {
  for (const tag of preferred) {
    const [code = ''] = tag.toLowerCase().split('-');
    if (Object.hasOwn(LANGUAGES, code)) return code;
  }
  return 'en';
}

/** The language that was asked for last. */
let wanted = '';

/** For tests: English in longer words. Nobody is offered it. */
const PSEUDO = 'pseudo';

/** Speaks a language of `LANGUAGES`, or the one for tests, as soon as its texts are there. Until then, the page goes on in the old one. */
export async function speak(code: string): Promise<void> {
  isLanguageMissing.value = false;
  wanted = code;
  try {
    const load = LANGUAGES[code]?.load;
    const catalogue = load ? (await load()).catalogue : null;
    const isPseudo = code === PSEUDO;
    const isolate = LANGUAGES[code]?.direction === 'rtl' ? isolated : null;
    const change = isPseudo ? (await import('./pseudo.ts')).accented : isolate;
    // Another one may have been chosen meanwhile.
    if (wanted === code) spoken.value = { code: isPseudo ? 'en' : code, catalogue, change };
  } catch {
    if (wanted === code) isLanguageMissing.value = true;
  }
}

/**
 * Speaks the language that the user chose here or prefers in general, and keeps the page's `lang` and `dir` true.
 * Resolves when its texts are there. The address may ask for another one with `?lang=`, for this visit only.
 */
export async function startLanguage(): Promise<void> {
  effect(() => {
    const root = document.documentElement;
    root.lang = language().tag;
    root.dir = language().direction;
  });
  const asked = new URLSearchParams(location.search).get('lang') ?? '';
  const chosen = [asked, languageChoice.value ?? '', ...navigator.languages];
  const code = asked === PSEUDO ? PSEUDO : languageFor(chosen);
  if (code !== 'en') await speak(code);
}

/** Remembers the choice, and speaks it. */
export function chooseLanguage(code: string): Promise<void> {
  languageChoice.value = code;
  return speak(code);
}
