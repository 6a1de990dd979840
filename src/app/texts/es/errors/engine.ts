/** What the page says when the engine stops, is busy or can't compute as it was asked to. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu': 'Este navegador no tiene WebGPU, así que no puede calcular con una tarjeta gráfica.',
  'no-adapter': 'Este navegador no ofrece ninguna tarjeta gráfica con la que calcular.',
  'no-webassembly': 'Este navegador no ejecuta WebAssembly.',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `La tarjeta gráfica ha dejado de responder${inBrackets(detail)}.`,
  silent: () => 'La tarjeta gráfica ha dejado de responder.',
  failed: (detail) => `La tarjeta gráfica ha dado un error${inBrackets(detail)}.`,
  wrong: () => 'La tarjeta gráfica ha dado números erróneos.',
  replaced: () => 'Esto se ha detenido porque entretanto se cambió lo que calcula.',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `No se ha podido cargar el motor${inBrackets(detail)}.`,
    'Comprueba la conexión y luego recarga la página.',
  ],
  crashed: ({ detail }) => [
    `El motor se ha detenido por un error${inBrackets(detail)}.`,
    'No se ha perdido nada de lo guardado. Reinícialo y continúa donde estaba.',
  ],
  'unreadable-message': [
    'El motor ha enviado algo que la página no puede leer.',
    'No se ha perdido nada de lo guardado. Recarga la página.',
  ],
  terminated: [
    'Se ha detenido el motor.',
    'No se ha perdido nada de lo guardado. Reinícialo y continúa donde estaba.',
  ],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'Mynah está abierta en otra pestaña.',
    'Sigue allí, o cierra esa pestaña y vuelve a intentarlo aquí.',
  ],
  training: ['Se está entrenando un bot.', 'Espera a que termine, o páusalo primero.'],
  importing: ['Todavía se están leyendo tuits.', 'Espera a que termine y vuelve a intentarlo.'],
  generating: ['Todavía se están escribiendo tuits.', 'Espera a que termine, o detenlo primero.'],
  downloading: [
    'Se está descargando un modelo.',
    'Espera a que termine, o pausa primero la descarga.',
  ],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: 'Deja que Mynah elija lo que funciona en este navegador.',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep: 'No se ha perdido nada de lo guardado. Reinicia el motor y continúa donde estaba.',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `El entrenamiento falló en el paso ${formatCount(step)}: sus números crecieron sin límite.`,
    nextStep: 'Pon una tasa de aprendizaje menor en «Avanzado» y vuelve a entrenar.',
  }),
  cancelled: () => ({
    sentence: 'Cancelado.',
    nextStep: 'Empieza de nuevo cuando quieras.',
  }),
  internal: ({ message }) => ({
    sentence: `Algo ha fallado dentro de Mynah (${message}).`,
    nextStep: 'Vuelve a intentarlo. Si ocurre otra vez, reinicia el motor.',
  }),
};
