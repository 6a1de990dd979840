/** What the call that writes tweets is given, reports and returns. This file has types only. */

export interface GenerateParams {
  readonly runId: string;
  readonly prompt: string;
  readonly count: number;
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  /** 1 has no effect; above 1, words that are already in the text become less likely. */
  readonly repetitionPenalty: number;
  /** The maximum number of tokens of a tweet, including the prompt. */
  readonly maxTokens: number;
  /** If undefined, the engine draws a seed and returns it in the result. */
  readonly seed?: number | undefined;
}

export interface GenerateProgress {
  readonly phase: 'loading-model' | 'writing';
  /** The tweets that have changed since the last report: each whole text so far, including the prompt. */
  readonly tweets: readonly {
    readonly index: number;
    readonly text: string;
    readonly isDone: boolean;
  }[];
}

/** A passage of a generated tweet that is, word for word, in a tweet that the bot was trained on. */
export interface TweetCopy {
  /** The passage, in code units of the generated tweet. */
  readonly start: number;
  readonly end: number;
  /** The tweet that the bot was trained on. */
  readonly original: string;
}

export interface GenerateResult {
  readonly seed: number;
  readonly tweets: readonly string[];
  /** For each tweet its copied passage, if any. Null if the bot's training texts are no longer stored. */
  readonly copies: readonly (TweetCopy | null)[] | null;
  readonly tokens: number;
  readonly tokensPerSecond: number;
}
