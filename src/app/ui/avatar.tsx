/** What stands for a bot: the emoji the user picked, else the picture of the account, else the myna. */
import type { RunSummary } from '../../protocol/calls.ts';
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
  // Its name stands beside it.
  if (dataset.avatar !== null)
    return <img class="avatar avatar-picture" src={dataset.avatar} alt="" />;
  return <BirdMark class="avatar" />;
}
