/** The ready-made bot that comes with the page: in the first screen, and among the bots. */
import type { Catalogue } from '../catalogue.ts';

export const ready: Catalogue['ready'] = {
  title: 'Experimente',
  about:
    'Um bot pronto, treinado com os tweets de um autor inventado: um pássaro em um balcão de achados e perdidos. Ele roda no seu computador e escreve em inglês. É pequeno: conhece o jeito dos tweets, não o mundo.',
  badge: 'Já pronto',
  placeholder: 'Comece um tweet, ou deixe vazio',
  // In English, which the bot knows.
  starts: ['My dream is', 'I think', 'Today', 'Nobody'],
  write: 'Escrever',
  stopping: 'Parando…',
  teach: 'Agora ensine o seu jeito',
  moreSettings: 'Mais ajustes',
  opening: 'Abrindo o bot…',
  engineStarts: 'Iniciando o motor…',
  noEngine:
    'Ele não pode escrever enquanto o motor não estiver funcionando. O aviso no alto diz por quê.',
  status: 'Vem com a página, para experimentar.',
  isBack: 'O bot pronto está de volta.',
};
