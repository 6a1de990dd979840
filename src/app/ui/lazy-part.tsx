/** A part of the page whose code is loaded when it is shown for the first time. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { page } from '../texts/en/page.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('page', page);

export interface LazyPartProps<C> {
  readonly load: () => Promise<C>;
  /** Renders the part, once its code is there. */
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
  if (!hasFailed.value) return <div class="placeholder" />;
  return (
    <p role="status">
      {texts.partMissing}{' '}
      <button type="button" class="button button-small" onClick={fetchCode}>
        {texts.tryAgain}
      </button>
    </p>
  );
}
