// What stands around every screen: name, language, connection, the way of the journey, what happened so far, and what
// went wrong.

import { borrower } from './identity.js';
import { current, languages, text, textIfKnown } from './messages.js';
import { button, element, icon } from './parts.js';
import { PARTS, partOf } from './screens.js';
import { timeline } from './timeline.js';

const top = document.getElementById('top');
const bottom = document.getElementById('bottom');

export class Chrome {
    #app;
    #connection = element('p', { class: 'connection' });
    #way = element('div', { class: 'way-place' });
    #timeline = element('div', { class: 'timeline-place' });
    #shownTimeline = null;

    constructor(app) {
        this.#app = app;
    }

    /** Draws everything anew, as after a change of language. */
    draw() {
        document.getElementById('skip').textContent = text('chrome.skip');
        top.replaceChildren(
            element(
                'div',
                { class: 'bar' },
                element('a', { class: 'brand', href: '/', onclick: event => this.#home(event) }, logo(), element('span', {}, text('app.name'))),
                this.#connection,
                language(this.#app),
            ),
            this.#way,
        );
        bottom.replaceChildren(this.#timeline, element('div', { class: 'small-print' }, this.#who(), element('p', {}, text('chrome.sandbox'))));
        this.#shownTimeline = null;
    }

    show(journey) {
        const state = this.#app.connection.state;
        const known = borrower() !== null;
        this.#connection.hidden = !known;
        this.#connection.className = `connection ${state.toLowerCase()}`;
        this.#connection.replaceChildren(element('span', { class: 'dot', 'aria-hidden': 'true' }), text(`connection.${state}`));
        this.#way.replaceChildren(...(journey ? [way(journey.status)] : []));
        bottom.querySelector('.who')?.replaceWith(this.#who());
        this.#showTimeline(journey);
    }

    #showTimeline(journey) {
        const wanted = journey?.version ? `${journey.journeyId}` : null;
        if (wanted !== this.#shownTimeline) {
            this.#shownTimeline = wanted;
            this.#timeline.replaceChildren(...(wanted ? [timeline(journey)] : []));
        } else if (wanted) {
            this.#timeline.firstChild.tell(journey);
        }
    }

    #who() {
        const made = element('p', { class: 'who' });
        if (borrower()) {
            made.append(
                `${text('chrome.signedIn', { borrower: borrower() })} `,
                button(text('chrome.signOut'), () => this.#app.leave(), { kind: 'quiet' }),
            );
        }
        return made;
    }

    #home(event) {
        event.preventDefault();
        this.#app.open(null);
    }
}

function logo() {
    return element('img', { src: '/icons/icon.svg', alt: '', width: '28', height: '28' });
}

function language(app) {
    return element(
        'div',
        { class: 'languages', role: 'group', 'aria-label': text('chrome.language') },
        languages.map(each =>
            element(
                'button',
                { type: 'button', lang: each, 'aria-pressed': String(each === current()), onclick: () => app.inLanguage(each) },
                { en: 'English', hi: 'हिन्दी' }[each],
            ),
        ),
    );
}

function way(status) {
    const here = partOf(status);
    if (here < 0) {
        return element('span', {});
    }
    const over = status === 'DISBURSED';
    return element(
        'ol',
        { class: 'way', 'aria-label': text('way.label') },
        PARTS.map(([part], index) => {
            const state = index < here || over ? 'done' : index === here ? 'here' : 'ahead';
            return element(
                'li',
                { class: state, 'aria-current': state === 'here' ? 'step' : null },
                element('span', { class: 'mark', 'aria-hidden': 'true' }, state === 'done' ? icon('check') : String(index + 1)),
                element('span', { class: 'part' }, text(`way.${part}`)),
                element('span', { class: 'visually-hidden' }, ` ${text(`way.${state}`)}`),
            );
        }),
    );
}

/** What went wrong, in words that help, and the reference under which it is found in every log. */
export function failureCard(failure, again, whole = false) {
    const kind = kindOf(failure);
    const known = failure.code && textIfKnown(`code.${failure.code}`);
    const card = element(
        'section',
        { class: `card failure ${kind}`, role: 'alert', tabindex: '-1' },
        element(whole ? 'h1' : 'h2', whole ? { tabindex: '-1' } : {}, icon('alert'), text(`failure.${kind}.title`)),
        element('p', {}, known ?? text(`failure.${kind}.body`)),
        failure.detail && !known && kind === 'refused' ? element('p', { class: 'detail', lang: 'en' }, failure.detail) : null,
        failure.correlationId
            ? element('p', { class: 'reference' }, `${text('failure.reference')} `, element('code', {}, failure.correlationId))
            : null,
        button(text(kind === 'refused' ? 'unknown.again' : 'failure.again'), again, { kind: 'secondary' }),
    );
    return card;
}

function kindOf(failure) {
    if (!navigator.onLine) {
        return 'offline';
    }
    if (failure.status === undefined) {
        return 'ours';
    }
    if (failure.status === 0 || failure.status === 429 || failure.status >= 500) {
        return 'passing';
    }
    return 'refused';
}
