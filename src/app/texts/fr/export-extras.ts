/** What an export holds only if it is asked for, in French. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: 'Avec la photo du compte dans la fiche du modèle',
  optimizer: (bytes: number) =>
    `Avec l’état de l’optimiseur dans le modèle entier (${formatBytes(bytes)} de plus), pour que son entraînement puisse continuer ailleurs`,
};
