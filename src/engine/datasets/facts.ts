/** What the page shows about a dataset beside its tweets. */

import { letOthersRun } from '../../archive/cleaning/dataset.ts';
import { factsOf, plotsOf } from '../../archive/cleaning/facts.ts';
import type { Handler } from '../../protocol/serve.ts';
import type { DatasetDesk } from './dataset-desk.ts';
import type { Preparation } from '../training/prepare.ts';

export function datasetFacts(desk: DatasetDesk): Handler<'datasetFacts'> {
  return async ({ datasetId }) => factsOf((await desk.open(datasetId)).table);
}

export function datasetPlots(desk: DatasetDesk, preparation: Preparation): Handler<'datasetPlots'> {
  return async ({ datasetId, baseModelId }, { signal }) => {
    const { table, cleaned } = await desk.open(datasetId);
    const tokenizer = await preparation.tokenizerOf(baseModelId, signal);
    const tokenCount = (text: string) => tokenizer.encode(text).length;
    return plotsOf(table, cleaned, tokenCount, () => letOthersRun(signal));
  };
}
