/** What the page says of an import that went well, but for something. */
import { listFiles } from '../../domain/list-files.ts';
import type { ImportWarning, LeftReason } from '../../protocol/datasets.ts';
import { formatCount, plural } from '../format.ts';

export function warningText(warning: ImportWarning): string {
  switch (warning.kind) {
    case 'missing-part': {
      const many = warning.expected === null ? 'tweets' : plural(warning.expected, 'tweet');
      return `“${warning.file}” with ${many} isn’t there. If you left it out, drop all parts in one go; else download the archive again.`;
    }
    case 'count-mismatch':
      return `“${warning.file}” holds ${plural(warning.found, 'tweet')}, where the archive’s own list says ${formatCount(warning.expected)}. If you didn’t change it, download the archive again.`;
    case 'duplicate-part':
      return `“${warning.file}” is there more than once: the last one was read.`;
    case 'files-left':
      return leftSentence(warning);
    case 'repeated-tweets':
      return `${plural(warning.count, 'tweet')} came more than once and ${warning.count === 1 ? 'was' : 'were'} read once.`;
  }
}

const LEFT: { readonly [R in LeftReason]: string } = {
  empty: 'empty',
  'not-a-zip': 'not a ZIP, though it is called one',
  truncated: 'ends too early, as if its download had been cut off',
  damaged: 'damaged',
  'not-json': 'damaged',
  encrypted: 'locked with a password: unpack it first',
  'too-large': 'unpacks to far more than anyone’s tweets',
  packed: 'packed in a way that Mynah can’t unpack: unpack it first',
  encoding: 'in an encoding Mynah can’t tell: save it as UTF-8',
  'unknown-format': 'in a format Mynah doesn’t know',
  unreadable: 'can’t be opened by your browser',
  'no-tweets': 'holds no tweets',
  'not-tweets': 'not for tweets',
  'beside-archive':
    'beside an archive only the archive is read: add it afterwards if it holds tweets',
  'no-text-column': 'none of its columns is called text or tweet',
  'too-many': 'more than Mynah reads in one go',
};

/** What was left, with the reason once for all files that share it. */
function leftSentence({ files, count }: Extract<ImportWarning, { kind: 'files-left' }>): string {
  const reasons = [...new Set(files.map(({ why }) => why))];
  const groups = reasons.map((reason) => {
    const names = files.filter(({ why }) => why === reason).map(({ file }) => `“${file}”`);
    return `${listFiles(names)} (${LEFT[reason]})`;
  });
  const more = count > files.length ? `, and ${plural(count - files.length, 'more file')}` : '';
  return `${count === 1 ? 'One file was' : `${formatCount(count)} files were`} not read: ${groups.join('; ')}${more}.`;
}
