/** A native `<details>` with the page's chevron. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon } from './icons.tsx';

interface DisclosureProps {
  readonly summary: string;
  readonly class?: string;
  /** Whether it is open when it appears. From then on the user decides. */
  readonly startsOpen?: boolean;
  readonly children: ComponentChildren;
}

export function Disclosure(props: DisclosureProps) {
  const { summary, class: className = '', startsOpen = false, children } = props;
  const isOpenAtFirst = useRef(startsOpen).current;
  return (
    <details class={`disclosure ${className}`} open={isOpenAtFirst}>
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div class="disclosure-content">{children}</div>
    </details>
  );
}
