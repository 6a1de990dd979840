/** Controls that occur in several places. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: 'Fechar',
  keep: 'Manter',
  wholeNumber: (min, max) =>
    `Digite um número inteiro de ${formatNumber(min)} a ${formatNumber(max)}.`,
  number: (min, max) => `Digite um número de ${formatNumber(min)} a ${formatNumber(max)}.`,
  untilThen: (value) => `Até lá, vale ${value}.`,
};
