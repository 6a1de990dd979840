/** The place in a card where it shows how sure the bot was, if the user asked. */
import { useComputed } from '@preact/signals';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { LazyPart } from '../ui/lazy-part.tsx';
import { explainedId } from './certainty-state.ts';

const loadPanel = () => import('./certainty-panel.tsx');

interface CertaintyOfCardProps {
  readonly run: RunSummary;
  readonly tweet: WrittenTweet;
}

export function CertaintyOfCard({ run, tweet }: CertaintyOfCardProps) {
  const isShown = useComputed(() => explainedId.value === tweet.id).value;
  // What was read before an answer is no part of its text.
  if (!isShown || tweet.replyTo !== undefined) return null;
  return (
    <LazyPart load={loadPanel}>
      {({ CertaintyPanel }) => <CertaintyPanel run={run} tweet={tweet} />}
    </LazyPart>
  );
}
