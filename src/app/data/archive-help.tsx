/** Explains how to get the archive. Closed by default. */
import { withHidden } from '../state/brought.ts';
import { Disclosure } from '../ui/disclosure.tsx';

export function ArchiveHelp() {
  return (
    <Disclosure summary="How do I get my archive?">
      <ol class="help-steps">
        <li>
          On X, open <b>Settings and privacy</b>, then <b>Your account</b>, then{' '}
          <b>Download an archive of your data</b>.
        </li>
        <li>
          Confirm it is you and press <b>Request archive</b>. X takes about a day to make it.
        </li>
        <li>When X tells you that it is ready, download the ZIP file and drop it here.</li>
      </ol>
      <p>
        There is no need to unpack it, however big it is: Mynah reads your tweets out of it, and
        never opens your messages, contacts or media, except for your profile picture. You can also
        drop the folder that you unpacked it to, or its <b>data/tweets.js</b> together with{' '}
        <b>tweets-part1.js</b> and so on where there are any. Archives of any year work, and so do
        the exports of Mastodon and Bluesky, what your browser recorded while you scrolled through
        your profile (<b>.har</b>), and several of these at once. Files that lie beside an archive
        are not read.
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={withHidden.value}
          onChange={(event) => {
            withHidden.value = event.currentTarget.checked;
          }}
        />
        Also read tweets I deleted lately and those that were never public
      </label>
    </Disclosure>
  );
}
