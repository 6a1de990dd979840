/**
 * Everything that the bot has written: what it is writing now, and the list with its filter, search and keys.
 * Cards are added while the user scrolls, and what is out of sight costs nothing (`content-visibility`).
 */
import { useSignal } from '@preact/signals';
import { Component } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { LABELS } from '../labels.ts';
import { isStoppedEmpty, writingJob } from '../state/writing.ts';
import { batchOf, shownTweets, written, writtenFilter, writtenQuery } from '../state/written.ts';
import { BatchHead } from './batch-head.tsx';
import { Drafts } from './drafts.tsx';
import { useTweetKeys } from './tweet-keys.ts';
import { TweetCard } from './tweet-card.tsx';
import { WrittenTools } from './written-tools.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

/** The number of cards that are added at a time. */
const PAGE = 30;
/** Cards are added when the end of the list is this close to the window. */
const MARGIN = '1200px';

export function WrittenTweets({ run }: { run: RunSummary }) {
  const limit = useSignal(PAGE);
  const filter = writtenFilter.value;
  const query = writtenQuery.value;
  // Another list begins at its top.
  useEffect(() => {
    limit.value = PAGE;
  }, [run.id, filter, query]);
  const all = shownTweets.value;
  const tweets = all.slice(0, limit.value);
  useTweetKeys(run, () => {
    limit.value += PAGE;
  });
  const isWriting = writingJob.value?.runId === run.id;
  if (written.value.length === 0 && !isWriting) {
    return <p class="studio-empty">{isStoppedEmpty.value ? texts.stoppedEmpty : texts.empty}</p>;
  }
  return (
    <div class="written">
      {written.value.length === 0 ? null : <WrittenTools run={run} />}
      <ul class="tweets" aria-label={LABELS.writtenTweets} aria-busy={isWriting}>
        {isWriting ? <Drafts run={run} /> : null}
        {tweets.map((tweet, i) => (
          <Item
            key={tweet.id}
            run={run}
            tweet={tweet}
            head={headOf(tweet, tweets[i - 1], filter === 'all' && query === '')}
          />
        ))}
      </ul>
      {all.length === 0 && !isWriting ? <p class="studio-empty">{emptyLine()}</p> : null}
      {tweets.length < all.length ? (
        <More
          onNear={() => {
            limit.value += PAGE;
          }}
        />
      ) : null}
    </div>
  );
}

function emptyLine(): string {
  if (writtenQuery.value.trim() !== '') return texts.noneFound;
  if (writtenFilter.value === 'kept') return texts.noneKept;
  if (writtenFilter.value === 'dropped') return texts.noneDropped;
  return texts.allDropped;
}

type Head = 'pinned' | 'batch' | null;

/** What stands above a tweet: above the first of each batch, what was asked for. */
function headOf(tweet: WrittenTweet, before: WrittenTweet | undefined, hasHeads: boolean): Head {
  if (!hasHeads) return null;
  if (tweet.isPinned) return before === undefined ? 'pinned' : null;
  const isFirst = before === undefined || before.isPinned || batchOf(before) !== batchOf(tweet);
  return isFirst ? 'batch' : null;
}

interface ItemProps {
  readonly run: RunSummary;
  readonly tweet: WrittenTweet;
  readonly head: Head;
}

/** Rendered again only if the tweet itself has changed: there may be a thousand of them. */
class Item extends Component<ItemProps> {
  override shouldComponentUpdate({ run, tweet, head }: ItemProps): boolean {
    return tweet !== this.props.tweet || run !== this.props.run || head !== this.props.head;
  }

  override render({ run, tweet, head }: ItemProps) {
    return (
      <>
        {head === 'pinned' ? <PinnedHead /> : null}
        {head === 'batch' ? <BatchHead tweet={tweet} /> : null}
        <TweetCard run={run} tweet={tweet} />
      </>
    );
  }
}

/** A component of its own, because an item isn't rendered again when the language changes. */
function PinnedHead() {
  return <li class="batch-head">{texts.isPinned}</li>;
}

/** Renders more cards when it comes near the window, or when it is pressed, for those who don't scroll. */
function More({ onNear }: { onNear: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const end = button.current;
    if (end === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) onNear();
      },
      { rootMargin: MARGIN },
    );
    observer.observe(end);
    return () => observer.disconnect();
  });
  return (
    <button ref={button} type="button" class="button button-quiet" onClick={onNear}>
      {texts.showMore}
    </button>
  );
}
