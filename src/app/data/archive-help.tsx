/** Explains how to get the archive. Closed by default. */
import { withHidden } from '../state/brought.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { data } from '../texts/en/data.ts';
import { bold } from '../texts/inline.tsx';
import { messages } from '../texts/messages.ts';

const texts = messages('data', data);

export function ArchiveHelp() {
  return (
    <Disclosure summary={texts.helpTitle}>
      <ol class="help-steps">
        <li>{texts.helpOpen(bold)}</li>
        <li>{texts.helpRequest(bold)}</li>
        <li>{texts.helpDownload}</li>
      </ol>
      <p>{texts.helpFiles(bold)}</p>
      <label class="check">
        <input
          type="checkbox"
          checked={withHidden.value}
          onChange={(event) => {
            withHidden.value = event.currentTarget.checked;
          }}
        />
        {texts.withHidden}
      </label>
    </Disclosure>
  );
}
