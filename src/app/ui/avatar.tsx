/** The picture of a bot: the user's emoji, or else the account's picture, or else the myna. */
import type { RunSummary } from '../../protocol/bots.ts';
import { BirdMark } from './bird.tsx';

export function Avatar({ bot }: { bot: Pick<RunSummary, 'emoji' | 'dataset'> }) {
  const { emoji, dataset } = bot;
  if (emoji !== null) {
    return (
      <span class="avatar avatar-emoji" aria-hidden="true">
        {emoji}
      </span>
    );
  }
  // The name is next to it, so it needs no alternative text.
  if (dataset.avatar !== null)
    return <img class="avatar avatar-picture" src={dataset.avatar} alt="" />;
  return <BirdMark class="avatar" />;
}
