/** What the bot is writing now: a card for each of a few tweets, or the progress of many with the present line. */
import type { RunSummary } from '../../protocol/bots.ts';
import { formatEstimate } from '../estimates.ts';
import { LABELS } from '../labels.ts';
import { writingJob } from '../state/writing.ts';
import { Avatar } from '../ui/avatar.tsx';
import { PerchedProgress } from '../ui/perched-progress.tsx';
import { TweetAuthor } from './tweet-author.tsx';
import { writing } from '../texts/en/writing.ts';
import { bold } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

/** If more tweets are being written, only the first unfinished one is shown. */
const MAX_CARDS = 25;
/** An estimate from fewer tweets would jump about. */
const MIN_FOR_ESTIMATE = 20;

export function Drafts({ run }: { run: RunSummary }) {
  const job = writingJob.value;
  if (job === null) return null;
  if (job.total > MAX_CARDS) return <LongBatch />;
  const numbers = Array.from({ length: job.total - job.finished }, (_, i) => job.finished + i);
  return (
    <>
      {numbers.map((number) => (
        <DraftCard key={`draft ${number}`} run={run} number={number} />
      ))}
    </>
  );
}

/** A tweet that isn't finished, by its number among all that are asked for now. */
export function DraftCard({ run, number }: { run: RunSummary; number: number }) {
  const job = writingJob.value;
  if (job === null) return null;
  const { text, isDone } = job.drafts.get(number) ?? { text: job.prompt, isDone: false };
  const start = text.startsWith(job.prompt) ? job.prompt : '';
  return (
    <li class="tweet">
      <Avatar bot={run} />
      <div class="tweet-main">
        <TweetAuthor run={run} />
        <blockquote class="tweet-text" dir="auto">
          {start === '' ? null : <span class="tweet-prompt">{start}</span>}
          {text.slice(start.length)}
          {isDone ? null : <span class="caret" aria-hidden="true" />}
        </blockquote>
        <div class="tweet-foot">
          <span class="tweet-count">
            {job.firstAt === null ? texts.gettingReady : texts.writing}
          </span>
        </div>
      </div>
    </li>
  );
}

function LongBatch() {
  const job = writingJob.value;
  if (job === null) return null;
  const { total, finished, firstAt, drafts } = job;
  const seconds = firstAt === null ? 0 : (performance.now() - firstAt) / 1000;
  const left =
    finished < MIN_FOR_ESTIMATE ? null : formatEstimate((seconds / finished) * (total - finished));
  const line = [...drafts.values()].find(({ isDone }) => !isDone)?.text ?? job.prompt;
  return (
    <li class="long-batch">
      <PerchedProgress
        mood="talking"
        label={LABELS.writingProgress}
        value={finished / total}
        valueText={texts.tweetsOf(finished, total)}
      />
      <p class="long-batch-count">
        {left === null
          ? texts.writtenOf(bold, finished, total)
          : texts.writtenOfLeft(bold, finished, total, left)}
      </p>
      <p class="long-batch-line" dir="auto" aria-hidden="true">
        {line}
        <span class="caret" />
      </p>
    </li>
  );
}
