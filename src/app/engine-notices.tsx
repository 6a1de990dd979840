/** When the engine isn't there: stopped, or at work in another tab. */
import { ACTION_LABELS, errorText } from './error-text.ts';
import { boot, restartEngine } from './state/boot.ts';
import { enginePhase } from './state/engine.ts';
import { Bird } from './ui/bird.tsx';
import { ErrorNote } from './ui/error-note.tsx';

export function EngineBanner() {
  const phase = enginePhase.value;
  if (phase.kind !== 'lost') return null;
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
