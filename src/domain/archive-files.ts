/**
 * What a file may be, told by its path alone.
 *
 * The engine asks this of everything that was brought, and of the entries of ZIPs and other
 * containers; the page asks it of the files of a folder. So neither ever opens direct messages,
 * contacts, ads or IP logs.
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
  /** Mastodon's posts, and who wrote them. */
  | 'outbox'
  | 'actor'
  /** Bluesky's posts. */
  | 'repository'
  /** What Instagram, Threads and Facebook export of posts. */
  | 'posts'
  /** One account's tweets as the Community Archive keeps them. */
  | 'community-archive'
  | 'avatar';

/** A part of an archive, and its place in it. */
export interface ArchiveFile {
  readonly role: ArchiveFileRole;
  /** The folder that the archive's own paths start from, with its slash; `''` for the top. */
  readonly root: string;
  /** 0, or N of `tweets-partN.js`; the month of `2012_03.js` as 201203. */
  readonly part: number;
  /** As the archive's own list of contents calls it: `data/tweets.js`. */
  readonly path: string;
}

export type PathKind =
  | { readonly kind: 'archive'; readonly place: ArchiveFile }
  /** A ZIP or the like, which has to be opened to see what it holds. */
  | { readonly kind: 'container' }
  /** Tweets that somebody may have made: read only where there is no archive. */
  | { readonly kind: 'loose' }
  /** A script: may be a renamed part of an archive, where the user chose it by hand. */
  | { readonly kind: 'script' }
  /** `README`, a licence and the like: never tweets. */
  | { readonly kind: 'notice' }
  /** What an archive holds beside public tweets: never opened. */
  | { readonly kind: 'private' }
  /** Pictures, pages and hidden files. */
  | { readonly kind: 'passed-over' }
  /** Nothing that the name tells. */
  | { readonly kind: 'unknown' };

/** How the names of files end that the page offers to open, as in `public/manifest.webmanifest`. */
export const OPENED_FILES =
  '.zip .js .json .jsonl .ndjson .csv .tsv .txt .gz .tgz .tar .car .har'.split(' ');

/** How deep an archive's folder, or any other file of use, may lie; a ZIP counts as a folder. */
const MAX_FOLDERS_AROUND = 8;
/** Folders that an archive has inside itself: `data/js/tweets`. */
const MAX_FOLDERS_INSIDE = 3;

const YTD =
  /^(tweets?|note-tweet|community-tweet|twitter-circle-tweet|deleted-tweets|account|profile|manifest)(?:-part(\d{1,4}))?\.js$/;
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
const MONTH = /^(\d{4})_(\d\d)\.js$/;
const OLD_ROLES: Readonly<Record<string, ArchiveFileRole>> = {
  'tweet_index.js': 'old-index',
  'user_details.js': 'old-account',
};
const ROOT_ROLES: Readonly<Record<string, ArchiveFileRole>> = {
  'tweets.csv': 'old-table',
  'outbox.json': 'outbox',
  'actor.json': 'actor',
  'archive.json': 'community-archive',
  'threads_and_replies.json': 'posts',
};
/** Instagram's and Facebook's posts, by the folder and the name. */
const POSTS = /^(?:content|media|posts)\/(?:posts(?:_\d{1,4})?|your_posts[\w-]*)\.json$/;
const PICTURE = /\.(?:jpe?g|png|gif|webp)$/;
/** What a browser or a file manager adds to the name of a second copy. */
const COPY = /(?: ?\(\d{1,3}\)| - copy| copy(?: \d{1,3})?)(?=\.\w+$)/;

/** What X's archives hold beside tweets, by the first words of the files' names. */
const PRIVATE_SCRIPT =
  /^(?:account-|ad-|age-?info|app\.js|article|audio-|block|branch-|catalog|commerce|community-note|connected-|contact|deleted-(?:note|tweet-headers)|device-|direct-message|email-|expanded-|follow|grok|ip-|key-reg|like|list|moment|mute|ni-|periscope|personalization|phone-|product-|professional-|protected-|reply-|saved-|screen-name|shop|smartblock|spaces|sso|sync|tweet-headers|tweetdeck|twitter-(?:article|circle-member|shop)|user-link|verified)/;
/** Mastodon's lists of other people's posts. */
const PRIVATE_LIST = /^(?:likes|bookmarks)\.json$/;
/** Where Instagram and Facebook have messages. */
const PRIVATE_FOLDER = /^(?:messages|inbox|message_requests|(?:archived|filtered)_threads)$/;
const NOTICE =
  /^(?:read[-_ ]?me|licen[cs]es?|copying|change[-_ ]?log|changes|contributing|contributors|code[-_ ]of[-_ ]conduct|security|authors|maintainers|notice|install|citation|requirements|credits|disclaimer|eula|faq|leia-?me|lisez-?moi|liesmich|leggimi|l[eé]eme)(?:[-_. ][\w.-]*)?$|^(?:package(?:-lock)?|composer|tsconfig[\w.-]*)\.json$|^(?:robots|humans|cmakelists)\.txt$/;

const CONTAINER = /\.(?:zip|gz|tgz|tar|7z|rar|bz2|tbz2?|xz|txz|zst)$/;
const LOOSE = /\.(?:json|har|jsonl|ndjson|csv|tsv|tab|txt|text)$/;
const SCRIPT = /\.(?:js|mjs)$/;
const MEDIA =
  /\.(?:jpe?g|png|gif|webp|svg|avif|heic|ico|bmp|mp[34]|m4[av]|mov|webm|ogg|wav|html?|css|map|woff2?|ttf|ds_store)$|^(?:thumbs\.db|desktop\.ini)$/;
