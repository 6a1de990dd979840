import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Não chegou nada que o Mynah consiga ler. Compartilhe de novo ou escolha o arquivo aqui.',
};
