// Browser tracker for web-events: page views, clicks and the site's own events as CloudEvents 1.0. No dependencies, no cookies.
//
//   <script src="https://events.example/tracker.js" data-site="shop" defer></script>
//   <a data-track="product" data-track-sku="P-100" href="...">         a click event with { sku: "P-100" }
//   tracker.track("cart.item-added", { sku: "P-100" })                 an event of the site's own
//   tracker.consent(true | false)                                      before true nothing is stored or sent; false erases
//
// Settings, as data- attributes of the script tag: site (default: the host name), collector (default: where this script came from),
// consent ("granted": the site has it already), flush-count (default 20 events), flush-interval (default 5000 ms).
(() => {
  'use strict';

  const setting = document.currentScript.dataset;
  const collector = (setting.collector || new URL(document.currentScript.src).origin).replace(/\/$/, '');
  const flushCount = Number(setting.flushCount) || 20;
  const flushInterval = Number(setting.flushInterval) || 5000;
  const sessionTimeout = 30 * 60 * 1000;        // a visit ends after 30 minutes without an event
  const maxBatchBytes = 48 * 1024;              // browsers allow 64 KiB for beacons and keepalive requests together
  const maxWaiting = 500;                       // events kept while they cannot be sent; beyond it the oldest go
  const answerTimeout = 15000;
  const keys = { consent: 'es.consent', visitor: 'es.visitor', session: 'es.session', queue: 'es.queue' };

  // One page load is one producer: its source counts its events from 1.
  const source = `/web/${encodeURIComponent(setting.site || location.hostname)}/${uuid()}`;
  let sequence = 0;
  let granted = false;
  let pending = [];                             // events that wait for the next flush; those that failed wait in storage instead
  let failures = 0;
  let notBefore = 0;                            // after a failure: when the collector may be asked again
  let dropped = 0;
  let sending = false;
  let timer;

  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return [...bytes].map((byte, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
  }

  // Storage can be forbidden or full; then ids last as long as the page and nothing is kept for the next one.
  const memory = {};
  const read = key => { try { return localStorage.getItem(key); } catch { return memory[key] ?? null; } };
  const write = (key, value) => { try { localStorage.setItem(key, value); } catch { memory[key] = value; } };
  const parse = (key, fallback) => { try { return JSON.parse(read(key)) ?? fallback; } catch { return fallback; } };
  const erase = key => { delete memory[key]; try { localStorage.removeItem(key); } catch { /* nothing was stored */ } };

  function visitorId() {
    if (!read(keys.visitor)) write(keys.visitor, uuid());
    return read(keys.visitor);
  }

  function sessionId() {
    const session = parse(keys.session, {});
    const id = Date.now() - session.seen < sessionTimeout ? session.id : uuid();
    write(keys.session, JSON.stringify({ id, seen: Date.now() }));
    return id;
  }

  // Query and fragment may hold personal data: they stay on the page. Of another site only its origin is told.
  const pageUrl = () => location.origin + location.pathname;
  function referrer() {
    if (!document.referrer) return undefined;
    const url = new URL(document.referrer);
    return url.origin === location.origin ? url.origin + url.pathname : url.origin;
  }

  function record(kind, data) {
    if (!granted) return;
    pending.push({
      specversion: '1.0', id: uuid(), source, type: `io.eventsourcing.web.${kind}.v1`, subject: visitorId(),
      time: new Date().toISOString(), sequence: String(++sequence).padStart(12, '0'),
      datacontenttype: 'application/json', data: { sessionId: sessionId(), url: pageUrl(), ...data },
    });
    if (pending.length > maxWaiting) dropped += pending.splice(0, pending.length - maxWaiting).length;
    if (pending.length >= flushCount) flush();
    else schedule(flushInterval);
  }

  // --- sending: one request at a time, so that events keep their order ---

  const stamp = events => JSON.stringify(events.map(event => ({ ...event, senttime: new Date().toISOString() })));

  function splitOff(events) {                   // the first events that fit into one request
    let bytes = 2, count = 0;
    while (count < events.length && (bytes += new Blob([JSON.stringify(events[count])]).size + 64) <= maxBatchBytes) count++;
    return events.splice(0, Math.max(1, count));
  }

  function takeStored() {
    const events = parse(keys.queue, []);
    erase(keys.queue);
    return events;
  }

  function keep(events) {
    if (!events.length || !granted) return;
    const kept = takeStored().concat(events);
    if (kept.length > maxWaiting) dropped += kept.splice(0, kept.length - maxWaiting).length;
    write(keys.queue, JSON.stringify(kept));
  }

  function schedule(delay) {
    if (timer || sending) return;
    timer = setTimeout(() => { timer = undefined; flush(); }, delay);
  }

  async function flush() {
    if (!granted || sending) return;
    clearTimeout(timer);
    timer = undefined;
    if (Date.now() < notBefore) return schedule(notBefore - Date.now());
    pending = takeStored().concat(pending);
    if (!pending.length) return;
    if (navigator.onLine === false) return keep(pending.splice(0));   // the online event flushes

    sending = true;
    const batch = splitOff(pending);
    const { again, after } = await post(batch);
    sending = false;
    if (again.length) {
      keep(again.concat(pending.splice(0)));
      failures++;
      notBefore = Date.now() + after + Math.min(60000, 500 * 2 ** failures) * (0.5 + Math.random() / 2);
      schedule(notBefore - Date.now());
    } else {
      failures = 0;
      if (pending.length) schedule(pending.length >= flushCount ? 0 : flushInterval);
    }
  }

  async function post(events) {
    try {
      const response = await fetch(`${collector}/events`, {
        method: 'POST', keepalive: true, credentials: 'omit', signal: AbortSignal.timeout(answerTimeout),
        headers: { 'content-type': 'application/cloudevents-batch+json' }, body: stamp(events),
      });
      const after = 1000 * (Number(response.headers.get('retry-after')) || 0);
      if (response.status === 429 || response.status >= 500) return { again: events, after };
      if (!response.ok) return { again: [], after };                  // refused for good: the collector has kept the reason
      const verdicts = await response.json();
      return { again: events.filter((_, i) => verdicts[i].retryAfter), after };
    } catch {
      // No answer: the events may have arrived. They are sent again and say so.
      events.forEach(event => { event.redelivery = 'possible-duplicate'; });
      return { again: events, after: 0 };
    }
  }

  // The page may never run again. A request under way is the browser's (keepalive); the rest goes as beacons or waits for the next page.
  function leave() {
    while (granted && pending.length) {
      const batch = splitOff(pending);
      if (navigator.onLine === false || !navigator.sendBeacon(`${collector}/beacon`, stamp(batch))) keep(batch);
    }
  }

  function consent(given) {
    if (granted === given) return;
    granted = given;
    if (!given) {
      pending = [];
      Object.values(keys).forEach(erase);
      return;
    }
    write(keys.consent, 'granted');
    page();
  }

  const page = () => record('page-view', { referrer: referrer() });

  addEventListener('pagehide', leave);
  addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') leave(); });
  addEventListener('online', () => { failures = notBefore = 0; flush(); });
  addEventListener('click', event => {
    const element = event.target.closest?.('[data-track]');
    if (!element) return;
    const marked = [...element.attributes].filter(attribute => attribute.name.startsWith('data-track-'));
    const attributes = Object.fromEntries(marked.map(attribute => [attribute.name.slice('data-track-'.length), attribute.value]));
    record('click', { element: element.dataset.track, attributes });
  }, { capture: true });

  window.tracker = {
    track: (name, data) => record('custom', { name, data }),
    page,                                       // for sites that change pages without loading one
    consent, flush,
    get sessionId() { return granted ? sessionId() : null; },
    get visitorId() { return granted ? visitorId() : null; },
    get dropped() { return dropped; },
  };

  if (setting.consent === 'granted' || read(keys.consent) === 'granted') consent(true);
})();
