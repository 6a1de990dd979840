/** Saves the listed tweets as a file or as a schedule, or copies them. */
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RunSummary } from '../../protocol/bots.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { LABELS } from '../labels.ts';
import { fileStem } from '../../domain/file-stem.ts';
import { saveFile } from '../save-file.ts';
import { shownTweets } from '../state/written.ts';
import { Icon } from '../ui/icons.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { CopyButton } from './copy-button.tsx';
import { scheduleLines, TWEET_FORMATS, tweetFile, tweetLines } from './tweet-files.ts';
import { writing } from '../texts/en/writing.ts';
import { bold } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('writing', writing);

export function DownloadTweets({ run }: { run: RunSummary }) {
  const tweets = shownTweets.value;
  const stem = `${fileStem(run.name, 'my')}-bot-tweets`;
  return (
    <section class="download-tweets" aria-label={LABELS.downloadTweets}>
      <p class="download-tweets-what">{texts.asListed(bold, tweets.length)}</p>
      {tweets.length === 0 ? null : (
        <>
          <div class="download-tweets-row">
            {TWEET_FORMATS.map((format) => (
              <button
                key={format}
                type="button"
                class="button button-small"
                onClick={() => saveFile(tweetFile(tweets, format), `${stem}.${format}`)}
              >
                <Icon name="download" />
                {LABELS.saveTweets(format)}
              </button>
            ))}
            <CopyButton text={tweetLines(tweets, 'txt').trimEnd()} label={texts.copyAll} />
          </div>
          <ScheduleForm tweets={tweets} stem={stem} />
        </>
      )}
    </section>
  );
}

const DEFAULT_HOURS = 6;

function ScheduleForm({ tweets, stem }: { tweets: readonly WrittenTweet[]; stem: string }) {
  const id = useId();
  const start = useSignal(localInput(new Date(Date.now() + 3_600_000)));
  const hours = useSignal(DEFAULT_HOURS);
  const startsAt = new Date(start.value);
  const isValid = !Number.isNaN(startsAt.getTime());
  const save = () => {
    const lines = scheduleLines(tweets, { start: startsAt, hoursBetween: hours.value });
    saveFile(new Blob([lines], { type: 'text/csv' }), `${stem}-schedule.csv`);
  };
  return (
    <div class="schedule">
      <div class="field">
        <label for={id}>{LABELS.scheduleStart}</label>
        <input
          id={id}
          type="datetime-local"
          value={start.value}
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => {
            start.value = currentTarget.value;
          }}
        />
        <span id={`${id}-hint`} class={isValid ? 'field-hint' : 'field-problem'}>
          {isValid ? texts.inYourTime : texts.chooseTime}
        </span>
      </div>
      <NumberField
        label={LABELS.scheduleHours}
        hint={texts.hoursHint}
        value={hours.value}
        min={0.25}
        max={720}
        isInteger={false}
        otherwise={String(DEFAULT_HOURS)}
        onChange={(value) => {
          hours.value = value ?? DEFAULT_HOURS;
        }}
      />
      <button type="button" class="button button-small" disabled={!isValid} onClick={save}>
        <Icon name="download" />
        {LABELS.saveSchedule}
      </button>
    </div>
  );
}

/** The full hour of a time in the local time zone, as a `datetime-local` field has it. */
function localInput(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date}T${two(time.getHours())}:00`;
}
