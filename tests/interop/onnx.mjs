/**
 * Loads the ONNX exports that `make-exports.ts` has written with transformers.js, and compares greedy text with ours.
 *
 *   node onnx.mjs OUT FOLDER_WITH_NODE_MODULES
 */

import { readdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { check, close } from './report.mjs';

const [out, modules] = process.argv.slice(2);
if (out === undefined || modules === undefined) throw new Error('onnx.mjs OUT FOLDER');
const entry = `${modules}/node_modules/@huggingface/transformers/dist/transformers.node.mjs`;
const { env, pipeline, AutoTokenizer } = await import(pathToFileURL(entry).href);
env.allowRemoteModels = false;
env.localModelPath = `${out}/`;
console.log(`transformers.js ${env.version}`);
for (const subject of readdirSync(out).sort()) {
  const ours = JSON.parse(readFileSync(`${out}/${subject}/ours.json`, 'utf8'));
  const folder = `${subject}/onnx`;
  const tokenizer = await AutoTokenizer.from_pretrained(folder);
  const expected = tokenizer.decode(ours.unbounded, { skip_special_tokens: true });
  const write = await pipeline('text-generation', folder, { dtype: 'fp32' });
  const settings = { do_sample: false, min_length: 0, max_length: ours.unbounded.length };
  const [{ generated_text: text }] = await write('My dream is', settings);
  const name = `${subject}, ONNX in transformers.js: it writes our greedy text`;
  check(name, text === expected, JSON.stringify(text).slice(0, 60));
  await write.dispose();
}
close();
