/** The versions of a bot. The user chooses which one writes, and can delete versions. */
import type { BotVersion, RunSummary } from '../../protocol/bots.ts';
import { formatBytes, formatDate, formatLoss } from '../format.ts';
import { lossText } from '../runs/held-out-text.ts';
import { deleteVersion, editRun } from '../state/runs.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Icon } from '../ui/icons.tsx';
import { library } from '../texts/en/library.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('library', library);

export function Versions({ run }: { run: RunSummary }) {
  const { history } = run;
  if (history.length < 2) return null;
  const newest = history.at(-1)?.number;
  const writing = run.writesWith ?? newest;
  return (
    <Disclosure summary={texts.versions(history.length)} class="bot-versions">
      <ul>
        {history.toReversed().map((version) => (
          <li key={version.number} class="bot-version">
            <label>
              <input
                type="radio"
                name={`version-${run.id}`}
                checked={version.number === writing}
                onChange={() => {
                  const { number } = version;
                  void editRun(run.id, { writesWith: number === newest ? null : number });
                }}
              />
              <span>
                <b>{texts.version(version.number)}</b>
                <span class="bot-meta">{describe(version, run)}</span>
              </span>
            </label>
            <button
              type="button"
              class="icon-button"
              aria-label={texts.deleteVersion(version.number, run.name)}
              onClick={() => void deleteVersion(run, version)}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function describe(version: BotVersion, { points }: RunSummary): string {
  const { validationLoss, loss, completedSteps } = version;
  const quality =
    validationLoss === null
      ? loss === null
        ? []
        : [texts.lossIs(formatLoss(loss))]
      : [lossText({ points, loss: validationLoss, step: completedSteps })];
  const parts = [
    texts.atStep(completedSteps),
    ...quality,
    formatBytes(version.bytes),
    formatDate(version.createdAt),
  ];
  return parts.join(' · ');
}
