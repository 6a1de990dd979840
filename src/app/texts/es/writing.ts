/** Step 3: the studio in which a bot writes, and what it has written. */
import { byCount, formatCount, formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tuits } from './counted.ts';

export const writing: Catalogue['writing'] = {
  ai: 'IA',
  placeholder: 'Empieza el tuit, o déjalo vacío',
  pasteTweet: 'Pega el tuit al que responder',
  replyHint:
    'El bot lo lee antes de escribir, y no forma parte de la respuesta. Este bot no se entrenó para responder, así que puede que una respuesta no encaje.',
  replyHintTrained: (count) =>
    `El bot lo lee antes de escribir, y no forma parte de la respuesta. Aprendió a responder con ${byCount(count, { one: 'una respuesta', other: `${formatCount(count)} respuestas` })} a tus propios tuits.`,
  inReplyTo: (tweet) => `En respuesta a «${tweet}»`,
  howMany: 'Cuántos tuits',
  tweets: tuits,
  write: 'Escribir',
  stopping: 'Deteniendo…',
  gettingReady: 'Preparando…',
  writing: 'Escribiendo…',
  tweetsOf: (done, total) => `${formatCount(done)} de ${tuits(total)}`,
  writtenOf: (bold, done, total) => [
    bold(`${formatCount(done)} de ${formatCount(total)}`),
    ' escritos. Mientras tanto puedes seguir leyendo, conservando y descartando.',
  ],
  writtenOfLeft: (bold, done, total, left) => [
    bold(`${formatCount(done)} de ${formatCount(total)}`),
    ` escritos; tiempo restante: ${left}. Mientras tanto puedes seguir leyendo, conservando y descartando.`,
  ],

  /* How daring */
  moods: {
    safe: 'Prudente',
    balanced: 'Equilibrado',
    playful: 'Juguetón',
    wild: 'Desatado',
  },
  ownSettings: (numbers) => `Tus propios ajustes: ${numbers}`,
  numbers: {
    temperature: (value) => `temperatura ${formatNumber(value)}`,
    topP: (value) => `top-p ${formatNumber(value)}`,
    topK: (value) => `top-k ${formatNumber(value)}`,
    minP: (value) => `min-p ${formatNumber(value)}`,
    typicalP: (value) => `typical-p ${formatNumber(value)}`,
    repetitionPenalty: (value) => `repetición ${formatNumber(value)}`,
    noRepeatNgram: (value) => `sin repetir ${formatNumber(value)}-gramas`,
  },

  compareHint:
    'Ambos escriben con el mismo comienzo y la misma semilla, así que solo se diferencian en lo que elijas aquí. Lo que se escribe se queda con su bot.',
  notWritten: 'Aquí no se ha escrito nada.',

  /* Advanced */
  hints: {
    count: 'Tuits que se escriben de una vez.',
    temperature: 'Más alta, más sorprendente; más baja, más previsible.',
    topP: 'Elige entre las palabras más probables hasta sumar esta probabilidad.',
    topK: 'Elige entre este número de palabras más probables; 0 para todas.',
    minP: 'Elige entre las palabras que tengan al menos esta parte de la probabilidad de la más probable; 0 para todas.',
    typicalP:
      'Elige entre las palabras que son más o menos tan sorprendentes como cabe esperar, hasta sumar esta probabilidad; 1 para todas.',
    repetitionPenalty: 'Por encima de 1, el bot se repite menos; 1 no tiene efecto.',
    noRepeatNgram:
      'Ninguna secuencia de este número de tokens aparece dos veces en un tuit; 0 permite repetir.',
    maxCharacters: 'Los tuits más largos se cortan después de una frase o de una palabra.',
    maxTokens: 'Un token es alrededor de ¾ de palabra.',
    seed: 'La misma semilla escribe los mismos tuits.',
    endsWithSentence: 'Se corta lo que venga después de la última frase completa.',
    avoidCopies: 'Un tuit que copia casi todo uno real se vuelve a escribir, hasta tres veces.',
  },
  randomSeed: 'Al azar',
  aRandomOne: 'una al azar',

  /* A batch */
  withoutStart: 'Sin comienzo',
  quoted: (start) => `«${start}»`,
  seedIs: (seed) => `semilla ${seed}`,
  useAgain: 'Volver a usar',
  inForm: 'El comienzo, los ajustes y la semilla están en el formulario.',

  /* A tweet */
  wholeCopy: 'Copia de un tuit real',
  partlyCopied: 'En parte, de un tuit real',
  originalDeleted: 'Ese tuit se ha eliminado aquí.',
  edited: 'editado',
  pinned: 'fijado',
  isKept: 'Conservado',
  isPinned: 'Fijado',
  moreLike: (start) => `Cinco más que empiecen por «${start}»`,
  postHint: 'Abre x.com con este texto. No se envía nada hasta que lo pulses.',
  cantShare: 'Tu navegador no ha podido compartirlo. Mejor cópialo.',
  pictureSaved: 'Imagen guardada.',
  cantDraw: 'Tu navegador no ha podido dibujar la imagen.',
  pictureFoot: 'Escrito por una IA que aprendió de tuits · Mynah',
  cancel: 'Cancelar',
  copy: 'Copiar',
  copied: 'Copiado',
  notAllowed: 'No permitido',
  hasCopied: 'Copiado.',
  cantCopy: 'Tu navegador no permite copiar. Selecciona el texto y cópialo a mano.',

  /* What was just done */
  done: {
    dropped: 'Descartado.',
    changed: 'Modificado.',
    triedAgain: 'Intentado de nuevo.',
  },
  undone: {
    dropped: 'Descartado: deshecho.',
    changed: 'Modificado: deshecho.',
    triedAgain: 'Intentado de nuevo: deshecho.',
  },
  undo: 'Deshacer',
  dismiss: 'Cerrar',
  kept: 'Conservado.',
  noLongerKept: 'Ya no se conserva.',
  back: 'De vuelta entre todos los tuits.',
  pinnedToTop: 'Fijado arriba.',
  noLongerPinned: 'Ya no está fijado.',
  deleted: (count) =>
    byCount(count, {
      one: `Se ha eliminado ${tuits(count)}.`,
      other: `Se han eliminado ${tuits(count)}.`,
    }),

  /* The keys */
  keys: {
    next: 'tuit siguiente',
    previous: 'tuit anterior',
    keep: 'conservarlo o dejar de conservarlo',
    drop: 'descartarlo',
    undo: 'deshacer',
    edit: 'editarlo',
    copy: 'copiarlo',
    pin: 'fijarlo arriba',
    again: 'otro intento',
    more: 'más como este',
    continue: 'continuarlo',
    search: 'buscar',
    help: 'mostrar estas teclas',
  },

  /* The list */
  filters: { all: 'Todos', kept: 'Conservados', dropped: 'Descartados' },
  search: 'Buscar',
  confirmDelete: (count) =>
    byCount(count, {
      one: `¿Eliminar para siempre ${tuits(count)} descartado?`,
      other: `¿Eliminar para siempre ${tuits(count)} descartados?`,
    }),
  delete: 'Eliminar',
  stoppedEmpty: 'Se detuvo antes de terminar nada.',
  empty: 'Lo que escriba aparecerá aquí y se quedará con el bot.',
  noneFound: 'Nada de lo que ha escrito contiene estas palabras.',
  noneKept: 'Aún no se conserva nada. Pulsa «Conservar» o la tecla S.',
  noneDropped: 'No se ha descartado nada.',
  allDropped: 'Se ha descartado todo.',

  /* Downloads */
  asListed: (bold, count) => [
    bold(tuits(count)),
    ', según la lista de abajo. Todos los archivos, salvo el TXT, contienen también el comienzo, la semilla y los ajustes de cada tuit.',
  ],
  copyAll: 'Copiar todo',
  inYourTime: 'En tu zona horaria. El archivo usa UTC.',
  chooseTime: 'Elige un día y una hora.',
  hoursHint: 'De un tuit al siguiente.',
};
