/** The list of base models, and how others are added to it. */
import { formatBytes } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const modelList: Catalogue['modelList'] = {
  starter: 'Pequeno e rápido. Pega as suas palavras e os seus assuntos.',
  downloadPromise:
    'Um download pede ao Hub os arquivos do modelo e nada mais. Os seus tweets ficam aqui.',
  deleteOf: (name) => `Excluir ${name}`,
  confirmDownloaded: (name) =>
    `Excluir ${name}? Para usá-lo de novo, será preciso baixá-lo outra vez.`,
  confirmAdded: (name) =>
    `Excluir ${name}? Para usá-lo de novo, será preciso adicioná-lo outra vez.`,
  deleteModel: 'Excluir modelo',
  pausedAt: (done) => `Em pausa: ${formatBytes(done)} já aqui`,
  pausedAtOf: (done, total) => `Em pausa: ${formatBytes(done)} de ${formatBytes(total)} já aqui`,
  cancel: 'Cancelar',
  resume: 'Retomar',
  download: 'Baixar',
  downloadBytes: (bytes) => `Baixar ${formatBytes(bytes)}`,
  opening: (name) => `Abrindo ${name}…`,
  checked: (done, total) => `${formatBytes(done)} de ${formatBytes(total)} verificados`,
  saved: (done, total) => `${formatBytes(done)} de ${formatBytes(total)} salvos`,
  adding: (name) => `Adicionando ${name}`,

  wrongName: 'Escreva como dono/nome, ou cole o endereço da página dele.',
  mirror: 'Se você usa um espelho do Hub',
  mirrorHint:
    'Por padrão só funciona huggingface.co: quem mantém esta página precisa permitir um espelho. Deixe vazio para o próprio Hub.',
  wrongAddress: 'Um endereço que comece com https://.',

  fromComputer: 'Um modelo deste computador',
  dropIt:
    'Ou um deste computador: solte aqui a pasta, os arquivos ou o ZIP dele, como estão no Hub.',
  chooseFiles: 'Escolher arquivos ou ZIP',
  chooseFolder: 'Escolher uma pasta',
};
