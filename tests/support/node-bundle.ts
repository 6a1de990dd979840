/**
 * Bundles a command-line tool for Node. The resulting folder also runs on a machine that has only Node, a
 * Vulkan driver and the package `webgpu` (Dawn, a native module that can't be bundled).
 */

import { copyFileSync, mkdirSync } from 'node:fs';
import type { UserConfig } from 'vite';

const binaries = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

export function nodeBundle(name: string, entry: string): UserConfig {
  const outDir = `.cache/${name}`;
  return {
    publicDir: false,
    plugins: [
      {
        name: 'mynah:wasm-beside',
        closeBundle: () => {
          mkdirSync(outDir, { recursive: true });
          for (const file of binaries) {
            copyFileSync(
              `node_modules/@tensorflow/tfjs-backend-wasm/dist/${file}`,
              `${outDir}/${file}`,
            );
          }
        },
      },
    ],
    build: {
      ssr: entry,
      outDir,
      target: 'node20',
      rollupOptions: {
        external: ['webgpu'],
        output: {
          entryFileNames: `${name}.mjs`,
          // tfjs's WASM loader is CommonJS code in an ES module, and needs this variable.
          banner: 'const __dirname = import.meta.dirname;',
        },
      },
    },
    ssr: { noExternal: true, external: ['webgpu'] },
    logLevel: 'warn',
  };
}
