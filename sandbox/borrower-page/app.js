// Decides what is on the screen, and keeps it there until something else is true.

import { beginFlow } from './api.js';
import { Chrome, failureCard } from './chrome.js';
import { Connection } from './connection.js';
import * as identity from './identity.js';
import { Journeys } from './journeys.js';
import { current, speak, text } from './messages.js';
import { element } from './parts.js';
import { readStep, submitStep } from './platform.js';
import { endPushes, keepPushes } from './push.js';
import { STEP_ACTIONS, screenFor } from './screens.js';
import { closed, expired, rejected } from './screens/ended.js';
import { home } from './screens/home.js';
import { loan } from './screens/loan.js';
import { offers } from './screens/offers.js';
import { profile } from './screens/profile.js';
import { signIn } from './screens/sign-in.js';
import { checking, form, redirect } from './screens/step.js';
import { unknown } from './screens/unknown.js';
import { waiting } from './screens/waiting.js';

const SCREENS = { signIn, home, profile, waiting, offers, redirect, form, checking, loan, rejected, expired, closed, unknown };

/** A step that is being checked, or whose action is unknown, may change without the journey, so it is asked about. */
const STEP_MILLIS = 2_000;

const journeys = new Journeys();
const connection = new Connection(journeys);
const main = document.getElementById('screen');
const announcement = document.getElementById('announcement');

let shown = { key: null };
let turn = 0;
let asking = null;

const app = {
    journeys,
    connection,
    /** How the borrower came back from the last page of the platform: `{step, result}`. */
    returned: null,
    get journeyId() {
        return new URL(location.href).searchParams.get('journey');
    },

    /** Goes on as another borrower, or as the one of last time. */
    async enter(borrowerExternalId) {
        identity.remember(borrowerExternalId);
        try {
            await arrive();
        } catch (failure) {
            identity.forget();
            throw failure;
        }
    },

    async leave() {
        connection.stop();
        journeys.clear();
        go(null);
        await endPushes().catch(() => {
            // The browser takes no more pushes; the device goes when the next one fails, or with the next borrower.
        });
        await identity.signOut().catch(() => {
            // Without a network the session ends by itself; here it is forgotten already.
        });
        await present();
    },

    open(journeyId) {
        go(journeyId);
        return present();
    },

    /** Takes the platform's answer to what the borrower did. */
    answered(state) {
        journeys.answered(state);
    },

    /** Draws the screen anew, whatever is there. */
    again() {
        shown.key = null;
        return present();
    },

    say(message) {
        announcement.textContent = message;
    },

    fail(failure) {
        main.querySelector('.failure')?.remove();
        const card = failureCard(failure, () => app.again());
        (main.querySelector('.screen') ?? main).append(card);
        card.focus();
    },
};

const chrome = new Chrome(app);

async function arrive() {
    beginFlow();
    await identity.session();
    connection.start();
    await journeys.refresh();
    const open = journeys.all().filter(journey => !['REJECTED', 'EXPIRED', 'CLOSED'].includes(journey.status));
    if (!app.journeyId && open.length === 1) {
        go(open[0].journeyId);
    }
    keepPushes().catch(() => {
        // Tried again when the app is opened next; what is shown here does not depend on it.
    });
    await present();
}

function go(journeyId) {
    history.pushState(null, '', journeyId ? `?journey=${encodeURIComponent(journeyId)}` : '/');
}

/** Which screen what is known leads to, and when it has to be drawn anew. */
async function place() {
    if (!identity.borrower()) {
        return { screen: 'signIn', key: 'signIn' };
    }
    const journey = app.journeyId && journeys.find(app.journeyId);
    if (!journey) {
        const list = journeys.all().map(each => `${each.journeyId} ${each.status}`);
        return { screen: 'home', key: `home ${list}` };
    }
    const step = STEP_ACTIONS.has(journey.nextAction) ? await readStep(journey.journeyId, journey.nextAction) : null;
    const screen = screenFor(journey.status, journey.nextAction, step?.actionRequired);
    const parts = [screen, journey.journeyId, journey.status, journey.nextAction, step?.stepID, step?.status];
    return { screen, key: [...parts, step?.actionRequired, step?.diagnostics?.code].join(' '), journey, step };
}

async function present() {
    const mine = ++turn;
    clearTimeout(asking);
    try {
        const { screen, key, journey, step } = await place();
        if (mine !== turn) {
            return;
        }
        chrome.show(journey);
        if (step && !['OPEN_REDIRECT', 'SUBMIT_FORM'].includes(step.actionRequired)) {
            asking = setTimeout(present, STEP_MILLIS);
        }
        if (key === shown.key) {
            return;
        }
        beginFlow();
        main.setAttribute('aria-busy', 'true');
        const content = await SCREENS[screen]({ app, journey, step });
        if (mine === turn) {
            mount(screen, key, content);
        }
    } catch (failure) {
        if (mine === turn) {
            stand(failure);
        }
    }
    acknowledge();
}

