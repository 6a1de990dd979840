import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Rien que Mynah puisse lire n’est arrivé. Partagez-le de nouveau ou choisissez le fichier ici.',
};
