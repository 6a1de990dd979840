/** Why a new training can't start. */
import { isEnoughToLearnFrom } from '../../domain/cleaning.ts';
import type { TrainingOptionName } from '../../domain/training-options.ts';
import type { DatasetSummary } from '../../protocol/datasets.ts';
import type { Activity } from './activity.ts';
import type { EnginePhase } from './engine.ts';

/** Why what the user has chosen so far can be neither planned nor trained. */
export type RequestBlocker =
  | { readonly kind: 'no-tweets' }
  | { readonly kind: 'too-few-tweets'; readonly dataset: DatasetSummary }
  /** A model is chosen that isn't here; its name is null where none is named yet. */
  | { readonly kind: 'model-missing'; readonly name: string | null }
  | { readonly kind: 'invalid-options'; readonly options: readonly TrainingOptionName[] };

export type StartBlocker =
  | RequestBlocker
  | { readonly kind: 'engine'; readonly phase: Exclude<EnginePhase['kind'], 'ready'> }
  | { readonly kind: 'activity'; readonly activity: Activity }
  /** It isn't known yet how long the training takes. */
  | { readonly kind: 'planning' };

export interface RequestState {
  readonly datasetId: string | null;
  /** Null until the stored datasets are known. */
  readonly dataset: DatasetSummary | null;
  readonly invalidOptions: ReadonlySet<TrainingOptionName>;
  /** The model that is chosen and not here, whose name is null where none is named yet; null if there is none. */
  readonly missingModel: { readonly name: string | null } | null;
}

export interface StartState extends RequestState {
  readonly phase: EnginePhase['kind'];
  readonly activity: Activity | null;
  /** The plan is being made, and none of the same training is known. */
  readonly isPlanAwaited: boolean;
}

export function findRequestBlocker(state: RequestState): RequestBlocker | null {
  const { datasetId, dataset, invalidOptions, missingModel } = state;
  if (datasetId === null) return { kind: 'no-tweets' };
  if (dataset !== null && !isEnoughToLearnFrom(dataset)) return { kind: 'too-few-tweets', dataset };
  if (missingModel !== null) return { kind: 'model-missing', ...missingModel };
  if (invalidOptions.size > 0) return { kind: 'invalid-options', options: [...invalidOptions] };
  return null;
}

/** The first reason that applies. What the user has to change comes before what may pass by itself. */
export function findStartBlocker(state: StartState): StartBlocker | null {
  const blocker = findRequestBlocker(state);
  if (blocker !== null) return blocker;
  const { phase, activity, isPlanAwaited } = state;
  if (phase !== 'ready') return { kind: 'engine', phase };
  if (activity !== null) return { kind: 'activity', activity };
  return isPlanAwaited ? { kind: 'planning' } : null;
}
