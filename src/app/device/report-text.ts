/** What helps to find out why something doesn't work on a device, as facts and as text to copy. */
import type { DeviceReport, EngineStatus, StorageInfo } from '../../protocol/engine.ts';
import type { TrainingPlan } from '../../protocol/training.ts';
import { formatSpeed } from '../estimates.ts';
import { formatBytes, formatCount, formatFacts, formatMillions, formatTenths } from '../format.ts';
import { BACKEND_NAMES, describeCompute } from '../training/describe-compute.ts';
import type { Fact, FactGroup } from '../ui/facts.tsx';
import { device } from '../texts/en/device.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('device', device);

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

const yesNo = (is: boolean) => (is ? texts.yes : texts.no);

/** All facts by group. None of them says who the user is or what the tweets are. */
export function factGroups(facts: DeviceFacts): FactGroup[] {
  return [
    { title: texts.groups.compute, facts: computeRows(facts) },
    { title: texts.groups.gpu, facts: gpuRows(facts.report) },
    { title: texts.groups.memory, facts: memoryRows(facts) },
    { title: texts.groups.browser, facts: browserRows(facts) },
  ];
}

/** The graphics card, or what computes without one. */
function adapterOf({ backend, adapter }: EngineStatus): string {
  return backend === 'webgpu' ? adapter : BACKEND_NAMES[backend];
}

function computeRows({ status, plan, cores }: DeviceFacts): Fact[] {
  return [
    [texts.facts.now, status === null ? texts.notStarted : describeCompute(status)],
    [texts.facts.adapter, status === null ? texts.notKnown : adapterOf(status)],
    [texts.facts.available, status === null ? texts.notKnown : formatFacts(status.available)],
    [
      texts.facts.processor,
      status === null ? texts.threads(cores) : texts.threadsComputing(cores, status.threads),
    ],
    [
      texts.facts.speed,
      plan === null
        ? texts.notMeasured
        : texts.speedOf(
            formatSpeed(plan.tokensPerSecond),
            formatMillions(plan.parameters),
            plan.mode,
            plan.blockLength,
          ),
    ],
  ];
}

function gpuRows(report: DeviceReport | null): Fact[] {
  if (report === null) return [['WebGPU', texts.noAnswer]];
  const { gpu, selfTest } = report;
  if (gpu === null) return [['WebGPU', texts.noAdapter]];
  return [
    ['WebGPU', gpu.isSoftware ? texts.simulated(gpu.name) : texts.hardware(gpu.name)],
    [texts.facts.features, gpu.features.join(', ') || texts.none],
    ...Object.entries(gpu.limits).map(
      ([name, value]): Fact => [
        name,
        name.endsWith('Size') ? formatBytes(value) : formatCount(value),
      ],
    ),
    [texts.facts.kernels, report.kernelHash],
    [
      texts.facts.selfTest,
      selfTest === null
        ? texts.noSelfTest
        : texts.passed(selfTest.ms, selfTest.dispatches, formatTenths(selfTest.gflop)),
    ],
  ];
}

function memoryRows({ memoryGiB, report, storage, plan }: DeviceFacts): Fact[] {
  const estimate = storage?.estimate ?? null;
  const held = report?.gpuHeldBytes ?? 0;
  return [
    [texts.facts.computer, memoryGiB === null ? texts.browserSilent : texts.atLeast(memoryGiB)],
    [
      texts.facts.usedOnCard,
      report === null ? texts.noAnswer : held === 0 ? texts.usesNothing : formatBytes(held),
    ],
    [texts.facts.needed, plan === null ? texts.none : texts.about(plan.estimatedBytes)],
    [
      texts.facts.storage,
      estimate === null
        ? texts.browserSilent
        : texts.usedOf(estimate.usageBytes, estimate.quotaBytes),
    ],
    [
      texts.facts.persistent,
      storage === null ? texts.notKnown : storage.persisted ? texts.yes : texts.notPersistent,
    ],
  ];
}

function browserRows(facts: DeviceFacts): Fact[] {
  const { report } = facts;
  return [
    ['Mynah', facts.version],
    [texts.facts.browser, facts.userAgent],
    [texts.facts.isolated, yesNo(facts.isIsolated && (report?.hasSharedMemory ?? true))],
    [texts.facts.fileSystem, report === null ? texts.noAnswer : yesNo(report.hasFileSystem)],
    [texts.facts.locks, report === null ? texts.noAnswer : yesNo(report.hasLocks)],
    [texts.facts.offline, yesNo(facts.isOffline)],
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
