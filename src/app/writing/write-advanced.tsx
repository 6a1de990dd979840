/** The settings for sampling. */
import { LABELS } from '../labels.ts';
import { DEFAULT_STYLE, style, type WritingStyle } from '../state/writing.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { NumberField } from '../ui/number-field.tsx';

export function WriteAdvanced() {
  const chosen = style.value;
  const set = (changes: Partial<WritingStyle>) => {
    style.value = { ...style.value, ...changes };
  };
  return (
    <Disclosure summary={LABELS.advanced}>
      <div class="fields">
        <NumberField
          label={LABELS.howMany}
          hint="Tweets to write at once."
          value={chosen.count}
          otherwise={String(DEFAULT_STYLE.count)}
          min={1}
          max={20}
          onChange={(count) => set({ count: count ?? DEFAULT_STYLE.count })}
        />
        <NumberField
          label={LABELS.temperature}
          hint="Higher is more surprising, lower is more predictable."
          value={chosen.temperature}
          otherwise={String(DEFAULT_STYLE.temperature)}
          min={0.05}
          max={3}
          step="any"
          isInteger={false}
          onChange={(value) => set({ temperature: value ?? DEFAULT_STYLE.temperature })}
        />
        <NumberField
          label={LABELS.topP}
          hint="Choose among the most likely words up to this total probability."
          value={chosen.topP}
          otherwise={String(DEFAULT_STYLE.topP)}
          min={0.01}
          max={1}
          step="any"
          isInteger={false}
          onChange={(value) => set({ topP: value ?? DEFAULT_STYLE.topP })}
        />
        <NumberField
          label={LABELS.topK}
          hint="Choose among this many of the most likely words; 0 for all."
          value={chosen.topK}
          otherwise={String(DEFAULT_STYLE.topK)}
          min={0}
          max={1000}
          onChange={(value) => set({ topK: value ?? DEFAULT_STYLE.topK })}
        />
        <NumberField
          label={LABELS.repetitionPenalty}
          hint="Above 1, the bot repeats itself less; 1 has no effect."
          value={chosen.repetitionPenalty}
          otherwise={String(DEFAULT_STYLE.repetitionPenalty)}
          min={1}
          max={2}
          step="any"
          isInteger={false}
          onChange={(value) => set({ repetitionPenalty: value ?? DEFAULT_STYLE.repetitionPenalty })}
        />
        <NumberField
          label={LABELS.maxTokens}
          hint="A token is about ¾ of a word."
          value={chosen.maxTokens}
          otherwise={String(DEFAULT_STYLE.maxTokens)}
          min={8}
          max={512}
          onChange={(value) => set({ maxTokens: value ?? DEFAULT_STYLE.maxTokens })}
        />
        <NumberField
          label={LABELS.seed}
          hint="The same seed writes the same tweets."
          value={chosen.seed}
          placeholder="Random"
          otherwise="random"
          min={0}
          max={4_294_967_295}
          onChange={(seed) => set({ seed })}
        />
      </div>
    </Disclosure>
  );
}
