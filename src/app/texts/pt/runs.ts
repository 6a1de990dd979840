/** The page of runs. */
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';
import { passos, treinamentos, tweets } from './counted.ts';

export const runs: Catalogue['runs'] = {
  about:
    'Tudo o que foi registrado de cada treinamento. Fica neste navegador. Escolha dois ou mais treinamentos para compará-los.',
  none: 'Nada foi treinado aqui ainda. Um treinamento aparece aqui quando termina ou é pausado, ou quando você o importa.',
  trainBot: 'Treinar um bot',
  inTraining: (name) =>
    `${name} está em treinamento. O treinamento aparece aqui quando terminar ou for pausado.`,
  fileHint: 'Um arquivo JSON de treinamentos exportado aqui',
  imported: (count, file) =>
    byCount(count, {
      one: `${treinamentos(count)} importado de “${file}”.`,
      other: `${treinamentos(count)} importados de “${file}”.`,
    }),
  known: (count) =>
    byCount(count, {
      one: `${treinamentos(count)} que já estava aqui não mudou.`,
      other: `${treinamentos(count)} que já estavam aqui não mudaram.`,
    }),

  export: 'Exportar',
  exportMany: (count) => `Exportar ${treinamentos(count)}`,
  exportKinds: {
    json: { name: 'JSON', what: 'tudo o que foi registrado; pode ser importado de novo' },
    csv: {
      name: 'CSV',
      what: 'uma tabela dos treinamentos e outra dos passos deles, em um ZIP',
    },
    tensorboard: { name: 'TensorBoard', what: 'uma pasta de arquivos de eventos, em um ZIP' },
    wandb: {
      name: 'Weights & Biases',
      what: 'o JSON e um script que o registra, em um ZIP',
    },
  },
  exportPromise: 'Nenhum destes arquivos contém os seus tweets nem as palavras que você filtra.',

  compared: (count) =>
    byCount(count, {
      one: `${treinamentos(count)} comparado`,
      other: `${treinamentos(count)} comparados`,
    }),
  stopComparing: 'Parar de comparar',
  allSettings: 'Todos os ajustes',
  whatDiffers: 'O que é diferente',

  tweets,
  steps: passos,
  lossIs: (loss) => `perda ${loss}`,
  deleteRecord: 'Excluir este registro',
  goToBot: 'Ir para o bot',
  notesHint: 'O que você tentou e no que deu',
  checkpoints: 'Checkpoints',
  checkpointKinds: {
    version: 'Uma versão terminada',
    best: 'A menor perda até agora',
    last: 'Salvo por último',
  },
  step: (step) => `Passo ${formatCount(step)}`,
  makeBot: 'Criar um bot',
  isImported: 'Importado',

  /* The chart */
  metrics: {
    loss: { label: 'Perda', axis: 'Perda (nats por token)' },
    bitsPerByte: { label: 'Bits por byte', axis: 'Bits por byte dos tweets reservados' },
    learningRate: { label: 'Taxa de aprendizado', axis: 'Taxa de aprendizado' },
    gradientNorm: { label: 'Norma do gradiente', axis: 'Norma antes do corte' },
    tokensPerSecond: { label: 'Velocidade', axis: 'Tokens por segundo' },
  },
  axes: { step: 'Passo', epoch: 'Passada', time: 'Minutos' },
  xAxis: 'Eixo X',
  smoothing: 'Suavização',
  logarithmic: 'Logarítmica',
  trainingLoss: 'Perda de treinamento',
  heldOut: 'tweets reservados',
  linesAlone:
    'O quanto ele erra ao prever os seus tweets: quanto mais baixo, melhor. Tracejada: tweets reservados.',
  lines: 'Linha contínua: tweets de treinamento. Tracejada: tweets reservados.',
  notMeasured: 'Isto não foi medido.',
  curve: (name, from, to) => `${name}, de ${from} a ${to}`,
  curveOnHeldOut: (name, from, to) => `${name} nos tweets reservados, de ${from} a ${to}`,
  curves: (metric, curves) => `${metric}: ${curves.join('; ')}`,

  /* Facts of a run */
  groups: { result: 'Resultado', recipe: 'Receita', tweets: 'Os tweets', computer: 'Computador' },
  facts: {
    lowest: 'Menor perda nos tweets reservados',
    lastLoss: 'Última perda de treinamento',
    steps: 'Passos',
    time: 'Tempo',
    speed: 'Velocidade',
    outcome: 'Desfecho',
    perplexity: 'Perplexidade com essa perda',
    reachedAt: 'Atingida no passo',
    quiz: 'Real ou bot: distinguidos',
    passes: 'Passadas pelos tweets',
    started: 'Início',
    startsFrom: 'Parte de',
    trained: 'O que foi treinado',
    preset: 'Predefinição',
    plannedPasses: 'Passadas planejadas pelos tweets',
    plannedSteps: 'Passos planejados',
    tokensPerStep: 'Tokens por passo',
    from: 'De',
    read: 'Lidos',
    kept: 'Mantidos',
    texts: 'Textos',
    characters: 'Caracteres',
    filters: 'Filtros alterados',
    hash: 'SHA-256 dos textos',
    computedWith: 'Calculado com',
    backend: 'Motor de cálculo',
    browser: 'Navegador',
  },
  quizOutcome: (right, pairs, rounds) =>
    byCount(rounds, {
      one: `${formatCount(right)} de ${formatCount(pairs)} pares em ${formatCount(rounds)} rodada`,
      other: `${formatCount(right)} de ${formatCount(pairs)} pares em ${formatCount(rounds)} rodadas`,
    }),
  stepsOf: (done, planned) => `${formatCount(done)} de ${formatCount(planned)}`,
  leftOut: (reason) => `De fora: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  noFilters: 'nenhum',
  yes: 'sim',
  no: 'não',
  outcomes: {
    paused: 'Em pausa',
    completed: 'Completo',
    learnedEnough: 'Terminou antes, por já ter aprendido o bastante',
    endedEarly: 'Terminou antes',
    stopped: 'Parado por você',
    failed: 'Falhou',
    interrupted: 'Interrompido',
    finished: 'Terminado',
    inTraining: 'Em treinamento',
  },
  failedBecause: (code) => `Falhou: ${code}`,
  recipe: {
    blockLength: 'Tamanho do bloco',
    microBatch: 'Blocos por microlote',
    accumulation: 'Microlotes por passo',
    learningRate: 'Taxa de aprendizado',
    warmup: 'Aquecimento, fração dos passos',
    finalRate: 'Taxa de aprendizado no final, fração da máxima',
    dropout: 'Dropout',
    attention: 'Atenção limitada a cada',
    checkpointing: 'Ativações recalculadas',
    hasHalfActivations: 'Ativações em float16',
    'mode.rank': 'Posto do adaptador',
    'mode.alpha': 'Alfa do adaptador',
    'mode.dropout': 'Dropout do adaptador',
    'mode.targets': 'Camadas com adaptador',
    'mode.isBaseHalf': 'Modelo base em float16',
    'adamw.beta1': 'β₁ do AdamW',
    'adamw.beta2': 'β₂ do AdamW',
    'adamw.epsilon': 'ε do AdamW',
    'adamw.weightDecay': 'Decaimento dos pesos',
    'adamw.maxGradNorm': 'Norma do gradiente cortada em',
    seed: 'Semente',
    validationShare: 'Fração de tweets reservados',
    evaluateEvery: 'Passos entre avaliações',
    validationBlocks: 'Blocos por avaliação, no máximo',
    mixesWithBase: 'Misturado com o modelo base se isso ajudar',
    patience: 'Avaliações sem melhorar a perda antes de terminar',
  },
};
