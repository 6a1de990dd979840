/** Replaces a built site by its next version: other contents under other hashed names, and none of the old. */

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The selector of what only the next version's page has. Its title is the same: the page sets it in its language. */
export const NEXT_MARK = 'meta[name="version"][content="next"]';

export function deployNextVersion(folder: string): void {
  const assets = readdirSync(join(folder, 'assets'));
  /** `name-HASH.js` becomes `name-nextHASH.js`, wherever it is named. */
  const renamed = (text: string) =>
    assets.reduce((all, file) => all.replaceAll(file, nextName(file)), text);
  const change = (file: string, edit: (text: string) => string) => {
    const before = readFileSync(join(folder, file), 'utf8');
    const after = edit(before);
    if (after === before) throw new Error(`${file} has nothing to replace`);
    writeFileSync(join(folder, file), after);
  };
  for (const file of assets) {
    const path = join(folder, 'assets', file);
    if (file.endsWith('.js')) writeFileSync(path, renamed(readFileSync(path, 'utf8')));
    renameSync(path, join(folder, 'assets', nextName(file)));
  }
  change('index.html', (text) =>
    renamed(text).replace('<title>', '<meta name="version" content="next"><title>'),
  );
  change('offline.sw.js', (text) =>
    renamed(text).replace(/"revision":"\w+"(?=,"url":"index\.html")/, '"revision":"next"'),
  );
}

function nextName(file: string): string {
  return file.replace(/-(?=[\w-]{8}\.\w+$)/, '-next');
}
