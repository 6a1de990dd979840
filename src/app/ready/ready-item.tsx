/** The ready-made bot at the end of the list of bots, apart from the user's own. */
import { formatBytes } from '../format.ts';
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { canAskEngine } from '../state/engine.ts';
import {
  bringBackReadyBot,
  isOpening,
  openingError,
  removeReadyBot,
  selectReadyBot,
} from '../state/ready-bot.ts';
import { readyBot, writingBot } from '../state/runs.ts';
import { hidesReadyBot } from '../state/settings.ts';
import { ready } from '../texts/en/ready.ts';
import { messages } from '../texts/messages.ts';
import { BirdMark } from '../ui/bird.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';

const texts = messages('ready', ready);

export function ReadyItem() {
  if (hidesReadyBot.value) {
    return (
      <button
        type="button"
        class="button button-small button-quiet"
        disabled={!canAskEngine.value}
        onClick={() => void bringBackReadyBot()}
      >
        {LABELS.bringBackReadyBot}
      </button>
    );
  }
  const run = readyBot.value;
  const isSelected = run !== null && writingBot.value === run;
  const isFree = activity.value === null && !isOpening.value && canAskEngine.value;
  return (
    <div class={isSelected ? 'bot bot-selected' : 'bot'}>
      <button
        type="button"
        class="bot-select"
        aria-current={isSelected ? 'true' : undefined}
        disabled={!isFree}
        onClick={() => void selectReadyBot()}
      >
        <BirdMark class="avatar" />
        <span class="bot-text">
          <span class="bot-name">{LABELS.selectReadyBot}</span>
          <span class="bot-status">{isOpening.value ? texts.opening : texts.status}</span>
          {run === null ? null : (
            <span class="bot-meta">{formatBytes(run.history[0]?.bytes ?? 0)}</span>
          )}
        </span>
      </button>
      {isSelected ? (
        <div class="bot-actions">
          <button
            type="button"
            class="tweet-action"
            disabled={!isFree}
            onClick={() => void removeReadyBot()}
          >
            <Icon name="trash" />
            {LABELS.removeReadyBot}
          </button>
        </div>
      ) : null}
      {openingError.value === null ? null : (
        <ErrorNote
          error={openingError.value}
          actions={{ 'try-again': () => void selectReadyBot() }}
          onDismiss={() => {
            openingError.value = null;
          }}
        />
      )}
    </div>
  );
}
