// Runs before all other scripts of the page, and takes away the ways out of it that a Content-Security-Policy
// doesn't close in every browser: WebRTC, new windows, and navigating away without the user, as far as the browser
// has the Navigation API.
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
// Only people may press a link to another site, also where it opens in another tab. Checked before anybody hears
// of the press, and also in a tree that isn't in the page.
function isForeignLink({ localName, href }) {
  if (!/^(?:a|area)$/.test(localName ?? '') || !href) return false;
  return new URL(href.baseVal ?? href, location.href).origin !== location.origin;
}
for (const [prototype, method] of [
  [HTMLElement.prototype, 'click'],
  [EventTarget.prototype, 'dispatchEvent'],
]) {
  const press = prototype[method];
  prototype[method] = function (...parameters) {
    for (let at = this; at instanceof Node; at = at.assignedSlot ?? at.parentNode ?? at.host) {
      if ((parameters[0]?.type ?? 'click') === 'click' && isForeignLink(at)) {
        throw new TypeError('Scripts may not leave this page');
      }
    }
    return press.apply(this, parameters);
  };
}
globalThis.navigation?.addEventListener('navigate', (event) => {
  const { origin } = new URL(event.destination.url);
  if (origin !== location.origin && !event.userInitiated && event.cancelable)
    event.preventDefault();
});
// If the page's script, or something that it imports, can't be loaded or run, nothing else would say so. These
// sentences stand here and not with the others (`src/app/texts/`), because those may be what is missing.
const INCOMPLETE = {
  en: 'Mynah couldn’t load all of its own files. Check the connection, then reload the page. Nothing that is stored here is lost.',
  es: 'Mynah no ha podido cargar todos sus archivos. Comprueba la conexión y vuelve a cargar la página. No se ha perdido nada de lo guardado aquí.',
  de: 'Mynah konnte nicht alle eigenen Dateien laden. Prüfe die Verbindung und lade die Seite neu. Nichts, was hier gespeichert ist, geht verloren.',
  fr: 'Mynah n’a pas pu charger tous ses fichiers. Vérifiez la connexion, puis rechargez la page. Rien de ce qui est enregistré ici n’est perdu.',
  pt: 'O Mynah não conseguiu carregar todos os seus arquivos. Verifique a conexão e recarregue a página. Nada do que está salvo aqui se perde.',
  ja: 'Mynah のファイルの一部を読み込めませんでした。接続を確認して、ページを再読み込みしてください。ここに保存されたものは失われません。',
  zh: 'Mynah 未能加载其全部文件。请检查网络连接，然后重新加载页面。保存在此处的内容不会丢失。',
  ar: 'تعذّر على Mynah تحميل كل ملفاته. تحقّق من الاتصال ثم أعد تحميل الصفحة. لم يُفقد شيء ممّا حُفظ هنا.',
};
function languageOfPage() {
  let chosen = null;
  try {
    chosen = JSON.parse(localStorage.getItem('mynah-settings') ?? 'null')?.language;
  } catch {
    // Without storage, the browser's preferences decide.
  }
  const codes = [chosen, ...navigator.languages].map((tag) =>
    String(tag).toLowerCase().slice(0, 2),
  );
  return codes.find((code) => Object.hasOwn(INCOMPLETE, code)) ?? 'en';
}
addEventListener(
  'error',
  ({ target }) => {
    if (target !== window && !(target instanceof HTMLScriptElement)) return;
    const say = () => {
      const place = document.getElementById('app');
      if (place === null || place.hasChildNodes()) return;
      const note = document.createElement('p');
      note.setAttribute('role', 'alert');
      note.lang = languageOfPage();
      note.dir = 'auto';
      note.textContent = INCOMPLETE[note.lang];
      place.append(note);
    };
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', say);
    else say();
  },
  true,
);
// WebKit asks any host for what a link preloads as "fetch", whatever the policy says. Every way of setting that
// attribute ends here, and its value is turned into text once, so that no object can answer twice.
function checked(name, value) {
  if (!/^(?:.*:)?as$/i.test(name)) return value;
  const text = String(value);
  if (!/^(?:script|style|image|font)?$/i.test(text)) {
    throw new TypeError('This page preloads nothing but its own files');
  }
  return text;
}
for (const [prototype, property] of [
  [HTMLLinkElement.prototype, 'as'],
  [Attr.prototype, 'value'],
  [Node.prototype, 'nodeValue'],
  [Node.prototype, 'textContent'],
]) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, property);
  Object.defineProperty(prototype, property, {
    ...descriptor,
    set(value) {
      const name = property === 'as' ? 'as' : this instanceof Attr ? this.name : '';
      descriptor.set.call(this, checked(name, value));
    },
  });
}
for (const method of ['setAttribute', 'setAttributeNS']) {
  const set = Element.prototype[method];
  Element.prototype[method] = function (...parameters) {
    const value = parameters.pop();
    const names = parameters.map((name) => (name === null ? null : String(name)));
    return set.call(this, ...names, checked(names.at(-1), value));
  };
}
for (const method of ['setAttributeNode', 'setAttributeNodeNS']) {
  Reflect.deleteProperty(Element.prototype, method);
}
for (const method of ['setNamedItem', 'setNamedItemNS']) {
  Reflect.deleteProperty(NamedNodeMap.prototype, method);
}
