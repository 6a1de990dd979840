/** Shows which requests have left this page, straight from the browser's own records. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { formatBytes, formatTime, plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { isReadyOffline } from '../offline.ts';
import { call } from '../state/engine.ts';
import { hubUrl } from '../state/settings.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { divide, type PageRequest, pageRequests, type Purpose, purposeOf } from './requests.ts';

const PURPOSES: { readonly [P in Purpose]: string } = {
  page: 'the page itself',
  script: 'its code',
  wasm: 'its code for the processor',
  style: 'how it looks',
  picture: 'its icons',
  starter: 'the model that comes with it',
  sample: 'the sample tweets',
  hub: 'a model that you chose to download',
  unknown: 'not known',
};

export function WhatLeft({ onClose }: { onClose: () => void }) {
  const requests = useSignal<readonly PageRequest[] | null>(null);
  const isEngineSilent = useSignal(false);
  async function look(): Promise<void> {
    const ofEngine = call('deviceReport', {}).then(
      (report) => report.requests.map((request): PageRequest => ({ ...request, by: 'engine' })),
      () => {
        isEngineSilent.value = true;
        return [];
      },
    );
    requests.value = [...(await pageRequests()), ...(await ofEngine)];
  }
  useEffect(() => void look(), []);
  return (
    <Dialog title={LABELS.whatLeft} onClose={onClose}>
      {requests.value === null ? (
        <p>Asking the browser…</p>
      ) : (
        <Found requests={requests.value} isEngineSilent={isEngineSilent.value} />
      )}
    </Dialog>
  );
}

function Found(props: { requests: readonly PageRequest[]; isEngineSilent: boolean }) {
  const { origin, host } = location;
  const { own, foreign } = divide(props.requests, origin);
  const hosts = [...new Set(foreign.map(({ url }) => new URL(url).host))];
  const since = formatTime(performance.timeOrigin);
  return (
    <>
      {foreign.length === 0 ? (
        <p class="verdict verdict-good">Nothing</p>
      ) : (
        <p class="verdict">
          {plural(foreign.length, 'request')} to{' '}
          {plural(hosts.length, 'other address', 'other addresses')}
        </p>
      )}
      <p>
        {foreign.length === 0
          ? `Since ${since}, when you opened it, this page has asked no address but its own (${host}) for anything, and there it only fetched its own files.`
          : `Since ${since}, when you opened it, this page has also asked: ${hosts.join(', ')}. Such requests name the file that is wanted, and carry nothing of yours. The Hub passes those for large files on to its servers, which browsers don’t record.`}
      </p>
      {props.isEngineSilent ? (
        <p>The engine doesn’t answer, so its requests are missing from this list.</p>
      ) : null}
      <TryOffline />
      {foreign.length === 0 ? null : (
        <RequestList requests={foreign} label="Requests to other addresses" />
      )}
      <details class="disclosure">
        <summary>
          <Icon name="chevron" />
          {plural(own.length, 'request')} to this page’s own address
        </summary>
        <div class="disclosure-content">
          <RequestList requests={own} label="Requests to this page’s own address" />
        </div>
      </details>
      <p class="quiet">
        This is what the browser itself recorded of the page, of the engine, and of the service
        worker since the browser last started it. (The icons and the service worker’s own script it
        fetches by itself.) The page’s security policy makes the browser refuse every other address,
        apart from the Hugging Face Hub’s.
      </p>
    </>
  );
}

function TryOffline() {
  return (
    <p class="note note-info">
      <Icon name="lock" />
      <span class="note-text">
        {!navigator.onLine
          ? 'This computer is offline right now, and the page works all the same.'
          : isReadyOffline.value
            ? 'Don’t take the page’s word for it: unplug the network, then train and write. Everything works the same.'
            : 'When the footer says “Ready offline”, you can unplug the network, and everything works the same.'}
      </span>
    </p>
  );
}

function RequestList(props: { requests: readonly PageRequest[]; label: string }) {
  const { origin } = location;
  return (
    <ul class="requests" aria-label={props.label}>
      {props.requests.map((request) => {
        const { host, pathname, origin: target } = new URL(request.url);
        const purpose = PURPOSES[purposeOf(request, origin, hubUrl.value)];
        return (
          <li key={`${request.by} ${request.atMs} ${request.url}`}>
            <span class="request-address">{target === origin ? pathname : host + pathname}</span>
            <span class="quiet">
              {formatTime(request.atMs)}, {purpose}, asked by the {request.by},{' '}
              {receivedText(request)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function receivedText({ receivedBytes }: PageRequest): string {
  if (receivedBytes === null) return 'size not told';
  return receivedBytes === 0 ? 'nothing received anew' : `${formatBytes(receivedBytes)} received`;
}
