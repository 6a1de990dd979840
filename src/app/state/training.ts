/** The run that is being trained: starts it, follows it, pauses it, and ends it. */
import { computed, signal } from '@preact/signals';
import { type ErrorData, toErrorData } from '../../core/errors.ts';
import type { RunSummary } from '../../protocol/bots.ts';
import type { Calls } from '../../protocol/calls.ts';
import type {
  MetricPoint,
  PlanProgress,
  ResumeParams,
  SampleTweet,
  TrainProgress,
} from '../../protocol/training.ts';
import { joinPoints } from '../../protocol/progress.ts';
import { formatLoss, joinSentences } from '../format.ts';
import { askToPersist } from '../ask-to-persist.ts';
import { holdScreenAwake } from '../wake-lock.ts';
import { activity } from './activity.ts';
import { announce } from './announce.ts';
import { call, isEngineReady, localError, refreshStorage } from './engine.ts';
import { noteAtRest, noteAtWork } from './lost-pages.ts';
import { repeatedRun, trainParams } from './plan.ts';
import { distinctName, putRun, refreshRuns } from './runs.ts';
import { selectedRunId } from './settings.ts';
import { setOpen } from './steps.ts';
import { news } from '../texts/en/news.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('news', news);

interface TrainingJob {
  /** The id of the bot that is trained further; null for a new one. */
  readonly runId: string | null;
  readonly name: string;
  readonly phase: TrainProgress['phase'] | null;
  readonly part?: PlanProgress['part'];
  readonly completedSteps: number;
  /** Null until the engine has planned the run. */
  readonly totalSteps: number | null;
  readonly points: readonly MetricPoint[];
  readonly samples: readonly SampleTweet[];
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  /** How the user has asked the run to end; null if not yet. */
  readonly ending: 'paused' | 'finished' | null;
}

export const trainingJob = signal<TrainingJob | null>(null);
export const trainingError = signal<ErrorData | null>(null);
/** Set when the site's data were cleared while a bot trained, and the bot was stored anew. */
export const siteDataWereCleared = signal(false);
export const isTraining = computed(() => trainingJob.value !== null);

export async function startTraining(botName: string): Promise<void> {
  const params = trainParams.value;
  if (params === null) return;
  const name = distinctName(botName);
  repeatedRun.value = null;
  // The engine names a bot after its tweets. Other bots may have the same name.
  await train(params, emptyJob(name), name === botName ? null : name);
}

/** Continues a paused bot to its end, or trains a finished one for more epochs. */
export async function continueTraining(
  run: RunSummary,
  more: Omit<ResumeParams, 'resumeRunId'> = {},
): Promise<void> {
  selectedRunId.value = run.id;
  await train(
    { resumeRunId: run.id, ...more },
    {
      ...emptyJob(run.name),
      runId: run.id,
      completedSteps: run.completedSteps,
      totalSteps: run.totalSteps,
      points: run.points,
      samples: run.samples,
      tokensPerSecond: run.tokensPerSecond,
    },
  );
}

function emptyJob(name: string): TrainingJob {
  return {
    runId: null,
    name,
    phase: null,
    completedSteps: 0,
    totalSteps: null,
    points: [],
    samples: [],
    tokensPerSecond: 0,
    secondsLeft: null,
    ending: null,
  };
}

