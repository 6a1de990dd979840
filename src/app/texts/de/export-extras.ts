/** What an export holds only if it is asked for, in German. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: 'Mit dem Bild des Accounts in der Modellkarte',
  optimizer: (bytes: number) =>
    `Mit dem Zustand des Optimierers im ganzen Modell (${formatBytes(bytes)} mehr), damit sein Training anderswo weitergehen kann`,
};
