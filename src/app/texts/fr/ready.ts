/** The ready-made bot that comes with the page: in the first screen, and among the bots, in French. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: 'Essayez',
  about:
    'Un bot tout prêt, entraîné avec les tweets d’un auteur inventé : un oiseau au bureau des objets trouvés. Il tourne sur votre ordinateur. Il est petit : il connaît les formes des tweets, pas le monde.',
  badge: 'Tout prêt',
  placeholder: 'Commencez un tweet, ou laissez vide',
  /** Beginnings of a tweet in the language that the bot knows, which is English. */
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: 'Écrire',
  stopping: 'Arrêt…',
  teach: 'Et maintenant, vos tweets',
  moreSettings: 'Plus de réglages',
  opening: 'Ouverture du bot…',
  engineStarts: 'Démarrage du moteur…',
  noEngine:
    'Il ne peut pas écrire tant que le moteur ne tourne pas. La note en haut de la page dit pourquoi.',
  status: 'Il est fourni avec la page, pour essayer.',
  isBack: 'Le bot tout prêt est de retour.',
};
