/** What the calls about “Real or bot?” are given, report and return. This file has types only. */

export interface QuizParams {
  readonly runId: string;
  /** If undefined, the engine draws a seed and returns it in the result. */
  readonly seed?: number | undefined;
}

export interface QuizProgress {
  readonly phase: 'loading-model' | 'writing';
  /** How many of the tweets that are wanted now are written. */
  readonly written: number;
  readonly wanted: number;
}

export interface QuizPair {
  /** In the order in which they are shown. */
  readonly texts: readonly [string, string];
  /** The index of the tweet that the user wrote and that the bot never saw. */
  readonly real: 0 | 1;
}

export type Quiz =
  | {
      readonly kind: 'ready';
      readonly seed: number;
      readonly pairs: readonly QuizPair[];
      /** The number of the bot's version that wrote; null for a bot whose first training isn't finished. */
      readonly version: number | null;
    }
  | {
      readonly kind: 'impossible';
      /**
       * `no-tweets`: what the bot learned from isn't here. `too-few-held-out`: too few of them were held out.
       * `too-different`: what the bot writes is longer or shorter than they are, so length alone would tell.
       */
      readonly reason: 'no-tweets' | 'too-few-held-out' | 'too-different';
      /** The number of tweets that were held out and can be asked for. */
      readonly heldOut: number;
    };
