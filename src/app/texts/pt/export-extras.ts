/** What an export holds only if it is asked for. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const exportExtras: Catalogue['exportExtras'] = {
  picture: 'Com a foto da conta no cartão',
  optimizer: (bytes) =>
    `Com o estado do otimizador no modelo completo (mais ${formatBytes(bytes)}), para que o treinamento possa continuar em outro lugar`,
};
