/** What the page says of stored things that are gone, damaged or not there yet. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: '这些推文已在此删除。',
    nextStep: '学习过它们的机器人仍能写推文。要训练，请重新导入推文。',
  },
  texts: {
    sentence: '此机器人学习过的推文没有存储在这里。',
    nextStep: '机器人仍能写推文。要训练，请重新导入推文并新建一个机器人。',
  },
  run: {
    sentence: '此机器人已在此删除。',
    nextStep: '请选择其他机器人，或训练一个新的。',
  },
  version: {
    sentence: '此机器人的这个版本已在此删除。',
    nextStep: '请选择它的其他版本。',
  },
  checkpoint: {
    sentence: '此机器人学到的内容已不再存储在这里。',
    nextStep: '请删除此机器人，并用相同的推文训练一个新的。',
  },
  adapter: {
    sentence: '此机器人没有适配器：它训练的是整个模型。',
    nextStep: '请改为导出模型。',
  },
  model: {
    sentence: '此基础模型已不再存储在此浏览器中。',
    nextStep: '请选择其他模型，或重新添加它。',
  },
  download: {
    sentence: '此下载已不再存储在这里。',
    nextStep: '请重新开始下载。',
  },
};

const BOT_DAMAGED = {
  sentence: '此机器人的存储数据已损坏',
  nextStep: '请删除它，并用相同的推文训练一个新的。',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: '存储在这里的推文已损坏',
    nextStep: '请删除它们并重新导入。用它们训练的机器人仍能写推文。',
  },
  texts: {
    sentence: '与此机器人一起存储的推文已损坏',
    nextStep: '机器人仍能写推文。要训练，请重新导入推文并新建一个机器人。',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: '此模型已下载的部分已损坏',
    nextStep: '请删除此下载，然后重新开始。',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: '页面自带的模型在此浏览器的存储中已损坏',
    nextStep: '请重新加载页面以重新获取它。',
  },
  files: {
    sentence: '基础模型在此浏览器的存储中已损坏',
    nextStep: '请在此删除该模型，然后用它的文件重新添加。',
  },
  bot: {
    sentence: '此机器人的模型在此浏览器的存储中已损坏',
    nextStep: '请在此删除该机器人，然后重新打开它的文件。',
  },
  hub: {
    sentence: '基础模型在此浏览器的存储中已损坏',
    nextStep: '请在此删除该模型，然后重新下载。',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence}（${faultWords(fault)}）。` };
  },
  'not-trained-yet': () => ({
    sentence: '此机器人还没有学到任何内容。',
    nextStep: '请训练它：第一次保存之后，它就能写推文了。',
  }),
};
