/** Controls that occur in several places, in German. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: 'Schließen',
  keep: 'Behalten',
  wholeNumber: (min: number, max: number) =>
    `Gib eine ganze Zahl von ${formatNumber(min)} bis ${formatNumber(max)} ein.`,
  number: (min: number, max: number) =>
    `Gib eine Zahl von ${formatNumber(min)} bis ${formatNumber(max)} ein.`,
  untilThen: (value: string) => `Bis dahin gilt ${value}.`,
};
