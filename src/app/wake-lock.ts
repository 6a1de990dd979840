/** Keeps the screen on, so that a laptop doesn't go to sleep during training. */

/** Holds the lock until the returned function is called. Taken again when the tab is shown again. */
export function holdScreenAwake(): () => void {
  // Absent in browsers without the API and on insecure origins, whatever its type says.
  if (!('wakeLock' in navigator)) return () => undefined;
  let lock: WakeLockSentinel | null = null;
  let isHeld = true;

  async function take(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (!isHeld) await lock.release();
    } catch {
      // Refused on low battery or by policy. Training goes on and is saved as it goes, so a machine
      // that sleeps only makes it take longer.
    }
  }

  const onVisible = () => void take();
  document.addEventListener('visibilitychange', onVisible);
  void take();
  return () => {
    isHeld = false;
    document.removeEventListener('visibilitychange', onVisible);
    lock?.release().catch(() => undefined);
  };
}
