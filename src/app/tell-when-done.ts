/**
 * Tells that a training has ended while the page wasn't seen: by a mark on the installed page's icon, and by a
 * notification if the user has asked for it. Neither goes over the network.
 */
import { signal } from '@preact/signals';
import { tellsWhenDone } from './state/settings.ts';
import { system } from './texts/en/system.ts';
import { messages } from './texts/messages.ts';

const texts = messages('system', system);

/** Set when the user has asked to be told, and the browser doesn't allow it. */
export const isTellingDenied = signal(false);

export const canTell = (): boolean => 'Notification' in globalThis;

/** Whether the user wants to be told, and the browser still allows it. */
export function willTell(): boolean {
  return tellsWhenDone.value && canTell() && Notification.permission === 'granted';
}

/** Called from a press of the switch, because browsers ask the user only then. */
export async function setTelling(isWanted: boolean): Promise<void> {
  isTellingDenied.value = false;
  tellsWhenDone.value = false;
  if (!isWanted) return;
  const permission = await Notification.requestPermission().catch(() => 'denied');
  tellsWhenDone.value = permission === 'granted';
  isTellingDenied.value = !tellsWhenDone.value;
}

/** To be called when a training has ended that the user didn't end. Does nothing if the page is seen. */
export async function tellOfEnd(botName: string, isDone: boolean): Promise<void> {
  if (document.visibilityState === 'visible') return;
  markIcon();
  if (!willTell()) return;
  const title = isDone ? texts.isTrained(botName) : texts.hasStopped(botName);
  const options = { body: isDone ? texts.canWriteNow : texts.lookWhy, icon: './icon-192.png' };
  try {
    // Browsers of phones show only those of a service worker.
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration === undefined) new Notification(title, options);
    else await registration.showNotification(title, { ...options, tag: 'training' });
  } catch {
    // The permission may just have been taken back. What has ended is seen on the page all the same.
  }
}

/** Marks the icon of the installed page until the page is seen. */
function markIcon(): void {
  if (!('setAppBadge' in navigator)) return;
  navigator.setAppBadge().catch(() => undefined);
  const onVisible = () => {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', onVisible);
    navigator.clearAppBadge().catch(() => undefined);
  };
  document.addEventListener('visibilitychange', onVisible);
}
