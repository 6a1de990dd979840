/** What stands beside an error: buttons, and what follows where the page goes on without storage, in French. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': 'Choisir d’autres fichiers',
    'try-sample': 'Essayer l’exemple',
    'try-again': 'Réessayer',
    'compute-automatically': 'Choisir automatiquement',
    'restart-engine': 'Redémarrer le moteur',
    'reload-page': 'Recharger la page',
    'show-library': 'Aller à vos bots',
  },
  noRoom: {
    sentence: 'Il n’y a plus de place pour enregistrer quoi que ce soit.',
    nextStep: 'Libérez de la place sur le disque, puis rechargez cette page.',
  },
};
