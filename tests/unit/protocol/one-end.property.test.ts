import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { mynahError } from '../../../src/core/errors.ts';
import { WRITING_DEFAULTS } from '../../../src/domain/writing.ts';
import { type Client, connect } from '../../../src/protocol/client.ts';
import { isObject } from '../../../src/protocol/messages.ts';
import { serve } from '../../../src/protocol/serve.ts';
import { createPair } from './channel-pair.ts';
import { createHandlers } from './samples.ts';

const SEED = Number(process.env.SEED ?? 20261122);

/** How the handler of a call behaves after it is released. */
type Ending = 'result' | 'error' | 'throw' | 'uncloneable' | 'heed-cancel';

type Action =
  | { readonly do: 'call'; readonly ending: Ending; readonly preAborted: boolean }
  | { readonly do: 'report' | 'finish' | 'cancel'; readonly pick: number }
  | { readonly do: 'nonsense'; readonly kind: string; readonly id: number }
  | { readonly do: 'wait' }
  | { readonly do: 'die'; readonly how: 'error' | 'messageerror' | 'terminate' };

const action = fc.oneof<fc.WeightedArbitrary<Action>[]>(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('call' as const),
      ending: fc.constantFrom<Ending>('result', 'error', 'throw', 'uncloneable', 'heed-cancel'),
      preAborted: fc.nat(7).map((n) => n === 0),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom('report' as const, 'finish' as const, 'cancel' as const),
      pick: fc.nat(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('nonsense' as const),
      kind: fc.constantFrom('result', 'error', 'progress', 'call', 'cancel', 'other'),
      id: fc.nat(8),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ do: 'wait' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      how: fc.constantFrom('error' as const, 'messageerror' as const, 'terminate' as const),
    }),
  },
);

interface Task {
  readonly ending: Ending;
  readonly controller: AbortController;
  readonly ends: string[];
  progressAfterEnd: number;
  report: (() => void) | undefined;
  finish: (() => void) | undefined;
}

async function settle(): Promise<void> {
  for (let i = 0; i < 4; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function play(actions: readonly Action[]): Promise<void> {
  const { worker, scope, posted } = createPair();
  const tasks: Task[] = [];
  serve(
    scope,
    createHandlers({
      generate: ({ prompt }, { signal, report }) =>
        new Promise((resolve, reject) => {
          const task = tasks[Number(prompt)];
          if (task === undefined) throw new Error('no such task');
          task.report = () => report({ tweets: [], finished: [] });
          const result = { seed: 0, tweets: [prompt], copies: null, tokens: 0, tokensPerSecond: 0 };
          const { ending } = task;
          task.finish = () => {
            if (ending === 'result') resolve(result);
            else if (ending === 'error') reject(mynahError('loss-not-finite', { step: 1 }));
            else if (ending === 'throw') reject('thrown');
            else if (ending === 'uncloneable') resolve(Object.assign({ extra: () => 1 }, result));
          };
          if (ending === 'heed-cancel') {
            signal.addEventListener('abort', () => reject(mynahError('cancelled', {})));
          }
        }),
    }),
  );
  const client: Client = connect(worker);
  let lostCount = 0;
  void client.lost.then(() => {
    lostCount += 1;
  });

  const begin = (ending: Ending, preAborted: boolean): void => {
    const controller = new AbortController();
    if (preAborted) controller.abort();
    const task: Task = {
      ending,
      controller,
      ends: [],
      progressAfterEnd: 0,
      report: undefined,
      finish: undefined,
    };
    const prompt = String(tasks.length);
    tasks.push(task);
    client
      .call(
        'generate',
        { ...WRITING_DEFAULTS, runId: 'r', prompt, count: 1 },
        {
          signal: controller.signal,
          onProgress: () => {
            if (task.ends.length > 0) task.progressAfterEnd += 1;
          },
        },
      )
      .then(
        ({ tweets }) => task.ends.push(tweets[0] === prompt ? 'result' : 'wrong result'),
        (error) => task.ends.push(String(error.code)),
      );
  };

  for (const step of actions) {
    if (step.do === 'call') begin(step.ending, step.preAborted);
    else if (step.do === 'wait') await settle();
    else if (step.do === 'nonsense') {
      const message = { kind: step.kind, id: step.id, method: 'start', params: null, result: {} };
      scope.postMessage(message);
      worker.postMessage({ ...message, kind: step.kind === 'cancel' ? 'other' : step.kind });
    } else if (step.do === 'die') {
      if (step.how === 'terminate') client.terminate();
      else if (step.how === 'error') worker.fail('boom');
      else worker.dispatchEvent(new Event('messageerror'));
    } else if (tasks.length > 0) {
      const task = tasks[step.pick % tasks.length];
      if (step.do === 'report') task?.report?.();
      else if (step.do === 'finish') task?.finish?.();
      else task?.controller.abort();
    }
  }

  await settle();
  const before = tasks.map(({ ends }) => ends.length);
  client.terminate();
  await settle();
  await client.lost;

  expect(lostCount).toBe(1);
  const allowed: Record<Ending, string> = {
    result: 'result',
    error: 'loss-not-finite',
    throw: 'internal',
    uncloneable: 'internal',
    'heed-cancel': 'cancelled',
  };
  tasks.forEach((task, i) => {
    expect(task.ends).toHaveLength(1);
    expect(task.progressAfterEnd).toBe(0);
    if (before[i] === 0) expect(task.ends).toEqual(['worker-lost']);
    else expect(['worker-lost', 'cancelled', allowed[task.ending]]).toContain(task.ends[0]);
  });
  // The same holds for the messages: no id is answered twice, and nothing follows its answer.
  const answered = new Set<unknown>();
  for (const message of posted) {
    if (!isObject(message) || message.method !== 'generate') continue;
    expect(answered.has(message.id)).toBe(false);
    if (message.kind !== 'progress') answered.add(message.id);
  }
}

it(`every call ends exactly once, whatever happens before (seed ${SEED})`, async () => {
  await fc.assert(fc.asyncProperty(fc.array(action, { maxLength: 60 }), play), {
    seed: SEED,
    numRuns: 500,
  });
});
