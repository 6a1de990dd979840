/** Controls that occur in several places. */
import { formatNumber } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const controls: Catalogue['controls'] = {
  close: 'Cerrar',
  keep: 'Conservar',
  wholeNumber: (min, max) =>
    `Escribe un número entero entre ${formatNumber(min)} y ${formatNumber(max)}.`,
  number: (min, max) => `Escribe un número entre ${formatNumber(min)} y ${formatNumber(max)}.`,
  untilThen: (value) => `Hasta entonces se usa ${value}.`,
};
