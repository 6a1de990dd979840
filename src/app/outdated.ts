/** A page whose own files are gone, because a newer version replaced them before they were stored offline. */
import { effect, signal } from '@preact/signals';
import { activity } from './state/activity.ts';
import { endTraining, isTraining } from './state/training.ts';

export const isOutdated = signal(false);

/** Called when a part of the page couldn't be loaded, to find out whether a newer version is why. */
export async function noticeIfOutdated(): Promise<void> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"]')?.src;
  const name = script?.split('/').at(-1);
  if (name === undefined) return;
  try {
    const page = await fetch('./', { cache: 'no-store' });
    if (page.ok && !(await page.text()).includes(name)) isOutdated.value = true;
  } catch {
    // Without the network this can't be known, and reloading wouldn't help.
  }
}

/** The event with which Vite's loader says that a part couldn't be loaded. */
export function startNoticingOutdated(): void {
  addEventListener('vite:preloadError', () => void noticeIfOutdated());
}

/** Reloads the page; a training is paused and saved first. */
export function reloadSafely(): void {
  if (isTraining.value) void endTraining('paused');
  effect(() => {
    if (activity.value === null) location.reload();
  });
}
