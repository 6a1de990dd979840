/** What the page says of files that were brought, and of too few tweets, in French. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { byCount, formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `« ${file} » est vide.`,
  'not-a-zip': ({ file }) => `« ${file} » porte le nom d’un ZIP mais n’en est pas un.`,
  truncated: ({ file }) =>
    `« ${file} » finit trop tôt, comme si son téléchargement avait été coupé.`,
  damaged: ({ file }) => `« ${file} » est endommagé.`,
  encrypted: ({ file }) => `« ${file} » est protégé par un mot de passe.`,
  'too-large': ({ file }) =>
    `« ${file} » serait, une fois décompressé, bien trop gros pour les tweets de qui que ce soit.`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `« ${file} » est compressé d’une façon que Mynah ne sait pas lire.`
      : `« ${file} » est compressé en ${packing}, que Mynah ne sait pas lire.`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `« ${file} » est endommagé.`;
    return column === undefined
      ? `« ${file} » est endommagé, à la ligne ${formatCount(line)}.`
      : `« ${file} » est endommagé, à la ligne ${formatCount(line)}, caractère ${formatCount(column)}.`;
  },
  encoding: ({ file }) => `« ${file} » est un texte dans un encodage que Mynah ne reconnaît pas.`,
  'unknown-format': ({ file }) => `« ${file} » est dans un format que Mynah ne connaît pas.`,
  unreadable: ({ file }) => `Votre navigateur n’a pas pu lire « ${file} ».`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: 'Choisissez un autre fichier, ou téléchargez l’archive à nouveau.',
  'not-a-zip': 'Téléchargez l’archive à nouveau, ou décompressez-la et déposez ici data/tweets.js.',
  truncated: 'Téléchargez-le à nouveau et déposez le nouveau fichier.',
  damaged: 'Téléchargez-le à nouveau, ou décompressez-le et déposez data/tweets.js.',
  encrypted: 'Décompressez-le d’abord avec son mot de passe, puis déposez le dossier.',
  'too-large': 'Décompressez-le vous-même si vous lui faites confiance, puis déposez le dossier.',
  packed: 'Décompressez-le d’abord, puis déposez le dossier obtenu.',
  encoding: 'Ouvrez-le dans un éditeur, enregistrez-le en UTF-8, puis déposez-le à nouveau.',
  'not-json':
    'Si vous avez modifié le fichier, annulez cette modification ; sinon, reprenez-le dans l’archive.',
  'unknown-format':
    'Déposez le fichier ZIP ou le dossier de l’archive, son data/tweets.js, ou des tweets en JSON, CSV ou TXT.',
  unreadable:
    'Vérifiez que le fichier est toujours là et peut être ouvert, puis déposez-le à nouveau.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `« ${file} » ne contient aucun fichier de tweets.`,
  'no-tweets': (file) => `« ${file} » ne contient pas de tweets.`,
  'not-needed': (file) =>
    `« ${file} » n’est pas fait pour des tweets : Mynah ne l’a donc pas ouvert.`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `« ${file} » n’a pas de colonne nommée text ou tweet.`,
    nextStep:
      'Dites quelle colonne contient les tweets, ou nommez-la « text » et déposez le fichier à nouveau.',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? 'Déposez une archive avec vos propres tweets, ou essayez l’exemple.'
        : 'Déposez l’archive entière, ou le fichier tweets.js de son dossier data.',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: byCount(tweetsKept, {
      one: `${formatCount(tweetsKept)} tweet et ${formatCount(characters)} caractères ne suffisent pas pour apprendre : il faut au moins ${formatCount(neededCharacters)} caractères.`,
      other: `${formatCount(tweetsKept)} tweets et ${formatCount(characters)} caractères ne suffisent pas pour apprendre : il faut au moins ${formatCount(neededCharacters)} caractères.`,
    }),
    nextStep:
      tweetsLeftOut > 0
        ? byCount(tweetsLeftOut, {
            one: 'Gardez le tweet écarté, ou ajoutez des tweets.',
            other: `Gardez certains des ${formatCount(tweetsLeftOut)} tweets écartés, ou ajoutez-en d’autres.`,
          })
        : 'Ajoutez des tweets, ou essayez l’exemple.',
  }),
};
