// The consent banner, and the visitor's ids in forms whose events the server tells. The tracker remembers a yes.
(() => {
  'use strict';
  const banner = document.getElementById('consent');
  const answered = localStorage.getItem('shop.consent');
  banner.hidden = answered !== null;

  const answer = given => {
    banner.hidden = true;
    localStorage.setItem('shop.consent', given ? 'yes' : 'no');
    window.tracker?.consent(given);
  };
  document.getElementById('consent-yes').addEventListener('click', () => answer(true));
  document.getElementById('consent-no').addEventListener('click', () => answer(false));

  addEventListener('submit', event => {
    const fields = event.target.elements;
    if (!fields.visitor || !window.tracker?.visitorId) return;
    fields.visitor.value = window.tracker.visitorId;
    fields.session.value = window.tracker.sessionId;
  });
})();
