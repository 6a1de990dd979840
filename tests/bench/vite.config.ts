/** Bundles the bench for Node; only Dawn's native module stays outside. */
import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'tests/bench/cli.ts',
    outDir: '.cache/bench',
    target: 'node20',
    rollupOptions: {
      external: ['webgpu'],
      output: {
        entryFileNames: 'bench.mjs',
        // tfjs's WASM loader is CommonJS in an ES module: it expects this to exist.
        banner: 'const __dirname = import.meta.dirname;',
      },
    },
  },
  ssr: { noExternal: true, external: ['webgpu'] },
  logLevel: 'warn',
});
