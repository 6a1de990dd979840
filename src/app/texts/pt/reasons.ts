/** Why a tweet isn't used, as it is said of one tweet, and of all tweets that are left out for it. */
import type { Catalogue } from '../catalogue.ts';

export const reasons: Catalogue['reasons'] = {
  'by-hand': { one: 'Por você', all: 'Por você' },
  audience: { one: 'Público desconhecido', all: 'Posts que não dizem quem podia vê-los' },
  retweet: { one: 'Retweet', all: 'Retweets' },
  reply: { one: 'Resposta', all: 'Respostas' },
  quote: { one: 'Citação', all: 'Citações' },
  edited: { one: 'Versão antiga', all: 'Versões antigas' },
  date: { one: 'Outra data', all: 'Outras datas' },
  language: { one: 'Outro idioma', all: 'Outros idiomas' },
  likes: { one: 'Poucas curtidas', all: 'Com poucas curtidas' },
  link: { one: 'Com um link', all: 'Com links' },
  hashtag: { one: 'Com uma hashtag', all: 'Com hashtags' },
  excluded: { one: 'Palavra filtrada', all: 'Com palavras filtradas' },
  emoji: { one: 'Só emojis', all: 'Só com emojis' },
  short: { one: 'Curto', all: 'Curtos' },
  duplicate: { one: 'Repetido', all: 'Repetidos' },
};
