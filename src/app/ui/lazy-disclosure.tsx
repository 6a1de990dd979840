/** A `<details>` with large content, whose code is loaded when it is opened for the first time. */
import { useSignal } from '@preact/signals';
import { Icon } from './icons.tsx';
import { LazyPart, type LazyPartProps } from './lazy-part.tsx';

interface LazyDisclosureProps<C> extends LazyPartProps<C> {
  readonly summary: string;
  readonly class?: string;
}

export function LazyDisclosure<C extends object>(props: LazyDisclosureProps<C>) {
  const { summary, class: className = '', load, children } = props;
  const isOpen = useSignal(false);
  return (
    <details
      class={`disclosure ${className}`}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div class="disclosure-content">
        {isOpen.value ? <LazyPart load={load}>{children}</LazyPart> : null}
      </div>
    </details>
  );
}
