/** A bot as a folder for transformers.js: the files of the Hub, with the weights as `onnx/model.onnx`. */

import { checkTokenizerJson } from '../tokenizer/tokenizer-json.ts';
import { type ExportedBot, hubFolder } from './bot-folder.ts';
import type { JsonObject } from './hub-config.ts';
import { onnxCard } from './model-card.ts';
import { onnxFile } from './onnx-file.ts';
import { OPTIMIZER_FILE } from './optimizer-file.ts';
import { TRAIN_SCRIPT_FILE } from './train-script.ts';
import { type FolderFile, textFile } from './write-zip.ts';

/** What each file says more than that of the whole model. */
const ADDED: Readonly<Record<string, JsonObject>> = {
  // The type of the only file that there is. On some devices, transformers.js would ask for a smaller one.
  'config.json': { 'transformers.js_config': { dtype: 'fp32' } },
  // Without it, transformers.js leaves out the token with which every tweet begins.
  'tokenizer_config.json': { add_bos_token: true },
};

/**
 * The files of a bot for transformers.js, in float32. An adapter is merged. Throws `unsupported` for a model of 2 GiB,
 * and `model-corrupt` if the tokenizer has no byte-pair encoding.
 */
export function onnxFolder(bot: ExportedBot): readonly FolderFile[] {
  const { record, config, weights, adapter, picture = null } = bot;
  const { size } = checkTokenizerJson(bot.tokenizerJson, config.vocabSize);
  const left = new Set(['README.md', 'model.safetensors', TRAIN_SCRIPT_FILE, OPTIMIZER_FILE]);
  const kept = hubFolder(bot, 'F32').filter(({ name }) => !left.has(name));
  return [
    textFile('README.md', onnxCard(record, adapter?.settings ?? null, picture?.name ?? null)),
    ...kept.map(withAdded),
    { name: 'onnx/model.onnx', ...onnxFile(weights, config, size) },
  ];
}

function withAdded(file: FolderFile): FolderFile {
  const added = ADDED[file.name];
  if (added === undefined || !(file.content instanceof Uint8Array)) return file;
  const json = JSON.parse(new TextDecoder().decode(file.content)) as JsonObject;
  return textFile(file.name, `${JSON.stringify({ ...json, ...added }, null, 2)}\n`);
}
