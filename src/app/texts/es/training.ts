/** Step 2: training a bot. The names of its options are in `options.ts`. */
import {
  byCount,
  formatBytes,
  formatChance,
  formatCount,
  formatDuration,
  formatList,
  formatPercent,
  formatProgress,
  formatRough,
} from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { caracteres, parametros, pasos, tokens } from './counted.ts';

/** `tus tuits 4 veces`, `el 2,7 % de tus tuits` */
function pasadas(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `el ${formatChance(epochs)} de tus tuits`;
  return rounded === 1 ? 'tus tuits una vez' : `tus tuits ${formatRough(rounded)} veces`;
}

const ORDINALS = [
  'primera',
  'segunda',
  'tercera',
  'cuarta',
  'quinta',
  'sexta',
  'séptima',
  'octava',
];

export const training: Catalogue['training'] = {
  /* The form */
  howLong: '¿Cuánto puede tardar?',
  presets: {
    quick: {
      label: 'Rápido',
      description: 'Lee tus tuits dos veces y capta tus palabras y tus temas.',
    },
    good: {
      label: 'Bueno',
      description:
        'Lee tus tuits hasta cuatro veces y se detiene antes de limitarse a aprenderlos de memoria. Para muchos tuits.',
    },
    best: {
      label: 'El mejor',
      description:
        'Prueba tres tasas de aprendizaje, cada una durante una pasada, y sigue con la mejor hasta ocho pasadas. Para muchísimos tuits, o tuits poco corrientes.',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: 'Los ajustes de huggingtweets, en el que se inspira esta página, para comparar.',
    },
  },
  takes: (time) => `Aquí tarda ${time}.`,
  recommended: 'Recomendado.',
  estimatingStart: 'Estimando cuánto va a tardar… El entrenamiento empezará en cuanto se sepa.',
  time: 'Tiempo',
  memory: 'Memoria',
  steps: 'Pasos',
  repeats: (bold, name) => [
    bold(`Repite ${name}.`),
    ' Su receta está puesta en «Avanzado», donde puedes cambiarla.',
  ],
  sameTweets: 'Los tuits son los mismos.',
  addItsTweets: 'Añade en el paso 1 los tuits de los que aprendió.',
  otherTweets: 'No son exactamente los tuits de los que aprendió.',
  itsModelMissing: (model) =>
    model === null
      ? 'Partió de un modelo que no está aquí: elígelo arriba.'
      : `Partió de ${model}, que no está aquí: elígelo arriba.`,
  hideThis: 'Ocultar esto',

  /* What computes */
  lookingForFastest: 'Buscando lo que calcula más rápido aquí…',
  nothingComputes: 'Aún no hay nada que calcule.',
  fastest: 'Lo más rápido aquí',
  backends: {
    webgpu: 'Tarjeta gráfica (WebGPU)',
    wasm: 'Procesador (WebAssembly)',
    cpu: 'Procesador, sin más (JavaScript)',
  },
  cardWorks: (card) => `El trabajo lo hace tu tarjeta gráfica: ${card}.`,
  workers: {
    software: (adapter) =>
      `el trabajo lo hace una tarjeta gráfica simulada por software (${adapter})`,
    wasm: (threads) =>
      byCount(threads, {
        one: `el trabajo lo hace tu procesador (${formatCount(threads)} hilo)`,
        other: `el trabajo lo hace tu procesador (${formatCount(threads)} hilos)`,
      }),
    cpu: 'el trabajo lo hace tu procesador, de la forma lenta (solo JavaScript)',
  },
  computes: {
    requested: (worker) => `Como elegiste, ${worker}.`,
    'software-gpu': (worker) =>
      `La tarjeta gráfica de este navegador solo está simulada por software, así que ${worker}. Será más lento.`,
    'no-webgpu': (worker) =>
      `Este navegador no ofrece aquí ninguna tarjeta gráfica, así que ${worker}. Será más lento.`,
    'no-adapter': (worker) =>
      `Este navegador no ofrece aquí ninguna tarjeta gráfica, así que ${worker}. Será más lento.`,
    'gpu-wrong-numbers': (worker) =>
      `La tarjeta gráfica de este equipo dio números erróneos en una prueba corta, así que ${worker}. Puede ayudar un controlador gráfico o un navegador más reciente.`,
    'gpu-wrong-model': (worker) =>
      `La tarjeta gráfica de este equipo dio números erróneos con el modelo completo, así que ${worker}. Puede ayudar un controlador gráfico o un navegador más reciente.`,
    'gpu-refused': (worker) =>
      `Este navegador no pudo abrir la tarjeta gráfica de este equipo, así que ${worker}. Puede ayudar reiniciar el navegador.`,
    'gpu-no-answer': (worker) =>
      `La tarjeta gráfica de este equipo no respondió, así que ${worker}. Puede ayudar reiniciar el navegador.`,
    'gpu-lost': (worker) =>
      `La tarjeta gráfica de este equipo dejó de funcionar, así que ${worker}. Puede ayudar un controlador gráfico o un navegador más reciente.`,
    'gpu-failed': (worker) =>
      `La tarjeta gráfica de este equipo dio un error, así que ${worker}. Puede ayudar un controlador gráfico o un navegador más reciente.`,
    'processor-faster': (worker) =>
      `En una prueba corta, la tarjeta gráfica de este equipo fue más lenta con un modelo tan pequeño, así que ${worker}.`,
    'hardware-gpu': (worker) => `${worker.charAt(0).toUpperCase()}${worker.slice(1)}.`,
  },
  wasmFaults: {
    'no-webassembly': 'Este navegador no tiene WebAssembly, que sería muchas veces más rápido.',
    'wasm-refused':
      'Este navegador está configurado para rechazar WebAssembly, que sería muchas veces más rápido.',
    'wasm-failed': 'No se pudo iniciar WebAssembly, que sería muchas veces más rápido.',
  },

  /* Why it can't start */
  blocked: {
    noTweets: 'El entrenamiento puede empezar cuando haya tuits en el paso 1.',
    tooFew: (needed) =>
      `El entrenamiento puede empezar cuando se conserven tuits con al menos ${caracteres(needed)}.`,
    noneYet: 'Aún no hay ninguno: añade más tuits en el paso 1.',
    noneYetKeep: 'Aún no hay ninguno: en el paso 1, conserva más tuits o añade otros.',
    soFar: (characters) =>
      `Hasta ahora hay ${formatCount(characters)}: añade más tuits en el paso 1.`,
    soFarKeep: (characters) =>
      `Hasta ahora hay ${formatCount(characters)}: en el paso 1, conserva más tuits o añade otros.`,
    noModel: 'El entrenamiento puede empezar cuando elijas o añadas otro modelo.',
    modelMissing: (name) => `El entrenamiento puede empezar cuando se haya descargado ${name}.`,
    invalid: (options, advanced) =>
      `El entrenamiento puede empezar cuando corrijas ${formatList(options)} en «${advanced}».`,
    starting:
      'El entrenamiento puede empezar en un momento, cuando se sepa qué calcula más rápido aquí.',
    unavailable: (computeWith) =>
      `El entrenamiento puede empezar cuando haya algo con que calcular: elige otra cosa en «${computeWith}», más abajo.`,
    elsewhere: 'El entrenamiento puede empezar cuando cierres Mynah en la otra pestaña.',
    lost: 'El entrenamiento puede empezar cuando el motor vuelva a funcionar: reinícialo en la parte superior de la página.',
    planning: 'El entrenamiento puede empezar en un momento: estimando cuánto va a tardar…',
    importing: 'El entrenamiento puede empezar cuando se hayan leído todos los tuits.',
    training:
      'El entrenamiento puede empezar cuando el bot que se está entrenando termine o se pause.',
    writing:
      'El entrenamiento puede empezar cuando los tuits que se están escribiendo terminen o se detengan.',
  },

  /* Phases */
  estimating: 'Estimando',
  gettingReady: 'Preparando',
  phases: {
    'loading-model': 'Cargando el modelo',
    tokenizing: 'Dividiendo los tuits en tokens',
    compiling: 'Preparando tu tarjeta gráfica',
    timing: 'Cronometrando unos pasos',
    checking: 'Comprobando tu tarjeta gráfica',
    trying: 'Probando tasas de aprendizaje',
    training: 'Entrenando',
    settling: 'Eligiendo qué conservar',
    saving: 'Guardando',
  },
  phasePart: (phase, share) => `${phase}, ${formatProgress(share)}`,
  underway: (phase) => `${phase}…`,

  /* The plan */
  reads: (epochs) => `Lee ${pasadas(epochs)}.`,
  soThatItFits: (savings) => `Para que quepa, ${formatList(savings)}.`,
  savings: {
    adapter: 'se entrena un adaptador pequeño en vez de todo el modelo',
    halves: 'algunos resultados intermedios se guardan con menos cifras',
    isOn: (option) => `se ha activado «${option}»`,
  },
  modelHas: (parameters) => `El modelo tiene ${parametros(parameters)}.`,
  adapterHas: (trained, parameters) =>
    `El adaptador tiene ${parametros(trained)}, además de los del modelo (${parametros(parameters)}), que se quedan como están.`,
  readsAt: (speed) => `Lee ${speed}.`,
  memoryIs: (weights, gradients, moments, rest) =>
    `En memoria ocupa ${formatList([
      `${formatBytes(weights)} para el modelo`,
      `${formatBytes(gradients)} para lo que cada paso cambia en él`,
      `${formatBytes(moments)} para lo que recuerda de pasos anteriores`,
      `${formatBytes(rest)} de espacio de trabajo`,
    ])}.`,
  trainedAll: (parameters) => `todo el modelo, ${parametros(parameters)}`,
  trainedAdapter: (parameters) => `un adaptador de ${parametros(parameters)}`,

  /* A running training */
  live: 'Entrenamiento en marcha',
  stepOf: (step, steps) => `Paso ${formatCount(step)} de ${formatCount(steps)}`,
  stepOfInRow: (step, steps) => `paso ${formatCount(step)} de ${formatCount(steps)}`,
  skipped: (steps) =>
    byCount(steps, {
      one: `Se omitió ${pasos(steps)}, porque sus gradientes no eran números finitos.`,
      other: `Se omitieron ${pasos(steps)}, porque sus gradientes no eran números finitos.`,
    }),
  savedAsItGoes: 'Se va guardando: puedes cerrar la pestaña y seguir más tarde.',
  pausing: 'Pausando…',
  finishing: 'Terminando…',
  secondsLeft: (seconds) => `quedan ${formatDuration(seconds)}`,
  learningRateIs: (rate) => `Tasa de aprendizaje ${rate}`,
  gradientNormIs: (norm) => `norma del gradiente antes del recorte ${norm}`,
  wouldWriteNow: 'Lo que escribiría ahora',
  atStep: (step) => `en el paso ${formatCount(step)}`,
  it: 'El bot',

  /* One that isn't finished */
  pausedAt: (step, steps) => `En pausa en el paso ${formatCount(step)} de ${formatCount(steps)}`,
  interruptedAt: (step, steps) =>
    `Interrumpido en el paso ${formatCount(step)} de ${formatCount(steps)}`,
  startOver: 'Empezar de nuevo',
  tweetsDeleted:
    'Los tuits de los que estaba aprendiendo se han eliminado aquí, así que no puede continuar.',
  stillWrites: 'Sigue escribiendo con lo que ha aprendido.',
  allSaved: 'Todo lo hecho hasta ahora está guardado.',
  pageWasClosed: 'La página se cerró mientras entrenaba. Lo que había guardado está aquí.',

  /* A finished one */
  facts: {
    steps: 'Pasos',
    passes: 'Pasadas por tus tuits',
    speed: 'Velocidad',
    trained: 'Se entrenó',
    learningRate: 'Tasa de aprendizaje',
    blockLength: 'Longitud de bloque',
    batch: 'Lote',
    seed: 'Semilla',
    computedWith: 'Calculado con',
    finished: 'Fin',
    size: 'Tamaño',
  },
  tokens,
  batch: (count, blocks) =>
    byCount(blocks, {
      one: `${tokens(count)} por paso, ${formatCount(blocks)} bloque a la vez`,
      other: `${tokens(count)} por paso, ${formatCount(blocks)} bloques a la vez`,
    }),
  stepsOf: (done, planned) => `${formatCount(done)} de ${formatCount(planned)}`,
  stepsOfSkipped: (done, planned, skipped) =>
    byCount(skipped, {
      one: `${formatCount(done)} de ${formatCount(planned)}, ${formatCount(skipped)} omitido`,
      other: `${formatCount(done)} de ${formatCount(planned)}, ${formatCount(skipped)} omitidos`,
    }),
  adapterOf: (adapter, backend) => `${adapter} (${backend})`,
  trainAnother: 'Entrenar otro bot',
  bestAfterPass: (pass) => {
    const ordinal = ORDINALS[pass - 1];
    return ordinal === undefined
      ? `Empezó a aprender de memoria después de leer ${pasadas(pass)}, así que escribe como lo hacía entonces.`
      : `Empezó a aprender de memoria después de la ${ordinal} pasada, así que escribe como lo hacía entonces.`;
  },
  bestAfter: (epochs) =>
    `Empezó a aprender de memoria después de leer ${pasadas(epochs)}, así que escribe como lo hacía entonces.`,
  bestWhenStopped: (epochs) =>
    `Leyó ${pasadas(epochs)} hasta que lo detuviste, y al final fue cuando mejor estaba.`,
  bestAtEnd: (epochs) =>
    `Leyó ${pasadas(epochs)}, y al final fue cuando mejor estaba: con más pasadas puede mejorar aún más.`,
  mixed: (learned) =>
    `Sus pesos son un ${formatPercent(learned)} de lo que aprendió y un ${formatPercent(1 - learned)} del modelo del que partió, que es lo que mejor predice tuits que no ha visto.`,
};
