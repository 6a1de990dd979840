/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorWords, inBrackets, type ErrorTable } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: {
  readonly [R in ErrorDetails['storage-blocked']['reason']]: (detail?: string) => ErrorWords;
} = {
  absent: () => ({
    sentence: 'Este navegador no ofrece almacenamiento a las páginas (IndexedDB).',
    nextStep: 'Actívalo en los ajustes del navegador o usa otro navegador.',
  }),
  denied: () => ({
    sentence: 'El navegador no deja que esta página guarde nada.',
    nextStep:
      'Permite las cookies y los datos de este sitio en los ajustes del navegador y recarga la página.',
  }),
  'no-answer': () => ({
    sentence: 'El almacenamiento del navegador no responde.',
    nextStep: 'Reinicia el navegador: lo que está guardado aquí debería volver a estar.',
  }),
  'older-tab': () => ({
    sentence: 'Otra pestaña tiene abierta una versión anterior de esta página.',
    nextStep: 'Cierra esa pestaña y vuelve a intentarlo.',
  }),
  'newer-version': () => ({
    sentence: 'Lo guardado aquí es de una versión de Mynah más reciente que esta página.',
    nextStep:
      'Recarga esta página para obtener esa versión. Si no ayuda, cierra todas las pestañas con Mynah y vuelve a abrirla.',
  }),
  closed: () => ({
    sentence: 'El navegador ha cerrado el almacenamiento de esta página.',
    nextStep:
      'Vuelve a intentarlo. Si se borraron los datos de este sitio, añade otra vez tus tuits.',
  }),
  vanished: () => ({
    sentence: 'Hay datos que desaparecieron mientras se guardaban.',
    nextStep: 'Cierra las demás pestañas de esta página y vuelve a intentarlo.',
  }),
  failed: (detail) => ({
    sentence: `El navegador no ha podido leer o escribir el almacenamiento de esta página${inBrackets(detail)}.`,
    nextStep: 'Vuelve a intentarlo. Si ocurre otra vez, reinicia el navegador.',
  }),
};

const NOT_WRITABLE: {
  readonly [R in ErrorDetails['file-not-writable']['reason']]: (
    detail?: string,
  ) => readonly [sentence: string, nextStep: string];
} = {
  full: () => [
    'No queda espacio donde iba a ir el archivo.',
    'Libera algo de espacio ahí, o exporta a otro lugar. El bot sigue aquí.',
  ],
  denied: () => [
    'El navegador no puede escribir en el archivo que elegiste.',
    'Vuelve a exportar y permítelo, o elige otro lugar. El bot sigue aquí.',
  ],
  failed: (detail) => [
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
    'storage-blocked': ({ reason, detail }) => BLOCKED[reason](detail),
    'file-not-writable': ({ reason, detail }) => {
      const [sentence, nextStep] = NOT_WRITABLE[reason](detail);
      return { sentence, nextStep };
    },
  };
