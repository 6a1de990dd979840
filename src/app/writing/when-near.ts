/** A card is rendered when it is this near to the window. */
const MARGIN = '1200px';

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | null = null;

/** Does something once an element comes near the window. Returns what ends waiting. */
export function whenNear(element: Element, work: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        const found = waiting.get(target);
        end(target);
        found?.();
      }
    },
    { rootMargin: MARGIN },
  );
  waiting.set(element, work);
  observer.observe(element);
  return () => end(element);
}

function end(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
}
