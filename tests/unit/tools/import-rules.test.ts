/**
 * The rules of what a room may import, tried on a copy of the repository in which files are planted.
 * What is expected is written out here and not taken from the table, so that a row which is loosened
 * by mistake fails a test.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

interface Plant {
  /** The folder that the file is planted in. */
  readonly room: string;
  readonly code: string;
  /** What the check says of it; for an import that is allowed, nothing. */
  readonly refused?: string;
}

const WRONG: readonly Plant[] = [
  {
    room: 'src/core',
    code: `import { isListFile } from '../domain/list-files.ts';`,
    refused: 'src/core may not import src/domain; it may import none',
  },
  {
    room: 'src/hashing',
    code: `import { MynahError } from '../core/errors.ts';`,
    refused: 'src/hashing may not import src/core; it may import none',
  },
  {
    room: 'src/domain',
    code: `import type { Calls } from '../protocol/calls.ts';`,
    refused: 'src/domain may not import src/protocol; it may import src/core',
  },
  {
    room: 'src/protocol',
    code: `export { createEngine } from '../engine/engine.ts';`,
    refused: 'src/protocol may not import src/engine',
  },
  {
    room: 'src/archive/json',
    code: `import type { RawTweet } from '../formats/tweet.ts';`,
    refused: 'src/archive/json may not import src/archive/formats',
  },
  {
    room: 'src/archive/formats',
    code: `import { openArchives } from '../opening/open.ts';`,
    refused: 'src/archive/formats may not import src/archive/opening',
  },
  {
    room: 'src/archive/opening',
    code: `import { clean } from '../cleaning/pipeline.ts';`,
    refused: 'src/archive/opening may not import src/archive/cleaning',
  },
  {
    room: 'src/archive/cleaning',
    code: `import { openArchives } from '../opening/open.ts';`,
    refused: 'src/archive/cleaning may import only types of src/archive/opening (import type)',
  },
  {
    room: 'src/archive',
    code: `import { getDataset } from '../storage/datasets.ts';`,
    refused: 'src/archive may not import src/storage',
  },
  {
    room: 'src/tokenizer',
    code: `import { GPT2 } from '../model/gpt2.ts';`,
    refused: 'src/tokenizer may not import src/model',
  },
  {
    room: 'src/gpu',
    code: `export * from '../ops/ops.ts';`,
    refused: 'src/gpu may not import src/ops',
  },
  {
    room: 'src/ops',
    code: `type Model = import('../model/gpt2.ts').GPT2;`,
    refused: 'src/ops may not import src/model',
  },
  {
    room: 'src/model',
    code: `import { GpuContext } from '../gpu/context.ts';`,
    refused: 'src/model may not import src/gpu',
  },
  {
    room: 'src/train',
    code: `import { writeTweets } from '../generate/write.ts';`,
    refused: 'src/train may not import src/generate',
  },
  {
    room: 'src/train',
    code: `import { GpuContext } from '../gpu/context.ts';`,
    refused: 'src/train may not import src/gpu',
  },
  {
    room: 'src/engine/datasets',
    code: `import type { Training } from '../training/train.ts';`,
    refused: 'src/engine/datasets may not import src/engine/training',
  },
  {
    room: 'src/planning',
    code: `import type { EngineContext } from '../engine/runtime/context.ts';`,
    refused: 'src/planning may not import src/engine/runtime',
  },
  {
    room: 'src/generate',
    code: `const trainer = await import('../train/trainer.ts');`,
    refused: 'src/generate may not import src/train',
  },
  {
    room: 'src/storage',
    code: `import { serve } from '../protocol/serve.ts';`,
    refused: 'src/storage may import only types of src/protocol (import type)',
  },
  {
    room: 'src/bots',
    code: `import { Trainer } from '../train/trainer.ts';`,
    refused: 'src/bots may not import src/train',
  },
  {
    room: 'src/engine/runtime',
    code: `import { exportRun } from '../bots/export-bot.ts';`,
    refused: 'src/engine/runtime may not import src/engine/bots',
  },
  {
    room: 'src/engine/runtime',
    code: `import { storeModel } from '../models/base-models.ts';`,
    refused: 'src/engine/runtime may not import src/engine/models',
  },
  {
    room: 'src/engine/models',
    code: `import { importTweets } from '../datasets/import-tweets.ts';`,
    refused: 'src/engine/models may not import src/engine/datasets',
  },
  {
    room: 'src/engine/datasets',
    code: `import { generate } from '../writing/write-tweets.ts';`,
    refused: 'src/engine/datasets may not import src/engine/writing',
  },
  {
    room: 'src/engine/training',
    code: `import { generate } from '../writing/write-tweets.ts';`,
    refused: 'src/engine/training may not import src/engine/writing',
  },
  {
    room: 'src/engine/bots',
    code: `import { generate } from '../writing/write-tweets.ts';`,
    refused: 'src/engine/bots may not import src/engine/writing',
  },
  {
    room: 'src/engine/writing',
    code: `import { exportRun } from '../bots/export-bot.ts';`,
    refused: 'src/engine/writing may not import src/engine/bots',
  },
  {
    room: 'src/engine',
    code: `import type { PageFooter } from '../app/page-footer.tsx';`,
    refused: 'src/engine may not import src/app',
  },
  {
    room: 'src/app',
    code: `import type { Recipe } from '../train/recipe.ts';`,
    refused: 'src/app may not import src/train',
  },
  {
    room: 'workers',
    code: `import { GPT2 } from '../src/model/gpt2.ts';`,
    refused: 'workers may not import src/model',
  },
  {
    room: 'tools',
    code: `import { fileOf } from '../tests/fixtures/archives.ts';`,
    refused: 'tools may not import tests',
  },
  {
    room: 'tests/unit',
    code: `import { importRules } from '../../tools/import-rules.mjs';`,
    refused: 'tests may not import tools',
  },
  {
    room: 'src/gpu',
    code: `const worker = new Worker(new URL('../app/main.tsx', import.meta.url));`,
    refused: 'src/gpu may not import src/app',
  },
  {
    room: 'src/app/data',
    code: `const name = '../state/boot.ts'; const boot = await import(name);`,
    refused: 'imports a module whose name is computed: write the name out',
  },
  { room: 'src/new-room', code: 'export const nothing = 0;', refused: 'lies in no room' },
];

