/** Step 1: the tweets. What is loaded with its charts, filters and list is in `explorer.ts`. */
import { byCount, formatBytes, formatCount, formatPercent } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { caracteres, palabras, textos, tuits } from './counted.ts';

export const data: Catalogue['data'] = {
  tweets: tuits,
  tweetsKept: (count) =>
    byCount(count, {
      one: `${tuits(count)} conservado`,
      other: `${tuits(count)} conservados`,
    }),
  learnedFrom: (count) =>
    byCount(count, {
      one: `aprendió de ${tuits(count)}, ya eliminado`,
      other: `aprendió de ${tuits(count)}, ya eliminados`,
    }),
  learnedDeleted: 'Estos tuits se han eliminado aquí; el bot conserva lo que aprendió.',
  learnedChanged: (kept) =>
    byCount(kept, {
      one: `Con esto se entrenó el bot. Sus tuits han cambiado desde entonces: ahora se conserva ${tuits(kept)}.`,
      other: `Con esto se entrenó el bot. Sus tuits han cambiado desde entonces: ahora se conservan ${tuits(kept)}.`,
    }),
  learnThem: 'Para entrenar el bot con ellos, pulsa «Entrenar más» en «Tus bots».',

  dropTitle: 'Suelta aquí tu archivo de Twitter',
  dropFormats: 'el ZIP tal como lo recibiste, su carpeta, o tuits en JSON, CSV o texto sin formato',
  dropPromise: 'Nada de lo que sueltes sale de este equipo.',
  dropHere: 'Suéltalos y el pájaro los leerá',
  chooseFiles: 'Elegir archivos',
  chooseFolder: 'Elegir una carpeta',

  helpTitle: '¿Cómo consigo mi archivo de Twitter?',
  helpOpen: (bold) => [
    'En X, abre ',
    bold('Configuración y privacidad'),
    ', luego ',
    bold('Tu cuenta'),
    ' y después ',
    bold('Descargar un archivo con tus datos'),
    '.',
  ],
  helpRequest: (bold) => [
    'Confirma que eres tú y pulsa ',
    bold('Solicitar archivo'),
    '. X tarda más o menos un día en prepararlo.',
  ],
  helpDownload: 'Cuando X te avise de que está listo, descarga el ZIP y suéltalo aquí.',
  helpFiles: (bold) => [
    'No hace falta descomprimirlo, por grande que sea: Mynah extrae de él tus tuits y nunca abre tus mensajes, contactos ni archivos multimedia, salvo tu foto de perfil. También puedes soltar la carpeta en la que lo descomprimiste, o su ',
    bold('data/tweets.js'),
    ' junto con ',
    bold('tweets-part1.js'),
    ' y los siguientes, si los hay. Sirven los archivos de cualquier año, las exportaciones de Mastodon y Bluesky, lo que tu navegador grabó mientras recorrías tu perfil (',
    bold('.har'),
    ') y varios de ellos a la vez. Lo que esté junto a un archivo de Twitter no se lee.',
  ],
  withHidden: 'Leer también los tuits que eliminé hace poco y los que nunca fueron públicos',

  phases: {
    opening: 'Abriendo',
    reading: 'Leyendo',
    cleaning: 'Limpiando',
    saving: 'Guardando',
  },
  importing: {
    opening: (files) => ['Abriendo ', files],
    reading: (files) => ['Leyendo ', files],
    cleaning: (files) => ['Limpiando ', files],
    saving: (files) => ['Guardando ', files],
  },
  bytesOf: (done, total) => `${formatBytes(done)} de ${formatBytes(total)}`,
  filesAndOthers: (names, others) =>
    byCount(others, {
      one: `${names} y ${formatCount(others)} más`,
      other: `${names} y ${formatCount(others)} más`,
    }),
  quoted: (name) => `«${name}»`,

  missingPart: (file, expected) =>
    expected === null
      ? `Falta «${file}», que contiene tuits. Si lo dejaste fuera, suelta todas las partes de una vez; si no, vuelve a descargar el archivo de Twitter.`
      : `Falta «${file}», con ${tuits(expected)}. Si lo dejaste fuera, suelta todas las partes de una vez; si no, vuelve a descargar el archivo de Twitter.`,
  countMismatch: (file, found, expected) =>
    `«${file}» contiene ${tuits(found)}, pero según la lista del propio archivo de Twitter deberían ser ${formatCount(expected)}. Si no lo has modificado, vuelve a descargarlo.`,
  duplicatePart: (file) => `«${file}» está más de una vez: se ha leído el último.`,
  repeatedTweets: (count) =>
    byCount(count, {
      one: `${tuits(count)} estaba repetido y se ha leído una sola vez.`,
      other: `${tuits(count)} estaban repetidos y se han leído una sola vez.`,
    }),
  filesLeft: (count, groups, more) => {
    const others =
      more === 0
        ? ''
        : byCount(more, {
            one: `, y ${formatCount(more)} archivo más`,
            other: `, y ${formatCount(more)} archivos más`,
          });
    return byCount(count, {
      one: `No se ha leído un archivo: ${groups.join('; ')}${others}.`,
      other: `No se han leído ${formatCount(count)} archivos: ${groups.join('; ')}${others}.`,
    });
  },
  leftGroup: (files, reason) => `${files} (${reason})`,
  leftReasons: {
    empty: 'vacío',
    'not-a-zip': 'no es un ZIP, aunque se llame así',
    truncated: 'termina antes de tiempo, como si se hubiera cortado la descarga',
    damaged: 'dañado',
    'not-json': 'dañado',
    encrypted: 'protegido con contraseña: descomprímelo primero',
    'too-large': 'al descomprimirlo ocuparía mucho más que los tuits de cualquiera',
    packed: 'comprimido de un modo que Mynah no puede abrir: descomprímelo primero',
    encoding: 'en una codificación que Mynah no reconoce: guárdalo como UTF-8',
    'unknown-format': 'en un formato que Mynah no conoce',
    unreadable: 'tu navegador no puede abrirlo',
    'no-tweets': 'no contiene tuits',
    'not-tweets': 'no es para tuits',
    'beside-archive':
      'junto a un archivo de Twitter solo se lee ese archivo: añádelo después si contiene tuits',
    'bot-or-model': 'es un bot o un modelo, y se abre como tal',
    'no-text-column': 'ninguna de sus columnas se llama text ni tweet',
    'too-many': 'son más de los que Mynah lee de una vez',
  },
  moreWarnings: (count) =>
    byCount(count, {
      one: `Y ${formatCount(count)} archivo más así.`,
      other: `Y ${formatCount(count)} archivos más así.`,
    }),

  columnQuestion: '¿Qué columna contiene los tuits?',
  columnQuestionOf: (file) => `¿Qué columna de «${file}» contiene los tuits?`,
  column: (number) => `Columna ${formatCount(number)}`,

  noneAdded: 'Ningún tuit era nuevo.',
  added: (count) =>
    byCount(count, {
      one: `Se ha añadido ${formatCount(count)} tuit nuevo.`,
      other: `Se han añadido ${formatCount(count)} tuits nuevos.`,
    }),
  thereAlready: (count) =>
    byCount(count, {
      one: `${tuits(count)} ya estaba.`,
      other: `${tuits(count)} ya estaban.`,
    }),
  lengthened: (count) =>
    byCount(count, {
      one: `${tuits(count)} tiene ahora más texto.`,
      other: `${tuits(count)} tienen ahora más texto.`,
    }),
  learnNewToo:
    'Para entrenar un bot también con los tuits nuevos, pulsa «Entrenar más» en «Tus bots».',
  sameAccount: (strong, account) => [
    strong(`Ya tienes aquí tuits de @${account}.`),
    ' Estos se mantienen aparte hasta que los juntes. Un tuit que esté en ambos cuenta una sola vez.',
  ],

  countsOfAll: 'En conjunto',
  counts: {
    read: 'Tuits leídos',
    retweets: 'Retuits',
    short: 'Tuits cortos',
    other: 'Otros excluidos',
    kept: 'Tuits conservados',
  },
  countedUsually:
    'Los retuits son palabras de otra persona y los tuits de menos de tres palabras dicen demasiado poco, así que el pájaro no aprende de ellos.',
  countedOwn: 'Contados con tus propios filtros.',
  threadsJoined: (count) =>
    byCount(count, {
      one: `Los hilos están unidos, así que forman ${textos(count)}.`,
      other: `Los hilos están unidos, así que forman ${textos(count)}.`,
    }),
  damagedEntries: (count) =>
    byCount(count, {
      one: `${formatCount(count)} entrada del archivo no se ha podido leer como tuit y se ha omitido.`,
      other: `${formatCount(count)} entradas del archivo no se han podido leer como tuits y se han omitido.`,
    }),

  shares: 'Cuánto se parece el bot a cada cuenta',
  sharesHint:
    'A quien escribió menos se le lee más a menudo, para que todos tengan el mismo peso. Mueve un control deslizante para cambiarlo.',
  shareOf: (share) => `${formatPercent(share)} de lo que lee el bot`,

  little: (strong, characters, comfortable) => [
    strong(`Es poco para aprender: ${caracteres(characters)}.`),
    ` Con menos de ${formatCount(comfortable)}, el pájaro puede aprenderse algunos tuits de memoria y repetirlos.`,
  ],
  noneKept: 'Todavía no se conserva ningún tuit.',
  notEnough: (characters) => `No basta para aprender: ${caracteres(characters)}.`,
  needed: (characters) =>
    byCount(characters, {
      one: `Hace falta al menos ${caracteres(characters)}.`,
      other: `Hacen falta al menos ${caracteres(characters)}.`,
    }),
  keepSome: (leftOut) =>
    byCount(leftOut, {
      one: `${tuits(leftOut)} está excluido. Consérvalo o añade más tuits.`,
      other: `${tuits(leftOut)} están excluidos. Conserva algunos o añade más tuits.`,
    }),
  addMore: 'Añade más tuits.',
  leftOut: 'Lo que queda excluido',
  keepThem: 'Conservarlos',
  keepThemOf: (reason) => `Conservarlos: ${reason}`,
  shortReason: (minimumWords) =>
    `Cortos (menos de ${palabras(minimumWords)}, sin contar enlaces, menciones ni hashtags)`,
  nothingButLinks: 'Nada más que enlaces',

  confirmDelete: (count, name) =>
    byCount(count, {
      one: `¿Eliminar ${tuits(count)} de ${name}? Se eliminarán todas las copias que hay en este navegador, también las guardadas para el entrenamiento. Los bots entrenados con él se quedan y pueden seguir escribiendo, pero ya no se podrán entrenar más.`,
      other: `¿Eliminar los ${tuits(count)} de ${name}? Se eliminarán todas las copias que hay en este navegador, también las guardadas para el entrenamiento. Los bots entrenados con ellos se quedan y pueden seguir escribiendo, pero ya no se podrán entrenar más.`,
    }),
  useOthers: 'Usar otros tuits',
  savedFormats: { txt: 'texto', jsonl: 'JSON Lines' },
  datasetOption: (name, added) => `${name}, ${added}`,
};
