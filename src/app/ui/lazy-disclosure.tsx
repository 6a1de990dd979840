/** A `<details>` with large content, whose code is loaded when it is opened for the first time. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';
import { LoadFailed } from './lazy-part.tsx';

interface LazyDisclosureProps<C> {
  readonly summary: string;
  readonly class?: string;
  readonly load: () => Promise<C>;
  readonly children: (code: C) => ComponentChildren;
}

export function LazyDisclosure<C extends object>(props: LazyDisclosureProps<C>) {
  const { summary, class: className = '', load, children } = props;
  const code = useSignal<C | null>(null);
  const isOpen = useSignal(false);
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
  return (
    <details
      class={`disclosure ${className}`}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
        if (isOpen.value && code.value === null) fetchCode();
      }}
    >
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div class="disclosure-content">
        {isOpen.value && code.value !== null ? children(code.value) : null}
        {hasFailed.value ? <LoadFailed onTryAgain={fetchCode} /> : null}
      </div>
    </details>
  );
}
