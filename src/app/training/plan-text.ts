/** What the memory of a training consists of, in plain words. */
import type { TrainingPlan } from '../../protocol/calls.ts';
import { formatBytes } from '../format.ts';
import { LABELS } from '../labels.ts';
import { overrides } from '../state/plan.ts';

export function MemoryNote({ plan }: { plan: TrainingPlan }) {
  const { memory } = plan;
  if (memory === undefined) return null;
  const parts: readonly (readonly [string, number])[] = [
    ['the model', memory.weightBytes],
    ['what each step would change in it', memory.gradientBytes],
    ['what it remembers of earlier steps', memory.momentBytes],
    ['room to work', memory.workingBytes],
  ];
  const list = parts.map(([what, bytes]) => `${what} ${formatBytes(bytes)}`);
  return (
    <p class="estimate-note">
      Memory is {listFormat.format(list)}.{savings(plan)}
    </p>
  );
}

const listFormat = new Intl.ListFormat('en');

/** What was given up so that it fits, where the user left that open. */
function savings({ mode, checkpointing }: TrainingPlan): string {
  const chosen = overrides.value;
  const saved: string[] = [];
  if (mode === 'lora' && chosen.mode === undefined) {
    saved.push('a small adapter is trained instead of all of the model');
  }
  if (checkpointing && chosen.checkpointing === undefined) {
    saved.push(`“${LABELS.lessMemory}” is on`);
  }
  return saved.length === 0 ? '' : ` So that it fits, ${listFormat.format(saved)}.`;
}
