/** Bundles the dump for Node. */
import { defineConfig } from 'vite';
import { nodeBundle } from '../support/node-bundle.ts';

export default defineConfig(nodeBundle('gpu-stats', 'tests/gpu-stats/dump.ts'));