/** Folders with thousands of pictures, or with nothing that anybody wrote. */
const IDLE_FOLDER =
  /^(?:\..*|assets|node_modules|__macosx|media_attachments|(?:community_tweet|deleted_tweets?|direct_messages(?:_group)?|grok_chat|moments(?:_tweets)?|spaces|tweets?|twitter_article|twitter_circle_tweet)_media)$/;

/** What the file at this path may be. Paths that lead elsewhere (`..`) are passed over. */
export function kindOfPath(path: string): PathKind {
  const segments = segmentsOf(path.toLowerCase());
  const folders = segments.slice(0, -1);
  const name = segments.at(-1) ?? '';
  const isElsewhere = segments.includes('..') || path.includes('\0');
  if (
    isElsewhere ||
    name.startsWith('.') ||
    folders.slice(1).some((each) => IDLE_FOLDER.test(each))
  )
    return { kind: 'passed-over' };
  const place = placeInArchive(folders, name);
  if ((place === null ? folders.length : depthOf(place.root)) > MAX_FOLDERS_AROUND) {
    return { kind: 'passed-over' };
  }
  if (place !== null) return { kind: 'archive', place };
  const plain = name.replace(COPY, '');
  if (NOTICE.test(plain)) return { kind: 'notice' };
  if (CONTAINER.test(name)) return { kind: 'container' };
  if (folders.some((folder) => PRIVATE_FOLDER.test(folder))) return { kind: 'private' };
  const isScript = SCRIPT.test(name);
  if (isScript ? PRIVATE_SCRIPT.test(plain) : PRIVATE_LIST.test(plain)) return { kind: 'private' };
  if (isScript) return { kind: 'script' };
  if (LOOSE.test(name)) return { kind: 'loose' };
  return { kind: MEDIA.test(name) ? 'passed-over' : 'unknown' };
}

/** The part of an archive that lies at this path; null for what is none. */
export function archiveFile(path: string): ArchiveFile | null {
  const found = kindOfPath(path);
  return found.kind === 'archive' ? found.place : null;
}

/** A path's folders and its name, however it was written. */
export function segmentsOf(path: string): string[] {
  // Windows writes `data\tweets.js`. Beside slashes a backslash is part of a name: of the second
  // byte of a Japanese character, where a ZIP's names are in an encoding of their own.
  const slashed = path.includes('/') ? path : path.replaceAll('\\', '/');
  const isOfUse = (segment: string) => segment !== '' && segment !== '.';
  return slashed
    .replace(/^[A-Za-z]:(?=\/)/, '')
    .split('/')
    .filter(isOfUse);
}

function depthOf(root: string): number {
  return root.split('/').length - 1;
}

function placeInArchive(folders: readonly string[], fullName: string): ArchiveFile | null {
  const name = fullName.replace(COPY, '');
  const ytd = YTD.exec(name);
  if (ytd) {
    const [, stem = '', part = '0'] = ytd;
    const root = rootOf(folders, 'data');
    return { role: YTD_ROLES[stem] ?? 'tweets', root, part: Number(part), path: `data/${name}` };
  }
  const month = MONTH.exec(name);
  if (month) {
    const [, year = '', inYear = ''] = month;
    const root = rootOf(folders, 'tweets', 'js', 'data');
    const part = Number(year) * 100 + Number(inYear);
    return { role: 'old-month', root, part, path: `data/js/tweets/${name}` };
  }
  const old = Object.hasOwn(OLD_ROLES, name) ? OLD_ROLES[name] : undefined;
  if (old !== undefined) {
    return { role: old, root: rootOf(folders, 'js', 'data'), part: 0, path: `data/js/${name}` };
  }
  if (folders.at(-1) === 'profile_media' && PICTURE.test(name)) {
    const root = rootOf(folders, 'profile_media', 'data');
    return { role: 'avatar', root, part: 0, path: `data/profile_media/${name}` };
  }
  const atRoot = Object.hasOwn(ROOT_ROLES, name) ? ROOT_ROLES[name] : undefined;
  const isPosts = POSTS.test(`${folders.at(-1)}/${name}`);
  const role = name.endsWith('.car') ? 'repository' : isPosts ? 'posts' : atRoot;
  return role === undefined ? null : { role, root: rootOf(folders), part: 0, path: name };
}

/** The folder around an archive: what is left when its own folders, innermost first, are taken off. */
function rootOf(folders: readonly string[], ...own: readonly string[]): string {
  let length = folders.length;
  for (const name of own) {
    if (folders[length - 1] === name) length--;
  }
  return folders
    .slice(0, length)
    .map((folder) => `${folder}/`)
    .join('');
}

/** Whether a folder may hold any of these: an archive has thousands of pictures beside them. */
export function mayHoldArchiveFiles(folderPath: string): boolean {
  const segments = segmentsOf(folderPath.toLowerCase());
  return (
    segments.length <= MAX_FOLDERS_AROUND + MAX_FOLDERS_INSIDE &&
    !IDLE_FOLDER.test(segments.at(-1) ?? '')
  );
}

/** Whether a file at this path in a folder that was brought, `Downloads/twitter/data/tweets.js`, is. */
export function isOfUse(path: string): boolean {
  const { kind } = kindOfPath(path);
  // Of all scripts in a folder, those that call themselves tweets may be a renamed part.
  if (kind === 'script') return callsItselfTweets(path);
  return kind === 'archive' || kind === 'container' || kind === 'loose' || kind === 'notice';
}

export function callsItselfTweets(path: string): boolean {
  return /tweet[^/]*$/i.test(path);
}
