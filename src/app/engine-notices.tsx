/** When the engine isn't there: stopped, at work in another tab, or barred by the browser. */
import { loadErrorText } from './error-text/load-error-text.ts';
import { isOutdated, reloadSafely } from './outdated.ts';
import { boot, chooseBackend, restartEngine } from './state/boot.ts';
import { enginePhase, keeping } from './state/engine.ts';
import { backendPreference } from './state/settings.ts';
import { isTraining, siteDataWereCleared } from './state/training.ts';
import { page } from './texts/en/page.ts';
import { code, emphasis, strong } from './texts/inline.tsx';
import { messages } from './texts/messages.ts';
import { joinSentences, sentenceGap } from './format.ts';
import { Bird } from './ui/bird.tsx';
import { ErrorNote } from './ui/error-note.tsx';
import { Icon } from './ui/icons.tsx';
import { LazyPart } from './ui/lazy-part.tsx';
import type { ErrorWords } from './texts/error-words.ts';

const texts = messages('page', page);

export function EngineBanner() {
  const phase = enginePhase.value;
  if (phase.kind === 'unavailable') {
    return (
      <ErrorNote
        error={phase.error}
        actions={{
          'compute-automatically': () => void chooseBackend('auto'),
          'try-again': () => void chooseBackend(backendPreference.value),
        }}
      />
    );
  }
  // If the whole page is out of date, that is the reason, and another note says so.
  if (phase.kind !== 'lost' || isOutdated.value) return null;
  return (
    <ErrorNote
      error={phase.error}
      actions={{
        'restart-engine': () => void restartEngine(),
        'try-again': () => void restartEngine(),
      }}
    />
  );
}

/** What the browser denies the page, although the page works without it. */
export function KeepingNote() {
  const { notKept, oneTabAssumed } = keeping.value;
  if (notKept === null && !oneTabAssumed) return null;
  return (
    <div class="note note-warning" role="status">
      <Icon name="warning" />
      <p class="note-text">
        {notKept === null ? (
          texts.oneTabAssumed(strong)
        ) : (
          <LazyPart load={loadErrorText}>
            {({ notKeptText }) => <NotKept why={notKeptText(notKept)} />}
          </LazyPart>
        )}
      </p>
    </div>
  );
}

function NotKept({ why }: { why: ErrorWords }) {
  return (
    <>
      <strong>{why.sentence}</strong>
      {sentenceGap()}
      {joinSentences(why.nextStep, texts.notKept)}
      {sentenceGap()}
      {texts.saveBeforeClosing(strong, emphasis)}
    </>
  );
}

/** A newer version has replaced this one before all of its files were stored here. */
export function OutdatedNote() {
  if (!isOutdated.value) return null;
  return (
    <div class="note note-error" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p>
          <strong>{texts.outdated}</strong>
          {sentenceGap()}
          {joinSentences(texts.outdatedReload, isTraining.value ? texts.outdatedTraining : null)}
        </p>
        <div class="note-actions">
          <button type="button" class="button button-small" onClick={reloadSafely}>
            {texts.reloadPage}
          </button>
        </div>
      </div>
    </div>
  );
}

/** The site's data were cleared while a bot trained. */
export function ClearedNote() {
  if (!siteDataWereCleared.value) return null;
  return (
    <div class="note note-warning" role="status">
      <Icon name="warning" />
      <p class="note-text">
        <strong>{texts.cleared}</strong>
        {sentenceGap()}
        {texts.clearedRest}
      </p>
    </div>
  );
}

export function ElsewherePage() {
  return (
    <main class="elsewhere">
      <Bird mood="idle" />
      <h2>{texts.elsewhere}</h2>
      <p>{texts.elsewhereNext}</p>
      <button type="button" class="button button-primary" onClick={() => void boot()}>
        {texts.tryAgain}
      </button>
    </main>
  );
}

/** For the few seconds in which it isn't known whether another tab will give the engine up. */
export function WakingPage() {
  return (
    <main class="elsewhere">
      <Bird mood="idle" />
      <h2>{texts.waking}</h2>
      <p>{texts.wakingWhy}</p>
    </main>
  );
}

/** Without a secure context there is no storage lock, no checksum and no offline copy. */
export function InsecurePage() {
  return (
    <main class="elsewhere">
      <Bird mood="idle" />
      <h2>{texts.insecure}</h2>
      <p>{texts.insecureRest(code)}</p>
    </main>
  );
}
