/**
 * How long the page's own thread works at a time, in processor time: what a task costs is nearly the same on a busy
 * machine, where the time on the clock says more about the other processes.
 */

import type { Page } from 'playwright';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds on the clock, and of the processor. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly data?: Readonly<Record<string, unknown>> };
}

export interface Task {
  /** Processor time of the thread, and time on the clock, in milliseconds. */
  readonly ms: number;
  readonly clockMs: number;
  /** What took longest in it, for whoever has to shorten it. */
  readonly parts: readonly string[];
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'blink.user_timing', 'v8'];
const PAGE_MARK = 'mynah-page';
const TASK = 'ThreadControllerImpl::RunTask';
const LISTED_PARTS = 5;

/**
 * The tasks of the page's thread while something goes on, the longest first.
 * @throws If the browser doesn't count processor time.
 */
export async function tasksDuring(
  page: Page,
  work: () => Promise<unknown>,
): Promise<readonly Task[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page has a browser that can’t be traced');
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Tracing.start', {
    transferMode: 'ReturnAsStream',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await work();
  // So that the page's thread is known among all others.
  await page.evaluate((mark) => void performance.mark(mark), PAGE_MARK);
  const complete = new Promise<string | undefined>((resolve) => {
    devtools.once('Tracing.tracingComplete', ({ stream }) => resolve(stream));
  });
  await devtools.send('Tracing.end');
  const handle = (await complete) ?? '';
  let text = '';
  for (let isEnd = false; !isEnd; ) {
    const { data, eof, base64Encoded } = await devtools.send('IO.read', { handle });
    text += base64Encoded === true ? Buffer.from(data, 'base64').toString() : data;
    isEnd = eof;
  }
  await devtools.detach();
  return tasksOf((JSON.parse(text) as { readonly traceEvents: TraceEvent[] }).traceEvents);
}

function tasksOf(events: readonly TraceEvent[]): readonly Task[] {
  const mark = events.findLast(({ name }) => name === PAGE_MARK);
  const own = events.filter(({ pid, tid }) => pid === mark?.pid && tid === mark.tid);
  const tasks = own.filter(({ name, tdur }) => name === TASK && tdur !== undefined);
  if (tasks.length === 0) throw new Error('the browser has recorded no task with its time');
  return tasks
    .toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .map((task, place) => ({
      ms: (task.tdur ?? 0) / 1000,
      clockMs: (task.dur ?? 0) / 1000,
      parts: place < LISTED_PARTS ? partsOf(task, own) : [],
    }));
}

function partsOf(task: TraceEvent, own: readonly TraceEvent[]): string[] {
  const end = task.ts + (task.dur ?? 0);
  return own
    .filter((part) => part !== task && part.ts >= task.ts && part.ts + (part.dur ?? 0) <= end)
    .filter(({ tdur = 0 }) => tdur > 2_000)
    .toSorted((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .slice(0, 8)
    .map(({ name, tdur = 0, args }) => {
      const {
        functionName = '',
        url = '',
        lineNumber = '',
        columnNumber = '',
        type = '',
      } = args.data ?? {};
      const file = String(url).replace(/^.*\//, '');
      return `${name} ${Math.round(tdur / 1000)} ms ${type} ${functionName} ${file}:${lineNumber}:${columnNumber}`;
    });
}
