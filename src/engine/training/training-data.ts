/** What a training reads: the tokens of its texts, as its recipe says. */

import type { Recipe } from '../../domain/recipe.ts';
import { REPLY_SEPARATOR } from '../../domain/tweet-text.ts';
import type { TextTokenizer } from '../../tokenizer/tokenizer.ts';
import { type TrainingData, trainingData } from '../../train/batches.ts';
import type { AccountDocuments } from '../../train/documents.ts';

export function dataOf(
  accounts: readonly AccountDocuments[],
  tokenizer: TextTokenizer,
  { replyContext, ...split }: Pick<Recipe, 'validationShare' | 'seed' | 'replyContext'>,
): TrainingData {
  const replySeparator = replyContext === true ? tokenizer.encode(REPLY_SEPARATOR) : undefined;
  return {
    ...trainingData(accounts, tokenizer.endOfTextId, { ...split, replySeparator }),
    byteLength: (id) => tokenizer.byteLength(id),
  };
}
