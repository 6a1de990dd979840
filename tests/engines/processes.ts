/** Starts the programs that the tests drive, and ends exactly those. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ANSWER_MS } from './protocol.ts';

export interface Started {
  /** What it printed that matched. */
  readonly match: readonly string[];
  /** The end of what it has printed so far, and how it ended if it has. */
  lastWords(): string;
  end(): Promise<void>;
}

/** Whether there is such a program in the system's path, or at this place. */
export function isInstalled(program: string): boolean {
  if (program.includes('/')) return existsSync(program);
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/**
 * Starts a program and waits until it prints a line that matches, on any of its streams; with null for the line,
 * it waits for nothing.
 * @throws if it ends before, or hasn't after {@link ANSWER_MS}.
 */
export async function start(
  command: string,
  parameters: readonly string[],
  line: RegExp | null,
  environment: Readonly<Record<string, string>> = {},
): Promise<Started> {
  // The third stream is for programs that print a number to a stream of one's choice, as Xvfb does. A group of
  // its own, because browsers start processes of their own, which must end with them.
  const child = spawn(command, parameters, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
    detached: true,
  });
  let said = '';
  const streams = [child.stdout, child.stderr, child.stdio[3] ?? null];
  const match = await new Promise<readonly string[]>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${command} ${why}:\n${said}`));
    const timer = setTimeout(() => fail('has not started'), ANSWER_MS);
    const succeed = (found: readonly string[]) => {
      clearTimeout(timer);
      resolve(found);
    };
    child.once('error', (error) => fail(String(error)));
    child.once('exit', (code) => fail(`ended with ${code}`));
    // Their output has to be taken even if nobody waits for it.
    for (const stream of streams) {
      stream?.on('data', (data: Buffer) => {
        said = (said + data.toString()).slice(-10_000);
        const found = line?.exec(said) ?? null;
        if (found !== null) succeed(found);
      });
    }
    if (line === null) child.once('spawn', () => succeed([]));
  }).catch(async (error: unknown) => {
    await endGroup(child);
    throw error;
  });
  const lastWords = () => {
    const { exitCode, signalCode } = child;
    return `${command} ended with ${exitCode ?? signalCode ?? 'nothing yet'}:\n${said.slice(-1000)}`;
  };
  return { match, lastWords, end: () => endGroup(child) };
}

async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const isOver = child.exitCode !== null || child.signalCode !== null;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of the group has ended already.
    return;
  }
  if (!isOver) await ended;
}
