/** Changes the text of a written tweet. */
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { MAX_TWEET_CHARACTERS } from '../../domain/tweet-text.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { countCharacters, formatCount } from '../format.ts';
import { LABELS } from '../labels.ts';
import { changeText } from '../state/written.ts';
import { editedId, focusCard } from './card-state.ts';
import { writing } from '../texts/en/writing.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

export function CardEditor({ tweet }: { tweet: WrittenTweet }) {
  const text = useSignal(tweet.text);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = field.current;
    area?.focus();
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);
  const close = () => {
    editedId.value = null;
    // The card can have the focus once the field is gone.
    requestAnimationFrame(() => focusCard(tweet.id));
  };
  const save = async () => {
    if (text.value.trim() === '') return;
    if (await changeText(tweet, text.value.trim())) close();
  };
  const length = countCharacters(text.value);
  return (
    <div>
      <textarea
        ref={field}
        class="composer-text card-editor-text"
        dir="auto"
        aria-label={LABELS.editedText}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === 'Escape') close();
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
        }}
      />
      <div class="tweet-foot">
        <span
          class={length > MAX_TWEET_CHARACTERS ? 'tweet-count tweet-count-over' : 'tweet-count'}
        >
          {formatCount(length)}/{formatCount(MAX_TWEET_CHARACTERS)}
        </span>
        <span class="row-actions">
          <button type="button" class="button button-small button-quiet" onClick={close}>
            {texts.cancel}
          </button>
          <button
            type="button"
            class="button button-small button-primary"
            disabled={text.value.trim() === ''}
            onClick={() => void save()}
          >
            {LABELS.saveEdit}
          </button>
        </span>
      </div>
    </div>
  );
}
