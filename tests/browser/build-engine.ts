/**
 * The engine's script as it is built for the page, for all browser tests: `inject('engineUrl')`. From its sources,
 * every start of an engine would load some 250 modules, which takes longer than many a test.
 */
import type { TestProject } from 'vitest/node';
import { buildSite, engineScript } from '../support/build-site.ts';

declare module 'vitest' {
  interface ProvidedContext {
    engineUrl: string;
  }
}

export function setup(project: TestProject): void {
  buildSite();
  project.provide('engineUrl', `/dist/${engineScript()}`);
}
