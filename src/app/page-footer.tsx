/** The page's footer: offline state, storage, running downloads, and available updates. */
import { formatBytes } from './format.ts';
import { isReadyOffline, reloadIntoNewVersion, waitingVersion } from './offline.ts';
import { activity } from './state/activity.ts';
import { enginePhase, storageInfo } from './state/engine.ts';
import { downloadJob } from './state/models.ts';
import { Icon } from './ui/icons.tsx';

export function PageFooter() {
  const storage = storageInfo.value;
  return (
    <footer class="footer">
      {isReadyOffline.value ? (
        <span class="footer-good">
          <Icon name="check" />
          Ready offline
        </span>
      ) : null}
      <span>
        <Icon name="lock" />
        Your tweets stay on this computer
      </span>
      {storage === null ? null : (
        <span>
          {formatBytes(storage.usageBytes)} stored of {formatBytes(storage.quotaBytes)}
        </span>
      )}
      <Downloading />
      <span>Mynah {__APP_VERSION__}</span>
      {/* Opens in a new tab, because leaving this page would interrupt a training. */}
      <a href="./licences.html" target="_blank" rel="noopener">
        Licences
      </a>
      {waitingVersion.value === null ? null : <UpdateOffer />}
    </footer>
  );
}

/** Shows a download's progress here, because it isn't visible elsewhere while a bot is being trained. */
function Downloading() {
  const job = downloadJob.value;
  if (job === null) return null;
  const { receivedBytes = 0, totalBytes = null } = job.progress ?? {};
  return (
    <span>
      <Icon name="download" />
      Downloading {job.repository}
      {totalBytes === null ? '' : `, ${Math.floor((100 * receivedBytes) / totalBytes)} %`}
    </span>
  );
}

function UpdateOffer() {
  return (
    <div class="update" role="status">
      {enginePhase.value.kind === 'elsewhere' || enginePhase.value.kind === 'starting' ? (
        'A new version of Mynah is available. You can reload when no other tab is at work.'
      ) : activity.value === null ? (
        <>
          A new version of Mynah is available.
          <button type="button" class="button button-small" onClick={reloadIntoNewVersion}>
            Reload
          </button>
        </>
      ) : (
        'A new version of Mynah is available. You can reload when this is done.'
      )}
    </div>
  );
}
