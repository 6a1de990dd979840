/** The choice Custom, and the bounds of training options. Bounds are written as numbers: `16`, `65,536`, `0.5`. */

export const options = {
  custom: 'Custom',
  /** @param preset The name of the preset whose values apply where the user sets none. */
  customDescription: (preset: string) =>
    `Values of your own, under “Advanced”. Where you set none, those of ${preset} apply.`,
  backToPreset: 'Back to the preset',
  bounds: {
    tokens: (min: string, max: string) => `From ${min} to ${max} tokens.`,
    steps: (min: string, max: string) => `From ${min} to ${max} steps.`,
    passes: (min: string, max: string) => `From ${min} to ${max} passes.`,
    evaluations: (min: string, max: string) => `From ${min} to ${max} evaluations.`,
    share: (min: string, max: string) => `A share from ${min} to ${max}.`,
    none: (min: string, max: string) => `From ${min} to ${max}, without a unit.`,
  },
};
