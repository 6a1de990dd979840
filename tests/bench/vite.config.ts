/** Bundles the benchmarks for Node. */
import { defineConfig } from 'vite';
import { nodeBundle } from '../support/node-bundle.ts';

export default defineConfig(nodeBundle('bench', 'tests/bench/cli.ts'));
