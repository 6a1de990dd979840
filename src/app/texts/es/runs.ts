/** The page of runs. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { entrenamientos, pasos, tuits } from './counted.ts';

export const runs: Catalogue['runs'] = {
  about:
    'Todo lo que se registró de cada entrenamiento. Se queda en este navegador. Elige dos o más entrenamientos para compararlos.',
  none: 'Aquí aún no se ha entrenado nada. Un entrenamiento aparece aquí cuando termina o se pausa, o cuando lo importas.',
  trainBot: 'Entrenar un bot',
  inTraining: (name) =>
    `${name} se está entrenando. Su entrenamiento se mostrará aquí cuando termine o se pause.`,
  fileHint: 'Un archivo JSON de entrenamientos exportado aquí',
  imported: (count, file) =>
    byCount(count, {
      one: `Se ha importado ${entrenamientos(count)} de «${file}».`,
      other: `Se han importado ${entrenamientos(count)} de «${file}».`,
    }),
  known: (count) =>
    byCount(count, {
      one: `${entrenamientos(count)} que ya estaba aquí no ha cambiado.`,
      other: `${entrenamientos(count)} que ya estaban aquí no han cambiado.`,
    }),

  export: 'Exportar',
  exportMany: (count) => `Exportar ${entrenamientos(count)}`,
  exportKinds: {
    json: { name: 'JSON', what: 'todo lo que se registró; se puede volver a importar' },
    csv: {
      name: 'CSV',
      what: 'una tabla de los entrenamientos y otra de sus pasos, en un ZIP',
    },
    tensorboard: { name: 'TensorBoard', what: 'una carpeta de archivos de eventos, en un ZIP' },
    wandb: {
      name: 'Weights & Biases',
      what: 'el JSON y un script que lo registra, en un ZIP',
    },
  },
  exportPromise:
    'Ninguno de estos archivos contiene tus tuits ni las palabras que excluyes con los filtros.',

  compared: (count) =>
    byCount(count, {
      one: `${entrenamientos(count)} comparado`,
      other: `${entrenamientos(count)} comparados`,
    }),
  stopComparing: 'Dejar de comparar',
  allSettings: 'Todos los ajustes',
  whatDiffers: 'Lo que difiere',

  tweets: tuits,
  steps: pasos,
  lossIs: (loss) => `pérdida ${loss}`,
  deleteRecord: 'Eliminar este registro',
  goToBot: 'Ir al bot',
  notesHint: 'Qué probaste y qué resultó',
  checkpoints: 'Checkpoints',
  checkpointKinds: {
    version: 'Una versión terminada',
    best: 'La menor pérdida hasta ahora',
    last: 'Lo último guardado',
  },
  step: (step) => `Paso ${formatCount(step)}`,
  makeBot: 'Crear un bot',
  isImported: 'Importado',

  /* The chart */
  metrics: {
    loss: { label: 'Pérdida', axis: 'Pérdida (nats por token)' },
    bitsPerByte: { label: 'Bits por byte', axis: 'Bits por byte de los tuits reservados' },
    learningRate: { label: 'Tasa de aprendizaje', axis: 'Tasa de aprendizaje' },
    gradientNorm: { label: 'Norma del gradiente', axis: 'Norma antes del recorte' },
    tokensPerSecond: { label: 'Velocidad', axis: 'Tokens por segundo' },
  },
  axes: { step: 'Paso', epoch: 'Pasada', time: 'Minutos' },
  xAxis: 'Eje X',
  smoothing: 'Suavizado',
  logarithmic: 'Logarítmica',
  trainingLoss: 'Pérdida de entrenamiento',
  heldOut: 'tuits reservados',
  linesAlone:
    'Lo mal que predice tus tuits: cuanto más bajo, mejor. Línea discontinua: tuits reservados.',
  lines: 'Línea continua: tuits de entrenamiento. Línea discontinua: tuits reservados.',
  notMeasured: 'Esto no se midió.',
  curve: (name, from, to) => `${name}, de ${from} a ${to}`,
  curveOnHeldOut: (name, from, to) => `${name} con los tuits reservados, de ${from} a ${to}`,
  curves: (metric, curves) => `${metric}: ${curves.join('; ')}`,

  /* Facts of a run */
  groups: { result: 'Resultado', recipe: 'Receta', tweets: 'Tuits', computer: 'Equipo' },
  facts: {
    lowest: 'Menor pérdida en los tuits reservados',
    lastLoss: 'Última pérdida de entrenamiento',
    steps: 'Pasos',
    time: 'Tiempo',
    speed: 'Velocidad',
    outcome: 'Desenlace',
    perplexity: 'Perplejidad con esa pérdida',
    reachedAt: 'Alcanzada en el paso',
    quiz: 'Real o bot: distinguidos',
    passes: 'Pasadas por los tuits',
    started: 'Inicio',
    startsFrom: 'Parte de',
    trained: 'Se entrenó',
    preset: 'Preajuste',
    plannedPasses: 'Pasadas previstas por los tuits',
    plannedSteps: 'Pasos previstos',
    tokensPerStep: 'Tokens por paso',
    from: 'De',
    read: 'Leídos',
    kept: 'Conservados',
    texts: 'Textos',
    characters: 'Caracteres',
    filters: 'Filtros modificados',
    hash: 'SHA-256 de los textos',
    computedWith: 'Calculado con',
    backend: 'Motor de cálculo',
    browser: 'Navegador',
  },
  quizOutcome: (right, pairs, rounds) =>
    byCount(rounds, {
      one: `${formatCount(right)} de ${formatCount(pairs)} parejas en ${formatCount(rounds)} ronda`,
      other: `${formatCount(right)} de ${formatCount(pairs)} parejas en ${formatCount(rounds)} rondas`,
    }),
  stepsOf: (done, planned) => `${formatCount(done)} de ${formatCount(planned)}`,
  leftOut: (reason) => `Excluidos: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  noFilters: 'ninguno',
  yes: 'sí',
  no: 'no',
  outcomes: {
    paused: 'En pausa',
    completed: 'Completado',
    learnedEnough: 'Terminó antes, por haber aprendido lo suficiente',
    endedEarly: 'Terminó antes',
    stopped: 'Detenido a mano',
    failed: 'Falló',
    interrupted: 'Interrumpido',
    finished: 'Terminado',
    inTraining: 'En entrenamiento',
  },
  failedBecause: (code) => `Falló: ${code}`,
  recipe: {
    blockLength: 'Longitud de bloque',
    microBatch: 'Bloques por microlote',
    accumulation: 'Microlotes por paso',
    learningRate: 'Tasa de aprendizaje',
    warmup: 'Calentamiento, proporción de los pasos',
    finalRate: 'Tasa de aprendizaje al final, proporción de la máxima',
    dropout: 'Dropout',
    attention: 'Atención limitada a cada',
    checkpointing: 'Activaciones recalculadas',
    hasHalfActivations: 'Activaciones en float16',
    'mode.rank': 'Rango del adaptador',
    'mode.alpha': 'Alfa del adaptador',
    'mode.dropout': 'Dropout del adaptador',
    'mode.targets': 'Capas con adaptador',
    'mode.isBaseHalf': 'Modelo base en float16',
    'adamw.beta1': 'β₁ de AdamW',
    'adamw.beta2': 'β₂ de AdamW',
    'adamw.epsilon': 'ε de AdamW',
    'adamw.weightDecay': 'Decaimiento de pesos',
    'adamw.maxGradNorm': 'Norma del gradiente recortada a',
    seed: 'Semilla',
    validationShare: 'Proporción de tuits reservados',
    evaluateEvery: 'Pasos entre evaluaciones',
    validationBlocks: 'Bloques por evaluación, como máximo',
    mixesWithBase: 'Se mezcla con el modelo base si eso ayuda',
    patience: 'Evaluaciones sin mejorar la pérdida antes de terminar',
  },
};
