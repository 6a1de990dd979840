/** A progress bar on which the bird walks along. */
import { Bird, type BirdMood } from './bird.tsx';
import { ProgressBar, type ProgressProps } from './progress.tsx';

export function PerchedProgress({ mood, ...progress }: ProgressProps & { mood: BirdMood }) {
  const share = Math.min(1, Math.max(0, progress.value ?? 0));
  return (
    <div class="perched">
      <div class="perched-track" aria-hidden="true">
        <div class="perched-bird" style={{ insetInlineStart: `${share * 100}%` }}>
          <Bird mood={mood} />
        </div>
      </div>
      <ProgressBar {...progress} />
    </div>
  );
}
