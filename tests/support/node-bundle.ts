/**
 * How a command-line tool is bundled for Node: one folder that also runs on a machine with nothing but
 * Node, a Vulkan driver and the package `webgpu` (Dawn, a native module that stays outside).
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
          // tfjs's WASM loader is CommonJS in an ES module: it expects this to exist.
          banner: 'const __dirname = import.meta.dirname;',
        },
      },
    },
    ssr: { noExternal: true, external: ['webgpu'] },
    logLevel: 'warn',
  };
}
