/** The page's header, with its name and the button for the theme. */
import { LABELS } from './labels.ts';
import { type Theme, theme } from './state/settings.ts';
import { BOTS_HASH, RUNS_HASH, view } from './state/view.ts';
import { page } from './texts/en/page.ts';
import { messages } from './texts/messages.ts';
import { BirdMark } from './ui/bird.tsx';
import { Icon, type IconName } from './ui/icons.tsx';

const NEXT_THEME: { readonly [T in Theme]: Theme } = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

const THEME_ICONS: { readonly [T in Theme]: IconName } = {
  system: 'contrast',
  light: 'sun',
  dark: 'moon',
};

const texts = messages('page', page);

/** On a first visit, the hero has the `h1`, and among the runs their title; else it is the name. */
export function PageHeader({ isFirstVisit }: { isFirstVisit: boolean }) {
  const isAmongRuns = view.value.kind === 'runs';
  const name = (
    <>
      <BirdMark />
      Mynah
    </>
  );
  return (
    <header class="header">
      {isFirstVisit || isAmongRuns ? (
        <p class="wordmark">{name}</p>
      ) : (
        <h1 class="wordmark">{name}</h1>
      )}
      <nav class="views" aria-label={LABELS.views}>
        <a href={BOTS_HASH} aria-current={isAmongRuns ? undefined : 'page'}>
          {LABELS.bots}
        </a>
        <a href={RUNS_HASH} aria-current={isAmongRuns ? 'page' : undefined}>
          {LABELS.runs}
        </a>
      </nav>
      <button
        type="button"
        class="icon-button"
        aria-label={LABELS.theme(texts.themes[theme.value])}
        title={LABELS.theme(texts.themes[theme.value])}
        onClick={() => {
          theme.value = NEXT_THEME[theme.value];
        }}
      >
        <Icon name={THEME_ICONS[theme.value]} />
      </button>
    </header>
  );
}
