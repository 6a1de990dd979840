/** The ready-made bot that comes with the page: in the first screen, and among the bots. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: 'Pruébalo',
  about:
    'Un bot listo para usar, entrenado con los tuits de un autor inventado: un pájaro en una oficina de objetos perdidos. Funciona en tu equipo y escribe en inglés. Es pequeño: conoce la forma de los tuits, no el mundo.',
  badge: 'Listo para usar',
  placeholder: 'Empieza un tuit, o déjalo vacío',
  // In English, which the bot knows.
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: 'Escribir',
  stopping: 'Deteniendo…',
  teach: 'Ahora enséñale cómo eres tú',
  moreSettings: 'Más ajustes',
  opening: 'Abriendo el bot…',
  engineStarts: 'Arrancando el motor…',
  noEngine:
    'No puede escribir mientras el motor no funcione. El aviso de la parte superior dice por qué.',
  status: 'Viene con la página, para probar.',
  isBack: 'El bot listo para usar está de vuelta.',
};
