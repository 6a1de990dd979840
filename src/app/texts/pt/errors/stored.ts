/** What the page says of stored things that are gone, damaged or not there yet. */
import type { ErrorDetails, StoredThing } from '../../../../core/errors.ts';
import type { ErrorWords, ErrorTable } from '../../error-words.ts';
import { faultWords } from './faults.ts';

type What = StoredThing['what'];

/** Their ids mean nothing to people and are not shown. */
const NOT_FOUND: { readonly [W in What]: ErrorWords } = {
  dataset: {
    sentence: 'Estes tweets foram excluídos aqui.',
    nextStep: 'Um bot que aprendeu com eles ainda escreve. Para treinar, importe tweets de novo.',
  },
  texts: {
    sentence: 'Os tweets com que este bot aprendeu não estão guardados aqui.',
    nextStep: 'O bot ainda escreve. Para treinar, importe os tweets de novo e crie um novo bot.',
  },
  run: {
    sentence: 'Este bot foi excluído aqui.',
    nextStep: 'Escolha outro bot, ou treine um novo.',
  },
  version: {
    sentence: 'Esta versão do bot foi excluída aqui.',
    nextStep: 'Escolha outra versão dele.',
  },
  checkpoint: {
    sentence: 'O que este bot tinha aprendido não está mais guardado aqui.',
    nextStep: 'Exclua o bot e treine um novo com os mesmos tweets.',
  },
  adapter: {
    sentence: 'Este bot não tem adaptador: foi treinado o modelo inteiro.',
    nextStep: 'Em vez disso, exporte o modelo.',
  },
  model: {
    sentence: 'Este modelo base não está mais guardado neste navegador.',
    nextStep: 'Escolha outro modelo, ou adicione este de novo.',
  },
  download: {
    sentence: 'Este download não está mais guardado aqui.',
    nextStep: 'Comece-o de novo.',
  },
};

const BOT_DAMAGED = {
  sentence: 'O que está guardado deste bot está danificado',
  nextStep: 'Exclua-o e treine um novo com os mesmos tweets.',
};

/** Sentences without their full stop: what exactly is damaged follows in brackets. */
const DAMAGED: { readonly [W in Exclude<What, 'model'>]: ErrorWords } = {
  dataset: {
    sentence: 'Há tweets guardados aqui que estão danificados',
    nextStep: 'Exclua-os e importe-os de novo. Os bots treinados com eles ainda escrevem.',
  },
  texts: {
    sentence: 'Os tweets guardados com este bot estão danificados',
    nextStep: 'O bot ainda escreve. Para treinar, importe os tweets de novo e crie um novo bot.',
  },
  run: BOT_DAMAGED,
  version: BOT_DAMAGED,
  checkpoint: BOT_DAMAGED,
  adapter: BOT_DAMAGED,
  download: {
    sentence: 'O que foi baixado deste modelo está danificado',
    nextStep: 'Exclua o download e comece-o de novo.',
  },
};

const DAMAGED_MODEL: {
  readonly [O in NonNullable<ErrorDetails['stored-data-damaged']['origin']>]: ErrorWords;
} = {
  starter: {
    sentence: 'O modelo que vem com a página está danificado no armazenamento deste navegador',
    nextStep: 'Recarregue a página para buscá-lo de novo.',
  },
  files: {
    sentence: 'O modelo base está danificado no armazenamento deste navegador',
    nextStep: 'Exclua o modelo aqui e adicione-o de novo a partir dos arquivos dele.',
  },
  bot: {
    sentence: 'O modelo deste bot está danificado no armazenamento deste navegador',
    nextStep: 'Exclua o bot aqui e abra o arquivo dele de novo.',
  },
  hub: {
    sentence: 'O modelo base está danificado no armazenamento deste navegador',
    nextStep: 'Exclua o modelo aqui e baixe-o de novo.',
  },
};

export const storedErrors: ErrorTable<'not-found' | 'stored-data-damaged' | 'not-trained-yet'> = {
  'not-found': ({ what }) => NOT_FOUND[what],
  'stored-data-damaged': ({ what, origin = 'files', fault }) => {
    const text = what === 'model' ? DAMAGED_MODEL[origin] : DAMAGED[what];
    return { ...text, sentence: `${text.sentence} (${faultWords(fault)}).` };
  },
  'not-trained-yet': () => ({
    sentence: 'Este bot ainda não aprendeu nada.',
    nextStep: 'Treine-o: ele pode escrever assim que tiver sido salvo pela primeira vez.',
  }),
};
