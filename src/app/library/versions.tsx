/** The versions of a bot. The user chooses which one writes, and can delete versions. */
import type { BotVersion, RunSummary } from '../../protocol/bots.ts';
import { formatBytes, formatCount, formatDate, formatLoss } from '../format.ts';
import { lossText } from '../runs/held-out-text.ts';
import { deleteVersion, editRun } from '../state/runs.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Icon } from '../ui/icons.tsx';

export function Versions({ run }: { run: RunSummary }) {
  const { history } = run;
  if (history.length < 2) return null;
  const newest = history.at(-1)?.number;
  const writing = run.writesWith ?? newest;
  return (
    <Disclosure summary={`${formatCount(history.length)} versions`} class="bot-versions">
      <ul>
        {history.toReversed().map((version) => (
          <li key={version.number} class="bot-version">
            <label>
              <input
                type="radio"
                name={`version of ${run.id}`}
                checked={version.number === writing}
                onChange={() => {
                  const { number } = version;
                  void editRun(run.id, { writesWith: number === newest ? null : number });
                }}
              />
              <span>
                <b>Version {version.number}</b>
                <span class="bot-meta">{describe(version, run)}</span>
              </span>
            </label>
            <button
              type="button"
              class="icon-button"
              aria-label={`Delete version ${version.number} of ${run.name}`}
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
        : [`loss ${formatLoss(loss)}`]
      : [lossText({ points, loss: validationLoss, step: completedSteps })];
  const parts = [
    `step ${formatCount(completedSteps)}`,
    ...quality,
    formatBytes(version.bytes),
    formatDate(version.createdAt),
  ];
  return parts.join(' · ');
}
