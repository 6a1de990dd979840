/** What the page says of files that were brought, and of too few tweets, in German. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { byCount, formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `„${file}“ ist leer.`,
  'not-a-zip': ({ file }) => `„${file}“ heißt ZIP, ist aber keins.`,
  truncated: ({ file }) => `„${file}“ endet zu früh, als wäre der Download abgebrochen worden.`,
  damaged: ({ file }) => `„${file}“ ist beschädigt.`,
  encrypted: ({ file }) => `„${file}“ ist mit einem Passwort geschützt.`,
  'too-large': ({ file }) =>
    `„${file}“ wäre entpackt weit größer, als jemandes Tweets sein können.`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `„${file}“ ist so gepackt, dass Mynah es nicht entpacken kann.`
      : `„${file}“ ist als ${packing} gepackt, was Mynah nicht entpacken kann.`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `„${file}“ ist beschädigt.`;
    return column === undefined
      ? `„${file}“ ist beschädigt, und zwar in Zeile ${formatCount(line)}.`
      : `„${file}“ ist beschädigt, und zwar in Zeile ${formatCount(line)}, Zeichen ${formatCount(column)}.`;
  },
  encoding: ({ file }) => `„${file}“ ist Text in einer Kodierung, die Mynah nicht erkennt.`,
  'unknown-format': ({ file }) => `„${file}“ hat ein Format, das Mynah nicht kennt.`,
  unreadable: ({ file }) => `Dein Browser konnte „${file}“ nicht lesen.`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: 'Wähle eine andere Datei, oder lade das Archiv noch einmal herunter.',
  'not-a-zip':
    'Lade das Archiv noch einmal herunter, oder entpacke es und zieh data/tweets.js hierher.',
  truncated: 'Lade es noch einmal herunter und zieh die neue Datei hierher.',
  damaged: 'Lade es noch einmal herunter, oder entpacke es und zieh data/tweets.js hierher.',
  encrypted: 'Entpacke es zuerst mit seinem Passwort, dann zieh den Ordner hierher.',
  'too-large': 'Entpacke es selbst, wenn du ihm vertraust, dann zieh den Ordner hierher.',
  packed: 'Entpacke es zuerst, dann zieh den Ordner hierher, der dabei entsteht.',
  encoding: 'Öffne es in einem Editor, speichere es als UTF-8 und zieh es noch einmal hierher.',
  'not-json':
    'Wenn du die Datei bearbeitet hast, mach das rückgängig. Sonst hol sie noch einmal aus dem Archiv.',
  'unknown-format':
    'Zieh die ZIP-Datei oder den Ordner des Archivs hierher, daraus data/tweets.js, oder Tweets als JSON, CSV oder TXT.',
  unreadable:
    'Prüfe, ob die Datei noch da ist und geöffnet werden darf, dann zieh sie noch einmal hierher.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `„${file}“ enthält keine Datei mit Tweets.`,
  'no-tweets': (file) => `„${file}“ enthält keine Tweets.`,
  'not-needed': (file) => `„${file}“ ist nicht für Tweets, deshalb hat Mynah es nicht geöffnet.`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `„${file}“ hat keine Spalte namens text oder tweet.`,
    nextStep:
      'Sag, welche Spalte die Tweets enthält, oder nenne sie „text“ und zieh die Datei noch einmal hierher.',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? 'Zieh ein Archiv mit eigenen Tweets hierher, oder probiere das Beispiel aus.'
        : 'Zieh das ganze Archiv hierher, oder die tweets.js aus seinem Ordner data.',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: byCount(tweetsKept, {
      one: `${formatCount(tweetsKept)} Tweet mit ${formatCount(characters)} Zeichen reicht nicht zum Lernen: Nötig sind mindestens ${formatCount(neededCharacters)} Zeichen.`,
      other: `${formatCount(tweetsKept)} Tweets mit ${formatCount(characters)} Zeichen reichen nicht zum Lernen: Nötig sind mindestens ${formatCount(neededCharacters)} Zeichen.`,
    }),
    nextStep:
      tweetsLeftOut > 0
        ? byCount(tweetsLeftOut, {
            one: 'Behalte den weggelassenen Tweet, oder füge weitere Tweets hinzu.',
            other: `Behalte einige der ${formatCount(tweetsLeftOut)} weggelassenen Tweets, oder füge weitere Tweets hinzu.`,
          })
        : 'Füge weitere Tweets hinzu, oder probiere das Beispiel aus.',
  }),
};
