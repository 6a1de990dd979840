/** Shows which requests have left this page, from the browser's own records. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { formatFacts, formatList, formatTime } from '../format.ts';
import { LABELS } from '../labels.ts';
import { isReadyOffline } from '../offline.ts';
import { hubUrl } from '../state/settings.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { allRequests, divide, type PageRequest, purposeOf } from './requests.ts';
import { device } from '../texts/en/device.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('device', device);

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
      {found.value === null ? <p>{texts.asking}</p> : <Found {...found.value} />}
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
        <p class="verdict verdict-good">{texts.nothing}</p>
      ) : (
        <p class="verdict">{texts.requestsTo(foreign.length, hosts.length)}</p>
      )}
      <p>
        {foreign.length === 0
          ? texts.onlyOwn(since, host)
          : texts.alsoOthers(since, formatList(hosts))}
      </p>
      {silent.map((thread) => (
        <p key={thread}>{texts.silent[thread]}</p>
      ))}
      <TryOffline />
      {foreign.length === 0 ? null : <RequestList requests={foreign} label={texts.toOthers} />}
      <details class="disclosure">
        <summary>
          <Icon name="chevron" />
          {texts.countToOwn(own.length)}
        </summary>
        <div class="disclosure-content">
          <RequestList requests={own} label={texts.toOwn} />
        </div>
      </details>
      <p class="quiet">{texts.recordsAre}</p>
    </>
  );
}

function TryOffline() {
  return (
    <p class="note note-info">
      <Icon name="lock" />
      <span class="note-text">
        {!navigator.onLine
          ? texts.isOffline
          : isReadyOffline.value
            ? texts.disconnect
            : texts.whenReady}
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
        const purpose = texts.purposes[purposeOf(request, origin, hubUrl.value)];
        return (
          <li key={`${request.by} ${request.atMs} ${request.url}`}>
            <span class="request-address">{target === origin ? pathname : host + pathname}</span>
            <span class="quiet">
              {formatFacts([
                formatTime(request.atMs),
                purpose,
                texts.requestedBy[request.by],
                receivedText(request),
              ])}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function receivedText({ receivedBytes }: PageRequest): string {
  if (receivedBytes === null) return texts.sizeUnknown;
  return receivedBytes === 0 ? texts.fromCache : texts.received(receivedBytes);
}
