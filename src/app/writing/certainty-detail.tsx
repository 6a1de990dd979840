/** What the bot could have written at the chosen place: the token that stands there, and the runners-up. */
import type { CertaintyPiece, CertaintyStep, Chance } from '../../protocol/certainty.ts';
import { formatChance } from '../format.ts';
import { certainty } from '../texts/en/certainty.ts';
import { messages } from '../texts/messages.ts';
import { nameOfToken } from './token-name.ts';
import { probabilityOf, surpriseOf } from './surprise.ts';

const texts = messages('certainty', certainty);

/** Smaller probabilities aren't told apart: they all mean that it is nearly impossible. */
const MIN_SHOWN = 1e-6;

/** `12%`, `0.034%`, `less than 0.0001%` */
function chanceText(probability: number): string {
  return probability < MIN_SHOWN ? texts.never(formatChance(MIN_SHOWN)) : formatChance(probability);
}

interface CertaintyDetailProps {
  readonly piece: CertaintyPiece;
  readonly isPrompt: boolean;
}

export function CertaintyDetail({ piece, isPrompt }: CertaintyDetailProps) {
  const { steps } = piece;
  return (
    <div class="certainty-detail">
      <div aria-live="polite">
        {isPrompt ? <p class="quiet">{texts.yours}</p> : null}
        {steps.length > 1 ? (
          <p>{texts.manyTokens(steps.length, chanceText(probabilityOf(piece)))}</p>
        ) : null}
        {steps.map((step, i) => (
          <StepLine key={i} step={step} />
        ))}
      </div>
      {steps.map((step, i) => (
        <StepTable key={i} step={step} />
      ))}
      <p class="quiet">{texts.note}</p>
    </div>
  );
}

function StepLine({ step }: { readonly step: CertaintyStep }) {
  const { probability, rank } = step;
  const bits = surpriseOf(probability);
  const chance = chanceText(probability);
  return (
    <p>
      <TokenText chance={step} />{' '}
      {rank === 1 ? texts.firstChoice(chance, bits) : texts.laterChoice(chance, rank, bits)}
    </p>
  );
}

function StepTable({ step }: { readonly step: CertaintyStep }) {
  const rows: readonly Chance[] = [step, ...step.runnersUp].toSorted(
    (a, b) => b.probability - a.probability,
  );
  return (
    <table class="certainty-table">
      <caption class="visually-hidden">{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.token}</th>
          <th scope="col">{texts.probability}</th>
          <th scope="col">{texts.withSettings}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((chance, i) => (
          <tr key={i} class={chance === step ? 'certainty-written' : undefined}>
            <th scope="row">
              <TokenText chance={chance} />
              {chance === step ? <small> {texts.written}</small> : null}
            </th>
            <td>
              <span class="certainty-bar" style={{ '--share': chance.probability }} />
              {chanceText(chance.probability)}
            </td>
            <td>
              {chance.settingsProbability === 0
                ? texts.ruledOut
                : chanceText(chance.settingsProbability)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TokenText({ chance }: { readonly chance: Chance }) {
  const { text, isPart } = chance;
  const name = nameOfToken(text, isPart);
  return name === text ? (
    <code class="certainty-token" dir="auto">
      {text}
    </code>
  ) : (
    <em>{name}</em>
  );
}
