/** How sure a bot is of a text that it wrote, and what it attended to. This file has types only. */

import type { WritingSettings } from '../domain/writing.ts';

export interface CertaintyParams {
  readonly runId: string;
  readonly text: string;
  /** What the text was written with. */
  readonly settings: WritingSettings;
}

/** A token that the bot could have written at a place. */
export interface Chance {
  /** Null for the end of the tweet. */
  readonly text: string | null;
  /** Whether the token is a part of a character only, so that its text can't be shown. */
  readonly isPart: boolean;
  /** The model's own, at temperature 1. */
  readonly probability: number;
  /** With which the settings draw it; 0 if they rule it out. */
  readonly settingsProbability: number;
}

/** A token of the text. */
export interface CertaintyStep extends Chance {
  /** 1 if no token was likelier. */
  readonly rank: number;
  /** The likeliest other tokens, likeliest first. */
  readonly runnersUp: readonly Chance[];
}

/** A part of the text that can be pointed at: one token, or those that make one character together. */
export interface CertaintyPiece {
  readonly text: string;
  readonly steps: readonly CertaintyStep[];
}

export interface Certainty {
  /** Joined, they are the text as the bot's tokens say it. */
  readonly pieces: readonly CertaintyPiece[];
  /** That the tweet ends there; null if the text is longer than the model can look at. */
  readonly end: CertaintyStep | null;
}

export interface AttentionParams {
  readonly runId: string;
  readonly text: string;
  /** The number of the token that was chosen, from 0: what stands before it was attended to. */
  readonly step: number;
}

export interface Attention {
  readonly layers: number;
  readonly heads: number;
  /**
   * [layers, heads, step + 1]: of each head, a distribution over the beginning of the tweet (`<|endoftext|>`) and
   * the tokens before the chosen one.
   */
  readonly weights: Float32Array;
}
