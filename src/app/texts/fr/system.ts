import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Rien que Mynah puisse lire n’est arrivé. Partagez-le de nouveau ou choisissez le fichier ici.',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `${name} est entraîné`,
  hasStopped: (name) => `L’entraînement de ${name} s’est arrêté`,
  canWriteNow: 'Il peut écrire maintenant.',
  lookWhy: 'Ouvrez la page pour voir pourquoi.',
  tellingDenied:
    'Votre navigateur ne le permet pas à cette page. Vous pouvez le changer dans ses réglages pour ce site.',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `Cette connexion est peut-être facturée au volume, et la taille de ${name} n’est pas encore connue. Beaucoup de modèles dépassent 500 Mo.`
      : `Cette connexion est peut-être facturée au volume, et le téléchargement de ${name} fait ${formatBytes(bytes)}.`,
  downloadAnyway: 'Télécharger quand même',
  notNow: 'Pas maintenant',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'Fait des pauses entre les étapes, car la batterie est faible.',
    heat: 'Fait des pauses entre les étapes, car il est devenu plus lent : cet appareil est sans doute chaud.',
  },
  lostOften:
    'Le système a fermé cette page au moins trois fois pendant l’entraînement de ce bot : cet appareil n’a sans doute pas assez de mémoire.',
  trySmaller: 'Essayer plus petit',
};
