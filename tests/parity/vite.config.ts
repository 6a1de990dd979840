/** Bundles the parity program for Node. */
import { defineConfig } from 'vite';
import { nodeBundle } from '../support/node-bundle.ts';

export default defineConfig(nodeBundle('parity', 'tests/parity/cli.ts'));
