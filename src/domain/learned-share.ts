/** How much of what a bot wrote during its training it had learned by heart. */

interface Sample {
  readonly step: number;
  readonly learned?: { readonly grams: number; readonly shared: number } | undefined;
}

export interface LearnedShare {
  readonly step: number;
  /** Sequences of eight words in the samples of this step, and how many of them stand in a training tweet. */
  readonly grams: number;
  readonly shared: number;
  /** `shared` divided by `grams`. */
  readonly share: number;
}

/** One for each step with samples, in their order. Steps whose samples all have fewer than eight words are left out. */
export function learnedShares(samples: readonly Sample[]): readonly LearnedShare[] {
  const bySteps = new Map<number, { grams: number; shared: number }>();
  for (const { step, learned } of samples) {
    const sum = bySteps.get(step) ?? { grams: 0, shared: 0 };
    sum.grams += learned?.grams ?? 0;
    sum.shared += learned?.shared ?? 0;
    bySteps.set(step, sum);
  }
  return [...bySteps].flatMap(([step, { grams, shared }]) =>
    grams === 0 ? [] : [{ step, grams, shared, share: shared / grams }],
  );
}
