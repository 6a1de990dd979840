/** What the page says of files that were brought, and of too few tweets. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { byCount, formatCount } from '../../../format.ts';
import type { ErrorTable } from '../../error-words.ts';
import { caracteres, tuits } from '../counted.ts';

type Unreadable = ErrorDetails['archive-unreadable'];

const UNREADABLE: {
  readonly [R in Unreadable['reason']]: (details: Unreadable) => string;
} = {
  empty: ({ file }) => `«${file}» está vacío.`,
  'not-a-zip': ({ file }) => `«${file}» se llama ZIP, pero no lo es.`,
  truncated: ({ file }) =>
    `«${file}» termina antes de tiempo, como si se hubiera cortado su descarga.`,
  damaged: ({ file }) => `«${file}» está dañado.`,
  encrypted: ({ file }) => `«${file}» está protegido con contraseña.`,
  'too-large': ({ file }) =>
    `«${file}» ocuparía, descomprimido, mucho más que los tuits de cualquiera.`,
  packed: ({ file, packing }) =>
    packing === undefined
      ? `«${file}» está comprimido, y Mynah no puede descomprimirlo.`
      : `«${file}» está comprimido como ${packing}, y Mynah no puede descomprimirlo.`,
  'not-json': ({ file, line, column }) => {
    if (line === undefined) return `«${file}» está dañado.`;
    return column === undefined
      ? `«${file}» está dañado: se rompe en la línea ${formatCount(line)}.`
      : `«${file}» está dañado: se rompe en la línea ${formatCount(line)}, carácter ${formatCount(column)}.`;
  },
  encoding: ({ file }) => `«${file}» es texto en una codificación que Mynah no reconoce.`,
  'unknown-format': ({ file }) => `«${file}» está en un formato que Mynah no conoce.`,
  unreadable: ({ file }) => `Tu navegador no ha podido leer «${file}».`,
};

const UNREADABLE_NEXT: { readonly [R in Unreadable['reason']]: string } = {
  empty: 'Elige otro archivo, o vuelve a descargar tu archivo de Twitter.',
  'not-a-zip': 'Vuelve a descargarlo, o descomprímelo y suelta data/tweets.js.',
  truncated: 'Vuelve a descargarlo y suelta el archivo nuevo.',
  damaged: 'Vuelve a descargarlo, o descomprímelo y suelta data/tweets.js.',
  encrypted: 'Descomprímelo primero con su contraseña y luego suelta la carpeta.',
  'too-large': 'Si te fías de él, descomprímelo tú y luego suelta la carpeta.',
  packed: 'Descomprímelo primero y luego suelta la carpeta que salga.',
  encoding: 'Ábrelo en un editor, guárdalo como UTF-8 y vuelve a soltarlo.',
  'not-json':
    'Si has modificado el archivo, deshaz los cambios; si no, vuelve a sacarlo de tu archivo de Twitter.',
  'unknown-format':
    'Suelta el ZIP o la carpeta de tu archivo de Twitter, su data/tweets.js, o tuits en JSON, CSV o TXT.',
  unreadable: 'Comprueba que el archivo sigue ahí y se puede abrir, y vuelve a soltarlo.',
};

const NO_TWEETS: {
  readonly [R in ErrorDetails['archive-no-tweets']['reason']]: (file: string) => string;
} = {
  'no-tweet-file': (file) => `«${file}» no contiene ningún archivo con tuits.`,
  'no-tweets': (file) => `«${file}» no contiene tuits.`,
  'not-needed': (file) => `«${file}» no es para tuits, así que Mynah no lo ha abierto.`,
};

export const archiveErrors: ErrorTable<
  'archive-unreadable' | 'table-column-unknown' | 'archive-no-tweets' | 'dataset-too-small'
> = {
  'archive-unreadable': (details) => ({
    sentence: UNREADABLE[details.reason](details),
    nextStep: UNREADABLE_NEXT[details.reason],
  }),
  'table-column-unknown': ({ file }) => ({
    sentence: `«${file}» no tiene ninguna columna llamada text ni tweet.`,
    nextStep:
      'Indica qué columna contiene los tuits, o ponle el nombre «text» y vuelve a soltar el archivo.',
  }),
  'archive-no-tweets': ({ file, reason }) => ({
    sentence: NO_TWEETS[reason](file),
    nextStep:
      reason === 'no-tweets'
        ? 'Suelta un archivo de Twitter con tuits tuyos, o prueba con el ejemplo.'
        : 'Suelta tu archivo de Twitter completo, o el tweets.js de su carpeta data.',
  }),
  'dataset-too-small': ({ characters, neededCharacters, tweetsKept, tweetsLeftOut }) => ({
    sentence: byCount(tweetsKept, {
      one: `${tuits(tweetsKept)} con ${caracteres(characters)} no basta para aprender: hacen falta al menos ${caracteres(neededCharacters)}.`,
      other: `${tuits(tweetsKept)} con ${caracteres(characters)} no bastan para aprender: hacen falta al menos ${caracteres(neededCharacters)}.`,
    }),
    nextStep:
      tweetsLeftOut > 0
        ? byCount(tweetsLeftOut, {
            one: 'Conserva el tuit que está excluido, o añade más tuits.',
            other: `Conserva algunos de los ${tuits(tweetsLeftOut)} que están excluidos, o añade más tuits.`,
          })
        : 'Añade más tuits, o prueba con el ejemplo.',
  }),
};
