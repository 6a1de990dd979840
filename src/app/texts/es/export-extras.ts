/** What an export holds only if it is asked for. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: 'Con la imagen de la cuenta en la tarjeta',
  optimizer: (bytes) =>
    `Con el estado del optimizador en el modelo completo (${formatBytes(bytes)} más), para poder continuar su entrenamiento en otro sitio`,
};
