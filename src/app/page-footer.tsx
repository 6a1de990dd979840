/** The page's footer: offline state, storage, running downloads, and available updates. */
import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { formatBytes } from './format.ts';
import { LABELS } from './labels.ts';
import {
  isOfflineRefused,
  isReadyOffline,
  reloadIntoNewVersion,
  waitingVersion,
} from './offline.ts';
import { activity } from './state/activity.ts';
import { enginePhase, storageInfo } from './state/engine.ts';
import { downloadJob } from './state/models.ts';
import { Icon } from './ui/icons.tsx';
import { LazyPart } from './ui/lazy-part.tsx';

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
      {isOfflineRefused.value ? (
        <span>This browser doesn’t store the page, so it needs the network to open again</span>
      ) : null}
      <span>
        <Icon name="lock" />
        Your tweets stay on this computer
      </span>
      {storage === null ? null : (
        <span>
          {storage.estimate === null
            ? 'This browser doesn’t say how much it stores'
            : `${formatBytes(storage.estimate.usageBytes)} stored of ${formatBytes(storage.estimate.quotaBytes)}`}
        </span>
      )}
      <Downloading />
      <DialogButton label={LABELS.whatLeft} load={loadWhatLeft} />
      <DialogButton label={LABELS.aboutDevice} load={loadAboutDevice} />
      <span>Mynah {__APP_VERSION__}</span>
      {/* Opens in a new tab, because leaving this page would interrupt a training. */}
      <a href="./licences.html" target="_blank" rel="noopener">
        Licences
      </a>
      {waitingVersion.value === null ? null : <UpdateOffer />}
    </footer>
  );
}

type DialogContent = FunctionComponent<{ onClose: () => void }>;

const loadWhatLeft = async () => (await import('./device/what-left.tsx')).WhatLeft;
const loadAboutDevice = async () => (await import('./device/about-device.tsx')).AboutDevice;

/** Opens a dialog whose code is loaded when it is wanted. */
function DialogButton(props: { label: string; load: () => Promise<DialogContent> }) {
  const isOpen = useSignal(false);
  const setOpen = (open: boolean) => () => {
    isOpen.value = open;
  };
  return (
    <>
      <button type="button" class="footer-button" aria-haspopup="dialog" onClick={setOpen(true)}>
        {props.label}
      </button>
      {isOpen.value ? (
        <LazyPart load={props.load}>{(Content) => <Content onClose={setOpen(false)} />}</LazyPart>
      ) : null}
    </>
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
