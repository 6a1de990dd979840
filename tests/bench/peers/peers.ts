/**
 * `npm run bench -- peers [--job train|decode] --shape small|medium|L,C,H,T,B,V [--backend webgpu|wasm]
 *   [--against jax-js,gpt-tfjs,nanogpt,nanogpt-mixed] [--threads N] [--rounds N]`
 *
 * Runs the same training (or greedy decoding of one sequence) on the same machine: our engine and its peers, each
 * in its own process, take turns of a few seconds. Peers are installed from npm into `.cache/peers`, at the versions
 * below. Prints one JSON line per peer (medians over all turns) and one with ratios. `--threads` applies to the
 * peers on WASM; in Node, tfjs's WASM backend, which we use, has one thread.
 */

import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { parameterCount } from '../../../src/model/weights.ts';
import { parseShape } from '../shape.ts';
import { configOf, median, type Shape } from '../train.ts';

const folder = '.cache/peers';

const packages = {
  '@jax-js/jax': '0.1.25',
  'gpt-tfjs': '0.0.5',
  '@genai-fi/nanogpt': '1.3.0',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-backend-webgpu': '4.22.0',
  'onnxruntime-web': '1.30.0',
  webgpu: '0.6.2',
} as const;

const shapes: Record<string, string> = {
  small: '4,128,4,64,8,1024',
  medium: '6,256,8,128,4,4096',
};

export type PeerBackend = 'webgpu' | 'wasm';

const jobs = ['train', 'decode'] as const;
/** The job of one of these processes. */
export interface HostOptions {
  readonly job: (typeof jobs)[number];
  readonly backend: 'webgpu' | 'wasm';
  readonly shape: Shape;
  /** The number of threads of the peers on WASM. */
  readonly threads: number;
}

const jax = { peer: 'jax-js', version: packages['@jax-js/jax'] };
const gptTfjs = { peer: 'gpt-tfjs', version: packages['gpt-tfjs'] };
const nanogpt = { peer: 'nanogpt', version: packages['@genai-fi/nanogpt'] };
/** The same with activations in float16. */
const nanogptMixed = { peer: 'nanogpt-mixed', version: nanogpt.version };
const onnxRuntime = { peer: 'onnxruntime', version: packages['onnxruntime-web'] };

function peersOf({ job, backend }: HostOptions): readonly { peer: string; version: string }[] {
  if (job === 'decode') return [onnxRuntime];
  // gpt-tfjs doesn't train on tfjs's WASM backend, which lacks the gradient of a gather.
  return backend === 'webgpu' ? [jax, gptTfjs, nanogpt, nanogptMixed] : [jax];
}

function install(): void {
  mkdirSync(folder, { recursive: true });
  const wanted = JSON.stringify({ private: true, type: 'module', dependencies: packages }, null, 2);
  const file = `${folder}/package.json`;
  if (!existsSync(`${folder}/node_modules`) || readFileSync(file, 'utf8') !== wanted) {
    writeFileSync(file, wanted);
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    // Their install scripts are for browsers' bundles, and one patches packages that aren't there.
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts'];
    execFileSync('npm', args, { cwd: folder, stdio: [...stdio] });
  }
  // Next to their packages, so that Node finds them.
  for (const name of readdirSync('tests/bench/peers')) {
    if (name.endsWith('.mjs')) cpSync(`tests/bench/peers/${name}`, `${folder}/${name}`);
  }
}

/** A peer's answer to a request for steps. */
export interface Turn {
  readonly times: readonly number[];
  /** Processor time of all threads, which other work on the machine affects least. */
  readonly cpuTimes: readonly number[];
  readonly loss: number | null;
  /** Only for Mynah: the adapter's fastest 1024³ product, timed after the steps. */
  readonly matmul?: { readonly gflops: number; readonly cpuGflops: number };
}

class Contender {
  readonly peer: string;
  readonly version: string;
  readonly turns: Turn[] = [];
  private readonly child: ChildProcess;

  constructor(peer: string, version: string, child: ChildProcess) {
    this.peer = peer;
    this.version = version;
    this.child = child;
  }

