/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorWords, inBrackets, type ErrorTable } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: {
  readonly [R in ErrorDetails['storage-blocked']['reason']]: (detail?: string) => ErrorWords;
} = {
  absent: () => ({
    sentence: 'Este navegador não oferece armazenamento às páginas (IndexedDB).',
    nextStep: 'Ative-o nas configurações do navegador ou use outro navegador.',
  }),
  denied: () => ({
    sentence: 'O navegador não deixa esta página guardar nada.',
    nextStep:
      'Permita cookies e dados deste site nas configurações do navegador e recarregue a página.',
  }),
  'no-answer': () => ({
    sentence: 'O armazenamento do navegador não responde.',
    nextStep: 'Reinicie o navegador: o que está guardado aqui deve voltar a aparecer.',
  }),
  'older-tab': () => ({
    sentence: 'Outra aba está com uma versão antiga desta página aberta.',
    nextStep: 'Feche aquela aba e tente de novo.',
  }),
  'newer-version': () => ({
    sentence: 'O que está guardado aqui é de uma versão do Mynah mais nova que esta página.',
    nextStep:
      'Recarregue esta página para obter essa versão. Se não ajudar, feche todas as abas com o Mynah e abra-o de novo.',
  }),
  closed: () => ({
    sentence: 'O navegador fechou o armazenamento desta página.',
    nextStep:
      'Tente de novo. Se os dados deste site foram apagados, adicione os seus tweets outra vez.',
  }),
  vanished: () => ({
    sentence: 'Dados desapareceram enquanto eram salvos.',
    nextStep: 'Feche as outras abas desta página e tente de novo.',
  }),
  failed: (detail) => ({
    sentence: `O navegador não conseguiu ler ou gravar o armazenamento desta página${inBrackets(detail)}.`,
    nextStep: 'Tente de novo. Se acontecer outra vez, reinicie o navegador.',
  }),
};

const NOT_WRITABLE: {
  readonly [R in ErrorDetails['file-not-writable']['reason']]: (
    detail?: string,
  ) => readonly [sentence: string, nextStep: string];
} = {
  full: () => [
    'Não há mais espaço onde o arquivo ia ficar.',
    'Libere espaço lá, ou exporte para outro lugar. O bot continua aqui.',
  ],
  denied: () => [
    'O navegador não pode gravar no arquivo que você escolheu.',
    'Exporte de novo e permita isso, ou escolha outro lugar. O bot continua aqui.',
  ],
  failed: (detail) => [
    `O navegador não conseguiu gravar no arquivo que você escolheu${inBrackets(detail)}.`,
    'Exporte de novo, ou escolha outro lugar. O bot continua aqui.',
  ],
};

export const storageErrors: ErrorTable<'storage-quota' | 'storage-blocked' | 'file-not-writable'> =
  {
    'storage-quota': (details) => ({
      sentence: `O armazenamento deste navegador para a página está cheio${needed(details)}.`,
      nextStep:
        'Exclua um bot ou tweets de que você não precisa mais e tente de novo. O que está salvo está seguro.',
    }),
    'storage-blocked': ({ reason, detail }) => BLOCKED[reason](detail),
    'file-not-writable': ({ reason, detail }) => {
      const [sentence, nextStep] = NOT_WRITABLE[reason](detail);
      return { sentence, nextStep };
    },
  };
