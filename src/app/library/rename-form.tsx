/** Changes a bot's name and its picture. */
import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { editRun } from '../state/runs.ts';
import { Avatar } from '../ui/avatar.tsx';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

const EMOJI = [
  ...(['🦜', '🐦', '🦉', '🐧', '🦩', '🐔', '🤖', '👻', '🎩'] as const),
  ...(['🧠', '🔥', '🌶️', '🌈', '🌙', '☕', '🎸', '📚'] as const),
];

export function RenameForm({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const emoji = useSignal(run.emoji);
  const group = useId();
  const ownLook = run.dataset.avatar === null ? texts.mynaBird : texts.accountPicture;
  // In a layout effect, so that it happens before the next key press.
  useLayoutEffect(() => input.current?.select(), []);
  function save(): void {
    const name = input.current?.value.trim() ?? '';
    const isRenamed = name !== '' && name !== run.name;
    if (isRenamed || emoji.value !== run.emoji) {
      void editRun(run.id, { ...(isRenamed && { name }), emoji: emoji.value });
    }
    onDone();
  }
  return (
    <form
      class="bot-rename"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <input
        ref={input}
        type="text"
        enterKeyHint="done"
        aria-label={texts.nameOfBot}
        dir="auto"
        defaultValue={run.name}
        maxLength={60}
      />
      <fieldset class="emoji-choice">
        <legend class="visually-hidden">{texts.pictureOfBot}</legend>
        {[[null, ownLook] as const, ...EMOJI.map((each) => [each, texts.emoji[each]] as const)].map(
          ([choice, name]) => (
            <label key={choice} title={name}>
              <input
                type="radio"
                class="visually-hidden"
                name={group}
                aria-label={name}
                checked={emoji.value === choice}
                onChange={() => {
                  emoji.value = choice;
                }}
              />
              <Avatar bot={{ emoji: choice, dataset: run.dataset }} />
            </label>
          ),
        )}
      </fieldset>
      <div class="row-actions">
        <button type="submit" class="button button-small button-primary">
          {texts.save}
        </button>
        <button type="button" class="button button-small" onClick={onDone}>
          {texts.cancel}
        </button>
      </div>
    </form>
  );
}
