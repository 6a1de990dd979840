/** What stands for a bot: the emoji the user picked, else the myna. */
import type { RunSummary } from '../../protocol/calls.ts';
import { BirdMark } from '../ui/bird.tsx';

export function Avatar({ bot }: { bot: Pick<RunSummary, 'emoji'> }) {
  return bot.emoji === null ? (
    <BirdMark class="avatar" />
  ) : (
    <span class="avatar avatar-emoji" aria-hidden="true">
      {bot.emoji}
    </span>
  );
}
