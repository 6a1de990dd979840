/** “Real or bot?” */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quiz: Catalogue['quiz'] = {
  title: '¿Real o bot?',
  teaser:
    'Diez tuits reales que el bot nunca vio y diez suyos. ¿Sabrás distinguir cuáles son cuáles?',
  play: 'Jugar',
  playAgain: 'Jugar otra vez',
  score: ({ right, pairs }) =>
    `Distinguidos hasta ahora: ${formatCount(right)} de ${formatCount(pairs)}`,

  howItGoes:
    'Verás diez parejas de tuits. Uno de cada pareja es real: se reservó en el entrenamiento, así que el bot nunca lo ha visto. El otro lo ha escrito el bot, ahora mismo, con sus ajustes habituales. Los dos tienen una longitud parecida.',
  howToRead:
    'Encuentra el real. Si solo puedes adivinar, acertarás unas 5 de 10 veces, y el bot es tan bueno como puede llegar a ser.',
  whoJudges: 'Puede que recuerdes tus propios tuits. Otra persona es un juez más estricto del bot.',
  start: 'Empezar',
  cancel: 'Cancelar',
  loadingModel: 'Cargando el bot',
  writing: (written, wanted) =>
    `Escribiendo tuits: ${formatCount(written)} de ${formatCount(wanted)}`,
  preparing: 'Preparando la ronda',

  impossible: {
    'no-tweets':
      'Los tuits de los que aprendió este bot no están en este navegador, así que no hay nada real con que comparar. Eso ocurre con los bots abiertos desde archivos y después de eliminar tuits. Trae los mismos tuits y vuelve a abrir el bot.',
    'too-few-held-out':
      'Una ronda necesita diez tuits reservados en el entrenamiento, y de los de este bot se reservaron menos. A partir de 40 tuits se reservan algunos; de 400, unos 60. Entrena un bot con más tuits.',
    'too-different':
      'Lo que escribe este bot es tanto más largo o más corto que los tuits reservados que bastaría la longitud para distinguirlos. Entrénalo más tiempo y vuelve a intentarlo.',
  },

  pair: (number, of) => `Pareja ${formatCount(number)} de ${formatCount(of)}`,
  question: '¿Cuál es el real?',
  keys: 'Teclas: 1 o ← para el primero, 2 o → para el segundo.',
  choice: (side, text) => (side === 0 ? `Primer tuit: ${text}` : `Segundo tuit: ${text}`),
  right: (side) => (side === 0 ? 'Correcto: el primero es real.' : 'Correcto: el segundo es real.'),
  wrong: (side) =>
    side === 0 ? 'Incorrecto: el primero es real.' : 'Incorrecto: el segundo es real.',
  real: 'Tuit real',
  bot: 'Del bot',
  chosen: 'tu elección',
  tally: (right, asked) =>
    byCount(right, {
      one: `${formatCount(right)} acierto de ${formatCount(asked)}`,
      other: `${formatCount(right)} aciertos de ${formatCount(asked)}`,
    }),
  streak: (count) => `Racha: ${formatCount(count)}`,
  next: 'Siguiente pareja',
  finish: 'Ver el resultado',

  result: (right, pairs) =>
    byCount(right, {
      one: `${formatCount(right)} de ${formatCount(pairs)} distinguido`,
      other: `${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
    }),
  meaning: {
    easy: 'Reconoces a este bot en cuanto lo ves.',
    mostly: 'Casi siempre distingues al bot de los tuits reales.',
    guess: 'Más o menos como adivinar: lo que escribe pasa por real.',
    fooled: 'Tomaste al bot por real más veces que a los tuits reales.',
  },
  chance:
    'Una ronda dice poco: solo adivinando, una de cada 18 rondas tiene 8 aciertos o más. Varias rondas juntas dicen más.',
  longest: (count) => `Racha más larga: ${formatCount(count)}`,
  allRounds: ({ right, pairs, rounds }) =>
    byCount(rounds, {
      one: `En ${formatCount(rounds)} ronda con él: ${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
      other: `En las ${formatCount(rounds)} rondas con él: ${formatCount(right)} de ${formatCount(pairs)} distinguidos`,
    }),
  kept: 'El resultado se guarda con el bot y en su registro, en «Historial».',
  savePicture: 'Guardar imagen',
  pictureSaved: 'Imagen guardada.',
  noPicture: 'Tu navegador no ha podido dibujar la imagen.',
  noShare: 'Tu navegador no ha podido compartir la imagen. Mejor guárdala.',

  pictureLine: 'Tuits reales contra un bot que aprendió de ellos',
  pictureFoot: 'Entrenado en el navegador · Mynah',
};
