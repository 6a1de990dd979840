/** “Real or bot?”: a round has ten pairs of a tweet that the bot never saw and one that it wrote. */

export const QUIZ_PAIRS = 10;

/** The outcome of one round. It includes the number of pairs, in case another version of the page has more. */
export interface QuizOutcome {
  /** When the round ended, in milliseconds since 1970. */
  readonly playedAt: number;
  /** It determines what the bot wrote, the pairs and their order. */
  readonly seed: number;
  readonly pairs: number;
  /** The number of pairs in which the player found the real tweet. */
  readonly right: number;
  /** The maximum number of pairs in a row in which the player found it. */
  readonly longestStreak: number;
  /** The number of the bot's version that wrote; null for a bot whose first training isn't finished. */
  readonly version: number | null;
}

interface WritingBot {
  readonly status: string;
  readonly writesWith: number | null;
  readonly history: readonly { readonly number: number }[];
}

/** The number of the version that a bot writes with; null for what it has learned so far. */
export function writingVersion({ status, writesWith, history }: WritingBot): number | null {
  if (history.some(({ number }) => number === writesWith)) return writesWith;
  return status === 'finished' ? (history.at(-1)?.number ?? null) : null;
}

export interface QuizScore {
  readonly rounds: number;
  readonly pairs: number;
  readonly right: number;
}

/** The sum over all rounds with the version that the bot writes with; null if there were none. */
export function quizScore(
  bot: WritingBot & { readonly quizzes: readonly QuizOutcome[] },
): QuizScore | null {
  const version = writingVersion(bot);
  const rounds = bot.quizzes.filter((quiz) => quiz.version === version);
  if (rounds.length === 0) return null;
  const sum = (of: (quiz: QuizOutcome) => number) => rounds.reduce((all, q) => all + of(q), 0);
  return { rounds: rounds.length, pairs: sum((q) => q.pairs), right: sum((q) => q.right) };
}

/** The maximum number of right answers in a row. */
export function longestStreak(answers: readonly boolean[]): number {
  let longest = 0;
  let now = 0;
  for (const isRight of answers) {
    now = isRight ? now + 1 : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}
