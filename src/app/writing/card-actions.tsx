/** What can be done with a written tweet: the most usual at once, the rest under More. */
import { useComputed } from '@preact/signals';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { LABELS } from '../labels.ts';
import { fileStem } from '../../domain/file-stem.ts';
import { saveFile } from '../save-file.ts';
import { canSharePictures, share } from '../share.ts';
import { activity } from '../state/activity.ts';
import { announce } from '../state/announce.ts';
import { isEngineReady } from '../state/engine.ts';
import { writingBot } from '../state/runs.ts';
import { beginningOf, continueTweet, moreLike, tryAgain } from '../state/writing.ts';
import { toggleDropped, toggleKept, togglePinned } from '../state/written.ts';
import { certainty } from '../texts/en/certainty.ts';
import { messages } from '../texts/messages.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { cardId, editedId, openedId } from './card-state.ts';
import { explainedId, toggleExplained } from './certainty-state.ts';
import { CopyButton } from './copy-button.tsx';
import { postLink } from './tweet-files.ts';
import { tweetPicture } from './tweet-picture.ts';
import { writing } from '../texts/en/writing.ts';

const texts = messages('writing', writing);

const certaintyTexts = messages('certainty', certainty);

interface CardActionsProps {
  readonly run: RunSummary;
  readonly tweet: WrittenTweet;
}

export function CardActions({ run, tweet }: CardActionsProps) {
  const isOpen = useComputed(() => openedId.value === tweet.id).value;
  const { mark } = tweet;
  if (mark === 'dropped') {
    return (
      <span class="tweet-actions">
        <Action icon="undo" label={LABELS.restoreTweet} onClick={() => void toggleDropped(tweet)} />
      </span>
    );
  }
  const isKept = mark === 'kept';
  return (
    <>
      <span class="tweet-actions">
        <CopyButton text={tweet.text} />
        <Action
          icon="keep"
          label={isKept ? texts.isKept : LABELS.keepTweet}
          isOn={isKept}
          onClick={() => void toggleKept(tweet)}
        />
        <Action icon="close" label={LABELS.dropTweet} onClick={() => void toggleDropped(tweet)} />
        <button
          type="button"
          class="tweet-action"
          aria-label={LABELS.moreActions}
          aria-expanded={isOpen}
          onClick={() => {
            openedId.value = isOpen ? null : tweet.id;
          }}
        >
          <Icon name="more" />
        </button>
      </span>
      {isOpen ? <MoreActions run={run} tweet={tweet} /> : null}
    </>
  );
}

function MoreActions({ run, tweet }: CardActionsProps) {
  const isExplained = useComputed(() => explainedId.value === tweet.id).value;
  const canWrite =
    isEngineReady.value && activity.value === null && run.id === writingBot.value?.id;
  return (
    <div class="more-actions">
      <Action
        icon="pencil"
        label={LABELS.editTweet}
        onClick={() => {
          editedId.value = tweet.id;
        }}
      />
      <Action
        icon="pin"
        label={tweet.isPinned ? texts.isPinned : LABELS.pinTweet}
        isOn={tweet.isPinned}
        onClick={() => void togglePinned(tweet)}
      />
      <Action
        icon="again"
        label={LABELS.tryAgain}
        disabled={!canWrite}
        onClick={() => void tryAgain(run, tweet)}
      />
      <Action
        icon="sparkle"
        label={LABELS.moreLikeThis}
        title={texts.moreLike(beginningOf(tweet))}
        disabled={!canWrite}
        onClick={() => void moreLike(run, tweet)}
      />
      <Action
        icon="forward"
        label={LABELS.continueTweet}
        disabled={!canWrite}
        onClick={() => void continueTweet(run, tweet)}
      />
      {tweet.replyTo === undefined ? (
        <Action
          icon="search"
          label={certaintyTexts.open}
          isOn={isExplained}
          disabled={!canWrite && !isExplained}
          onClick={() => toggleExplained(tweet.id)}
        />
      ) : null}
      <a
        class="tweet-action"
        href={postLink(tweet.text)}
        target="_blank"
        rel="noopener noreferrer"
        title={texts.postHint}
      >
        <Icon name="out" />
        <span class="action-word">{LABELS.postTweet}</span>
      </a>
      {'share' in navigator ? (
        <Action
          icon="share"
          label={LABELS.shareTweet}
          onClick={() => void shareOrSay({ text: tweet.text })}
        />
      ) : null}
      {canSharePictures() ? (
        <Action
          icon="share"
          label={LABELS.sharePicture}
          onClick={() => void withPicture(run, tweet, (file) => shareOrSay({ files: [file] }))}
        />
      ) : null}
      <Action
        icon="picture"
        label={LABELS.pictureOfTweet}
        onClick={() => void withPicture(run, tweet, savePicture)}
      />
    </div>
  );
}

async function shareOrSay(what: ShareData): Promise<void> {
  if (!(await share(what))) announce(texts.cantShare);
}

function savePicture(picture: File): void {
  saveFile(picture, picture.name);
  announce(texts.pictureSaved);
}

async function withPicture(
  run: RunSummary,
  tweet: WrittenTweet,
  use: (picture: File) => void,
): Promise<void> {
  const card = document.getElementById(cardId(tweet.id));
  if (card === null) return;
  const name = `${fileStem(run.name, 'my')}-bot-tweet.png`;
  try {
    use(new File([await tweetPicture(run, tweet, card)], name, { type: 'image/png' }));
  } catch {
    announce(texts.cantDraw);
  }
}

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly title?: string;
  /** Whether it is on; undefined for what isn't switched. */
  readonly isOn?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

export function Action({ icon, label, title, isOn, disabled = false, onClick }: ActionProps) {
  return (
    <button
      type="button"
      class={isOn === true ? 'tweet-action tweet-action-on' : 'tweet-action'}
      title={title}
      aria-pressed={isOn}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span class="action-word">{label}</span>
    </button>
  );
}
