/** What the page says of a download that failed: from the Hub, or from the page's own site. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `En el Hub no hay ningún modelo «${repository}».`,
    'Comprueba el nombre: es el final de la dirección de la página del modelo, propietario/nombre.',
  ],
  private: ({ repository }) => [
    `El Hub no muestra «${repository}» a todo el mundo: es privado, pide una cuenta o no existe.`,
    'Comprueba el nombre. Si tienes acceso, descarga tú sus archivos y suéltalos aquí.',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `«${repository}» no es un GPT-2 que Mynah pueda usar.`
      : `«${repository}» no es un GPT-2 que Mynah pueda usar (según su ${file}).`,
    'Elige un modelo cuya página diga GPT-2, como los de huggingtweets.',
  ],
  'not-the-hub': ({ repository }) => [
    `En lugar de los archivos de «${repository}» llegó una página web, así que no respondió el Hub.`,
    'Si tu red te pide iniciar sesión, hazlo primero. Si no, comprueba la dirección del Hub. Luego vuelve a intentarlo.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'El Hub ha recibido demasiadas solicitudes desde esta red.',
    retryAfterSeconds === undefined
      ? 'Vuelve a intentarlo dentro de unos minutos. Continuará donde se quedó.'
      : `Vuelve a intentarlo dentro de ${formatDuration(retryAfterSeconds)}. Continuará donde se quedó.`,
  ],
  offline: [
    'No se puede acceder al Hub.',
    'Comprueba la conexión y vuelve a intentarlo. Continuará donde se quedó.',
  ],
  'not-allowed': [
    'Esta página no puede consultar esa dirección: sus propias reglas solo admiten los servidores del Hub.',
    'Restablece la dirección del Hub, o pide a quien mantiene esta página que permita la réplica.',
  ],
  server: ({ status }) => [
    status === undefined
      ? 'El Hub tiene un problema.'
      : `El Hub tiene un problema (respondió ${status}).`,
    'Vuelve a intentarlo dentro de unos minutos. Continuará donde se quedó.',
  ],
  stalled: [
    'El Hub dejó de responder a mitad de la descarga.',
    'Comprueba la conexión y vuelve a intentarlo. Continuará donde se quedó.',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'Un archivo termina antes de tiempo en el Hub.'
      : `«${file}» termina antes de tiempo en el Hub.`,
    'Vuelve a intentarlo más tarde; si sigue igual, el modelo está roto allí.',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? 'Un archivo llegó dañado, así que se ha desechado.'
      : `«${file}» llegó dañado, así que se ha desechado.`,
    'Vuelve a intentarlo: solo se pedirá de nuevo ese archivo.',
  ],
  changed: ({ repository }) => [
    `«${repository}» no deja de cambiar en el Hub mientras se descarga.`,
    'Vuelve a intentarlo dentro de unos minutos.',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `No se ha podido cargar «${file}».`
        : `No se ha podido cargar «${file}» (el servidor respondió ${status}).`,
    nextStep: 'Comprueba la conexión y vuelve a intentarlo.',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
