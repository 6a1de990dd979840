/** A progress bar with a name. Without a value it is underway and nobody knows how far. */

export interface ProgressProps {
  readonly label: string;
  /** From 0 to 1, or null. */
  readonly value: number | null;
  /** Said instead of the percentage: `step 40 of 120`. */
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
