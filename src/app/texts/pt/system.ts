import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const system: Catalogue['system'] = {
  nothingArrived:
    'Não chegou nada que o Mynah consiga ler. Compartilhe de novo ou escolha o arquivo aqui.',

  /* The end of a training that isn't looked at: the bot's name */
  isTrained: (name) => `${name} está treinado`,
  hasStopped: (name) => `O treinamento de ${name} parou`,
  canWriteNow: 'Agora ele pode escrever.',
  lookWhy: 'Abra a página para ver por quê.',
  tellingDenied:
    'O seu navegador não permite isso a esta página. Você pode mudar isso nas configurações dele para este site.',

  /* A connection that may cost money */
  metered: (name, bytes) =>
    bytes === null
      ? `Esta conexão pode ser cobrada por dados, e ainda não se sabe o tamanho de ${name}. Muitos modelos passam de 500 MB.`
      : `Esta conexão pode ser cobrada por dados, e o download de ${name} tem ${formatBytes(bytes)}.`,
  downloadAnyway: 'Baixar mesmo assim',
  notNow: 'Agora não',

  /* Why a training rests, and what to do where the page was lost */
  rests: {
    battery: 'Faz pausas entre os passos porque a bateria está fraca.',
    heat: 'Faz pausas entre os passos porque ficou mais lento: este aparelho provavelmente está quente.',
  },
  lostOften:
    'O sistema fechou esta página três vezes ou mais enquanto este bot era treinado: este aparelho provavelmente não tem memória suficiente.',
  trySmaller: 'Tentar algo menor',
};
