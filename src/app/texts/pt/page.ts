/** The page around the three steps: header, footer, and what is said when something is missing. */
import { formatBytes, formatProgress } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { passos } from './counted.ts';

export const page: Catalogue['page'] = {
  title: 'Mynah: ensine um pássaro a tuitar como você',
  titleInTraining: (share) => `${formatProgress(share)} treinado · Mynah`,
  heroTitle: 'Ensine um pássaro a tuitar como você',
  hero: 'Dê a ele o seu arquivo do Twitter. Ele aprende o seu estilo dentro desta página, no seu próprio computador, e depois escreve tweets novos, mesmo offline.',
  trainedElsewhere: 'Treinou um bot em outro lugar?',

  themes: { system: 'o do sistema', light: 'claro', dark: 'escuro' },

  /* Steps 2 and 3 in one line. */
  trainWaiting: 'Um GPT-2 pequeno aprende como você escreve, neste computador.',
  trained: (steps) => `Treinado em ${passos(steps)}`,
  trainedWithLoss: (steps, first, last) => `Treinado em ${passos(steps)}, perda ${first} → ${last}`,

  writeWaiting: 'O seu bot vai escrever tweets novos com a sua voz, mesmo offline.',
  writeInTraining: 'Disponível quando o treinamento terminar. Pause-o se quiser escrever antes.',

  readyOffline: 'Disponível offline',
  notOffline: 'Este navegador não guarda a página, por isso ela precisa da rede para abrir de novo',
  tweetsStay: 'Os seus tweets ficam neste computador',
  storageUnknown: 'Este navegador não diz quanto guarda',
  stored: (used, quota) => `${formatBytes(used)} guardados de ${formatBytes(quota)}`,
  downloading: (model) => `Baixando ${model}`,
  downloadingShare: (model, share) => `Baixando ${model}, ${formatProgress(share)}`,
  licences: 'Licenças',
  languageMissing: 'Não foi possível carregar esse idioma. Conecte-se à rede e escolha-o de novo.',
  update: 'Há uma nova versão do Mynah.',
  updateOtherTab:
    'Há uma nova versão do Mynah. Você pode recarregar quando nenhuma outra aba estiver trabalhando.',
  updateWhenDone: 'Há uma nova versão do Mynah. Você pode recarregar quando isto terminar.',
  reload: 'Recarregar',
  reloadPage: 'Recarregar a página',

  partMissing: 'Não foi possível carregar esta parte da página.',
  tryAgain: 'Tentar de novo',

  oneTabAssumed: (strong) => [
    strong('Este navegador não consegue saber se o Mynah está aberto em outra aba.'),
    ' Use-o em uma aba só: duas apagariam o trabalho uma da outra.',
  ],
  notKept:
    'Tudo funciona aqui mesmo assim, mas só fica guardado enquanto esta página estiver aberta.',
  saveBeforeClosing: (strong, emphasis) => [
    strong('Salve o seu bot em um arquivo antes de fechá-la'),
    ' (com ',
    emphasis('Exportar'),
    ', na lista dos seus bots).',
  ],
  outdated: 'Uma nova versão do Mynah substituiu esta.',
  outdatedReload:
    'Partes desta página não podem mais ser carregadas. O que está salvo está seguro: recarregue a página para continuar com a nova versão.',
  outdatedTraining: 'O treinamento do seu bot é pausado antes e pode ser continuado.',
  cleared: 'O que este site tinha guardado foi apagado enquanto o seu bot treinava.',
  clearedRest:
    'Outros bots, tweets e modelos se foram. O bot em treinamento e os tweets dele ainda estavam na memória: foram salvos de novo, e o treinamento continua.',
  elsewhere: 'O Mynah está aberto em outra aba.',
  elsewhereNext: 'Continue lá, ou feche aquela aba e tente de novo aqui.',
  waking: 'Acordando o pássaro…',
  wakingWhy: 'Talvez ele ainda esteja ocupado em outra aba.',
  insecure: 'O Mynah precisa de um endereço seguro.',
  insecureRest: (code) => [
    'Ele foi aberto por ',
    code('http://'),
    ' sem criptografia, onde os navegadores bloqueiam o que ele precisa para guardar os seus tweets e o seu bot. Abra-o com ',
    code('https://'),
    ' no endereço ou, no computador que o serve, como ',
    code('http://localhost'),
    '.',
  ],
};
