/** What the page says when the engine stops, is busy or can't compute as it was asked to. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { formatCount } from '../../../format.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';

const BACKEND_UNAVAILABLE: {
  readonly [R in ErrorDetails['backend-unavailable']['reason']]: string;
} = {
  'no-webgpu':
    'Este navegador não tem WebGPU, por isso não consegue calcular com uma placa de vídeo.',
  'no-adapter': 'Este navegador não oferece nenhuma placa de vídeo para calcular.',
  'no-webassembly': 'Este navegador não executa WebAssembly.',
};

const DEVICE_LOST: {
  readonly [R in ErrorDetails['device-lost']['reason']]: (detail?: string) => string;
} = {
  driver: (detail) => `A placa de vídeo parou de responder${inBrackets(detail)}.`,
  silent: () => 'A placa de vídeo parou de responder.',
  failed: (detail) => `A placa de vídeo deu um erro${inBrackets(detail)}.`,
  wrong: () => 'A placa de vídeo deu números errados.',
  replaced: () => 'Isto parou porque, enquanto isso, foi trocado o que calcula.',
};

const WORKER_LOST: WordsBy<'reason', ErrorDetails['worker-lost']> = {
  'not-loaded': ({ detail }) => [
    `Não foi possível carregar o motor${inBrackets(detail)}.`,
    'Verifique a conexão e depois recarregue a página.',
  ],
  crashed: ({ detail }) => [
    `O motor parou por causa de um erro${inBrackets(detail)}.`,
    'Nada do que foi salvo se perdeu. Reinicie-o e continue de onde parou.',
  ],
  'unreadable-message': [
    'O motor enviou algo que a página não consegue ler.',
    'Nada do que foi salvo se perdeu. Recarregue a página.',
  ],
  terminated: [
    'O motor foi parado.',
    'Nada do que foi salvo se perdeu. Reinicie-o e continue de onde parou.',
  ],
};

const BUSY: WordsBy<'reason', ErrorDetails['busy']> = {
  'another-tab': [
    'O Mynah está aberto em outra aba.',
    'Continue lá, ou feche aquela aba e tente de novo aqui.',
  ],
  training: ['Um bot está em treinamento.', 'Espere até terminar, ou pause-o antes.'],
  importing: ['Ainda há tweets sendo lidos.', 'Espere até terminar e tente de novo.'],
  generating: ['Ainda há tweets sendo escritos.', 'Espere até terminar, ou pare isso antes.'],
  downloading: ['Um modelo está sendo baixado.', 'Espere até terminar, ou pause o download antes.'],
};

export const engineErrors: ErrorTable<
  | 'backend-unavailable'
  | 'device-lost'
  | 'worker-lost'
  | 'busy'
  | 'loss-not-finite'
  | 'cancelled'
  | 'internal'
> = {
  'backend-unavailable': ({ reason }) => ({
    sentence: BACKEND_UNAVAILABLE[reason],
    nextStep: 'Deixe o Mynah escolher o que funciona neste navegador.',
  }),
  'device-lost': ({ reason, detail }) => ({
    sentence: DEVICE_LOST[reason](detail),
    nextStep: 'Nada do que foi salvo se perdeu. Reinicie o motor e continue de onde parou.',
  }),
  'worker-lost': wordsBy('reason', WORKER_LOST),
  busy: wordsBy('reason', BUSY),
  'loss-not-finite': ({ step }) => ({
    sentence: `O treinamento falhou no passo ${formatCount(step)}: os números cresceram sem limite.`,
    nextStep: 'Defina uma taxa de aprendizado menor em “Avançado” e treine de novo.',
  }),
  cancelled: () => ({
    sentence: 'Cancelado.',
    nextStep: 'Comece de novo quando quiser.',
  }),
  internal: ({ message }) => ({
    sentence: `Algo deu errado dentro do Mynah (${message}).`,
    nextStep: 'Tente de novo. Se acontecer outra vez, reinicie o motor.',
  }),
};
