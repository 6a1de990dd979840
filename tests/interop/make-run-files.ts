/** Exports a run as the files that `check_runs.py` reads with TensorBoard and wandb: `tsx make-run-files.ts OUT`. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { eventFile } from '../../src/bots/event-file.ts';
import { runFile, writeRunFiles } from '../../src/bots/run-file.ts';
import { WANDB_SCRIPT, WANDB_SCRIPT_FILE } from '../../src/bots/wandb-script.ts';
import { must } from '../../src/core/assert.ts';
import { runSummary } from '../fixtures/run-summary.ts';

const out = must(process.argv[2], 'the folder to write to');
const run = runFile(runSummary());
const second = runFile(runSummary({ id: 'second', name: '=the second' }));
mkdirSync(`${out}/tensorboard/ada`, { recursive: true });
mkdirSync(`${out}/wandb`, { recursive: true });
writeFileSync(`${out}/tensorboard/ada/events.out.tfevents.1795000000.mynah`, eventFile(run));
writeFileSync(`${out}/wandb/runs.json`, writeRunFiles([run, second]));
writeFileSync(`${out}/wandb/${WANDB_SCRIPT_FILE}`, WANDB_SCRIPT);
