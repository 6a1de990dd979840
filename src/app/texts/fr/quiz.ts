/** “Real or bot?” in French. */
import type { QuizScore } from '../../../domain/quiz.ts';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quiz: Catalogue['quiz'] = {
  title: 'Vrai ou bot ?',
  teaser:
    'Dix vrais tweets que le bot n’a jamais vus, dix de lui. Saurez-vous dire lesquels sont lesquels ?',
  play: 'Jouer',
  playAgain: 'Rejouer',
  score: ({ right, pairs }: QuizScore) =>
    `Reconnus jusqu’ici : ${formatCount(right)} sur ${formatCount(pairs)}`,

  howItGoes:
    'Vous voyez dix paires de tweets. Dans chaque paire, l’un est vrai : il a été mis de côté à l’entraînement, le bot ne l’a donc jamais vu. L’autre vient d’être écrit par le bot, avec ses réglages habituels. Les deux ont une longueur semblable.',
  howToRead:
    'Trouvez le vrai. Si vous ne pouvez que deviner, vous aurez raison environ 5 fois sur 10, et un bot ne peut pas faire mieux.',
  whoJudges:
    'Vous vous souvenez peut-être de vos propres tweets. Quelqu’un d’autre sera un juge plus sévère.',
  start: 'Commencer',
  cancel: 'Annuler',
  loadingModel: 'Chargement du bot',
  writing: (written: number, wanted: number) =>
    `Écriture des tweets : ${formatCount(written)} sur ${formatCount(wanted)}`,
  preparing: 'Préparation de la partie',

  impossible: {
    'no-tweets':
      'Les tweets avec lesquels ce bot a appris ne sont pas dans ce navigateur : il n’y a donc rien de vrai à comparer. C’est le cas des bots venus de fichiers, et après la suppression de tweets. Apportez les mêmes tweets, puis ouvrez le bot à nouveau.',
    'too-few-held-out':
      'Une partie demande dix tweets mis de côté à l’entraînement, et ce bot en a moins. À partir de 40 tweets, quelques-uns sont mis de côté ; sur 400, environ 60. Entraînez un bot avec plus de tweets.',
    'too-different':
      'Ce qu’écrit ce bot est tellement plus long ou plus court que les tweets mis de côté que la longueur seule le trahirait. Entraînez-le plus longtemps, puis réessayez.',
  },

  pair: (number: number, of: number) => `Paire ${formatCount(number)} sur ${formatCount(of)}`,
  question: 'Lequel est vrai ?',
  keys: 'Touches : 1 ou ← pour le premier, 2 ou → pour le second.',
  choice: (side: 0 | 1, text: string) =>
    side === 0 ? `Premier tweet : ${text}` : `Second tweet : ${text}`,
  right: (side: 0 | 1) =>
    side === 0 ? 'Juste : le premier est vrai.' : 'Juste : le second est vrai.',
  wrong: (side: 0 | 1) =>
    side === 0 ? 'Faux : le premier est vrai.' : 'Faux : le second est vrai.',
  real: 'Vrai',
  bot: 'Bot',
  chosen: 'votre choix',
  tally: (right: number, asked: number) =>
    byCount(right, {
      one: `${formatCount(right)} juste sur ${formatCount(asked)}`,
      other: `${formatCount(right)} justes sur ${formatCount(asked)}`,
    }),
  streak: (count: number) => `Série : ${formatCount(count)}`,
  next: 'Paire suivante',
  finish: 'Voir le résultat',

  result: (right: number, pairs: number) =>
    byCount(right, {
      one: `${formatCount(right)} reconnu sur ${formatCount(pairs)}`,
      other: `${formatCount(right)} reconnus sur ${formatCount(pairs)}`,
    }),
  meaning: {
    easy: 'Ce bot, vous le reconnaissez quand vous le voyez.',
    mostly: 'Le plus souvent, vous distinguez le bot des vrais tweets.',
    guess: 'À peu près comme au hasard : ce qu’il écrit passe pour vrai.',
    fooled: 'Vous avez pris le bot pour vrai plus souvent que les vrais tweets.',
  },
  chance:
    'Une partie en dit peu : au seul hasard, une partie sur 18 a 8 bonnes réponses ou plus. Plusieurs parties ensemble en disent davantage.',
  longest: (count: number) => `Plus longue série : ${formatCount(count)}`,
  allRounds: ({ right, pairs, rounds }: QuizScore) =>
    byCount(rounds, {
      one: `En ${formatCount(rounds)} partie avec lui : ${formatCount(right)} reconnus sur ${formatCount(pairs)}`,
      other: `En ${formatCount(rounds)} parties avec lui : ${formatCount(right)} reconnus sur ${formatCount(pairs)}`,
    }),
  kept: 'Le résultat reste avec le bot, et dans son enregistrement sous « Sessions ».',
  savePicture: 'Enregistrer l’image',
  pictureSaved: 'Image enregistrée.',
  noPicture: 'Votre navigateur n’a pas pu dessiner l’image.',
  noShare: 'Votre navigateur n’a pas pu partager l’image. Enregistrez-la plutôt.',

  pictureLine: 'De vrais tweets contre un bot qui a appris avec eux',
  pictureFoot: 'Entraîné dans le navigateur · Mynah',
};