/** What is there stays while a service is away for a moment; only who sees nothing yet is told at once. */
function stand(failure) {
    const same = shown.key !== null && shown.journeyId === app.journeyId;
    if (same && (failure.status === 0 || failure.status >= 500)) {
        asking = setTimeout(present, 2 * STEP_MILLIS);
    } else {
        mount('failure', null, [failureCard(failure, () => app.again(), true)]);
    }
}

function mount(screen, key, content) {
    const first = shown.key === null && !main.hasChildNodes();
    shown = { key, screen, journeyId: app.journeyId };
    main.replaceChildren(element('div', { class: 'screen', 'data-screen': screen }, content));
    main.setAttribute('aria-busy', 'false');
    const title = main.querySelector('h1');
    document.title = title ? `${title.textContent} · ${text('app.name')}` : text('app.name');
    if (!first) {
        scrollTo({ top: 0 });
        title?.focus({ preventScroll: true });
        app.say(title?.textContent ?? '');
    }
}

function acknowledge() {
    const journey = app.journeyId && journeys.find(app.journeyId);
    if (journey?.version && !document.hidden) {
        connection.acknowledge(journey);
    }
}

/** Back from a page of the platform: the step it was about is told so, if it still waits. */
async function backFromPage() {
    const address = new URL(location.href);
    const stepId = address.searchParams.get('step');
    const result = address.searchParams.get('result');
    const done = result === 'done';
    if (!stepId) {
        return;
    }
    history.replaceState(null, '', `?journey=${encodeURIComponent(app.journeyId)}`);
    app.returned = { step: stepId, result };
    if (!done) {
        await app.again();
    }
    const journey = journeys.find(app.journeyId);
    const step = done && journey && STEP_ACTIONS.has(journey.nextAction) ? await readStep(journey.journeyId, journey.nextAction) : null;
    if (step?.stepID === stepId && step.actionRequired === 'OPEN_REDIRECT' && step.offerID) {
        await submitStep(step, {}).catch(() => {
            // The page has told the platform itself by now.
        });
        await app.again();
    }
}

/** Words change, what was typed stays. */
function inLanguage(language) {
    const typed = [...main.querySelectorAll('input, select')].map(input => [input.name, input.value, input.checked]);
    speak(language);
    chrome.draw();
    return app.again().then(() =>
        typed.forEach(([name, value, ticked]) => {
            const input = main.querySelector(`[name="${CSS.escape(name)}"]`);
            if (input && input.type === 'radio') {
                main.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach(each => each.value === value && (each.checked = ticked));
            } else if (input) {
                input.value = value;
                input.checked = ticked;
                input.dispatchEvent(new Event('change', { bubbles: true }));
            }
        }),
    );
}
app.inLanguage = inLanguage;

journeys.addEventListener('change', ({ detail }) => {
    if (!app.journeyId || detail === app.journeyId) {
        present();
    }
});
connection.addEventListener('state', ({ detail }) => {
    chrome.show(app.journeyId && journeys.find(app.journeyId));
    app.say(text(`connection.${detail}`));
    if (detail !== 'OFFLINE') {
        main.querySelector('.failure.offline')?.remove();
        if (shown.screen === 'failure') {
            app.again();
        }
    }
});
addEventListener('popstate', () => present());
// Another tab signed out, or in as somebody else.
addEventListener('storage', ({ key }) => key === 'borrower' && location.reload());
document.addEventListener('visibilitychange', acknowledge);

/** Lets the browser keep the shell; nothing else can be named to it, as the page's policy asks. */
function keepShell() {
    const address = '/service-worker.js';
    const policy = globalThis.trustedTypes?.createPolicy('shell', {
        createScriptURL: url => {
            if (url !== address) {
                throw new TypeError(`${url}: not the shell's`);
            }
            return url;
        },
    });
    navigator.serviceWorker?.register(policy ? policy.createScriptURL(address) : address).catch(() => {
        // Private windows refuse it; the app only opens without a network where it is there.
    });
}

async function begin() {
    if (!identity.borrower()) {
        return present();
    }
    try {
        await arrive();
        await backFromPage();
    } catch (failure) {
        mount('failure', null, [failureCard(failure, begin, true)]);
        addEventListener('online', begin, { once: true });
    }
}

speak(current());
chrome.draw();
keepShell();
begin();
