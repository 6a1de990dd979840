/** What the engine needs to know of a stored run. */

import type { RunRecord } from '../../storage/runs.ts';
import { parseStored } from '../../storage/parse.ts';
import { parseRecipe, type Recipe } from '../../train/recipe.ts';

/** Throws `stored-data-damaged`. */
export function recipeOf({ id, recipe }: Pick<RunRecord, 'id' | 'recipe'>): Recipe {
  return parseStored({ what: 'run', id }, recipe, parseRecipe);
}

/** Key of a live model with the weights of a run; null while they are ahead of any checkpoint. */
export function runKey(runId: string, checkpointId: string | null): string {
  return `run ${runId} ${checkpointId ?? 'unsaved'}`;
}
