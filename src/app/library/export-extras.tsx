/** Boxes for what an export holds only if the user ticks them. None is ticked when they appear. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ExportExtras, RunSummary } from '../../protocol/bots.ts';
import { exportExtras } from '../texts/en/export-extras.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('exportExtras', exportExtras);

const NONE: ExportExtras = { picture: false, optimizer: false };

/** What is ticked now. */
export const chosenExtras = signal<ExportExtras>(NONE);

export function ExtrasChoice({ run }: { readonly run: RunSummary }) {
  useEffect(() => {
    chosenExtras.value = NONE;
  }, [run.id]);
  const { dataset, hasOptimizer, plan } = run;
  if (dataset.avatar === null && !hasOptimizer) return null;
  return (
    <div class="export-extras">
      {dataset.avatar === null ? null : <Box name="picture" label={texts.picture} />}
      {hasOptimizer ? (
        <Box name="optimizer" label={texts.optimizer(8 * plan.trainedParameters)} />
      ) : null}
    </div>
  );
}

function Box({ name, label }: { readonly name: keyof ExportExtras; readonly label: string }) {
  return (
    <label>
      <input
        type="checkbox"
        checked={chosenExtras.value[name]}
        onChange={(event) => {
          chosenExtras.value = { ...chosenExtras.value, [name]: event.currentTarget.checked };
        }}
      />
      {label}
    </label>
  );
}
