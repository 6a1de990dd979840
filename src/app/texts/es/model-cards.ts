/** The cards of the models that a bot can start from: what each is like, and what it takes here. */
import { formatEstimate } from '../../estimates.ts';
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelCards: Catalogue['modelCards'] = {
  startsFrom: (bold, name) => ['Parte de ', bold(name)],
  recommended: 'Recomendado aquí',
  ownDescription: 'Del Hub, por su nombre o idioma, o una carpeta con un modelo tuyo.',
  otherBots:
    'Para enseñarle más a uno de tus bots, pulsa «Entrenar más» en la lista de tus bots. Para seguir con uno que exportaste, pulsa «Abrir un bot».',

  /* What it takes: facts in a row. */
  time: (seconds) => formatEstimate(seconds),
  memory: (bytes) => `${formatBytes(bytes)} de memoria`,
  download: (bytes) => `${formatBytes(bytes)} por descargar`,
  isHere: 'Disponible sin conexión',
  isHereWith: (bytes) => `Disponible sin conexión, ${formatBytes(bytes)}`,
  adapterOnly:
    'Aprende solo con el adaptador pequeño, porque entrenarlo entero sería demasiado para este equipo.',
  tooLarge: 'Demasiado grande para entrenarlo en este equipo: no hay memoria suficiente.',
  tooLong: 'En este equipo tardaría muchísimo. En uno con tarjeta gráfica es mucho más rápido.',
  roughly:
    'El tiempo se estima a partir de la velocidad medida con otro modelo. Con este se mide en cuanto esté aquí.',

  soundsLike: 'Lo que escribe un bot así',
  madeHere: 'De un bot del autor del ejemplo, entrenado en esta página',
  quotedFrom: (link, source) => ['Publicado por ', link(source)],
  sources: {
    huggingtweets: 'huggingtweets (el principio del ejemplo de su README)',
    woolf: 'Max Woolf (un bot que aprendió los tuits de @MagicRealismBot)',
  },
  canAndCannot: (strong) => [
    'Tiene 3,5 millones de parámetros y se entrenó con libros de dominio público. Muestra la idea en un minuto o dos, pero es pequeño: ',
    strong('capta tus palabras y tus temas, no tus pensamientos.'),
    ' Para frases enteras con sentido, elige un modelo más grande.',
  ],

  notEnglish: (language) =>
    `La mayoría de tus tuits están en ${language}, y estos modelos saben inglés. Solo con tus tuits aprenden palabras, pero apenas cómo se construye una frase en ${language}.`,
  findOther: (language) => `Buscar un GPT-2 que sepa ${language}`,
};
