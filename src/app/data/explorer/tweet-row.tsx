/** One tweet of the list: its text, the reason why it is left out, and a button that changes that. */
import type { BrowseRow, DatasetSummary } from '../../../protocol/datasets.ts';
import { formatDay } from '../../format.ts';
import { graphemesOf } from '../../graphemes.ts';
import { canAskEngine } from '../../state/engine.ts';
import { overrideTweet } from '../../state/cleaning.ts';
import { isTraining } from '../../state/training.ts';
import { Icon } from '../../ui/icons.tsx';
import { splitMatches } from './split-matches.ts';
import { explorer } from '../../texts/en/explorer.ts';
import { reasons } from '../../texts/en/reasons.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('explorer', explorer);
const reasonTexts = messages('reasons', reasons);

interface TweetRowProps {
  readonly dataset: DatasetSummary;
  readonly canDecide: boolean;
  readonly row: BrowseRow;
  readonly query: string;
  readonly page: number;
  readonly position: number;
  readonly total: number;
}

export function TweetRow(props: TweetRowProps) {
  const { dataset, canDecide, row, query, page, position, total } = props;
  const isDropped = row.dropped !== null;
  const account = dataset.accounts.length > 1 ? dataset.accounts[row.account]?.name : undefined;
  return (
    <li
      class={isDropped ? 'browser-row browser-row-dropped' : 'browser-row'}
      data-page={page}
      aria-posinset={position}
      aria-setsize={total}
    >
      <div class="browser-main">
        <p class="browser-text" dir="auto">
          {row.text === '' ? (
            <i>{texts.nothingButLinks}</i>
          ) : (
            <Matches text={row.text} query={query} />
          )}
        </p>
        <p class="browser-meta">
          {row.dropped === null ? null : (
            <span class="browser-reason">{reasonTexts[row.dropped].one}</span>
          )}
          {row.decision === 'keep' ? <span class="browser-kept">{texts.keptByHand}</span> : null}
          {row.createdAt === null ? null : <span>{formatDay(row.createdAt)}</span>}
          {account === undefined ? null : <span>{account}</span>}
        </p>
      </div>
      {canDecide ? <Decide dataset={dataset} row={row} /> : null}
    </li>
  );
}

/** How many characters of a tweet are enough to tell it from others. */
const NAME_LENGTH = 40;

function Decide({ dataset, row }: { dataset: DatasetSummary; row: BrowseRow }) {
  const isDropped = row.dropped !== null;
  const what = row.decision !== null ? 'undo' : isDropped ? 'keep' : 'drop';
  const start = graphemesOf(row.text).slice(0, NAME_LENGTH).join('');
  return (
    <button
      type="button"
      class="icon-button browser-decide"
      aria-label={texts.decideOn[what](start)}
      title={texts.decide[what]}
      disabled={!canAskEngine.value || isTraining.value}
      onClick={() => {
        const decision = row.decision !== null ? null : isDropped ? 'keep' : 'drop';
        void overrideTweet(dataset, row.index, decision);
      }}
    >
      <Icon name={row.decision !== null ? 'undo' : isDropped ? 'plus' : 'close'} />
    </button>
  );
}

function Matches({ text, query }: { text: string; query: string }) {
  return (
    <>
      {splitMatches(text, query).map((part, index) =>
        // The odd parts are the matches.
        index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
      )}
    </>
  );
}
