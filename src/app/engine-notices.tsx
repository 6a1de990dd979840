/** When the engine isn't there: stopped, at work in another tab, or barred by the browser. */
import { ACTION_LABELS } from './error-text/error-parts.ts';
import { errorText } from './error-text/error-text.ts';
import { notKeptText } from './error-text/storage-texts.ts';
import { isOutdated, reloadSafely } from './outdated.ts';
import { boot, chooseBackend, restartEngine } from './state/boot.ts';
import { enginePhase, keeping } from './state/engine.ts';
import { backendPreference } from './state/settings.ts';
import { isTraining, siteDataWereCleared } from './state/training.ts';
import { Bird } from './ui/bird.tsx';
import { ErrorNote } from './ui/error-note.tsx';
import { Icon } from './ui/icons.tsx';

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
  const why = notKept === null ? null : notKeptText(notKept);
  return (
    <div class="note note-warning" role="status">
      <Icon name="warning" />
      <p class="note-text">
        {why === null ? (
          <>
            <strong>This browser can’t tell whether Mynah is open in another tab.</strong> Use it in
            one tab only: two would delete each other’s work.
          </>
        ) : (
          <>
            <strong>{why.sentence}</strong> {why.nextStep} Everything works here all the same, but
            it is kept only for as long as this page is open.{' '}
            <strong>Save your bot to a file before you close it</strong> (with <em>Export</em>, in
            the list of your bots).
          </>
        )}
      </p>
    </div>
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
          <strong>A new version of Mynah has replaced this one.</strong> Parts of this page can’t be
          loaded any more. What is saved is safe: reload the page to go on with the new version.
          {isTraining.value ? ' Your bot’s training pauses first, and can be continued.' : ''}
        </p>
        <div class="note-actions">
          <button type="button" class="button button-small" onClick={reloadSafely}>
            {ACTION_LABELS['reload-page']}
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
        <strong>What this site had stored was cleared while your bot trained.</strong> Other bots,
        tweets and models are gone. The bot in training and its tweets were still in memory: they
        have been saved again, and the training goes on.
      </p>
    </div>
  );
}

export function ElsewherePage() {
  const text = errorText({ code: 'busy', details: { reason: 'another-tab' } });
  return (
    <main class="elsewhere">
      <Bird mood="idle" />
      <h2>{text.sentence}</h2>
      <p>{text.nextStep}</p>
      <button type="button" class="button button-primary" onClick={() => void boot()}>
        {ACTION_LABELS['try-again']}
      </button>
    </main>
  );
}

/** For the few seconds in which it isn't known whether another tab will give the engine up. */
export function WakingPage() {
  return (
    <main class="elsewhere">
      <Bird mood="idle" />
      <h2>Waking the bird…</h2>
      <p>It may still be busy in another tab.</p>
    </main>
  );
}

/** Without a secure context there is no storage lock, no checksum and no offline copy. */
export function InsecurePage() {
  return (
    <main class="elsewhere">
      <Bird mood="idle" />
      <h2>Mynah needs a secure address.</h2>
      <p>
        It was opened over plain <code>http://</code>, where browsers lock away what it needs to
        keep your tweets and your bot. Open it with <code>https://</code> in the address, or on the
        computer that serves it as <code>http://localhost</code>.
      </p>
    </main>
  );
}
