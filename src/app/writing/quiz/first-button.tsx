import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface FirstButtonProps {
  readonly onClick: () => void;
  readonly isQuiet?: boolean;
  readonly children: ComponentChildren;
}

/** Has the focus as soon as it is there, because what had it before is gone. */
export function FirstButton({ onClick, isQuiet = false, children }: FirstButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <button
      ref={button}
      type="button"
      class={isQuiet ? 'button quiz-go' : 'button button-primary quiz-go'}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
