/** What stands beside an error: buttons, and what follows where the page goes on without storage. */
import type { Catalogue } from '../../catalogue.ts';

export const besideErrors: Catalogue['besideErrors'] = {
  actions: {
    'choose-files': 'Escolher outros arquivos',
    'try-sample': 'Testar com um exemplo',
    'try-again': 'Tentar de novo',
    'compute-automatically': 'Escolher automaticamente',
    'restart-engine': 'Reiniciar o motor',
    'reload-page': 'Recarregar a página',
    'show-library': 'Ir para os seus bots',
  },
  noRoom: {
    sentence: 'Não há mais espaço para guardar nada.',
    nextStep: 'Libere espaço no disco e depois recarregue esta página.',
  },
};
