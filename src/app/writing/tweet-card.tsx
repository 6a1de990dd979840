/** A written tweet, shown as in a timeline but marked as written by an AI. */
import { useComputed } from '@preact/signals';
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { countCharacters, formatCount } from '../format.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icons.tsx';
import { CardActions } from './card-actions.tsx';
import { CardEditor } from './card-editor.tsx';
import { CertaintyOfCard } from './certainty-of-card.tsx';
import { cardId, editedId } from './card-state.ts';
import { markedParts } from './marked-parts.ts';
import { TweetAuthor } from './tweet-author.tsx';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

interface TweetCardProps {
  readonly run: RunSummary;
  readonly tweet: WrittenTweet;
  /** Whether it is far out of sight, where only its text is needed: to be counted, found and read out. */
  readonly isFar?: boolean;
}

export function TweetCard({ run, tweet, isFar = false }: TweetCardProps) {
  const { id, text, mark } = tweet;
  return (
    // The keys j and k move the focus here.
    <li id={cardId(id)} class={`tweet tweet-${mark}`} data-tweet={id} tabIndex={-1}>
      {isFar ? <blockquote dir="auto">{text}</blockquote> : <Content run={run} tweet={tweet} />}
    </li>
  );
}

function Content({ run, tweet }: { run: RunSummary; tweet: WrittenTweet }) {
  const { id, text, isPinned, isEdited } = tweet;
  const isEditing = useComputed(() => editedId.value === id).value;
  const length = countCharacters(text);
  return (
    <>
      <Avatar bot={run} />
      <div class="tweet-main">
        <TweetAuthor run={run} />
        {isEditing ? <CardEditor tweet={tweet} /> : <TweetText tweet={tweet} />}
        {isEditing ? null : <CertaintyOfCard run={run} tweet={tweet} />}
        {tweet.copy && !isEditing ? (
          <details class="tweet-copy">
            <summary>{tweet.copy.isWhole ? texts.wholeCopy : texts.partlyCopied}</summary>
            {tweet.copy.original === null ? (
              <p>{texts.originalDeleted}</p>
            ) : (
              <q dir="auto">{tweet.copy.original}</q>
            )}
          </details>
        ) : null}
        {isEditing ? null : (
          <div class="tweet-foot">
            <span
              class={length > MAX_TWEET_CHARACTERS ? 'tweet-count tweet-count-over' : 'tweet-count'}
            >
              {formatCount(length)}/{formatCount(MAX_TWEET_CHARACTERS)}
              {isEdited ? ` · ${texts.edited}` : ''}
              {isPinned ? (
                <span class="tweet-pin">
                  <Icon name="pin" />
                  <span class="visually-hidden">{texts.pinned}</span>
                </span>
              ) : null}
            </span>
            <CardActions run={run} tweet={tweet} />
          </div>
        )}
      </div>
    </>
  );
}

function TweetText({ tweet }: { tweet: WrittenTweet }) {
  const { text, prompt, copy } = tweet;
  // The engine may remove spaces at the start; then the prompt can't be told from the rest.
  const start = prompt.trimEnd();
  const parts = markedParts(text, text.startsWith(start) ? start.length : 0, copy);
  return (
    <blockquote class="tweet-text" dir="auto">
      {parts.prompt === '' ? null : <span class="tweet-prompt">{parts.prompt}</span>}
      {parts.before}
      {parts.copied === '' ? null : <mark>{parts.copied}</mark>}
      {parts.after}
    </blockquote>
  );
}
