/** Changes a bot's name and its picture. */
import { useSignal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import { editRun } from '../state/runs.ts';
import { Avatar } from '../ui/avatar.tsx';

const EMOJI: readonly (readonly [emoji: string, name: string])[] = [
  ['🦜', 'parrot'],
  ['🐦', 'bird'],
  ['🦉', 'owl'],
  ['🐧', 'penguin'],
  ['🦩', 'flamingo'],
  ['🐔', 'chicken'],
  ['🤖', 'robot'],
  ['👻', 'ghost'],
  ['🎩', 'top hat'],
  ['🧠', 'brain'],
  ['🔥', 'fire'],
  ['🌶️', 'chilli'],
  ['🌈', 'rainbow'],
  ['🌙', 'moon'],
  ['☕', 'coffee'],
  ['🎸', 'guitar'],
  ['📚', 'books'],
];

export function RenameForm({ run, onDone }: { run: RunSummary; onDone: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const emoji = useSignal(run.emoji);
  const group = useId();
  const ownLook = run.dataset.avatar === null ? 'the myna bird' : 'the account’s picture';
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
        aria-label="Name of the bot"
        defaultValue={run.name}
        maxLength={60}
      />
      <fieldset class="emoji-choice">
        <legend class="visually-hidden">Picture of the bot</legend>
        {[[null, ownLook] as const, ...EMOJI].map(([choice, name]) => (
          <label key={name} title={name}>
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
        ))}
      </fieldset>
      <div class="row-actions">
        <button type="submit" class="button button-small button-primary">
          Save
        </button>
        <button type="button" class="button button-small" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}
