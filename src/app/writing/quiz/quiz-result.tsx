/** The outcome of a round: the score, what it means, and a picture of it. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { longestStreak, quizScore } from '../../../domain/quiz.ts';
import { fileStem } from '../../../domain/file-stem.ts';
import type { RunSummary } from '../../../protocol/bots.ts';
import { LABELS } from '../../labels.ts';
import { saveFile } from '../../save-file.ts';
import { canSharePictures, share } from '../../share.ts';
import { activity } from '../../state/activity.ts';
import { isEngineReady } from '../../state/engine.ts';
import { quizError, startQuiz } from '../../state/quiz.ts';
import { Icon } from '../../ui/icons.tsx';
import { FirstButton } from './first-button.tsx';
import { Trail } from './quiz-pairs.tsx';
import { quizPicture } from './quiz-picture.ts';
import { quiz as quizRoom } from '../../texts/en/quiz.ts';
import { messages } from '../../texts/messages.ts';

const texts = messages('quiz', quizRoom);

interface QuizResultProps {
  readonly run: RunSummary;
  readonly answers: readonly boolean[];
}

export function QuizResult({ run, answers }: QuizResultProps) {
  const panel = useRef<HTMLDivElement>(null);
  const news = useSignal('');
  const right = answers.filter(Boolean).length;
  const all = quizScore(run);
  const fileName = `${fileStem(run.name, 'my')}-real-or-bot.png`;
  const withPicture = async (use: (picture: File) => Promise<void>) => {
    if (panel.current === null) return;
    try {
      const picture = await quizPicture(run, answers, panel.current);
      await use(new File([picture], fileName, { type: 'image/png' }));
    } catch {
      news.value = texts.noPicture;
    }
  };
  const save = () =>
    withPicture(async (picture) => {
      saveFile(picture, fileName);
      news.value = texts.pictureSaved;
    });
  const sharePicture = () =>
    withPicture(async (picture) => {
      if (!(await share({ files: [picture] }))) news.value = texts.noShare;
    });
  return (
    <div class="quiz" ref={panel}>
      <p class="verdict" role="status">
        {texts.result(right, answers.length)}
      </p>
      <Trail answers={answers} of={answers.length} />
      <p>{texts.meaning[meaningOf(right / answers.length)]}</p>
      <p class="quiet">{texts.chance}</p>
      <ul class="quiz-facts">
        <li>{texts.longest(longestStreak(answers))}</li>
        {all === null || all.rounds < 2 ? null : <li>{texts.allRounds(all)}</li>}
        {quizError.value === null ? <li>{texts.kept}</li> : null}
      </ul>
      <div class="row-actions">
        {isEngineReady.value && activity.value === null ? (
          <FirstButton onClick={() => void startQuiz(run)}>{texts.playAgain}</FirstButton>
        ) : null}
        <button type="button" class="button" onClick={() => void save()}>
          <Icon name="picture" />
          {texts.savePicture}
        </button>
        {canSharePictures() ? (
          <button type="button" class="button" onClick={() => void sharePicture()}>
            <Icon name="share" />
            {LABELS.sharePicture}
          </button>
        ) : null}
      </div>
      <p class="quiet" role="status">
        {news.value}
      </p>
    </div>
  );
}

function meaningOf(share: number): keyof typeof quizRoom.meaning {
  if (share >= 0.9) return 'easy';
  if (share >= 0.7) return 'mostly';
  return share >= 0.4 ? 'guess' : 'fooled';
}
