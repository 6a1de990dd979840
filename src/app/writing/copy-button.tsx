import { useSignal } from '@preact/signals';
import { announce } from '../state/announce.ts';
import { Icon } from '../ui/icons.tsx';

const COPIED_FOR_MS = 1600;

/** Resolves to whether the text is in the clipboard; says so to screen readers. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    announce('Copied.');
    return true;
  } catch {
    // The browser denies access without a secure origin or a permission. The text can still be selected.
    announce('Your browser doesn’t allow copying. Select the text instead.');
    return false;
  }
}

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const state = useSignal<'idle' | 'copied' | 'failed'>('idle');
  async function copy(): Promise<void> {
    state.value = (await copyText(text)) ? 'copied' : 'failed';
    setTimeout(() => {
      state.value = 'idle';
    }, COPIED_FOR_MS);
  }
  const word = { idle: label, copied: 'Copied', failed: 'Not allowed' }[state.value];
  return (
    <button type="button" class="tweet-action" onClick={() => void copy()}>
      <Icon name={state.value === 'copied' ? 'check' : 'copy'} />
      <span class="action-word">{word}</span>
    </button>
  );
}
