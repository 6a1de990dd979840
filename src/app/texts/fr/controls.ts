/** Controls that occur in several places, in French. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: 'Fermer',
  keep: 'Garder',
  wholeNumber: (min: number, max: number) =>
    `Saisissez un nombre entier de ${formatNumber(min)} à ${formatNumber(max)}.`,
  number: (min: number, max: number) =>
    `Saisissez un nombre de ${formatNumber(min)} à ${formatNumber(max)}.`,
  untilThen: (value: string) => `D’ici là, la valeur utilisée est ${value}.`,
};
