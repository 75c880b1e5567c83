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
    await register();
    return true;
}

/** Who signs in at a browser that was allowed once is told there again, without another question. */
export async function keepPushes() {
    if ('PushManager' in globalThis && globalThis.Notification?.permission === 'granted') {
        await register();
    }
}

async function register() {
    const { webPushKey } = await asBorrower('GET', '/v1/devices/web-push-key');
    if (!webPushKey) {
        throw new Error('no key to subscribe with');
    }
    const { endpoint, keys } = (await subscription(webPushKey)).toJSON();
    await asBorrower('PUT', `/v1/devices/${device()}`, {
        channel: 'WEB_PUSH',
        subscription: { endpoint, keys },
        serverKey: webPushKey,
        locale: current(),
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    });
}

async function subscription(webPushKey) {
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: webPushKey };
    try {
        return await pushManager.subscribe(options);
    } catch (failure) {
        if (failure.name !== 'InvalidStateError') {
            throw failure;
        }
        // There is one, made with a key that is not the present one any more.
        await (await pushManager.getSubscription())?.unsubscribe();
        return pushManager.subscribe(options);
    }
}

/** Names this browser, not the borrower; made the first time that it is needed. */
function device() {
    const known = localStorage.getItem(DEVICE) ?? crypto.randomUUID();
    localStorage.setItem(DEVICE, known);
    return known;
}

/**
 * Who signs out is not told any more: the browser lets go first, which works without a network, too. The device keeps its
 * name until the notifier has forgotten it, so that whoever signs in next takes it over.
 */
export async function endPushes() {
    const known = localStorage.getItem(DEVICE);
    if (!known || !borrower()) {
        return;
    }
    await letGo().catch(() => {
        // What the notifier forgets is not sent anything either.
    });
    try {
        await asBorrower('DELETE', `/v1/devices/${known}`);
    } catch (failure) {
        if (failure.status !== 404) {
            throw failure;
        }
    }
    localStorage.removeItem(DEVICE);
}

async function letGo() {
    const shell = await navigator.serviceWorker?.getRegistration();
    await (await shell?.pushManager?.getSubscription())?.unsubscribe();
}
