/** How to come by the archive. Closed until someone needs it. */
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
        There is no need to unpack it, however big it is: Mynah reads your tweets out of it and
        never opens your messages, contacts or media, other than your profile picture. A folder you
        unpacked will do as well, or its <b>data/tweets.js</b>, with <b>tweets-part1.js</b> and so
        on where there are such; and so will archives of any year, posts of Mastodon or Bluesky, and
        several at once.
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
