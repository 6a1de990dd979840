/** A progress bar with a label. Without a value, it shows activity of unknown length. */

export interface ProgressProps {
  readonly label: string;
  /** From 0 to 1, or null. */
  readonly value: number | null;
  /** Read by screen readers instead of the percentage, for example `step 40 of 120`. */
  readonly valueText: string;
}

export function ProgressBar({ label, value, valueText }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10;
  return (
    <div
      class={percent === null ? 'progress progress-unknown' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': Math.round(percent) })}
      aria-valuetext={valueText}
    >
      <div class="progress-fill" style={percent === null ? {} : { width: `${percent}%` }} />
    </div>
  );
}
