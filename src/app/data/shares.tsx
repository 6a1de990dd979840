/** Lets the user choose how much a bot learns from each of several accounts. */
import { useId } from 'preact/hooks';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import { formatPercent } from '../format.ts';
import { changeOptions, optionsOf } from '../state/cleaning.ts';
import { isTraining } from '../state/training.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

/** A step of the slider is a factor of √2, so that it goes from a quarter to four times an equal share. */
const MAX_STEPS = 4;

export function Shares({ dataset }: { dataset: DatasetSummary }) {
  const name = useId();
  const { shares } = optionsOf(dataset);
  const all = dataset.accounts.map((_, i) => shares[i] ?? 1);
  const total = all.reduce((sum, share) => sum + share, 0);
  return (
    <fieldset class="shares" disabled={isTraining.value}>
      <legend>{texts.shares}</legend>
      <p class="quiet">{texts.sharesHint}</p>
      {dataset.accounts.map((account, i) => {
        const share = all[i] ?? 1;
        const id = `${name}-${i}`;
        return (
          <div key={account.name} class="share">
            <label for={id}>{account.name}</label>
            <input
              id={id}
              type="range"
              min={-MAX_STEPS}
              max={MAX_STEPS}
              step={1}
              value={Math.round(2 * Math.log2(share))}
              aria-valuetext={texts.shareOf(share / total)}
              onInput={(event) => {
                const steps = event.currentTarget.valueAsNumber;
                const changed = all.map((old, j) => (j === i ? 2 ** (steps / 2) : old));
                changeOptions(dataset, { shares: changed });
              }}
            />
            <output for={id}>{formatPercent(share / total)}</output>
          </div>
        );
      })}
    </fieldset>
  );
}
