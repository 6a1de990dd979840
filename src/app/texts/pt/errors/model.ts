/** What the page says of a model or a bot that somebody brings and that can't be used. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatBytes, formatList } from '../../../format.ts';
import {
  type ErrorTable,
  type PhrasesBy,
  phraseBy,
  type WordsBy,
  wordsBy,
} from '../../error-words.ts';
import { faultWords } from './faults.ts';
import { tokens } from '../counted.ts';

type Corrupt = ErrorDetails['model-corrupt'];

const CORRUPT: PhrasesBy<'reason', Corrupt> = {
  unreadable: ({ file }) => `O seu navegador não conseguiu ler “${file}”.`,
  'too-large': ({ file }) => `“${file}” é muito maior do que um arquivo assim pode ser.`,
  'cut-off': ({ file }) => `“${file}” termina antes da hora.`,
  'not-text': ({ file }) => `“${file}” não é texto em UTF-8.`,
  'not-json': ({ file }) => `“${file}” não é JSON.`,
  'not-a-zip': ({ file }) => `“${file}” não é um arquivo ZIP completo.`,
  'missing-tensor': ({ file, part }) => `Falta em “${file}” o tensor${named(part)}.`,
  'repeated-tensor': ({ file, part }) => `“${file}” tem duas vezes o tensor${named(part)}.`,
  'not-finite': ({ file, part }) =>
    `Em “${file}”, o tensor${named(part)} tem valores que não são números.`,
  malformed: ({ file, fault }) => `“${file}” está danificado (${faultWords(fault)}).`,
};
const corrupt = phraseBy('reason', CORRUPT);

function named(part: string | undefined): string {
  return part === undefined ? '' : ` ${part}`;
}

function nextStepAfter({ reason, repository }: Corrupt): string {
  if (repository !== undefined) {
    return 'O arquivo está assim no Hub, então baixá-lo outra vez não ajuda. Escolha outro modelo.';
  }
  return reason === 'unreadable'
    ? 'Verifique se o arquivo ainda está lá e não foi alterado, e adicione-o de novo.'
    : 'Pegue esse arquivo de novo de onde ele veio e adicione todos outra vez.';
}

const CHOOSE_GPT2 =
  'Escolha um GPT-2: uma pasta com config.json, o tokenizador dele e model.safetensors ou pytorch_model.bin.';

const UNSUPPORTED: WordsBy<'what', ErrorDetails['unsupported']> = {
  setting: ({ name, found, expected, file }) => [
    `O Mynah não consegue usar este modelo: em “${file}”, ${name} é ${found}, e não ${expected}.`,
    CHOOSE_GPT2,
  ],
  'missing-token': ({ expected, file }) => [
    `O Mynah não consegue usar este modelo: “${file}” não tem o token ${expected}.`,
    CHOOSE_GPT2,
  ],
  tensor: ({ found, file }) => [
    `O Mynah não consegue usar este modelo: “${file}” tem o tensor ${found}, que um GPT-2 não tem.`,
    CHOOSE_GPT2,
  ],
  gguf: ({ name, found, file }) => [
    `Este bot não pode ser um GGUF: no “${file}” dele, ${name} é ${found}, que o GPT-2 do llama.cpp não conhece.`,
    'Em vez disso, exporte-o para transformers.',
  ],
  'onnx-size': ({ byteLength }) => [
    `Este bot não pode ser um arquivo ONNX: os pesos dele têm ${formatBytes(byteLength)}, mais que os 2 GB que cabem em um arquivo assim.`,
    'Em vez disso, exporte-o para transformers ou como GGUF.',
  ],
  'lfs-pointer': ({ file }) => [
    `“${file}” não é o arquivo em si, mas um ponteiro do Git LFS para ele.`,
    'Execute “git lfs pull” na pasta dele, ou baixe o próprio arquivo, e adicione o modelo de novo.',
  ],
  'big-endian': ({ file }) => [
    `“${file}” foi salvo em um computador com outra ordem de bytes.`,
    'Em vez dele, use o model.safetensors do modelo.',
  ],
  'pickle-code': ({ found, file }) => [
    `“${file}” pede ${found}, de que pesos sozinhos não precisam. Nada dele foi executado.`,
    'Use o model.safetensors do modelo, ou um modelo de alguém em quem você confia.',
  ],
  'encrypted-zip': ({ file }) => [
    `“${file}” está protegido por senha.`,
    'Descompacte-o com a senha e adicione a pasta.',
  ],
  'zip-compression': ({ file }) => [
    `“${file}” está compactado de um jeito que o Mynah não consegue ler.`,
    'Descompacte-o por conta própria e adicione a pasta.',
  ],
  'bot-format': ({ found, expected, file }) => [
    `“${file}” foi criado por outra versão do Mynah: é ${found}, e esta lê ${expected}.`,
    'Recarregue a página para obter a versão mais nova, ou exporte o bot de novo com esta.',
  ],
};

const CHOOSE_RUN_FILE =
  'Escolha um arquivo JSON exportado em “Histórico”, aqui ou em outro navegador.';

const RUN_FILE: WordsBy<'reason', ErrorDetails['run-file-unreadable']> = {
  unreadable: ({ file }) => [
    `O seu navegador não conseguiu ler “${file}”.`,
    'Verifique se o arquivo ainda está lá e não foi alterado, e importe-o de novo.',
  ],
  'too-large': ({ file }) => [
    `“${file}” é muito maior que um arquivo de treinamentos.`,
    CHOOSE_RUN_FILE,
  ],
  'not-json': ({ file }) => [`“${file}” não é JSON.`, CHOOSE_RUN_FILE],
  'no-runs': ({ file }) => [`“${file}” não contém treinamentos do Mynah.`, CHOOSE_RUN_FILE],
  'other-version': ({ file }) => [
    `“${file}” foi exportado por outra versão do Mynah, cujos treinamentos esta não consegue ler.`,
    'Recarregue a página para obter a versão mais nova, ou exporte os treinamentos de novo com esta.',
  ],
  damaged: ({ file, fault }) => [
    `“${file}” está danificado (${faultWords(fault)}). Nenhum dos treinamentos foi importado.`,
    'Exporte os treinamentos de novo no lugar de onde vieram.',
  ],
};

export const modelErrors: ErrorTable<
  | 'model-corrupt'
  | 'unsupported'
  | 'run-file-unreadable'
  | 'model-file-missing'
  | 'adapter-base-needed'
  | 'model-needed'
  | 'tokenizer-mismatch'
> = {
  'model-corrupt': (details) => ({
    sentence: corrupt(details),
    nextStep: nextStepAfter(details),
  }),
  unsupported: wordsBy('what', UNSUPPORTED),
  'run-file-unreadable': wordsBy('reason', RUN_FILE),
  'model-file-missing': ({ file, alternatives }) => ({
    sentence:
      alternatives.length === 0
        ? `Falta “${file}” no modelo.`
        : `O modelo não tem nem “${[file, ...alternatives].join('” nem “')}”.`,
    nextStep: 'Adicione a pasta inteira do modelo: config.json, o tokenizador e os pesos dele.',
  }),
  'adapter-base-needed': ({ base }) => ({
    sentence:
      base === null
        ? 'Isto é um adaptador, que funciona sobre um modelo, e ele não diz sobre qual.'
        : `Isto é um adaptador, que funciona sobre o modelo “${base}”, e esse não está guardado aqui.`,
    nextStep:
      'Escolha o modelo abaixo se ele estiver lá com outro nome. Se não, adicione-o ou baixe-o na etapa 2 e abra o adaptador de novo.',
  }),
  'model-needed': ({ bots, deletedBots = [] }) => ({
    sentence: `Este modelo ainda é necessário para ${formatList([
      ...bots.map((name) => `“${name}”`),
      ...deletedBots.map(
        (name) => `“${name}” (excluído; some de vez quando a página for recarregada)`,
      ),
    ])}.`,
    nextStep: 'Exclua esses bots antes, ou mantenha o modelo.',
  }),
  'tokenizer-mismatch': ({ tokenizerSize, modelSize }) => ({
    sentence: `O tokenizador não combina com o modelo: ele tem ${tokens(tokenizerSize)}, e o modelo tem ${tokens(modelSize)}.`,
    nextStep: 'Use uma pasta de modelo com o próprio tokenizador.',
  }),
};
