// Keeps the shell, so that the app opens without a network and says so. Answers of services, and whatever else is not
// named here, never pass through it: they are not kept anywhere.

const KEPT = 'shell-1';

const SHELL = [
    '/',
    '/api.js',
    '/app.js',
    '/chrome.js',
    '/connection.js',
    '/format.js',
    '/forms.js',
    '/icons/icon.svg',
    '/identity.js',
    '/journeys.js',
    '/manifest.webmanifest',
    '/messages.js',
    '/messages/en.js',
    '/messages/hi.js',
    '/parts.js',
    '/platform.js',
    '/push.js',
    '/sandbox.js',
    '/screens.js',
    '/screens/ended.js',
    '/screens/home.js',
    '/screens/loan.js',
    '/screens/offers.js',
    '/screens/profile.js',
    '/screens/sign-in.js',
    '/screens/step.js',
    '/screens/unknown.js',
    '/screens/waiting.js',
    '/style.css',
    '/timeline.js',
];

/** How long the network may take before the kept shell is shown. */
const PATIENCE_MILLIS = 4000;

self.addEventListener('install', event => {
    event.waitUntil(caches.open(KEPT).then(cache => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener('activate', event => {
    event.waitUntil(
        caches
            .keys()
            .then(names => Promise.all(names.filter(name => name !== KEPT).map(name => caches.delete(name))))
            .then(() => self.clients.claim()),
    );
});

self.addEventListener('fetch', event => {
    const url = new URL(event.request.url);
    if (event.request.method === 'GET' && url.origin === self.location.origin && SHELL.includes(url.pathname)) {
        event.respondWith(newestOf(event.request, url.pathname));
    }
});

/** The text comes from the notifier and says nothing about the borrower; pressed, it opens the app, which knows the rest. */
self.addEventListener('push', event => {
    const { title, body, journey } = event.data?.json() ?? {};
    if (title) {
        event.waitUntil(self.registration.showNotification(title, { body, tag: journey, icon: '/icons/icon.svg' }));
    }
});

self.addEventListener('notificationclick', event => {
    event.notification.close();
    event.waitUntil(
        self.clients
            .matchAll({ type: 'window' })
            .then(([open]) => (open ? open.focus() : self.clients.openWindow('/'))),
    );
});

/** The network's file if it comes, else the kept one: a new version shows at the next opening, without a cache to clear. */
async function newestOf(request, path) {
    const cache = await caches.open(KEPT);
    try {
        const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MILLIS) });
        if (answer.ok) {
            // Without the query: an address may name a journey.
            await cache.put(path, answer.clone());
            return answer;
        }
        return (await cache.match(path)) ?? answer;
    } catch (failure) {
        const kept = await cache.match(path);
        if (kept) {
            return kept;
        }
        throw failure;
    }
}
