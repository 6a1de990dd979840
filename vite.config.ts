/**
 * How the static site is built: relative paths (it works under any folder), modern browsers only,
 * everything the page needs offline listed for the service worker.
 */
import { readFileSync } from 'node:fs';
import { preact } from '@preact/preset-vite';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { HUB_SOURCES } from './src/domain/hub-name.ts';
import { licencePlugins } from './tools/licences/plugin.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** What a host should send; where it can't, `workers/offline.sw.ts` adds them after the first visit. */
export const headers = {
  // The two that make the page cross-origin isolated: WASM threads need it.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** The policy of `index.html` for its workers, which don't inherit a meta element. They start no blobs. */
export const workerPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  `connect-src 'self' ${HUB_SOURCES}`,
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types mynah',
].join('; ');

/** Vite's dev client needs inline styles and a socket, so only built pages carry the strict policy. */
function withoutCspInDev(): Plugin {
  return {
    name: 'mynah:without-csp-in-dev',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  };
}

const licences = licencePlugins();

export default defineConfig({
  base: './',
  // The page has one address. As on any static host, what isn't there isn't found.
  appType: 'mpa',
  define: { __APP_VERSION__: JSON.stringify(version) },
  build: {
    target: 'es2022',
    // A preload polyfill would be an inline script in older browsers; these all have modulepreload.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4096,
    // On a busy machine its hints drown the address that `npm start` prints.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es', plugins: () => [licences.collect()] },
  // The worker's packages too: found late, they would make the development page reload under you.
  optimizeDeps: { entries: ['index.html', 'workers/engine.worker.ts'] },
  server: { headers },
  preview: {
    host: '127.0.0.1',
    port: 4173,
    headers: { ...headers, 'Content-Security-Policy': workerPolicy },
  },
  plugins: [
    preact({ reactAliasesEnabled: false }),
    withoutCspInDev(),
    licences.collect(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'workers',
      filename: 'offline.sw.ts',
      registerType: 'prompt',
      // The page registers it itself, through its Trusted Types policy (`app/offline.ts`).
      injectRegister: false,
      manifest: false,
      injectManifest: {
        // Registered as a classic script: module service workers are younger than the rest we need.
        rollupFormat: 'iife',
        buildPlugins: { vite: [licences.write()] },
        globPatterns: [
          '**/*.{html,js,css,svg,png,webmanifest,wasm}',
          'models/starter/*.{json,safetensors,txt}',
          'models/ready/*.zip',
          'sample/*.zip',
        ],
        maximumFileSizeToCacheInBytes: 32 * 1024 * 1024,
      },
    }),
  ],
});
