/**
 * Everything that the bot has written: what it is writing now, and the list with its filter, search and keys.
 * All tweets are in the list, so that the browser finds them and a screen reader counts them. They are in parts, which
 * become cards when they come near the window, and cost no layout where they are out of sight (`content-visibility`).
 */
import { useSignal } from '@preact/signals';
import { Component, createRef } from 'preact';
import { useEffect } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { LABELS } from '../labels.ts';
import { listedTweets } from '../state/compare.ts';
import { isStoppedEmpty, writingJob } from '../state/writing.ts';
import { whenIdle } from '../state/when-idle.ts';
import { batchOf, placeOf, written, writtenFilter, writtenQuery } from '../state/written.ts';
import { BatchHead } from './batch-head.tsx';
import { Drafts } from './drafts.tsx';
import { useTweetKeys } from './tweet-keys.ts';
import { TweetCard } from './tweet-card.tsx';
import { whenNear } from './when-near.ts';
import { WrittenTools } from './written-tools.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

/** The maximum number of tweets in a part. */
const PART = 10;
/** The number of parts that are added at a time, while the page is idle. */
const PARTS_AT_ONCE = 10;
/** No window shows more parts of five tweets, the usual batch, when the list begins. */
const IN_FIRST_WINDOW = 3;

export function WrittenTweets({ run }: { run: RunSummary }) {
  const limit = useSignal(PARTS_AT_ONCE);
  const filter = writtenFilter.value;
  const query = writtenQuery.value;
  // Another list begins at its top.
  useEffect(() => {
    limit.value = PARTS_AT_ONCE;
  }, [run.id, filter, query]);
  const all = listedTweets.value;
  const parts = partsOf(all);
  const isWhole = limit.value >= parts.length;
  useEffect(() => {
    if (isWhole) return;
    return whenIdle(() => {
      limit.value += PARTS_AT_ONCE;
    });
  }, [isWhole, limit.value]);
  useTweetKeys(run);
  const job = writingJob.value;
  const isWriting = job?.runId === run.id && !job.isComparison;
  if (written.value.length === 0 && !isWriting) {
    return <p class="studio-empty">{isStoppedEmpty.value ? texts.stoppedEmpty : texts.empty}</p>;
  }
  return (
    <div class="written">
      {written.value.length === 0 ? null : <WrittenTools run={run} />}
      <ul class="tweets" aria-label={LABELS.writtenTweets} aria-busy={isWriting}>
        {isWriting ? <Drafts run={run} /> : null}
        {parts.slice(0, limit.value).map((part, i) => (
          <Part
            key={part.key}
            run={run}
            tweets={part.tweets}
            head={filter === 'all' && query === '' ? part.head : null}
            isFirst={i < IN_FIRST_WINDOW}
          />
        ))}
      </ul>
      {all.length === 0 && !isWriting ? <p class="studio-empty">{emptyLine()}</p> : null}
    </div>
  );
}

function emptyLine(): string {
  if (writtenQuery.value.trim() !== '') return texts.noneFound;
  if (writtenFilter.value === 'kept') return texts.noneKept;
  if (writtenFilter.value === 'dropped') return texts.noneDropped;
  return texts.allDropped;
}

/** What stands above a part: above the first of each batch, what was asked for. */
type Head = 'pinned' | 'batch' | null;

/** Some neighbours of one batch, or those that are pinned, which the browser lays out and draws together or not at all. */
interface ListPart {
  /** The same for the same tweets, whatever is written, dropped or pinned elsewhere. */
  readonly key: string;
  readonly tweets: WrittenTweet[];
  readonly head: Head;
}

function partsOf(tweets: readonly WrittenTweet[]): readonly ListPart[] {
  const parts: ListPart[] = [];
  let batch = '';
  for (const tweet of tweets) {
    const place = tweet.isPinned ? 'pinned' : batchOf(tweet);
    const key = tweet.isPinned ? place : `${place} ${Math.floor(placeOf(tweet) / PART)}`;
    const last = parts.at(-1);
    if (last?.key === key) {
      last.tweets.push(tweet);
      continue;
    }
    const kind = tweet.isPinned ? 'pinned' : 'batch';
    parts.push({ key, tweets: [tweet], head: place === batch ? null : kind });
    batch = place;
  }
  return parts;
}

interface PartProps {
  readonly run: RunSummary;
  readonly tweets: readonly WrittenTweet[];
  readonly head: Head;
  /** Whether the window may show it when the list begins. */
  readonly isFirst: boolean;
}

/** Rendered again only if its tweets have changed, and as cards only once it comes near the window. */
class Part extends Component<PartProps, { readonly isNear: boolean }> {
  override state = { isNear: this.props.isFirst };
  private readonly element = createRef<HTMLLIElement>();
  private endWaiting = () => {};

  override componentDidMount(): void {
    const { current } = this.element;
    if (current === null || this.state.isNear) return;
    this.endWaiting = whenNear(current, () => this.setState({ isNear: true }));
  }

  override componentWillUnmount(): void {
    this.endWaiting();
  }

  override shouldComponentUpdate(next: PartProps, { isNear }: { isNear: boolean }): boolean {
    const { run, tweets, head } = this.props;
    const isSame =
      next.run === run &&
      next.head === head &&
      next.tweets.length === tweets.length &&
      next.tweets.every((tweet, i) => tweet === tweets[i]);
    return !isSame || isNear !== this.state.isNear;
  }

  override render({ run, tweets, head }: PartProps, { isNear }: { isNear: boolean }) {
    const [first] = tweets;
    return (
      <li ref={this.element} class="tweets-part" style={{ '--cards': tweets.length }}>
        {head === 'pinned' ? <PinnedHead /> : null}
        {head === 'batch' && first !== undefined ? <BatchHead tweet={first} /> : null}
        <ul>
          {tweets.map((tweet) => (
            <TweetCard key={tweet.id} run={run} tweet={tweet} isFar={!isNear} />
          ))}
        </ul>
      </li>
    );
  }
}

/** A component of its own, because a part isn't rendered again when the language changes. */
function PinnedHead() {
  return <p class="batch-head">{texts.isPinned}</p>;
}
