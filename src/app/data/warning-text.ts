/** What the page says of an import that went well, but for something. */
import type { ImportWarning } from '../../protocol/datasets.ts';
import { listFiles } from './list-files.ts';
import { data } from '../texts/en/data.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function warningText(warning: ImportWarning): string {
  switch (warning.kind) {
    case 'missing-part':
      return texts.missingPart(warning.file, warning.expected);
    case 'count-mismatch':
      return texts.countMismatch(warning.file, warning.found, warning.expected);
    case 'duplicate-part':
      return texts.duplicatePart(warning.file);
    case 'files-left':
      return leftSentence(warning);
    case 'repeated-tweets':
      return texts.repeatedTweets(warning.count);
  }
}

/** What was left, with the reason once for all files that share it. */
function leftSentence({ files, count }: Extract<ImportWarning, { kind: 'files-left' }>): string {
  const reasons = [...new Set(files.map(({ why }) => why))];
  const groups = reasons.map((reason) => {
    const names = files.filter(({ why }) => why === reason).map(({ file }) => texts.quoted(file));
    return texts.leftGroup(listFiles(names), texts.leftReasons[reason]);
  });
  return texts.filesLeft(count, groups, count - files.length);
}
