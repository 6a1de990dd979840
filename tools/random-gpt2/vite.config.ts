/** Bundles `load.ts` for Node. */
import { defineConfig } from 'vite';
import { nodeBundle } from '../../tests/support/node-bundle.ts';

export default defineConfig(nodeBundle('load-gpt2', 'tools/random-gpt2/load.ts'));
