// The platform's switches, drawn from its own description of them: what is new there appears here by itself.

import { call } from './api.js';
import { split, words } from './format.js';
import { badge, element, update } from './parts.js';

/** For a platform that does not describe its switches. */
const PLAIN = [
    { name: 'webhooks', kind: 'FLAG', default: true, meaning: 'Off: what changes meanwhile, and what waits for a retry, is never sent' },
    { name: 'duplicates', kind: 'SHARE', default: 0, meaning: 'Webhooks sent a second time right after their first success' },
    { name: 'reorder', kind: 'FLAG', default: false, meaning: 'First attempts overtake one another' },
    { name: 'delayMillis', kind: 'MILLIS', default: 0, minimum: 0, maximum: 3_600_000, meaning: 'How long each first attempt waits after the change' },
    { name: 'endOlderSession', kind: 'FLAG', default: false, meaning: 'A new login ends the borrower\'s earlier sessions' },
    { name: 'rebuildOnRetry', kind: 'FLAG', default: false, meaning: 'A retry carries the newest state under the same event id' },
    { name: 'signOnRetry', kind: 'FLAG', default: true, meaning: 'A retry has a new timestamp and signature' },
];

const SHARES = [0, 0.1, 0.5, 1];

export class Switches extends EventTarget {
    #known = [];
    #groups = element('div', { class: 'groups' });
    #problem = element('p', { class: 'note bad', role: 'alert', hidden: true });

    element = element(
        'section',
        { class: 'hostile', 'aria-label': 'Make it hostile' },
        element('h1', {}, 'Make it hostile'),
        element('p', { class: 'lead' }, 'What the simulated platform can do to you. Turn something, drive a loan, and watch the journey\'s way: nothing acknowledged may be lost, and every journey must end where the platform says it is.'),
        this.#problem,
        this.#groups,
    );

    /** Those that are not at their default. */
    get turned() {
        return this.#known.filter(each => each.value !== each.default);
    }

    /** What is there now; while the platform does not answer, what was there last. */
    async refresh() {
        const answer = await call('GET', '/api/switches').catch(() => null);
        if (answer !== null) {
            this.#known = described(answer.values, answer.catalogue);
            this.#draw();
            this.dispatchEvent(new CustomEvent('turned'));
        }
    }

    async turn(name, value) {
        await this.#trying(async () => {
            await call('PATCH', '/api/switches', { [name]: value });
        });
        await this.refresh();
    }

    async allOff() {
        await this.#trying(async () => {
            await call('DELETE', '/api/switches');
        });
        await this.refresh();
    }

    async #trying(action) {
        try {
            this.#problem.hidden = true;
            await action();
        } catch (failure) {
            this.#problem.textContent = failure.message;
            this.#problem.hidden = false;
        }
    }

    #draw() {
        const groups = [...new Set(this.#known.map(each => each.group))];
        update(this.#groups, groups.map(group => ({
            key: group,
            is: group,
            make: () => element('section', {}, element('h2', {}, words(group)), element('div', { class: 'switches' })),
        })));
        [...this.#groups.children].forEach(section => update(
            section.querySelector('.switches'),
            this.#known.filter(each => each.group === section.dataset.key).map(each => ({
                key: each.name,
                is: JSON.stringify(each),
                make: () => this.#card(each),
            })),
        ));
    }

    #card(one) {
        const id = `switch-${one.name}`;
        return element(
            'div',
            { class: `switch ${one.value === one.default ? '' : 'turned'}`, 'data-switch': one.name },
            element('div', { class: 'switch-head' },
                element('h3', { id }, words(named(one))),
                one.value === one.default ? null : badge('turned', 'warn')),
            element('p', { class: 'muted', id: `${id}-meaning` }, prose(one.meaning)),
            this.#control(one, id),
        );
    }

    #control(one, id) {
        if (one.kind === 'FLAG') {
            return this.#button(one, one.value ? 'On' : 'Off', !one.value, { role: 'switch', 'aria-checked': String(one.value), class: 'toggle', 'aria-labelledby': id, 'aria-describedby': `${id}-meaning` });
        }
        if (one.kind === 'SHARE') {
            const shares = SHARES.includes(one.value) ? SHARES : [...SHARES, one.value].sort((a, b) => a - b);
            return element('div', { class: 'shares', role: 'group', 'aria-labelledby': id },
                shares.map(share => this.#button(one, share === 0 ? 'None' : share === 1 ? 'All' : `${Math.round(share * 100)} %`, share,
                    { class: 'share', 'aria-pressed': String(share === one.value) })));
        }
        const field = element('input', { type: 'number', value: one.value, min: one.minimum, max: one.maximum, step: 1, 'aria-labelledby': id, 'aria-describedby': `${id}-meaning` });
        return element('form', {
            class: 'amount',
            onsubmit: event => {
                event.preventDefault();
                this.turn(one.name, Number(field.value));
            },
        }, field, element('span', { class: 'muted' }, unit(one)), element('button', { type: 'submit', class: 'button small' }, 'Set'));
    }

    #button(one, text, value, attributes) {
        return element('button', { type: 'button', ...attributes, onclick: () => this.turn(one.name, value) }, text);
    }
}

/** Every value with its description; one that is not described is shown by its type. */
function described(values, catalogue) {
    const entries = catalogue === null ? PLAIN : Array.isArray(catalogue) ? catalogue : (catalogue.items ?? catalogue.switches ?? []);
    const byName = new Map(entries.map(entry => [entry.name, entry]));
    return Object.entries(values)
        .filter(([, value]) => ['boolean', 'number'].includes(typeof value))
        .map(([name, value]) => {
            const entry = byName.get(name) ?? {};
            return {
                name,
                value,
                group: entry.group ?? 'WEBHOOKS_AND_SESSIONS',
                kind: String(entry.kind ?? entry.type ?? (typeof value === 'boolean' ? 'FLAG' : 'NUMBER')).toUpperCase(),
                default: entry.default ?? value,
                minimum: entry.minimum ?? entry.range?.minimum ?? null,
                maximum: entry.maximum ?? entry.range?.maximum ?? null,
                meaning: entry.meaning ?? '',
            };
        });
}

/** Names in the platform's words stand between backticks. */
function prose(text) {
    return text.split('`').map((part, n) => (n % 2 === 1 ? element('code', {}, part) : part));
}

/** The unit stands behind the value. */
function named({ name }) {
    return split(name).replace(/ (millis|seconds)$/, '');
}

function unit({ kind }) {
    return { MILLIS: 'ms', SIGNED_MILLIS: 'ms', SECONDS: 's' }[kind] ?? '';
}

/** What a switch is turned to, in a few words. */
export function told({ name, value, kind }) {
    const what = named({ name });
    if (kind === 'FLAG') {
        return `${what} ${value ? 'on' : 'off'}`;
    }
    return kind === 'SHARE' ? `${what} ${Math.round(value * 100)} %` : `${what} ${value}${unit({ kind }) ? ` ${unit({ kind })}` : ''}`;
}
