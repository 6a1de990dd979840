/** The page's footer: offline state, storage, running downloads, and available updates. */
import { useSignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
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
import { page } from './texts/en/page.ts';
import { chooseLanguage, isLanguageMissing, LANGUAGES, spoken } from './texts/language.ts';
import { messages } from './texts/messages.ts';
import { Icon } from './ui/icons.tsx';
import { LazyPart } from './ui/lazy-part.tsx';

const texts = messages('page', page);

export function PageFooter() {
  const storage = storageInfo.value;
  return (
    <footer class="footer">
      {isReadyOffline.value ? (
        <span class="footer-good">
          <Icon name="check" />
          {texts.readyOffline}
        </span>
      ) : null}
      {isOfflineRefused.value ? <span>{texts.notOffline}</span> : null}
      <span>
        <Icon name="lock" />
        {texts.tweetsStay}
      </span>
      {storage === null ? null : (
        <span>
          {storage.estimate === null
            ? texts.storageUnknown
            : texts.stored(storage.estimate.usageBytes, storage.estimate.quotaBytes)}
        </span>
      )}
      <Downloading />
      <DialogButton label={LABELS.whatLeft} load={loadWhatLeft} />
      <DialogButton label={LABELS.aboutDevice} load={loadAboutDevice} />
      <LanguageChoice />
      <span>Mynah {__APP_VERSION__}</span>
      {/* Opens in a new tab, because leaving this page would interrupt a training. */}
      <a href="./licences.html" target="_blank" rel="noopener">
        {texts.licences}
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
      {totalBytes === null
        ? texts.downloading(job.repository)
        : texts.downloadingShare(job.repository, receivedBytes / totalBytes)}
    </span>
  );
}

/** Each language by its own name, for those who can't read the present one. */
function LanguageChoice() {
  const languages = Object.entries(LANGUAGES);
  if (languages.length < 2) return null;
  return (
    <span>
      <select
        class="footer-select"
        aria-label={LABELS.language}
        value={spoken.value.code}
        onChange={({ currentTarget }) => void chooseLanguage(currentTarget.value)}
      >
        {languages.map(([code, { name, tag }]) => (
          <option key={code} value={code} lang={tag}>
            {name}
          </option>
        ))}
      </select>
      {isLanguageMissing.value ? <span role="alert">{texts.languageMissing}</span> : null}
    </span>
  );
}

function UpdateOffer() {
  return (
    <div class="update" role="status">
      {enginePhase.value.kind === 'elsewhere' || enginePhase.value.kind === 'starting' ? (
        texts.updateOtherTab
      ) : activity.value === null ? (
        <>
          {texts.update}
          <button type="button" class="button button-small" onClick={reloadIntoNewVersion}>
            {texts.reload}
          </button>
        </>
      ) : (
        texts.updateWhenDone
      )}
    </div>
  );
}
