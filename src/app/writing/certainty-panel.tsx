/** Shows how sure the bot was of each word of a tweet: the words, coloured and underlined, and details of one. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ErrorData } from '../../core/errors.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { Certainty } from '../../protocol/certainty.ts';
import type { WrittenTweet } from '../../protocol/writing.ts';
import { call, localError } from '../state/engine.ts';
import { certainty } from '../texts/en/certainty.ts';
import { messages } from '../texts/messages.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { AttentionView } from './attention-view.tsx';
import { CertaintyDetail } from './certainty-detail.tsx';
import { toggleExplained } from './certainty-state.ts';
import { CertaintyWords } from './certainty-words.tsx';
import { perplexityOf, piecesOfPrompt } from './surprise.ts';
import './certainty.css';

const texts = messages('certainty', certainty);

interface CertaintyPanelProps {
  readonly run: RunSummary;
  readonly tweet: WrittenTweet;
}

export function CertaintyPanel({ run, tweet }: CertaintyPanelProps) {
  const found = useSignal<Certainty | null>(null);
  const error = useSignal<ErrorData | null>(null);
  const tries = useSignal(0);
  const { text, settings } = tweet;
  useEffect(() => {
    const controller = new AbortController();
    found.value = null;
    error.value = null;
    call('certaintyOfText', { runId: run.id, text, settings }, { signal: controller.signal }).then(
      (result) => {
        if (!controller.signal.aborted) found.value = result;
      },
      (thrown: unknown) => {
        if (!controller.signal.aborted) error.value = localError(thrown);
      },
    );
    return () => controller.abort();
  }, [run.id, run.writesWith, run.updatedAt, text, tries.value]);
  return (
    <section class="certainty" aria-label={texts.region}>
      {error.value === null ? null : (
        <ErrorNote
          error={error.value}
          actions={{
            'try-again': () => {
              tries.value += 1;
            },
          }}
        />
      )}
      {found.value === null ? (
        error.value === null ? (
          <p role="status">{texts.asking}</p>
        ) : null
      ) : (
        <Found run={run} tweet={tweet} found={found.value} />
      )}
      <button
        type="button"
        class="button button-small button-quiet"
        onClick={() => toggleExplained(tweet.id)}
      >
        {texts.close}
      </button>
    </section>
  );
}

function Found({ run, tweet, found }: CertaintyPanelProps & { readonly found: Certainty }) {
  const { pieces, end } = found;
  // The end of the tweet can be chosen as well, after the last word.
  const all = end === null ? pieces : [...pieces, { text: '', steps: [end] }];
  const prompt = piecesOfPrompt(pieces, tweet.prompt);
  const chosen = useSignal(Math.min(prompt, all.length - 1));
  const piece = all[chosen.value];
  const average = perplexityOf(pieces.slice(prompt));
  return (
    <>
      <p class="quiet">
        {average === null ? texts.summaryOfNothing : texts.summary(average)}
        {end === null ? ` ${texts.tooLong}` : null}
      </p>
      <CertaintyWords
        pieces={all}
        prompt={prompt}
        chosen={chosen.value}
        onChosen={(index) => {
          chosen.value = index;
        }}
      />
      {piece === undefined ? null : (
        <>
          <CertaintyDetail piece={piece} isPrompt={chosen.value < prompt} />
          <AttentionView
            runId={run.id}
            text={tweet.text}
            pieces={pieces}
            index={chosen.value}
            key={`${run.updatedAt} ${tweet.text}`}
          />
        </>
      )}
    </>
  );
}
