/** What helps to find out why something doesn't work on a device, as facts and as text to copy. */
import type { DeviceReport, EngineStatus, StorageInfo } from '../../protocol/engine.ts';
import type { TrainingPlan } from '../../protocol/training.ts';
import { formatSpeed } from '../estimates.ts';
import { formatBytes, formatCount, formatMillions, plural } from '../format.ts';
import { describeCompute } from '../training/describe-compute.ts';
import type { Fact, FactGroup } from '../ui/facts.tsx';

export interface DeviceFacts {
  readonly version: string;
  /** What the browser calls itself. */
  readonly userAgent: string;
  readonly cores: number;
  /** Null where the browser doesn't say. */
  readonly memoryGiB: number | null;
  readonly isIsolated: boolean;
  readonly isOffline: boolean;
  readonly status: EngineStatus | null;
  readonly report: DeviceReport | null;
  readonly storage: StorageInfo | null;
  /** The last training that was planned or timed here. */
  readonly plan: TrainingPlan | null;
}

const NO_ANSWER = 'not known, because the engine doesn’t answer';

const yesNo = (is: boolean) => (is ? 'yes' : 'no');

/** All facts by group. None of them says who the user is or what the tweets are. */
export function factGroups(facts: DeviceFacts): FactGroup[] {
  return [
    { title: 'What computes', facts: computeRows(facts) },
    { title: 'Graphics card', facts: gpuRows(facts.report) },
    { title: 'Memory and storage', facts: memoryRows(facts) },
    { title: 'Browser', facts: browserRows(facts) },
  ];
}

function computeRows({ status, plan, cores }: DeviceFacts): Fact[] {
  return [
    [
      'Now',
      status === null ? 'nothing, because the engine hasn’t started' : describeCompute(status),
    ],
    ['Adapter', status?.adapter ?? 'not known'],
    ['Also available', status === null ? 'not known' : status.available.join(', ')],
    [
      'Processor',
      `${plural(cores, 'thread')}${status === null ? '' : `, of which ${formatCount(status.threads)} compute`}`,
    ],
    [
      'Measured speed',
      plan === null
        ? 'not measured yet'
        : `${formatSpeed(plan.tokensPerSecond)} in training a model of ${formatMillions(plan.parameters)} parameters (${plan.mode}, blocks of ${plan.blockLength} tokens)`,
    ],
  ];
}

function gpuRows(report: DeviceReport | null): Fact[] {
  if (report === null) return [['WebGPU', NO_ANSWER]];
  const { gpu, selfTest } = report;
  if (gpu === null) return [['WebGPU', 'the browser offers no adapter']];
  const kind = gpu.isSoftware ? 'simulated in software' : 'hardware';
  return [
    ['WebGPU', `${gpu.name} (${kind})`],
    ['Features', gpu.features.join(', ') || 'none'],
    ...Object.entries(gpu.limits).map(
      ([name, value]): Fact => [
        name,
        name.endsWith('Size') ? formatBytes(value) : formatCount(value),
      ],
    ),
    ['Kernels', report.kernelHash],
    [
      'Self-test',
      selfTest === null
        ? 'none, because no graphics card computes'
        : `passed in ${formatCount(Math.round(selfTest.ms))} ms with ${plural(selfTest.dispatches, 'dispatch', 'dispatches')} of ${selfTest.gflop.toFixed(1)} GFLOP`,
    ],
  ];
}

function memoryRows({ memoryGiB, report, storage, plan }: DeviceFacts): Fact[] {
  const estimate = storage?.estimate ?? null;
  const held = report?.gpuHeldBytes ?? 0;
  return [
    ['Computer', memoryGiB === null ? 'the browser doesn’t say' : `${memoryGiB} GiB or more`],
    [
      'Used on the graphics card',
      report === null ? NO_ANSWER : held === 0 ? 'nothing' : formatBytes(held),
    ],
    [
      'Needed for the planned training',
      plan === null ? 'none' : `about ${formatBytes(plan.estimatedBytes)}`,
    ],
    [
      'Storage',
      estimate === null
        ? 'the browser doesn’t say'
        : `${formatBytes(estimate.usageBytes)} used of ${formatBytes(estimate.quotaBytes)}`,
    ],
    [
      'Persistent storage',
      storage === null
        ? 'not known'
        : storage.persisted
          ? 'yes'
          : 'no: the browser may delete everything when the disk is full',
    ],
  ];
}

function browserRows(facts: DeviceFacts): Fact[] {
  const { report } = facts;
  return [
    ['Mynah', facts.version],
    ['Browser', facts.userAgent],
    ['Isolated (threads)', yesNo(facts.isIsolated && (report?.hasSharedMemory ?? true))],
    ['Private file system', report === null ? NO_ANSWER : yesNo(report.hasFileSystem)],
    ['Locks between tabs', report === null ? NO_ANSWER : yesNo(report.hasLocks)],
    ['Ready offline', yesNo(facts.isOffline)],
  ];
}

/** For a bug report, in Markdown. */
export function reportText(groups: readonly FactGroup[]): string {
  return groups
    .map(({ title, facts }) => {
      const lines = facts.map(([name, value]) => `- ${name}: ${value}`);
      return [`**${title}**`, '', ...lines].join('\n');
    })
    .join('\n\n');
}
