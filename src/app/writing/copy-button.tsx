import { useSignal } from '@preact/signals';
import { announce } from '../state/announce.ts';
import { Icon } from '../ui/icons.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

const COPIED_FOR_MS = 1600;

/** Resolves to whether the text is in the clipboard; says so to screen readers. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    announce(texts.hasCopied);
    return true;
  } catch {
    // The browser denies access without a secure origin or a permission. The text can still be selected.
    announce(texts.cantCopy);
    return false;
  }
}

export function CopyButton({ text, label = texts.copy }: { text: string; label?: string }) {
  const state = useSignal<'idle' | 'copied' | 'failed'>('idle');
  async function copy(): Promise<void> {
    state.value = (await copyText(text)) ? 'copied' : 'failed';
    setTimeout(() => {
      state.value = 'idle';
    }, COPIED_FOR_MS);
  }
  const word = { idle: label, copied: texts.copied, failed: texts.notAllowed }[state.value];
  return (
    <button type="button" class="tweet-action" onClick={() => void copy()}>
      <Icon name={state.value === 'copied' ? 'check' : 'copy'} />
      <span class="action-word">{word}</span>
    </button>
  );
}
