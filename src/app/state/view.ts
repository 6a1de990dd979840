/** Which view the page shows, by its address: the bots with their three steps, or the runs. */
import { effect, signal } from '@preact/signals';
import { importJob } from './datasets.ts';

export type View =
  | { readonly kind: 'bots' }
  /** With the runs that are looked at: none yet, one, or several that are compared. */
  | { readonly kind: 'runs'; readonly ids: readonly string[] };

export const BOTS_HASH = '#bots';
export const RUNS_HASH = '#runs';

export const view = signal<View>(parseHash(globalThis.location?.hash ?? ''));

function parseHash(hash: string): View {
  const [name, ids = ''] = hash.split('/');
  if (name !== RUNS_HASH) return { kind: 'bots' };
  return { kind: 'runs', ids: ids.split(',').filter((id) => id !== '') };
}

export function startFollowingAddress(): void {
  addEventListener('hashchange', () => {
    const before = view.value.kind;
    view.value = parseHash(location.hash);
    if (view.value.kind !== before) scrollTo(0, 0);
  });
  // Files can be dropped anywhere, and what is read of them is shown with the steps.
  effect(() => {
    if (importJob.value !== null && view.peek().kind === 'runs') showBots();
  });
}

/** Looks at these runs. Going back leads to what was looked at before. */
export function showRuns(ids: readonly string[]): void {
  location.hash = ids.length === 0 ? RUNS_HASH : `${RUNS_HASH}/${ids.join(',')}`;
}

export function showBots(): void {
  location.hash = BOTS_HASH;
}
