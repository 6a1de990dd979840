/** What is worth knowing about a device when something doesn't work on it, as rows and as text to copy. */
import type { DeviceReport, EngineStatus, StorageInfo } from '../../protocol/engine.ts';
import type { TrainingPlan } from '../../protocol/training.ts';
import { formatBytes, formatCount, formatMillions, formatSpeed, plural } from '../format.ts';
import { describeCompute } from '../training/describe-compute.ts';
import type { Fact, FactGroup } from '../ui/facts.tsx';

export interface DeviceFacts {
  readonly version: string;
  /** The browser's name for itself. */
  readonly userAgent: string;
  readonly cores: number;
  /** Null where the browser doesn't tell. */
  readonly memoryGiB: number | null;
  readonly isIsolated: boolean;
  readonly isOffline: boolean;
  readonly status: EngineStatus | null;
  readonly report: DeviceReport | null;
  readonly storage: StorageInfo | null;
  /** The last training that was planned or timed here. */
  readonly plan: TrainingPlan | null;
}

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
    ['Adapter', status?.adapter ?? 'none'],
    ['Also available', status === null ? 'not known' : status.available.join(', ')],
    [
      'Processor',
      `${plural(cores, 'thread')}, of which ${formatCount(status?.threads ?? 0)} compute`,
    ],
    [
      'Measured speed',
      plan === null
        ? 'nothing was measured yet'
        : `${formatSpeed(plan.tokensPerSecond)} in training a model of ${formatMillions(plan.parameters)} parameters (${plan.mode}, blocks of ${plan.blockLength} tokens)`,
    ],
  ];
}

function gpuRows(report: DeviceReport | null): Fact[] {
  if (report === null) return [['WebGPU', 'not known, because the engine doesn’t answer']];
  const { gpu, selfTest } = report;
  if (gpu === null) return [['WebGPU', 'the browser offers no adapter']];
  const kinds = gpu.isSoftware ? 'simulated in software' : 'hardware';
  return [
    ['WebGPU', `${gpu.name} (${kinds})`],
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
  const held = report?.gpuHeldBytes ?? null;
  return [
    ['Computer', memoryGiB === null ? 'the browser doesn’t tell' : `${memoryGiB} GiB or more`],
    ['On the graphics card', held === null ? 'nothing' : formatBytes(held)],
    ['The planned training', plan === null ? 'none' : `about ${formatBytes(plan.estimatedBytes)}`],
    [
      'Storage',
      estimate === null
        ? 'the browser doesn’t tell'
        : `${formatBytes(estimate.usageBytes)} used of ${formatBytes(estimate.quotaBytes)}`,
    ],
    [
      'Kept for good',
      storage?.persisted === true ? 'yes' : 'the browser may delete it when the disk is full',
    ],
  ];
}

function browserRows(facts: DeviceFacts): Fact[] {
  const { report } = facts;
  return [
    ['Mynah', facts.version],
    ['Browser', facts.userAgent],
    ['Isolated (threads)', yesNo(facts.isIsolated && (report?.hasSharedMemory ?? true))],
    ['Private file system', yesNo(report?.hasFileSystem ?? false)],
    ['Locks between tabs', yesNo(report?.hasLocks ?? false)],
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
