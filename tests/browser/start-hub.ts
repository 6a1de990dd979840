/** The Hub of this computer, for all browser tests: `inject('hubUrl')`. */
import type { TestProject } from 'vitest/node';
import { startHubServer } from '../support/hub-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    hubUrl: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const hub = await startHubServer();
  project.provide('hubUrl', hub.url);
  return () => hub.close();
}
