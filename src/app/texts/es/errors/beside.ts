/** What stands beside an error: buttons, and what follows where the page goes on without storage. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': 'Elegir otros archivos',
    'try-sample': 'Probar con un ejemplo',
    'try-again': 'Reintentar',
    'compute-automatically': 'Elegir automáticamente',
    'restart-engine': 'Reiniciar el motor',
    'reload-page': 'Recargar la página',
    'show-library': 'Ir a tus bots',
  },
  noRoom: {
    sentence: 'No queda espacio para guardar nada.',
    nextStep: 'Libera algo de espacio en el disco y luego recarga esta página.',
  },
};
