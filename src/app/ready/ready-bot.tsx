/** The ready-made bot in the first screen: its place, which is kept free until its code has been loaded. */
import { hidesReadyBot } from '../state/settings.ts';
import { LazyPart } from '../ui/lazy-part.tsx';

const loadTryIt = () => import('./try-it.tsx');

export function ReadyBot() {
  return (
    <div class={hidesReadyBot.value ? 'ready-place ready-hidden' : 'ready-place'}>
      <LazyPart load={loadTryIt}>{({ TryIt }) => <TryIt />}</LazyPart>
    </div>
  );
}
