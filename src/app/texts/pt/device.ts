/** The dialogs of the footer: what left this page, and what is known of the device. */
import { byCount, formatBytes, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { tokens } from './counted.ts';

export const device: Catalogue['device'] = {
  /* What left this page */
  asking: 'Perguntando ao navegador…',
  nothing: 'Nada',
  requestsTo: (requests, addresses) => {
    const to = byCount(addresses, {
      one: `${formatCount(addresses)} outro endereço`,
      other: `${formatCount(addresses)} outros endereços`,
    });
    return byCount(requests, {
      one: `${formatCount(requests)} solicitação a ${to}`,
      other: `${formatCount(requests)} solicitações a ${to}`,
    });
  },
  onlyOwn: (since, host) =>
    `Desde que você abriu esta página (${since}), ela só enviou solicitações ao próprio endereço (${host}), e apenas para buscar os próprios arquivos.`,
  alsoOthers: (since, hosts) =>
    `Desde que você abriu esta página (${since}), ela também enviou solicitações a ${hosts}. Uma solicitação dessas diz qual arquivo se quer e não contém nada seu. Para arquivos grandes, o Hub redireciona o navegador aos servidores de arquivos dele, o que o navegador não registra.`,
  silent: {
    page: 'A página não responde, por isso as solicitações dela não estão nesta lista.',
    engine: 'O motor não responde, por isso as solicitações dele não estão nesta lista.',
    'service worker':
      'O service worker não responde, por isso as solicitações dele não estão nesta lista.',
  },
  toOthers: 'Solicitações a outros endereços',
  toOwn: 'Solicitações ao endereço desta página',
  countToOwn: (count) =>
    byCount(count, {
      one: `${formatCount(count)} solicitação ao endereço desta página`,
      other: `${formatCount(count)} solicitações ao endereço desta página`,
    }),
  recordsAre:
    'O próprio navegador registrou estas solicitações da página, do motor dela e do service worker desde a última vez que ele foi iniciado. (Ele não registra as dos ícones nem a do script do service worker, que faz por conta própria.) A política de segurança da página faz o navegador recusar todos os outros endereços, menos os do Hugging Face Hub.',
  isOffline: 'Este computador está offline agora, e a página continua funcionando.',
  disconnect:
    'Não acredite só na palavra da página: desconecte-se da rede, depois treine e escreva. Tudo continua funcionando.',
  whenReady:
    'Quando o rodapé disser “Disponível offline”, você pode se desconectar da rede, e tudo continua funcionando.',
  purposes: {
    page: 'a própria página',
    script: 'um script',
    wasm: 'um arquivo de WebAssembly',
    style: 'uma folha de estilos',
    picture: 'um ícone',
    starter: 'o modelo inicial',
    ready: 'o bot pronto',
    sample: 'os tweets de exemplo',
    hub: 'um modelo que você escolheu baixar',
    unknown: 'finalidade desconhecida',
  },
  requestedBy: {
    page: 'solicitado pela página',
    engine: 'solicitado pelo motor',
    'service worker': 'solicitado pelo service worker',
  },
  sizeUnknown: 'tamanho desconhecido',
  fromCache: 'do cache',
  received: (bytes) => `${formatBytes(bytes)} recebidos`,

  /* About this device */
  copied: 'Copiado. O relatório não contém nada sobre você nem sobre os seus tweets.',
  cantCopy: 'O seu navegador não permite copiar. Selecione o texto e copie manualmente.',
  groups: {
    compute: 'O que calcula',
    gpu: 'Placa de vídeo',
    memory: 'Memória e armazenamento',
    browser: 'Navegador',
  },
  noAnswer: 'não se sabe, porque o motor não responde',
  notKnown: 'não se sabe',
  yes: 'sim',
  no: 'não',
  none: 'nenhum',
  facts: {
    now: 'Agora',
    adapter: 'Adaptador',
    available: 'Também disponível',
    processor: 'Processador',
    speed: 'Velocidade medida',
    features: 'Recursos',
    kernels: 'Kernels de cálculo',
    selfTest: 'Autoteste',
    computer: 'Computador',
    usedOnCard: 'Em uso na placa de vídeo',
    needed: 'Necessária para o treinamento planejado',
    storage: 'Armazenamento',
    persistent: 'Armazenamento persistente',
    browser: 'Navegador',
    isolated: 'Isolamento (threads)',
    fileSystem: 'Sistema de arquivos privado',
    locks: 'Bloqueios entre abas',
    offline: 'Disponível offline',
  },
  notStarted: 'nada, porque o motor não foi iniciado',
  threads: (count) =>
    byCount(count, {
      one: `${formatCount(count)} thread`,
      other: `${formatCount(count)} threads`,
    }),
  threadsComputing: (count, computing) =>
    byCount(count, {
      one: `${formatCount(count)} thread, das quais ${formatCount(computing)} em cálculo`,
      other: `${formatCount(count)} threads, das quais ${formatCount(computing)} em cálculo`,
    }),
  notMeasured: 'ainda não medida',
  speedOf: (speed, parameters, mode, blockLength) =>
    `${speed} ao treinar um modelo (parâmetros: ${parameters}; ${mode}, blocos de ${tokens(blockLength)})`,
  noAdapter: 'o navegador não oferece nenhum adaptador',
  simulated: (adapter) => `${adapter} (simulada por software)`,
  hardware: (adapter) => `${adapter} (física)`,
  noSelfTest: 'nenhum, porque nenhuma placa de vídeo calcula',
  passed: (milliseconds, dispatches, gflop) =>
    byCount(dispatches, {
      one: `aprovado em ${formatCount(milliseconds)} ms com ${formatCount(dispatches)} execução de ${gflop} GFLOP`,
      other: `aprovado em ${formatCount(milliseconds)} ms com ${formatCount(dispatches)} execuções de ${gflop} GFLOP`,
    }),
  browserSilent: 'o navegador não diz',
  atLeast: (gibibytes) => `${formatCount(gibibytes)} GiB ou mais`,
  usesNothing: 'nada',
  about: (bytes) => `cerca de ${formatBytes(bytes)}`,
  usedOf: (used, quota) => `${formatBytes(used)} em uso de ${formatBytes(quota)}`,
  notPersistent: 'não: o navegador pode apagar tudo quando o disco estiver cheio',
};
