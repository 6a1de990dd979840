/** What the page says when the browser or the disk doesn't take what is to be written. */
import type { ErrorDetails } from '../../../../core/errors.ts';
import { type ErrorTable, inBrackets, type WordsBy, wordsBy } from '../../error-words.ts';
import { needed } from './memory.ts';

const BLOCKED: WordsBy<'reason', ErrorDetails['storage-blocked']> = {
  absent: [
    'Este navegador não oferece armazenamento às páginas (IndexedDB).',
    'Ative-o nas configurações do navegador ou use outro navegador.',
  ],
  denied: [
    'O navegador não deixa esta página guardar nada.',
    'Permita cookies e dados deste site nas configurações do navegador e recarregue a página.',
  ],
  'no-answer': [
    'O armazenamento do navegador não responde.',
    'Reinicie o navegador: o que está guardado aqui deve voltar a aparecer.',
  ],
  'older-tab': [
    'Outra aba está com uma versão antiga desta página aberta.',
    'Feche aquela aba e tente de novo.',
  ],
  'newer-version': [
    'O que está guardado aqui é de uma versão do Mynah mais nova que esta página.',
    'Recarregue esta página para obter essa versão. Se não ajudar, feche todas as abas com o Mynah e abra-o de novo.',
  ],
  closed: [
    'O navegador fechou o armazenamento desta página.',
    'Tente de novo. Se os dados deste site foram apagados, adicione os seus tweets outra vez.',
  ],
  vanished: [
    'Dados desapareceram enquanto eram salvos.',
    'Feche as outras abas desta página e tente de novo.',
  ],
  failed: ({ detail }) => [
    `O navegador não conseguiu ler ou gravar o armazenamento desta página${inBrackets(detail)}.`,
    'Tente de novo. Se acontecer outra vez, reinicie o navegador.',
  ],
};

const NOT_WRITABLE: WordsBy<'reason', ErrorDetails['file-not-writable']> = {
  full: [
    'Não há mais espaço onde o arquivo ia ficar.',
    'Libere espaço lá, ou exporte para outro lugar. O bot continua aqui.',
  ],
  denied: [
    'O navegador não pode gravar no arquivo que você escolheu.',
    'Exporte de novo e permita isso, ou escolha outro lugar. O bot continua aqui.',
  ],
  failed: ({ detail }) => [
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
    'storage-blocked': wordsBy('reason', BLOCKED),
    'file-not-writable': wordsBy('reason', NOT_WRITABLE),
  };
