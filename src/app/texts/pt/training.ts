/** Step 2: training a bot. The names of its options are in `options.ts`. */
import {
  byCount,
  formatBytes,
  formatChance,
  formatCount,
  formatDuration,
  formatList,
  formatPercent,
  formatProgress,
  formatRough,
} from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { caracteres, parametros, passos, tokens } from './counted.ts';

/** `os seus tweets 4 vezes`, `2,7% dos seus tweets` */
function passadas(epochs: number): string {
  const rounded = Math.round(epochs * 10) / 10;
  if (rounded < 1) return `${formatChance(epochs)} dos seus tweets`;
  return rounded === 1
    ? 'os seus tweets uma vez'
    : byCount(rounded, {
        one: `os seus tweets ${formatRough(rounded)} vez`,
        other: `os seus tweets ${formatRough(rounded)} vezes`,
      });
}

const ORDINALS = [
  'primeira',
  'segunda',
  'terceira',
  'quarta',
  'quinta',
  'sexta',
  'sétima',
  'oitava',
];

export const training: Catalogue['training'] = {
  /* The form */
  howLong: 'Quanto tempo pode levar?',
  presets: {
    quick: {
      label: 'Rápido',
      description: 'Lê os seus tweets duas vezes e pega as suas palavras e os seus assuntos.',
    },
    good: {
      label: 'Bom',
      description:
        'Lê os seus tweets até quatro vezes e para antes de só decorá-los. Para muitos tweets.',
    },
    best: {
      label: 'O melhor',
      description:
        'Testa três taxas de aprendizado, cada uma por uma passada, e segue com a melhor por até oito passadas. Para muitíssimos tweets, ou tweets fora do comum.',
    },
    huggingtweets: {
      label: 'huggingtweets',
      description: 'Os ajustes do huggingtweets, em que esta página se inspira, para comparar.',
    },
  },
  takes: (time) => `Leva ${time} aqui.`,
  recommended: 'Recomendado.',
  estimatingStart:
    'Estimando quanto tempo vai levar… O treinamento começa assim que isso for conhecido.',
  time: 'Tempo',
  memory: 'Memória',
  steps: 'Passos',
  repeats: (bold, name) => [
    bold(`Repete ${name}.`),
    ' A receita dele está preenchida em “Avançado”, onde você pode mudá-la.',
  ],
  sameTweets: 'Os tweets são os mesmos.',
  addItsTweets: 'Adicione na etapa 1 os tweets com que ele aprendeu.',
  otherTweets: 'Estes não são exatamente os tweets com que ele aprendeu.',
  itsModelMissing: (model) =>
    model === null
      ? 'Ele partiu de um modelo que não está aqui: escolha-o acima.'
      : `Ele partiu de ${model}, que não está aqui: escolha-o acima.`,
  hideThis: 'Ocultar isto',

  /* What computes */
  lookingForFastest: 'Procurando o que calcula mais rápido aqui…',
  nothingComputes: 'Nada calcula ainda.',
  fastest: 'O mais rápido aqui',
  backends: {
    webgpu: 'Placa de vídeo (WebGPU)',
    wasm: 'Processador (WebAssembly)',
    cpu: 'Processador, puro (JavaScript)',
  },
  cardWorks: (card) => `Quem trabalha é a sua placa de vídeo: ${card}.`,
  workers: {
    software: (adapter) => `quem trabalha é uma placa de vídeo simulada por software (${adapter})`,
    wasm: (threads) =>
      byCount(threads, {
        one: `quem trabalha é o seu processador (${formatCount(threads)} thread)`,
        other: `quem trabalha é o seu processador (${formatCount(threads)} threads)`,
      }),
    cpu: 'quem trabalha é o seu processador, do jeito lento (JavaScript puro)',
  },
  computes: {
    requested: (worker) => `Como você escolheu, ${worker}.`,
    'software-gpu': (worker) =>
      `A placa de vídeo deste navegador é apenas simulada por software, então ${worker}. Vai ser mais lento.`,
    'no-webgpu': (worker) =>
      `Este navegador não oferece nenhuma placa de vídeo aqui, então ${worker}. Vai ser mais lento.`,
    'no-adapter': (worker) =>
      `Este navegador não oferece nenhuma placa de vídeo aqui, então ${worker}. Vai ser mais lento.`,
    'gpu-wrong-numbers': (worker) =>
      `A placa de vídeo deste computador deu números errados em um teste curto, então ${worker}. Um driver de vídeo ou um navegador mais novo pode ajudar.`,
    'gpu-wrong-model': (worker) =>
      `A placa de vídeo deste computador deu números errados com o modelo completo, então ${worker}. Um driver de vídeo ou um navegador mais novo pode ajudar.`,
    'gpu-refused': (worker) =>
      `Este navegador não conseguiu abrir a placa de vídeo deste computador, então ${worker}. Reiniciar o navegador pode ajudar.`,
    'gpu-no-answer': (worker) =>
      `A placa de vídeo deste computador não respondeu, então ${worker}. Reiniciar o navegador pode ajudar.`,
    'gpu-lost': (worker) =>
      `A placa de vídeo deste computador parou de funcionar, então ${worker}. Um driver de vídeo ou um navegador mais novo pode ajudar.`,
    'gpu-failed': (worker) =>
      `A placa de vídeo deste computador deu um erro, então ${worker}. Um driver de vídeo ou um navegador mais novo pode ajudar.`,
    'processor-faster': (worker) =>
      `Em um teste curto, a placa de vídeo deste computador foi mais lenta com um modelo tão pequeno, então ${worker}.`,
    'hardware-gpu': (worker) => `${worker.charAt(0).toUpperCase()}${worker.slice(1)}.`,
  },
  wasmFaults: {
    'no-webassembly': 'Este navegador não tem WebAssembly, que seria muitas vezes mais rápido.',
    'wasm-refused':
      'Este navegador está configurado para recusar WebAssembly, que seria muitas vezes mais rápido.',
    'wasm-failed': 'Não foi possível iniciar o WebAssembly, que seria muitas vezes mais rápido.',
  },

  /* Why it can't start */
  blocked: {
    noTweets: 'O treinamento pode começar quando houver tweets na etapa 1.',
    tooFew: (needed) =>
      `O treinamento pode começar quando forem mantidos tweets com pelo menos ${caracteres(needed)}.`,
    noneYet: 'Ainda não há nenhum: adicione mais tweets na etapa 1.',
    noneYetKeep: 'Ainda não há nenhum: na etapa 1, mantenha mais tweets ou adicione alguns.',
    soFar: (characters) =>
      `Até agora há ${formatCount(characters)}: adicione mais tweets na etapa 1.`,
    soFarKeep: (characters) =>
      `Até agora há ${formatCount(characters)}: na etapa 1, mantenha mais tweets ou adicione alguns.`,
    noModel: 'O treinamento pode começar quando outro modelo for escolhido ou adicionado.',
    modelMissing: (name) => `O treinamento pode começar quando ${name} tiver sido baixado.`,
    invalid: (options, advanced) =>
      `O treinamento pode começar quando você corrigir ${formatList(options)} em “${advanced}”.`,
    starting:
      'O treinamento pode começar daqui a pouco, quando se souber o que calcula mais rápido aqui.',
    unavailable: (computeWith) =>
      `O treinamento pode começar quando houver com o que calcular: escolha outra coisa em “${computeWith}”, abaixo.`,
    elsewhere: 'O treinamento pode começar quando o Mynah for fechado na outra aba.',
    lost: 'O treinamento pode começar quando o motor voltar a funcionar: reinicie-o no alto da página.',
    planning: 'O treinamento pode começar daqui a pouco: estimando quanto tempo vai levar…',
    importing: 'O treinamento pode começar quando todos os tweets tiverem sido lidos.',
    training: 'O treinamento pode começar quando o bot em treinamento terminar ou for pausado.',
    writing:
      'O treinamento pode começar quando os tweets que estão sendo escritos terminarem ou forem interrompidos.',
  },

  /* Phases */
  estimating: 'Estimando',
  gettingReady: 'Preparando',
  phases: {
    'loading-model': 'Carregando o modelo',
    tokenizing: 'Dividindo os tweets em tokens',
    compiling: 'Preparando a sua placa de vídeo',
    timing: 'Cronometrando alguns passos',
    checking: 'Verificando a sua placa de vídeo',
    trying: 'Testando taxas de aprendizado',
    training: 'Treinando',
    settling: 'Escolhendo o que manter',
    saving: 'Salvando',
  },
  phasePart: (phase, share) => `${phase}, ${formatProgress(share)}`,
  underway: (phase) => `${phase}…`,

  /* The plan */
  reads: (epochs) => `Lê ${passadas(epochs)}.`,
  soThatItFits: (savings) => `Para que caiba, ${formatList(savings)}.`,
  savings: {
    adapter: 'é treinado um adaptador pequeno em vez do modelo inteiro',
    halves: 'alguns resultados intermediários são guardados com menos dígitos',
    isOn: (option) => `“${option}” está ativado`,
  },
  modelHas: (parameters) => `O modelo tem ${parametros(parameters)}.`,
  adapterHas: (trained, parameters) =>
    `O adaptador tem ${parametros(trained)}, além dos do modelo (${parametros(parameters)}), que ficam como estão.`,
  readsAt: (speed) => `Ele lê ${speed}.`,
  memoryIs: (weights, gradients, moments, rest) =>
    `Na memória, ocupa ${formatList([
      `${formatBytes(weights)} para o modelo`,
      `${formatBytes(gradients)} para o que cada passo muda nele`,
      `${formatBytes(moments)} para o que ele lembra de passos anteriores`,
      `${formatBytes(rest)} de espaço de trabalho`,
    ])}.`,
  trainedAll: (parameters) => `o modelo inteiro, ${parametros(parameters)}`,
  trainedAdapter: (parameters) => `um adaptador de ${parametros(parameters)}`,

  /* A running training */
  live: 'Treinamento em andamento',
  stepOf: (step, steps) => `Passo ${formatCount(step)} de ${formatCount(steps)}`,
  stepOfInRow: (step, steps) => `passo ${formatCount(step)} de ${formatCount(steps)}`,
  skipped: (steps) =>
    byCount(steps, {
      one: `${passos(steps)} ignorado, porque os gradientes não eram números finitos.`,
      other: `${passos(steps)} ignorados, porque os gradientes não eram números finitos.`,
    }),
  savedAsItGoes: 'Vai sendo salvo: você pode fechar a aba e continuar depois.',
  pausing: 'Pausando…',
  finishing: 'Terminando…',
  secondsLeft: (seconds) => `faltam ${formatDuration(seconds)}`,
  learningRateIs: (rate) => `Taxa de aprendizado ${rate}`,
  gradientNormIs: (norm) => `norma do gradiente antes do corte ${norm}`,
  wouldWriteNow: 'O que ele escreveria agora',
  atStep: (step) => `no passo ${formatCount(step)}`,
  it: 'O bot',

  /* One that isn't finished */
  pausedAt: (step, steps) => `Em pausa no passo ${formatCount(step)} de ${formatCount(steps)}`,
  interruptedAt: (step, steps) =>
    `Interrompido no passo ${formatCount(step)} de ${formatCount(steps)}`,
  startOver: 'Começar de novo',
  tweetsDeleted:
    'Os tweets com que ele estava aprendendo foram excluídos aqui, então ele não pode continuar.',
  stillWrites: 'Ele ainda escreve com o que aprendeu.',
  allSaved: 'Tudo até agora está salvo.',
  pageWasClosed: 'A página foi fechada durante o treinamento. O que ele tinha salvado está aqui.',

  /* A finished one */
  facts: {
    steps: 'Passos',
    passes: 'Passadas pelos seus tweets',
    speed: 'Velocidade',
    trained: 'O que foi treinado',
    learningRate: 'Taxa de aprendizado',
    blockLength: 'Tamanho do bloco',
    batch: 'Lote',
    seed: 'Semente',
    computedWith: 'Calculado com',
    finished: 'Fim',
    size: 'Tamanho',
  },
  tokens,
  batch: (count, blocks) =>
    byCount(blocks, {
      one: `${tokens(count)} por passo, ${formatCount(blocks)} bloco de cada vez`,
      other: `${tokens(count)} por passo, ${formatCount(blocks)} blocos de cada vez`,
    }),
  stepsOf: (done, planned) => `${formatCount(done)} de ${formatCount(planned)}`,
  stepsOfSkipped: (done, planned, skipped) =>
    byCount(skipped, {
      one: `${formatCount(done)} de ${formatCount(planned)}, ${formatCount(skipped)} ignorado`,
      other: `${formatCount(done)} de ${formatCount(planned)}, ${formatCount(skipped)} ignorados`,
    }),
  adapterOf: (adapter, backend) => `${adapter} (${backend})`,
  trainAnother: 'Treinar outro bot',
  bestAfterPass: (pass) => {
    const ordinal = ORDINALS[pass - 1];
    return ordinal === undefined
      ? `Ele começou a decorar depois de ler ${passadas(pass)}, então escreve como escrevia naquele ponto.`
      : `Ele começou a decorar depois da ${ordinal} passada, então escreve como escrevia naquele ponto.`;
  },
  bestAfter: (epochs) =>
    `Ele começou a decorar depois de ler ${passadas(epochs)}, então escreve como escrevia naquele ponto.`,
  bestWhenStopped: (epochs) =>
    `Ele leu ${passadas(epochs)} até você pará-lo, e estava melhor no final.`,
  bestAtEnd: (epochs) =>
    `Ele leu ${passadas(epochs)}, e estava melhor no final: mais passadas podem melhorá-lo ainda mais.`,
  mixed: (learned) =>
    `Os pesos dele são ${formatPercent(learned)} do que ele aprendeu e ${formatPercent(1 - learned)} do modelo de que partiu, o que prevê melhor tweets que ele não viu.`,
};
