/** Says what computes and why, and what the browser and the graphics card can do; all of it can be copied. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DeviceReport } from '../../protocol/engine.ts';
import { LABELS } from '../labels.ts';
import { isReadyOffline } from '../offline.ts';
import { call, engineStatus, storageInfo } from '../state/engine.ts';
import { shownPlan } from '../state/plan.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Facts } from '../ui/facts.tsx';
import { Icon } from '../ui/icons.tsx';
import { type DeviceFacts, factGroups, reportText } from './report-text.ts';
import { device } from '../texts/en/device.ts';
import { inEnglish } from '../texts/language.ts';
import { messages } from '../texts/messages.ts';

const texts = messages('device', device);

/** Chromium only. */
const deviceMemory = (navigator as { readonly deviceMemory?: number }).deviceMemory ?? null;

export function AboutDevice({ onClose }: { onClose: () => void }) {
  const report = useSignal<DeviceReport | null>(null);
  const copying = useSignal<'no' | 'copied' | 'failed'>('no');
  useEffect(() => {
    call('deviceReport', {}).then(
      (result) => {
        report.value = result;
      },
      () => undefined,
    );
  }, []);
  const facts: DeviceFacts = {
    version: __APP_VERSION__,
    userAgent: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    memoryGiB: deviceMemory,
    isIsolated: crossOriginIsolated,
    isOffline: isReadyOffline.value,
    status: engineStatus.value,
    report: report.value,
    storage: storageInfo.value,
    plan: shownPlan.value,
  };
  /** In English, for those who read reports. */
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(inEnglish(() => reportText(factGroups(facts))));
      copying.value = 'copied';
    } catch {
      copying.value = 'failed';
    }
  }
  return (
    <Dialog title={LABELS.aboutDevice} onClose={onClose}>
      {factGroups(facts).map(({ title, facts: known }) => (
        <section key={title}>
          <h3 class="small-heading">{title}</h3>
          <Facts class="device-facts" facts={known} />
        </section>
      ))}
      <div class="row-actions">
        <button type="button" class="button" disabled={report.value === null} onClick={copy}>
          <Icon name="copy" />
          {LABELS.copyReport}
        </button>
        <span class="quiet" role="status">
          {copying.value === 'copied'
            ? texts.copied
            : copying.value === 'failed'
              ? texts.cantCopy
              : ''}
        </span>
      </div>
    </Dialog>
  );
}
