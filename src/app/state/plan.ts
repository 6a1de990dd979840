/** The options of the next training, and the plan that the engine makes of them. */
import { batch, computed, effect, signal } from '@preact/signals';
import type { ErrorData } from '../../core/errors.ts';
import { conflictOf } from '../../domain/option-conflicts.ts';
import {
  type AnyOptionValue,
  type Preset,
  PRESETS,
  type RecipeOverrides,
  type TrainingOptionName,
} from '../../domain/training-options.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { PlanProgress, TrainingPlan, TrainParams } from '../../protocol/training.ts';
import { activity } from './activity.ts';
import { chosenModel } from './base-models.ts';
import { selectedDataset } from './datasets.ts';
import { call, computer, enginePhase, isEngineReady, localError } from './engine.ts';
import { nameOfRepository } from '../models/catalogue.ts';
import { needsOf } from './model-needs.ts';
import { isChoosingModel, wantedRepository } from './models.ts';
import { readyBot } from './runs.ts';
import { baseModelId, presetChoice, selectedDatasetId, selectedRunId } from './settings.ts';
import { findRequestBlocker, findStartBlocker, type RequestState } from './start-blocker.ts';

/** Waits for a pause in the typing, so that not every key makes the engine load and time a model. */
const REPLAN_DELAY_MS = 500;

export type PlanState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'planning';
      readonly phase: PlanProgress['phase'] | null;
      readonly part?: PlanProgress['part'];
    }
  | { readonly kind: 'planned'; readonly plan: TrainingPlan }
  | { readonly kind: 'failed'; readonly error: ErrorData };

/** If the preset Good takes no longer than this, and there are many tweets, it is selected for users who haven't chosen one. */
const SHORT_ENOUGH_SECONDS = 180;
/**
 * About 1,700 tweets. Of a thousand, and of fewer, Quick made better bots than Good did, and of 1,600 as good ones
 * (tests/bench/RESULTS.md): they are learned in two passes, after which the learning rate of a longer training is
 * still high.
 */
const MANY_TOKENS = 60_000;
/** Good takes at most this many times as long as Quick. */
const GOOD_BY_QUICK = PRESETS.good.epochs / PRESETS.quick.epochs;

/** An automatic choice is made once for each of these, so that it doesn't change with each measurement. */
const situation = computed(
  () => `${selectedDatasetId.value} ${baseModelId.value} ${computer.value}`,
);
const automaticPresets = signal<ReadonlyMap<string, Preset>>(new Map());

export const preset = computed<Preset>(
  () => presetChoice.value ?? automaticPresets.value.get(situation.value) ?? 'quick',
);
export const overrides = signal<RecipeOverrides>({});
/** The run whose recipe was filled into the form; null if none was, or once a training has started. */
export const repeatedRun = signal<RunSummary | null>(null);
/** Increased when the form is filled anew, because its fields keep what was typed into them. */
export const formVersion = signal(0);

/** Makes the fields of the form show the options as they are now. */
export function fillForm(): void {
  formVersion.value += 1;
}

export const planState = signal<PlanState>({ kind: 'none' });
/** The options whose fields hold an invalid value. Until they are corrected, nothing is planned or trained. */
export const invalidOverrides = signal<ReadonlySet<TrainingOptionName>>(new Set());

/** Full training of the chosen model is too much for this computer, so the engine trains an adapter. */
export const isAdapterForced = computed(() => {
  const model = chosenModel.value;
  return model !== null && needsOf(model)?.mode === 'lora';
});

/** What is set that can't be done together, or not with this model. */
export const optionConflict = computed(() =>
  conflictOf(overrides.value, chosenModel.value?.context ?? Infinity),
);

const missingModel = computed(() => {
  if (isChoosingModel.value) return { name: null };
  const repository = wantedRepository.value;
  return repository === null ? null : { name: nameOfRepository(repository) };
});

const requestState = computed<RequestState>(() => ({
  missingModel: missingModel.value,
  datasetId: selectedDatasetId.value,
  dataset: selectedDataset.value,
  invalidOptions: new Set([
    ...invalidOverrides.value,
    ...(optionConflict.value === null ? [] : [optionConflict.value.option]),
  ]),
}));

/** What is planned. While a model is chosen that isn't here, the last one that is: it tells how fast this machine is. */
const planParams = computed<TrainParams | null>(() => {
  const state = { ...requestState.value, missingModel: null };
  const { datasetId } = state;
  if (datasetId === null || findRequestBlocker(state) !== null) return null;
  const model = chosenModel.value;
  return {
    datasetId,
    baseModelId: model?.id ?? baseModelId.value,
    preset: preset.value,
    overrides: isAdapterForced.value ? { ...overrides.value, mode: undefined } : overrides.value,
  };
});

export const trainParams = computed<TrainParams | null>(() =>
  missingModel.value === null ? planParams.value : null,
);

/** Identifies what a plan is for. */
const planKey = computed(() => {
  const dataset = selectedDataset.value;
  // With other filters, the same dataset has other texts.
  const texts = dataset === null ? [] : [dataset.contentHash, dataset.options.shares];
  return planParams.value === null
    ? null
    : `${JSON.stringify([planParams.value, texts])} ${computer.value}`;
});
const plans = signal<ReadonlyMap<string, TrainingPlan>>(new Map());
/** The newest plan, of whatever model, and what computed then: it tells how fast this machine is. */
export const newestPlan = signal<{
  readonly plan: TrainingPlan;
  readonly baseModelId: string;
  readonly computer: string;
} | null>(null);

