/** A native `<details>` with the page's chevron. */
import type { ComponentChildren } from 'preact';
import { Icon } from './icons.tsx';

interface DisclosureProps {
  readonly summary: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Disclosure({ summary, class: className = '', children }: DisclosureProps) {
  return (
    <details class={`disclosure ${className}`}>
      <summary>
        <Icon name="chevron" />
        {summary}
      </summary>
      <div class="disclosure-content">{children}</div>
    </details>
  );
}
