/** A part of the page whose code is loaded when it is shown for the first time. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

interface LazyPartProps<C> {
  readonly load: () => Promise<C>;
  readonly children: (code: C) => ComponentChildren;
}

export function LazyPart<C extends object>({ load, children }: LazyPartProps<C>) {
  const code = useSignal<C | null>(null);
  const hasFailed = useSignal(false);
  function fetchCode(): void {
    hasFailed.value = false;
    load().then(
      (loaded) => {
        code.value = loaded;
      },
      () => {
        hasFailed.value = true;
      },
    );
  }
  useEffect(fetchCode, []);
  if (code.value !== null) return <>{children(code.value)}</>;
  return hasFailed.value ? <LoadFailed onTryAgain={fetchCode} /> : <div class="placeholder" />;
}

export function LoadFailed({ onTryAgain }: { onTryAgain: () => void }) {
  return (
    <p>
      This part of the page couldn’t be loaded.{' '}
      <button type="button" class="button button-small" onClick={onTryAgain}>
        Try again
      </button>
    </p>
  );
}
