/** Turns gradients by name into slots for the operations, and collects afterwards what is in the slots. */

import { must } from '../core/assert.ts';
import type { GradientSlot, LayerGradients, Tensor } from '../ops/operands.ts';

export class GradientSink {
  private readonly gradients: Map<string, Tensor>;
  private readonly accumulate: boolean;
  private readonly slots = new Map<string, GradientSlot>();

  constructor(gradients: Map<string, Tensor>, accumulate: boolean) {
    this.gradients = gradients;
    this.accumulate = accumulate;
  }

  /** A parameter that is used twice adds the gradient of its second use to that of its first. */
  slot(name: string): GradientSlot {
    const before = this.slots.get(name);
    const value = before?.value ?? this.gradients.get(name);
    const slot = {
      value: must(value, `the gradient of ${name}`),
      accumulate: this.accumulate || before !== undefined,
    };
    this.slots.set(name, slot);
    return slot;
  }

  /** Null for a frozen parameter. */
  slotOf(name: string): GradientSlot | null {
    return this.gradients.has(name) ? this.slot(name) : null;
  }

  /** Null for a frozen layer. */
  layer(name: string): LayerGradients | null {
    const weight = this.slotOf(`${name}.weight`);
    return weight && { weight, bias: this.slot(`${name}.bias`) };
  }

  /** Puts the tensors that the operations have put into the slots into the map of gradients. */
  finish(): void {
    for (const [name, slot] of this.slots) this.gradients.set(name, slot.value);
  }
}
