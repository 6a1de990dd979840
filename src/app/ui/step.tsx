/**
 * One of the three steps: a number, a heading, a summary of one line, and a body.
 *
 * A step that waits for an earlier one has no body yet. In a step that can be folded, the heading is a button, as in
 * any accordion.
 */
import type { ComponentChildren } from 'preact';
import { headingOfStep, openSteps, type StepName, setOpen } from '../state/steps.ts';
import { useFocusWhenLost } from './focus.ts';
import { Icon } from './icons.tsx';

interface StepProps {
  readonly name: StepName;
  readonly number: number;
  readonly title: string;
  readonly state: 'waiting' | 'active' | 'done';
  /** One line next to the heading: the result of a finished step, or what a waiting step needs. */
  readonly summary: ComponentChildren;
  readonly canFold: boolean;
  readonly children?: ComponentChildren;
}

export function Step({ name, number, title, state, summary, canFold, children }: StepProps) {
  const isOpen = state !== 'waiting' && (!canFold || openSteps.value[name]);
  const headingId = headingOfStep(name);
  const bodyId = `${headingId}-body`;
  return (
    <section class={`step step-${state} ${isOpen ? 'step-open' : ''}`} aria-labelledby={headingId}>
      <span class="step-node" aria-hidden="true">
        {state === 'done' ? <Icon name="check" /> : number}
      </span>
      <div class="step-head">
        <h2 id={headingId} class="step-title">
          {canFold && state !== 'waiting' ? (
            <Toggle name={name} title={title} isOpen={isOpen} bodyId={bodyId} />
          ) : (
            title
          )}
        </h2>
        {summary === null ? null : <p class="step-summary">{summary}</p>}
      </div>
      {/* Stays in the page while folded, because `aria-controls` refers to it. */}
      <div id={bodyId} class="step-body" hidden={!isOpen}>
        {isOpen ? children : null}
      </div>
    </section>
  );
}

interface ToggleProps extends Pick<StepProps, 'name' | 'title'> {
  readonly isOpen: boolean;
  readonly bodyId: string;
}

/** Where the first step folds by itself, what had the focus is gone, and its heading takes it. */
function Toggle({ name, title, isOpen, bodyId }: ToggleProps) {
  const button = useFocusWhenLost<HTMLButtonElement>();
  return (
    <button
      ref={name === 'tweets' && !isOpen ? button : null}
      type="button"
      class="step-toggle"
      aria-expanded={isOpen}
      aria-controls={bodyId}
      onClick={() => setOpen({ [name]: !isOpen })}
    >
      {title}
      <Icon name="chevron" />
    </button>
  );
}
