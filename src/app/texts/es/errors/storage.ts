/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'Este navegador no ofrece almacenamiento a las páginas (IndexedDB).',
    'Actívalo en los ajustes del navegador o usa otro navegador.',
  ],
  denied: [
    'El navegador no deja que esta página guarde nada.',
    'Permite las cookies y los datos de este sitio en los ajustes del navegador y recarga la página.',
  ],
  'no-answer': [
    'El almacenamiento del navegador no responde.',
    'Reinicia el navegador: lo que está guardado aquí debería volver a estar.',
  ],
  'older-tab': [
    'Otra pestaña tiene abierta una versión anterior de esta página.',
    'Cierra esa pestaña y vuelve a intentarlo.',
  ],
  'newer-version': [
    'Lo guardado aquí es de una versión de Mynah más reciente que esta página.',
    'Recarga esta página para obtener esa versión. Si no ayuda, cierra todas las pestañas con Mynah y vuelve a abrirla.',
  ],
  closed: [
    'El navegador ha cerrado el almacenamiento de esta página.',
    'Vuelve a intentarlo. Si se borraron los datos de este sitio, añade otra vez tus tuits.',
  ],
  vanished: [
    'Hay datos que desaparecieron mientras se guardaban.',
    'Cierra las demás pestañas de esta página y vuelve a intentarlo.',
  ],
  failed: ({ detail }) => [
    `El navegador no ha podido leer o escribir el almacenamiento de esta página${inBrackets(detail)}.`,
    'Vuelve a intentarlo. Si ocurre otra vez, reinicia el navegador.',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'No queda espacio donde iba a ir el archivo.',
    'Libera algo de espacio ahí, o exporta a otro lugar. El bot sigue aquí.',
  ],
  denied: [
    'El navegador no puede escribir en el archivo que elegiste.',
    'Vuelve a exportar y permítelo, o elige otro lugar. El bot sigue aquí.',
  ],
  failed: ({ detail }) => [
    `El navegador no ha podido escribir en el archivo que elegiste${inBrackets(detail)}.`,
    'Vuelve a exportar, o elige otro lugar. El bot sigue aquí.',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `El almacenamiento de este navegador para la página está lleno${needed(details)}.`,
      nextStep:
        'Elimina un bot o tuits que ya no necesites y vuelve a intentarlo. Lo guardado está a salvo.',
    }),
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