const RIGHT: readonly Plant[] = [
  { room: 'src/domain', code: `import { random } from '../core/random.ts';` },
  { room: 'src/archive/cleaning', code: `import type { Account } from '../opening/source.ts';` },
  { room: 'src/archive/opening', code: `import * as zip from '@zip.js/zip.js/lib/zip-core.js';` },
  { room: 'src/ops', code: `import * as tf from '@tensorflow/tfjs-core';` },
  { room: 'src/storage', code: `import type { Calls } from '../protocol/calls.ts';` },
  { room: 'src/storage', code: `import { openDB } from 'idb';` },
  { room: 'src/engine/writing', code: `import { writeTweets } from '../../generate/write.ts';` },
  { room: 'src/app/data', code: `import { useState } from 'preact/hooks';` },
  { room: 'workers', code: `import { createEngine } from '../src/engine/engine.ts';` },
];

function fileOf(plants: readonly Plant[], plant: Plant): string {
  return `${plant.room}/planted-${plants.indexOf(plant)}.ts`;
}

/** What the check says of a repository, by line, and whether it passes. */
function check(root: string): { readonly lines: string[]; readonly passes: boolean } {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(repository, 'tools/import-check.mjs'), root],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  return { lines: stdout.trim().split('\n'), passes: status === 0 };
}

/** Every folder of the source that the check has to know as a room. */
function foldersOfSource(): string[] {
  const folders = (folder: string) =>
    readdirSync(path.join(repository, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${folder}/${entry.name}`);
  return [...folders('src'), ...folders('src/archive'), ...folders('src/engine'), 'workers'];
}

const copies: string[] = [];

function copyWith(plants: readonly Plant[]): string {
  const root = mkdtempSync(path.join(tmpdir(), 'mynah-imports-'));
  copies.push(root);
  for (const folder of ['src', 'workers', 'tools', 'tests']) {
    cpSync(path.join(repository, folder), path.join(root, folder), {
      recursive: true,
      filter: (file) => path.extname(file) === '' || /\.(?:tsx?|mjs)$/.test(file),
    });
  }
  for (const plant of plants) {
    const file = path.join(root, fileOf(plants, plant));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, `// Planted by a test.\n${plant.code}\n`);
  }
  return root;
}

afterAll(() => {
  for (const copy of copies) rmSync(copy, { recursive: true });
});

test('the repository imports only what the rules allow', () => {
  expect(check(repository)).toEqual({
    lines: [expect.stringMatching(/^\d+ files import only what tools\/import-rules\.mjs allows$/)],
    passes: true,
  });
});

describe('a wrong import', () => {
  let checked: ReturnType<typeof check>;
  const { dependencies } = JSON.parse(
    readFileSync(path.join(repository, 'package.json'), 'utf8'),
  ) as { dependencies: Record<string, string> };
  const plants = [
    ...WRONG,
    ...Object.keys(dependencies).map((name) => ({
      room: 'src/core',
      code: `import '${name}';`,
      refused: `src/core may not import the package ${name}; it may import none`,
    })),
  ];
  beforeAll(() => {
    checked = check(copyWith(plants));
  });

  test('is tried in every room', () => {
    const tried = new Set(WRONG.map((plant) => plant.room));
    expect(foldersOfSource().filter((folder) => !tried.has(folder))).toEqual([]);
  });

  test('of any kind fails the check', () => {
    expect(checked.passes).toBe(false);
    expect(checked.lines).toHaveLength(plants.length + 1);
  });

  test.each(plants.map((plant) => ({ ...plant, file: fileOf(plants, plant) })))(
    '$room: $code',
    ({ file, refused }) => {
      const said = checked.lines.filter((line) => line.startsWith(`${file}:`));
      expect(said).toEqual([expect.stringContaining(`: ${refused}`)]);
    },
  );
});

test('allowed imports pass the check', () => {
  expect(check(copyWith(RIGHT)).passes).toBe(true);
});
