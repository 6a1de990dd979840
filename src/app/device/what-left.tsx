/** Shows which requests have left this page, from the browser's own records. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { formatBytes, formatTime, plural } from '../format.ts';
import { LABELS } from '../labels.ts';
import { isReadyOffline } from '../offline.ts';
import { hubUrl } from '../state/settings.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { allRequests, divide, type PageRequest, type Purpose, purposeOf } from './requests.ts';

const PURPOSES: { readonly [P in Purpose]: string } = {
  page: 'the page itself',
  script: 'a script',
  wasm: 'a WebAssembly file',
  style: 'a style sheet',
  picture: 'an icon',
  starter: 'the starter model',
  sample: 'the sample tweets',
  hub: 'a model that you chose to download',
  unknown: 'purpose unknown',
};

type AllRequests = Awaited<ReturnType<typeof allRequests>>;

export function WhatLeft({ onClose }: { onClose: () => void }) {
  const found = useSignal<AllRequests | null>(null);
  useEffect(() => {
    void allRequests().then((all) => {
      found.value = all;
    });
  }, []);
  return (
    <Dialog title={LABELS.whatLeft} onClose={onClose}>
      {found.value === null ? <p>Asking the browser…</p> : <Found {...found.value} />}
    </Dialog>
  );
}

function Found({ requests, silent }: AllRequests) {
  const { origin, host } = location;
  const { own, foreign } = divide(requests, origin);
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
          ? `Since ${since}, when you opened this page, it has sent requests to no address but its own (${host}), and only to fetch its own files.`
          : `Since ${since}, when you opened this page, it has also sent requests to ${hosts.join(', ')}. Such a request names the file that is wanted, and contains nothing of yours. For large files the Hub redirects the browser to its file servers, which the browser doesn’t record.`}
      </p>
      {silent.map((thread) => (
        <p key={thread}>The {thread} doesn’t answer, so its requests are missing from this list.</p>
      ))}
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
        The browser itself recorded these requests of the page, of its engine, and of its service
        worker since that was last started. (It doesn’t record those for the icons and for the
        service worker’s script, which it makes by itself.) The page’s security policy makes the
        browser refuse all other addresses except those of the Hugging Face Hub.
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
          ? 'This computer is offline right now, and the page still works.'
          : isReadyOffline.value
            ? 'Don’t take the page’s word for it: disconnect from the network, then train and write. Everything still works.'
            : 'When the footer says “Ready offline”, you can disconnect from the network, and everything still works.'}
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
              {formatTime(request.atMs)}, {purpose}, requested by the {request.by},{' '}
              {receivedText(request)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function receivedText({ receivedBytes }: PageRequest): string {
  if (receivedBytes === null) return 'size unknown';
  return receivedBytes === 0 ? 'from the cache' : `${formatBytes(receivedBytes)} received`;
}
