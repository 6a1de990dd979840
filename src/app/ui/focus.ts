/** Keeps the keyboard focus in place when a pressed button is replaced by something else. */
import { useLayoutEffect, useRef } from 'preact/hooks';

let lastFocused: Element | null = null;

document.addEventListener('focusin', ({ target }) => {
  lastFocused = target instanceof Element ? target : null;
});

/** Focuses the element when it appears, if the element with the focus was removed at the same time. */
export function useFocusWhenLost<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    // Not when the page has just been loaded, because then no focus has been lost.
    if (lastFocused === null || lastFocused.isConnected) return;
    ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
