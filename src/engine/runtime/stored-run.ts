/** What the engine needs to know of a stored run. */

import type { RunRecord } from '../../storage/runs.ts';
import { parseStored } from '../../storage/parse.ts';
import { parseRecipe, type Recipe } from '../../train/recipe.ts';

/** Throws `stored-data-damaged`. */
export function recipeOf({ id, recipe }: Pick<RunRecord, 'id' | 'recipe'>): Recipe {
  return parseStored({ what: 'run', id }, recipe, parseRecipe);
}

/** The key of a live model with a run's weights. `checkpointId` is null while no checkpoint has them yet. */
export function runKey(runId: string, checkpointId: string | null): string {
  return `run ${runId} ${checkpointId ?? 'unsaved'}`;
}
