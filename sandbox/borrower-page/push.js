// Pushes to this browser. Nobody is asked for permission unprompted: only who presses the button is.

import { borrower, asBorrower } from './identity.js';
import { current, text } from './messages.js';
import { button, element, note } from './parts.js';

const DEVICE = 'device';

/** A card that offers pushes while there is something to wait for; nothing where a browser has none or was told. */
export function offerPushes(app) {
    if (!('PushManager' in globalThis) || !('Notification' in globalThis) || Notification.permission !== 'default') {
        return null;
    }
    const card = element('section', { class: 'card push' }, element('h2', {}, text('push.title')), element('p', {}, text('push.body')));
    const tell = (message, tone) => {
        card.replaceChildren(note(text(message), tone));
        app.say(text(message));
    };
    card.append(
        button(text('push.yes'), async () => tell((await subscribe()) ? 'push.done' : 'push.denied', 'good'), {
            kind: 'secondary',
            failed: () => tell('push.away', 'warn'),
        }),
    );
    return card;
}

/** Whether the borrower allowed it. */
async function subscribe() {
    if ((await Notification.requestPermission()) !== 'granted') {
        return false;
    }
    const { webPushKey } = await asBorrower('GET', '/v1/devices/web-push-key');
    const shell = await navigator.serviceWorker.ready;
    const subscription = await shell.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: webPushKey });
    const { endpoint, keys } = subscription.toJSON();
    await asBorrower('PUT', `/v1/devices/${device()}`, {
        channel: 'WEB_PUSH',
        subscription: { endpoint, keys },
        serverKey: webPushKey,
        locale: current(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
    return true;
}

/** Names this browser, not the borrower; made the first time that it is needed. */
function device() {
    const known = localStorage.getItem(DEVICE) ?? crypto.randomUUID();
    localStorage.setItem(DEVICE, known);
    return known;
}

/** Who signs out is not told any more. */
export async function endPushes() {
    const known = localStorage.getItem(DEVICE);
    if (known && borrower()) {
        localStorage.removeItem(DEVICE);
        await asBorrower('DELETE', `/v1/devices/${known}`);
    }
}
