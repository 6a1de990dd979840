// Runs before all other scripts of the page, and takes away the ways out of it that a Content-Security-Policy
// doesn't close in every browser: WebRTC, new windows, and navigating away without the user.
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'open']) {
  Reflect.deleteProperty(globalThis, name);
}
// A frame's window would have them all again, even an empty frame's. The page has no frames, and Trusted Types
// let nothing make one from HTML.
Reflect.deleteProperty(DOMImplementation.prototype, 'createDocument');
for (const method of ['createElement', 'createElementNS']) {
  const create = Document.prototype[method];
  Document.prototype[method] = function (...parameters) {
    const element = create.apply(this, parameters);
    if ('contentWindow' in element || /^(?:object|embed)$/i.test(element.localName)) {
      throw new TypeError('This page has no frames');
    }
    return element;
  };
}
globalThis.navigation?.addEventListener('navigate', (event) => {
  const { origin } = new URL(event.destination.url);
  if (origin !== location.origin && !event.userInitiated && event.cancelable)
    event.preventDefault();
});
// If the page's script, or something that it imports, can't be loaded or run, nothing else would say so.
addEventListener(
  'error',
  ({ target }) => {
    if (target !== window && !(target instanceof HTMLScriptElement)) return;
    const say = () => {
      const place = document.getElementById('app');
      if (place === null || place.hasChildNodes()) return;
      const note = document.createElement('p');
      note.setAttribute('role', 'alert');
      note.textContent =
        'Mynah couldn’t load all of its own files. Check the connection, then reload the page. Nothing that is stored here is lost.';
      place.append(note);
    };
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', say);
    else say();
  },
  true,
);