/** The plan; while it is being made again for the same request, the previous one. */
export const shownPlan = computed<TrainingPlan | null>(() => {
  const state = planState.value;
  if (missingModel.value !== null) return null;
  if (state.kind === 'planned') return state.plan;
  return state.kind === 'planning' ? (plans.value.get(planKey.value ?? '') ?? null) : null;
});

/** Why the training can't start. Null if it can. */
export const startBlocker = computed(() =>
  findStartBlocker({
    ...requestState.value,
    phase: enginePhase.value.kind,
    activity: activity.value,
    isPlanAwaited: planState.value.kind === 'planning' && shownPlan.value === null,
  }),
);

/** The value that the plan has for an option that the user hasn't set; undefined if it has none. */
export function plannedValue(name: TrainingOptionName): AnyOptionValue {
  const plan = shownPlan.value;
  if (plan === null) return undefined;
  const tokensPerStep = plan.blockLength * plan.microBatch * plan.accumulation;
  const values: { readonly [N in TrainingOptionName]?: AnyOptionValue } = {
    ...plan,
    tokensPerStep,
  };
  return values[name];
}

/** The mode that the user has chosen or else the plan's. */
export const shownMode = computed(() => {
  const chosen = isAdapterForced.value ? 'lora' : overrides.value.mode;
  return chosen ?? shownPlan.value?.mode ?? 'full';
});

/** @param value Undefined if the option is left to the preset and the plan, or if `isValid` is false. */
export function setOverride(name: TrainingOptionName, value: AnyOptionValue, isValid = true): void {
  batch(() => {
    overrides.value = { ...overrides.value, [name]: value };
    const others = [...invalidOverrides.value].filter((other) => other !== name);
    invalidOverrides.value = new Set(isValid ? others : [...others, name]);
  });
}

const attempt = signal(0);
/** Whether a new bot is being prepared, for which the ready-made one makes no difference. */
const isNewBot = computed(
  () => selectedRunId.value === null || readyBot.value?.id === selectedRunId.value,
);
/** Asks for a new plan whenever the request changes, as long as no finished or paused bot is selected. */
export function startPlanning(): () => void {
  return effect(() => {
    const key = planKey.value;
    const params = planParams.peek();
    const isWanted = isEngineReady.value && isNewBot.value && activity.value === null;
    // Reading it makes this effect run again when the user tries again.
    void attempt.value;
    if (key === null || params === null || !isWanted) {
      planState.value = { kind: 'none' };
      return;
    }
    planState.value = { kind: 'planning', phase: null };
    const controller = new AbortController();
    const timer = setTimeout(() => void plan(params, key, controller.signal), REPLAN_DELAY_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  });
}

export function planAgain(): void {
  attempt.value += 1;
}

async function plan(params: TrainParams, key: string, signal: AbortSignal): Promise<void> {
  try {
    const result = await call('planTraining', params, {
      signal,
      onProgress: ({ phase, part }) => {
        if (!signal.aborted) planState.value = { kind: 'planning', phase, part };
      },
    });
    if (signal.aborted) return;
    choosePreset(params, result);
    batch(() => {
      plans.value = new Map(plans.value).set(key, result);
      newestPlan.value = {
        plan: result,
        baseModelId: params.baseModelId,
        computer: computer.value,
      };
      // If another preset was selected, the effect has run again and this plan is obsolete.
      if (!signal.aborted) planState.value = { kind: 'planned', plan: result };
    });
  } catch (thrown) {
    if (signal.aborted) return;
    const error = localError(thrown);
    planState.value = error === null ? { kind: 'none' } : { kind: 'failed', error };
  }
}

/**
 * How long a preset takes on this machine at most, in seconds. Null before the speed is known. It follows from the
 * time of a pass in the plan that is shown, whatever preset that has.
 */
export function presetSeconds(name: Preset): number | null {
  const plan = shownPlan.value;
  if (plan === null || plan.epochs === 0) return null;
  const { trialSteps = 0, steps } = plan;
  const passes = plan.epochs * (1 + trialSteps / steps);
  const { epochs, triedShare } = PRESETS[name];
  return (plan.estimatedSeconds / passes) * epochs * (1 + triedShare);
}

/** The preset for users who haven't chosen one. Null before the speed is known. */
export const recommendedPreset = computed<Preset | null>(() => {
  const seconds = presetSeconds('good');
  const plan = shownPlan.value;
  if (seconds === null || plan === null) return null;
  return automaticPresets.value.get(situation.value) ?? suitable(plan, seconds);
});

function suitable({ datasetTokens }: TrainingPlan, secondsOfGood: number): Preset {
  const isGood = datasetTokens >= MANY_TOKENS && secondsOfGood <= SHORT_ENOUGH_SECONDS;
  return isGood ? 'good' : 'quick';
}

function choosePreset({ preset: planned, overrides: own }: TrainParams, plan: TrainingPlan): void {
  const isOwnLength = own.steps !== undefined || own.epochs !== undefined;
  if (presetChoice.value !== null || planned !== 'quick' || isOwnLength) return;
  if (automaticPresets.value.has(situation.value)) return;
  const chosen = suitable(plan, plan.estimatedSeconds * GOOD_BY_QUICK);
  automaticPresets.value = new Map(automaticPresets.value).set(situation.value, chosen);
}
