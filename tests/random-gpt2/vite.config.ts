/** Bundles `load.ts` for Node. */
import { defineConfig } from 'vite';
import { nodeBundle } from '../support/node-bundle.ts';

export default defineConfig(nodeBundle('load-gpt2', 'tests/random-gpt2/load.ts'));
