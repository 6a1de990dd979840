/** Answers the calls for what the page shows about a dataset in addition to its tweets. */

import { letOthersRun } from '../../archive/cleaning/dataset.ts';
import { factsOf, plotsOf } from '../../archive/cleaning/facts.ts';
import type { Handler } from '../../protocol/serve.ts';
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';
import type { DatasetDesk } from './dataset-desk.ts';

/** The tokenizer of a base model. */
type TokenizerOf = (baseModelId: string, signal: AbortSignal) => Promise<TextTokenizer>;

export function datasetFacts(desk: DatasetDesk): Handler<'datasetFacts'> {
  return async ({ datasetId }) => factsOf((await desk.open(datasetId)).table);
}

export function datasetPlots(desk: DatasetDesk, tokenizerOf: TokenizerOf): Handler<'datasetPlots'> {
  return async ({ datasetId, baseModelId }, { signal }) => {
    const { table, cleaned } = await desk.open(datasetId);
    const tokenizer = await tokenizerOf(baseModelId, signal);
    const tokenCount = (text: string) => tokenizer.encode(text).length;
    return plotsOf(table, cleaned, tokenCount, () => letOthersRun(signal));
  };
}
