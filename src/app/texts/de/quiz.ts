/** “Real or bot?” in German. */
import type { QuizScore } from '../../../domain/quiz.ts';
import { byCount, formatCount } from '../../format.ts';
import type { Catalogue } from '../catalogue.ts';

export const quiz: Catalogue['quiz'] = {
  title: 'Echt oder Bot?',
  teaser:
    'Zehn echte Tweets, die der Bot nie gesehen hat, und zehn von ihm. Erkennst du, welche welche sind?',
  play: 'Spielen',
  playAgain: 'Noch einmal spielen',
  score: ({ right, pairs }: QuizScore) =>
    `Bisher erkannt: ${formatCount(right)} von ${formatCount(pairs)}`,

  howItGoes:
    'Du siehst zehn Paare von Tweets. Einer von jedem Paar ist echt: Er wurde beim Training zurückgehalten, der Bot hat ihn also nie gesehen. Den anderen hat der Bot gerade eben geschrieben, mit seinen üblichen Einstellungen. Beide sind ähnlich lang.',
  howToRead:
    'Finde den echten. Wenn du nur raten kannst, liegst du in etwa 5 von 10 Fällen richtig, und besser kann ein Bot nicht sein.',
  whoJudges:
    'Vielleicht erinnerst du dich an deine eigenen Tweets. Jemand anderes urteilt strenger über den Bot.',
  start: 'Los geht’s',
  cancel: 'Abbrechen',
  loadingModel: 'Der Bot wird geladen',
  writing: (written: number, wanted: number) =>
    `Schreibt Tweets: ${formatCount(written)} von ${formatCount(wanted)}`,
  preparing: 'Die Runde wird vorbereitet',

  impossible: {
    'no-tweets':
      'Die Tweets, aus denen dieser Bot gelernt hat, sind nicht in diesem Browser. Deshalb gibt es nichts Echtes zum Vergleichen. So ist es bei Bots aus Dateien und wenn Tweets gelöscht wurden. Bring dieselben Tweets mit und öffne den Bot noch einmal.',
    'too-few-held-out':
      'Eine Runde braucht zehn Tweets, die beim Training zurückgehalten wurden, und von den Tweets dieses Bots waren es weniger. Ab 40 Tweets werden einige zurückgehalten, von 400 etwa 60. Trainiere einen Bot mit mehr Tweets.',
    'too-different':
      'Was dieser Bot schreibt, ist so viel länger oder kürzer als die zurückgehaltenen Tweets, dass schon die Länge sie verraten würde. Trainiere ihn länger und versuche es noch einmal.',
  },

  pair: (number: number, of: number) => `Paar ${formatCount(number)} von ${formatCount(of)}`,
  question: 'Welcher ist echt?',
  keys: 'Tasten: 1 oder ← für den ersten, 2 oder → für den zweiten.',
  choice: (side: 0 | 1, text: string) =>
    side === 0 ? `Erster Tweet: ${text}` : `Zweiter Tweet: ${text}`,
  right: (side: 0 | 1) =>
    side === 0 ? 'Richtig: Der erste ist echt.' : 'Richtig: Der zweite ist echt.',
  wrong: (side: 0 | 1) =>
    side === 0 ? 'Falsch: Der erste ist echt.' : 'Falsch: Der zweite ist echt.',
  real: 'Echt',
  bot: 'Bot',
  chosen: 'deine Wahl',
  tally: (right: number, asked: number) =>
    `${formatCount(right)} von ${formatCount(asked)} richtig`,
  streak: (count: number) => `Serie: ${formatCount(count)}`,
  next: 'Nächstes Paar',
  finish: 'Ergebnis ansehen',

  result: (right: number, pairs: number) =>
    `${formatCount(right)} von ${formatCount(pairs)} erkannt`,
  meaning: {
    easy: 'Du erkennst diesen Bot, wenn du ihn siehst.',
    mostly: 'Meistens unterscheidest du den Bot von den echten Tweets.',
    guess: 'Etwa so gut wie geraten: Was er schreibt, geht als echt durch.',
    fooled: 'Du hast den Bot öfter für echt gehalten als die echten Tweets.',
  },
  chance:
    'Eine Runde sagt wenig: Schon durch Raten hat eine von 18 Runden 8 oder mehr richtige. Mehrere Runden zusammen sagen mehr.',
  longest: (count: number) => `Längste Serie: ${formatCount(count)}`,
  allRounds: ({ right, pairs, rounds }: QuizScore) =>
    byCount(rounds, {
      one: `In ${formatCount(rounds)} Runde mit ihm: ${formatCount(right)} von ${formatCount(pairs)} erkannt`,
      other: `In allen ${formatCount(rounds)} Runden mit ihm: ${formatCount(right)} von ${formatCount(pairs)} erkannt`,
    }),
  kept: 'Das Ergebnis bleibt beim Bot und in seiner Aufzeichnung unter „Läufe“.',
  savePicture: 'Bild speichern',
  pictureSaved: 'Bild gespeichert.',
  noPicture: 'Dein Browser konnte das Bild nicht zeichnen.',
  noShare: 'Dein Browser konnte das Bild nicht teilen. Speichere es stattdessen.',

  pictureLine: 'Echte Tweets gegen einen Bot, der aus ihnen gelernt hat',
  pictureFoot: 'Im Browser trainiert · Mynah',
};
