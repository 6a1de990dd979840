/** What the bot attended to when it chose a token: asked of the engine once it is opened, and for each word anew. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { ErrorData } from '../../core/errors.ts';
import type { Attention, CertaintyPiece } from '../../protocol/certainty.ts';
import { formatPercent } from '../format.ts';
import { call, localError } from '../state/engine.ts';
import { certainty } from '../texts/en/certainty.ts';
import { messages } from '../texts/messages.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Icon } from '../ui/icons.tsx';
import { meanAttention } from './mean-attention.ts';
import { nameOfToken } from './token-name.ts';

const texts = messages('certainty', certainty);
const LISTED = 8;

interface AttentionViewProps {
  readonly runId: string;
  readonly text: string;
  readonly pieces: readonly CertaintyPiece[];
  /** The number of the chosen piece, or that of the end of the tweet. */
  readonly index: number;
}

export function AttentionView(props: AttentionViewProps) {
  const isOpen = useSignal(false);
  return (
    <details
      class="disclosure"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>
        <Icon name="chevron" />
        {texts.attention}
      </summary>
      <div class="disclosure-content">{isOpen.value ? <Asked {...props} /> : null}</div>
    </details>
  );
}

function Asked({ runId, text, pieces, index }: AttentionViewProps) {
  const found = useSignal<Attention | null>(null);
  const error = useSignal<ErrorData | null>(null);
  const layer = useSignal<number | null>(null);
  const head = useSignal<number | null>(null);
  const before = pieces.slice(0, index);
  const step = before.reduce((count, { steps }) => count + steps.length, 0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    found.value = null;
    error.value = null;
    call('attentionOfText', { runId, text, step }, { signal }).then(
      (result) => {
        if (!signal.aborted) found.value = result;
      },
      (thrown: unknown) => {
        if (!signal.aborted) error.value = localError(thrown);
      },
    );
    return () => controller.abort();
  }, [runId, text, step]);
  if (error.value !== null) return <ErrorNote error={error.value} />;
  if (found.value === null) return <p role="status">{texts.asking}</p>;
  const shares = meanAttention(found.value, before, layer.value, head.value);
  const named = shares.map((share, i) => ({
    share,
    name: i === 0 ? texts.startOfTweet : nameOfToken(before[i - 1]?.text ?? ''),
  }));
  const listed = named.toSorted((a, b) => b.share - a.share).slice(0, LISTED);
  return (
    <>
      <p class="quiet">{texts.attentionNote}</p>
      <div class="row-actions">
        <Choice label={texts.layer} count={found.value.layers} chosen={layer} />
        <Choice label={texts.head} count={found.value.heads} chosen={head} />
      </div>
      <table class="certainty-table">
        <thead>
          <tr>
            <th scope="col">{texts.token}</th>
            <th scope="col">{texts.share}</th>
          </tr>
        </thead>
        <tbody>
          {listed.map(({ name, share }, i) => (
            <tr key={i}>
              <th scope="row">
                <code class="certainty-token" dir="auto">
                  {name}
                </code>
              </th>
              <td>
                <span class="certainty-bar" style={{ '--share': share }} />
                {formatPercent(share)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly count: number;
  readonly chosen: { value: number | null };
}

function Choice({ label, count, chosen }: ChoiceProps) {
  const id = useId();
  return (
    <span class="certainty-choice">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={chosen.value === null ? '' : String(chosen.value)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          chosen.value = value === '' ? null : Number(value);
        }}
      >
        <option value="">{texts.mean}</option>
        {Array.from({ length: count }, (_, i) => (
          <option key={i} value={String(i)}>
            {texts.number(i + 1)}
          </option>
        ))}
      </select>
    </span>
  );
}
