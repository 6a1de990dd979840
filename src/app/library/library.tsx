/** The list of all bots in this browser, the newest first. */
import { LABELS } from '../labels.ts';
import { activity } from '../state/activity.ts';
import { libraryError, prepareNewBot, botsByDate, selectedRun } from '../state/runs.ts';
import { LIBRARY_ID } from '../state/steps.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { LazyPart } from '../ui/lazy-part.tsx';
import { BotItem } from './bot-item.tsx';
import { OpenBot } from './open-bot.tsx';
import { UndoBar } from './undo-bar.tsx';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

const loadReadyItem = () => import('../ready/ready-item.tsx');

export function Library() {
  const all = botsByDate.value;
  return (
    <aside class="library" id={LIBRARY_ID} tabIndex={-1} aria-labelledby="library-title">
      <div class="library-head">
        <h2 id="library-title">{LABELS.library}</h2>
        {all.length > 0 && selectedRun.value !== null ? (
          <button
            type="button"
            class="button button-small"
            disabled={activity.value !== null}
            onClick={prepareNewBot}
          >
            <Icon name="plus" />
            {texts.newBot}
          </button>
        ) : null}
      </div>
      {libraryError.value === null ? null : (
        <ErrorNote
          error={libraryError.value}
          onDismiss={() => {
            libraryError.value = null;
          }}
        />
      )}
      <UndoBar />
      {all.length === 0 ? (
        <p class="library-empty">{texts.empty}</p>
      ) : (
        <ul class="bots">
          {all.map((run) => (
            <BotItem key={run.id} run={run} />
          ))}
        </ul>
      )}
      <div class="library-foot">
        <LazyPart load={loadReadyItem}>{({ ReadyItem }) => <ReadyItem />}</LazyPart>
        <OpenBot />
      </div>
    </aside>
  );
}
