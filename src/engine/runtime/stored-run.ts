/** How a stored run and its live model belong together. */

/** The key of a live model with a run's weights. `checkpointId` is null while no checkpoint has them yet. */
export function runKey(runId: string, checkpointId: string | null): string {
  return `run ${runId} ${checkpointId ?? 'unsaved'}`;
}