  private heard(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`${this.peer} has died`));
      this.child.once('exit', onExit);
      this.child.once('message', (message) => {
        this.child.off('exit', onExit);
        resolve(message);
      });
    });
  }

  async ready(): Promise<void> {
    await this.heard();
  }

  async turn(steps: number): Promise<Turn> {
    const answer = this.heard();
    this.child.send(steps);
    return (await answer) as Turn;
  }

  /** Runs as many steps (or tokens) as fit in the time, but at least one. */
  async timedTurn(ms: number, expectedMs: number): Promise<void> {
    this.turns.push(await this.turn(Math.max(1, Math.min(200, Math.round(ms / expectedMs)))));
  }

  result({ job, shape }: HostOptions) {
    const params = parameterCount(configOf(shape));
    const tokens = job === 'decode' ? 1 : shape.B * shape.T;
    const of = (key: 'times' | 'cpuTimes') => this.turns.flatMap((turn) => turn[key]);
    const [ms, cpuMs] = [median(of('times')), median(of('cpuTimes'))];
    const matmuls = this.turns.flatMap(({ matmul }) => matmul ?? []);
    const useful = (6 * params * tokens) / 1e6;
    return {
      ...{ peer: this.peer, version: this.version, params, steps: of('times').length },
      ...{ ms_per_step_median: ms, cpu_ms_per_step_median: cpuMs },
      ...{ tokens_per_s: (tokens * 1000) / ms, last_loss: this.turns.at(-1)?.loss ?? null },
      ...(job === 'train' && { useful_gflops: useful / ms }),
      ...(matmuls.length > 0 && {
        matmul_gflops: median(matmuls.map(({ gflops }) => gflops)),
        useful_share_of_matmul: useful / ms / median(matmuls.map(({ gflops }) => gflops)),
        useful_share_of_matmul_by_cpu_time:
          useful / cpuMs / median(matmuls.map(({ cpuGflops }) => cpuGflops)),
      }),
    };
  }

  end(): void {
    this.child.kill();
  }
}

function start(peer: string, version: string, options: HostOptions): Contender {
  const json = JSON.stringify(options);
  const child =
    peer === 'mynah'
      ? fork(process.argv[1] as string, ['peer-host', json])
      : fork('host.mjs', [`./${peer}.mjs`, json], { cwd: folder });
  return new Contender(peer, version, child);
}

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      job: { type: 'string', default: 'train' },
      shape: { type: 'string', default: 'small' },
      backend: { type: 'string', default: 'webgpu' },
      against: { type: 'string' },
      threads: { type: 'string' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const job = jobs.find((name) => name === values.job);
  if (job === undefined) throw new Error(`--job ${jobs.join('|')}, not ${values.job}`);
  const backend = values.backend === 'wasm' ? 'wasm' : 'webgpu';
  const shapeText = shapes[values.shape] ?? values.shape;
  const parsed = parseShape(shapeText);
  const shape = job === 'decode' ? { ...parsed, B: 1 } : parsed;
  const threads = Number(values.threads ?? (job === 'decode' ? 2 : 1));
  const options: HostOptions = { job, backend, shape, threads };
  install();
  const wished = values.against?.split(',');
  const peers = peersOf(options).filter(({ peer }) => wished?.includes(peer) ?? true);
  const all: { contender: Contender; warmMs: number }[] = [];
  for (const { peer, version } of [{ peer: 'mynah', version: '0.1.0' }, ...peers]) {
    const contender = start(peer, version, options);
    // One after the other, because compiling takes time, which is not measured.
    await contender.ready();
    await contender.turn(1);
    const { times } = await contender.turn(1);
    all.push({ contender, warmMs: median(times) });
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { contender, warmMs } of all) await contender.timedTurn(2000, warmMs);
  }
  const [ours, ...theirs] = all.map(({ contender }) => contender.result(options));
  const common = {
    job,
    backend,
    ...(backend === 'wasm' && { peer_threads: threads }),
    shape: shapeText,
    cores: cpus().length,
  };
  for (const result of [ours, ...theirs]) console.log(JSON.stringify({ ...result, ...common }));
  const timesAsFast = (key: 'ms_per_step_median' | 'cpu_ms_per_step_median') =>
    Object.fromEntries(
      theirs.map((peer) => [peer.peer, peer[key] / (ours?.[key] ?? Number.NaN)] as const),
    );
  console.log(
    JSON.stringify({
      ...{ ...common, times_as_fast_as: timesAsFast('ms_per_step_median') },
      by_cpu_time: timesAsFast('cpu_ms_per_step_median'),
    }),
  );
  for (const { contender } of all) contender.end();
}
