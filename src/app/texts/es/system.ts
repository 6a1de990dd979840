import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'No ha llegado nada que Mynah pueda leer. Compártelo otra vez o elige aquí el archivo.',
};
