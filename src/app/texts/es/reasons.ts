/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: 'A mano', all: 'A mano' },
  audience: {
    one: 'Público desconocido',
    all: 'Publicaciones que no indican quién podía verlas',
  },
  retweet: { one: 'Retuit', all: 'Retuits' },
  reply: { one: 'Respuesta', all: 'Respuestas' },
  quote: { one: 'Cita', all: 'Citas' },
  edited: { one: 'Versión anterior', all: 'Versiones anteriores' },
  date: { one: 'Otra fecha', all: 'Otras fechas' },
  language: { one: 'Otro idioma', all: 'Otros idiomas' },
  likes: { one: 'Pocos «me gusta»', all: 'Con pocos «me gusta»' },
  link: { one: 'Con un enlace', all: 'Con enlaces' },
  hashtag: { one: 'Con un hashtag', all: 'Con hashtags' },
  excluded: { one: 'Palabra excluida', all: 'Con palabras excluidas' },
  emoji: { one: 'Solo emojis', all: 'Solo con emojis' },
  short: { one: 'Corto', all: 'Cortos' },
  duplicate: { one: 'Repetido', all: 'Repetidos' },
};