async function train(
  params: Calls['train']['params'],
  job: TrainingJob,
  newName: string | null = null,
): Promise<void> {
  if (activity.value !== null || !isEngineReady.value) return;
  activity.value = 'training';
  trainingError.value = null;
  trainingJob.value = job;
  setOpen({ tweets: false, train: true });
  announce(texts.trainingStarts);
  const letScreenSleep = holdScreenAwake();
  document.addEventListener('visibilitychange', saveIfHidden);
  import('../spare-device.ts').then(({ spareDevice }) => spareDevice()).catch(() => undefined);
  let naming: Promise<RunSummary | null> | null = null;
  /** If the name can't be stored, the training goes on, and the bot keeps the engine's name. */
  const giveName = (runId: string) => {
    if (newName !== null && runId !== '') {
      naming ??= call('editRun', { runId, name: newName }).catch(() => null);
    }
    return naming;
  };
  try {
    void askToPersist();
    const run = await call('train', params, {
      onProgress: (progress) => {
        // Right at the start, so that an interrupted bot has its name, too.
        void giveName(progress.runId);
        applyProgress(progress);
      },
    });
    const named = await giveName(run.id);
    const name = named?.name ?? run.name;
    putRun({ ...run, name });
    selectedRunId.value = run.id;
    if (run.status === 'finished') {
      setOpen({ train: false, write: true });
      tellIfHidden(name, true);
    }
    announce(run.status === 'finished' ? finishedNews(run) : texts.trainingPaused);
  } catch (thrown) {
    trainingError.value = localError(thrown);
    if (toErrorData(thrown).code === 'cancelled') announce(texts.trainingStopped);
    else tellIfHidden(job.name, false);
    // Hides the panel before the library is read, because there is nothing left to stop.
    trainingJob.value = null;
    await naming;
    // The run may have been saved before the error, and then it can be continued from the library.
    await refreshRuns().catch(() => undefined);
  } finally {
    trainingJob.value = null;
    noteAtRest();
    letScreenSleep();
    document.removeEventListener('visibilitychange', saveIfHidden);
    activity.value = null;
    void refreshStorage();
  }
}

/** A phone may end a page that isn't seen, at any time. */
function saveIfHidden(): void {
  if (document.visibilityState === 'hidden') call('saveSoon', {}).catch(() => undefined);
}

function tellIfHidden(name: string, isDone: boolean): void {
  if (document.visibilityState === 'visible') return;
  import('../tell-when-done.ts').then(
    ({ tellOfEnd }) => tellOfEnd(name, isDone),
    () => undefined,
  );
}

function finishedNews(run: RunSummary): string {
  const last = run.points.at(-1);
  return joinSentences(
    texts.trainingDone(run.completedSteps),
    last === undefined ? null : texts.lossIs(formatLoss(last.loss)),
  );
}

function applyProgress(progress: Calls['train']['progress']): void {
  const job = trainingJob.value;
  if (job === null) return;
  const { sample } = progress;
  announceMilestones(job, progress);
  if (progress.isStoredAnew) siteDataWereCleared.value = true;
  if (progress.runId !== '') {
    selectedRunId.value = progress.runId;
    noteAtWork(progress.runId);
  }
  trainingJob.value = {
    ...job,
    phase: progress.phase,
    part: progress.part,
    completedSteps: progress.completedSteps,
    totalSteps: progress.totalSteps,
    points: joinPoints(job.points, progress.points),
    samples:
      sample === null
        ? job.samples
        : [...job.samples.filter((older) => isOlder(older, sample)), sample],
    tokensPerSecond: progress.tokensPerSecond,
    secondsLeft: progress.secondsLeft,
  };
}

/** After a device was lost, the steps since the last checkpoint come a second time. */
function isOlder(older: SampleTweet, { step, prompt }: SampleTweet): boolean {
  return older.step < step || (older.step === step && older.prompt !== prompt);
}

/** Announces every quarter of the training to screen readers. */
function announceMilestones(job: TrainingJob, progress: Calls['train']['progress']): void {
  const { completedSteps, totalSteps } = progress;
  if (totalSteps === 0) return;
  const quarter = Math.floor((4 * completedSteps) / totalSteps);
  const before = Math.floor((4 * job.completedSteps) / totalSteps);
  if (quarter > before && quarter < 4) {
    announce(texts.trained(quarter / 4, completedSteps, totalSteps));
  }
}

/** Saves and ends the running training after its next step, to be continued later or as a finished bot. */
export async function endTraining(as: 'paused' | 'finished'): Promise<void> {
  const job = trainingJob.value;
  if (job === null || job.ending !== null) return;
  trainingJob.value = { ...job, ending: as };
  try {
    await call('stopTraining', { as });
  } catch (thrown) {
    trainingError.value = localError(thrown);
    if (trainingJob.value !== null) trainingJob.value = { ...trainingJob.value, ending: null };
  }
}
