/** Turns gradients by name into slots for the operations, and collects afterwards what is in the slots. */

import { must } from '../core/assert.ts';
import type { GradientSlot, LayerGradients, Tensor } from '../ops/operands.ts';
import type { ModelDropout } from './layers.ts';

/** Gradients by the names of parameters, with their shapes. */
export type Gradients = Map<string, Tensor>;

export interface GradientOptions {
  /** The result is the gradient of loss · scale. */
  readonly scale: number;
  readonly dropout?: ModelDropout | undefined;
  /**
   * Existing gradients to write to. This map is returned, and its entries may be replaced. A training that
   * reuses one map allocates no gradients in a step.
   */
  readonly into?: Gradients | undefined;
  /** Adds to the gradients in `into`, for the second and later micro-batches of a step. */
  readonly accumulate?: boolean | undefined;
  /**
   * Gradient checkpointing (Chen et al., arXiv:1604.06174): keeps only the input of every block and runs the
   * block again in the backward pass. This takes a quarter more time and a tenth of the memory for
   * activations, and gives the same gradients.
   */
  readonly checkpointing?: boolean | undefined;
  /**
   * Keeps most of what blocks need in the backward pass as float16, if the operations can. The residual stream, the
   * statistics and all sums stay float32. Without effect where {@link checkpointing} keeps nothing of it.
   */
  readonly hasHalfActivations?: boolean | undefined;
}

/** The mean loss, a scalar, and the gradients by name. */
export interface LossAndGradients {
  readonly loss: Tensor;
  readonly gradients: Gradients;
}

export class GradientSink {
  private readonly gradients: Gradients;
  private readonly accumulate: boolean;
  private readonly slots = new Map<string, GradientSlot>();

  constructor(gradients: Gradients, accumulate: boolean) {
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
