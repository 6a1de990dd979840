/**
 * Writes `licences.html` into the built site: the licence of everything that ships. Beside it,
 * `sbom.cdx.json` lists for machines what ships.
 *
 * The packages are those that Rolldown took code from, in the three builds that make the site: the
 * page's, the engine worker's and the service worker's. A package without a licence file of its own
 * stops the build until a text for it stands in `TEXTS`.
 */
import { execSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin, Rolldown } from 'vite';

/** The name of the page in the built site; `app/page-footer.tsx` links to it. */
const PAGE_NAME = 'licences.html';
/** A file of its own, because the site's policy forbids styles inside a page. */
const STYLE_NAME = 'licences.css';
/** What ships, for tools that look for known vulnerabilities: CycloneDX. */
const SBOM_NAME = 'sbom.cdx.json';
const STYLE = 'body { font-family: sans-serif; } pre { white-space: pre-wrap; }';

/** Texts of our own for packages that bring no licence file, or whose file doesn't say it all. */
const TEXTS: readonly { readonly packages: RegExp; readonly files: readonly string[] }[] = [
  { packages: /^@tensorflow\/tfjs-backend-wasm$/, files: ['tfjs.txt', 'tfjs-wasm-parts.txt'] },
  { packages: /^@tensorflow\/tfjs-/, files: ['tfjs.txt'] },
  { packages: /^seedrandom$/, files: ['seedrandom.txt'] },
];

/** What ships and lies in no package. */
const OUR_OWN = [
  {
    title: 'The starter model (models/starter/), CC0-1.0',
    text: `The makers of this model claim no rights in its weights and dedicate them to the public domain
under CC0 1.0 (https://creativecommons.org/publicdomain/zero/1.0/). It was trained on books as
published by Standard Ebooks (https://standardebooks.org), which states for each of them that its
source text is believed to be in the public domain in the United States, and which dedicates its own
contributions under CC0 1.0. models/starter/README.md says more.`,
  },
  {
    title: 'The sample archive (sample/mynah-sample.zip), MIT',
    text: 'It was written for Mynah and is under the licence of Mynah; the account is made up.',
  },
  {
    title: 'Helpers that Vite and Rolldown add to the scripts, MIT',
    text: `Copyright (c) 2019-present, VoidZero Inc. and Vite contributors
Copyright (c) 2024-present VoidZero Inc. & Contributors

They are under the same licence as Mynah, whose text stands above.`,
  },
];

interface BundledPackage {
  readonly name: string;
  readonly folder: string;
}

/** Both plugins of one build of the site share what they have seen. */
export function licencePlugins() {
  const bundled = new Map<string, BundledPackage>();
  const seeBundle = (bundle: Rolldown.OutputBundle) => {
    for (const output of Object.values(bundle)) {
      const modules = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
      for (const id of modules) {
        const seen = packageOf(id);
        if (seen !== null) bundled.set(seen.folder, seen);
      }
    }
  };
  return {
    /** For the builds of the page and of the engine worker. */
    collect: (): Plugin => ({
      name: 'mynah:collect-licences',
      generateBundle: (_options, bundle) => seeBundle(bundle),
    }),
    /** For the build of the service worker: it is the last, and the one that lists what to precache. */
    write: (): Plugin => ({
      name: 'mynah:write-licences',
      generateBundle(_options, bundle) {
        seeBundle(bundle);
        const source = licencesPage([...bundled.values()]);
        this.emitFile({ type: 'asset', fileName: PAGE_NAME, source });
        this.emitFile({ type: 'asset', fileName: STYLE_NAME, source: STYLE });
        const sbom = billOfMaterials([...bundled.values()]);
        this.emitFile({ type: 'asset', fileName: SBOM_NAME, source: sbom });
      },
    }),
  };
}

interface Bom {
  readonly metadata: {
    readonly tools?: unknown;
    readonly component: { readonly 'bom-ref': string };
  };
  readonly components: readonly { readonly 'bom-ref': string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** npm's list of what is locked, with nothing but what ships, and nothing that differs between two builds. */
function billOfMaterials(packages: readonly BundledPackage[]): string {
  const shipped = new Set(packages.map(({ name, folder }) => `${name}@${versionIn(folder)}`));
  const list = execSync('npm sbom --sbom-format cyclonedx --package-lock-only', {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
    // For production, npm leaves out even packages that ship if one for development needs them too.
    env: { ...process.env, NODE_ENV: '' },
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { serialNumber: _serial, ...bom } = JSON.parse(list) as Bom & { serialNumber: string };
  const { component } = bom.metadata;
  const refs = new Set([...shipped, component['bom-ref']]);
  const components = bom.components.filter((each) => shipped.has(each['bom-ref']));
  if (components.length !== shipped.size) throw new Error('npm sbom lacks a package that ships');
  const dependencies = bom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((on) => refs.has(on)) }));
  // npm takes the name from the folder.
  const metadata = { component: { ...component, name: 'mynah' } };
  return `${JSON.stringify({ ...bom, metadata, components, dependencies }, null, 2)}\n`;
}

function versionIn(folder: string): string {
  const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The package that a module lies in; null for our own code and for what the bundler adds itself. */
function packageOf(id: string): BundledPackage | null {
  const parts = /^(.*\/node_modules\/(@[^/]+\/[^/]+|[^/]+))\//.exec(id);
  const [, folder, name] = parts ?? [];
  return folder === undefined || name === undefined ? null : { name, folder };
}

/** @throws Error if a package has neither a licence file nor a text of ours. */
function licencesPage(packages: readonly BundledPackage[]): string {
  const ours = readFileSync(new URL('../../LICENSE', import.meta.url), 'utf8');
  const sections = [
    section('Mynah, MIT', ours),
    ...OUR_OWN.map(({ title, text }) => section(title, text)),
    ...[...packages].sort((a, b) => (a.name < b.name ? -1 : 1)).map(packageSection),
    section('The Apache License 2.0, which the notices above refer to', ownText('apache-2.0.txt')),
  ];
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <meta name="viewport" content="width=device-width, initial-scale=1" />
  <meta name="color-scheme" content="light dark" />
  <title>Licences of Mynah</title>
  <link rel="icon" href="./favicon.svg" type="image/svg+xml" />
  <link rel="stylesheet" href="./${STYLE_NAME}" />
  <h1>Licences</h1>
  <p>These are the licences of everything that Mynah consists of.</p>
${sections.join('')}</html>
`;
}

function packageSection({ name, folder }: BundledPackage): string {
  const { version, license } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as { version: string; license: string };
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file));
  const own = TEXTS.find(({ packages }) => packages.test(name))?.files ?? [];
  const texts = [
    ...files.map((file) => readFileSync(path.join(folder, file), 'utf8')),
    ...own.map(ownText),
  ];
  if (texts.length === 0) {
    throw new Error(`${name} has no licence file: add its licence to tools/licences/plugin.ts`);
  }
  return section(`${name} ${version}, ${license}`, texts.join('\n'));
}

function ownText(file: string): string {
  return readFileSync(new URL(`texts/${file}`, import.meta.url), 'utf8');
}

function section(title: string, text: string): string {
  return `<h2>${escapeHtml(title)}</h2>\n<pre>${escapeHtml(text.trim())}</pre>\n`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
