/** Keeps the keyboard where the action is when a pressed button gives way to something else. */
import { useLayoutEffect, useRef } from 'preact/hooks';

let lastFocused: Element | null = null;

document.addEventListener('focusin', ({ target }) => {
  lastFocused = target instanceof Element ? target : null;
});

/** Focuses the element when it appears, if what had the focus went away in the same moment. */
export function useFocusWhenLost<E extends HTMLElement>() {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    // Never at first sight: a page that is just loading hasn't lost anything.
    if (lastFocused === null || lastFocused.isConnected) return;
    ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
