/**
 * Which files of an archive or of a folder are of use, told by their paths alone.
 *
 * The engine asks it for the entries of a ZIP, the page for the files of a folder, so that neither
 * ever opens direct messages, contacts, ads or IP logs.
 */

export type ArchiveFileRole =
  | 'tweets'
  | 'notes'
  | 'community'
  | 'circle'
  | 'deleted'
  | 'account'
  | 'profile'
  | 'manifest'
  /** A month of tweets, as archives had them until 2018; their index; whose they are. */
  | 'old-month'
  | 'old-index'
  | 'old-table'
  | 'old-account'
  | 'outbox'
  | 'actor'
  | 'avatar'
  /** A file of tweets that somebody made: only looked at where there is no archive around it. */
  | 'loose';

export interface ArchiveFile {
  readonly role: ArchiveFileRole;
  /** The folder that the archive's own paths start from, with its slash; `''` for the root. */
  readonly root: string;
  /** 0, or N of `tweets-partN.js`; the month of `2012_03.js` as 201203. */
  readonly part: number;
  /** From `root` on, in lower case: `data/tweets.js`. */
  readonly path: string;
}

/** At the root (2018/19) or in `data/`; or one folder deeper, as people re-zip what they unpacked. */
const YTD =
  /^([^/]+\/)?(data\/)?(tweets?|note-tweet|community-tweet|twitter-circle-tweet|deleted-tweets|account|profile|manifest)(?:-part(\d{1,4}))?\.js$/;
const OLD = /^([^/]+\/)?data\/js\/(?:tweets\/(\d{4})_(\d\d)|(tweet_index)|(user_details))\.js$/;
const AVATAR = /^([^/]+\/)?(data\/)?profile_media\/[^/]+\.(?:jpe?g|png|gif|webp)$/;
const ROOT_FILE =
  /^([^/]+\/)?(tweets\.csv|outbox\.json|actor\.json|[^/]+\.(?:json|jsonl|ndjson|csv|tsv|txt))$/;

const YTD_ROLES: Readonly<Record<string, ArchiveFileRole>> = {
  tweet: 'tweets',
  tweets: 'tweets',
  'note-tweet': 'notes',
  'community-tweet': 'community',
  'twitter-circle-tweet': 'circle',
  'deleted-tweets': 'deleted',
  account: 'account',
  profile: 'profile',
  manifest: 'manifest',
};

/** Null for what is never opened. Paths that lead elsewhere (`..`) are none of an archive's. */
export function archiveFile(originalPath: string): ArchiveFile | null {
  const path = originalPath
    .replaceAll('\\', '/')
    .replace(/^(?:[A-Za-z]:)?(?:\.?\/)*/, '')
    .toLowerCase();
  const segments = path.split('/');
  if (segments.includes('..') || segments[0] === '__macosx' || path.includes('\0')) return null;
  if (segments.some((segment) => segment.startsWith('._'))) return null;

  const ytd = YTD.exec(path);
  if (ytd) {
    // `data/tweets.js` is an archive's own `data/`, not a folder called so.
    const [, outer = '', data = '', stem = '', part = '0'] = ytd;
    const root = data === '' && outer === 'data/' ? '' : outer;
    const role = YTD_ROLES[stem] ?? 'tweets';
    return { role, root, part: Number(part), path: path.slice(root.length) };
  }
  const old = OLD.exec(path);
  if (old) {
    const [, root = '', year = '0', month = '0', index] = old;
    const role = year !== '0' ? 'old-month' : index === undefined ? 'old-account' : 'old-index';
    return { role, root, part: Number(year) * 100 + Number(month), path: path.slice(root.length) };
  }
  const avatar = AVATAR.exec(path);
  if (avatar) {
    const [, outer = '', data = ''] = avatar;
    const root = data === '' && outer === 'data/' ? '' : outer;
    return { role: 'avatar', root, part: 0, path: path.slice(root.length) };
  }
  const rootFile = ROOT_FILE.exec(path);
  if (!rootFile) return null;
  const [, root = '', name = ''] = rootFile;
  const roles: Readonly<Record<string, ArchiveFileRole>> = {
    'tweets.csv': 'old-table',
    'outbox.json': 'outbox',
    'actor.json': 'actor',
  };
  return { role: roles[name] ?? 'loose', root, part: 0, path: name };
}

/** Whether a folder may hold any of these: an archive has thousands of pictures beside them. */
export function mayHoldArchiveFiles(folderPath: string): boolean {
  const segments = folderPath.toLowerCase().split('/');
  const name = segments.at(-1) ?? '';
  const isMedia = name.endsWith('_media') && name !== 'profile_media';
  return (
    segments.length <= MOST_FOLDERS_AROUND + 4 &&
    !isMedia &&
    !/^(?:\.|assets$|node_modules$|__macosx$)/.test(name)
  );
}

/** Folders that people put around an archive, and bring with it. */
export const MOST_FOLDERS_AROUND = 3;

/** Whether a file at this path in a folder that was brought, `Downloads/twitter/data/tweets.js`, is. */
export function isOfUse(path: string): boolean {
  if (/\.zip$/i.test(path)) return path.split('/').length <= MOST_FOLDERS_AROUND;
  return Array.from({ length: MOST_FOLDERS_AROUND + 1 }, (_, around) =>
    archiveFile(path.split('/').slice(around).join('/')),
  ).some((file) => file !== null);
}
