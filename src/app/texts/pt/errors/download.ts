/** What the page says of a download that failed: from the Hub, or from the page's own site. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatDuration } from '../../../format.ts';
import { type ErrorTable, type WordsBy, wordsBy } from '../../error-words.ts';

const DOWNLOAD: WordsBy<'reason', ErrorDetails['model-download']> = {
  'not-found': ({ repository }) => [
    `Não há nenhum modelo “${repository}” no Hub.`,
    'Verifique o nome: é o final do endereço da página do modelo, dono/nome.',
  ],
  private: ({ repository }) => [
    `O Hub não mostra “${repository}” a todo mundo: é privado, pede uma conta ou não existe.`,
    'Verifique o nome. Se você tem acesso, baixe os arquivos por conta própria e solte-os aqui.',
  ],
  'no-gpt2': ({ repository, file }) => [
    file === undefined
      ? `“${repository}” não é um GPT-2 que o Mynah possa usar.`
      : `“${repository}” não é um GPT-2 que o Mynah possa usar (segundo o ${file} dele).`,
    'Escolha um modelo cuja página diga GPT-2, como um dos huggingtweets.',
  ],
  'not-the-hub': ({ repository }) => [
    `No lugar dos arquivos de “${repository}” veio uma página da web, então não foi o Hub que respondeu.`,
    'Se a sua rede pede que você faça login, faça isso antes. Se não, verifique o endereço do Hub. Depois tente de novo.',
  ],
  'rate-limited': ({ retryAfterSeconds }) => [
    'O Hub recebeu solicitações demais desta rede.',
    retryAfterSeconds === undefined
      ? 'Tente de novo daqui a alguns minutos. O download continua de onde parou.'
      : `Tente de novo daqui a ${formatDuration(retryAfterSeconds)}. O download continua de onde parou.`,
  ],
  offline: [
    'Não é possível acessar o Hub.',
    'Verifique a conexão e tente de novo. O download continua de onde parou.',
  ],
  'not-allowed': [
    'Esta página não pode consultar esse endereço: as próprias regras dela só admitem os servidores do Hub.',
    'Volte ao endereço normal do Hub, ou peça a quem mantém esta página que permita o espelho.',
  ],
  server: ({ status }) => [
    status === undefined
      ? 'O Hub está com um problema.'
      : `O Hub está com um problema (respondeu ${status}).`,
    'Tente de novo daqui a alguns minutos. O download continua de onde parou.',
  ],
  stalled: [
    'O Hub parou de responder no meio do download.',
    'Verifique a conexão e tente de novo. O download continua de onde parou.',
  ],
  truncated: ({ file }) => [
    file === undefined
      ? 'Um arquivo termina antes da hora no Hub.'
      : `“${file}” termina antes da hora no Hub.`,
    'Tente de novo mais tarde; se continuar assim, o modelo está quebrado lá.',
  ],
  damaged: ({ file }) => [
    file === undefined
      ? 'Um arquivo chegou danificado e foi jogado fora.'
      : `“${file}” chegou danificado e foi jogado fora.`,
    'Tente de novo: só esse arquivo é baixado outra vez.',
  ],
  changed: ({ repository }) => [
    `“${repository}” não para de mudar no Hub enquanto é baixado.`,
    'Tente de novo daqui a alguns minutos.',
  ],
};

export const downloadErrors: ErrorTable<'model-download' | 'site-download'> = {
  'site-download': ({ file, status }) => ({
    sentence:
      status === undefined
        ? `Não foi possível carregar “${file}”.`
        : `Não foi possível carregar “${file}” (o servidor respondeu ${status}).`,
    nextStep: 'Verifique a conexão e tente de novo.',
  }),
  'model-download': wordsBy('reason', DOWNLOAD),
};
