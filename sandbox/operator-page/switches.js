// The platform's switches, drawn from its own description of them: what is new there appears here by itself.

import { call } from './api.js';
import { split, words } from './format.js';
import { badge, element, update } from './parts.js';
import { Scripts } from './scripts.js';

const SHARES = [0, 0.1, 0.5, 1];

export class Switches extends EventTarget {
    #known = [];
    #limited = [];
    #groups = element('div', { class: 'groups' });
    #problem = element('p', { class: 'note bad', role: 'alert', hidden: true });
    #scripts = new Scripts(failure => this.#complain(failure));

    element = element(
        'section',
        { class: 'hostile', 'aria-label': 'Make it hostile' },
        element('h1', {}, 'Make it hostile'),
        element('p', { class: 'lead' }, 'What the simulated platform can do to you. Turn something, drive a loan, and watch the journey\'s way: nothing acknowledged may be lost, and every journey must end where the platform says it is.'),
        this.#problem,
        this.#scripts.element,
        this.#groups,
    );

    /** What is not as it usually is, in a few words each. A seed alone harms nobody. */
    get turned() {
        return [
            ...[this.#scripts.running].filter(each => each !== null),
            ...this.#known.filter(each => each.value !== each.default && each.name !== 'seed').map(told),
            ...this.#limited.map(each => this.#toldOfLimited(each)),
        ];
    }

    #toldOfLimited({ switches, borrower, path, left }) {
        const what = Object.entries(switches).map(([name, value]) => told({ ...this.#known.find(each => each.name === name), value }));
        const whom = [borrower ? `for ${borrower}` : null, path ? `on ${path}` : null, left === null ? null : `${left} more times`];
        return `${what.join(' and ')} (${whom.filter(each => each !== null).join(', ')})`;
    }

    /** What is there now; while the platform does not answer, what was there last. */
    async refresh() {
        const [answer] = await Promise.all([call('GET', '/api/switches').catch(() => null), this.#scripts.refresh()]);
        if (answer !== null) {
            this.#known = described(answer);
            this.#limited = answer.faults.items;
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
            await this.#scripts.end();
            await call('DELETE', '/api/switches');
        });
        await this.refresh();
    }

    async #trying(action) {
        try {
            this.#problem.hidden = true;
            await action();
        } catch (failure) {
            this.#complain(failure);
        }
    }

    #complain(failure) {
        this.#problem.textContent = failure.message;
        this.#problem.hidden = false;
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
                one.struck > 0 ? badge(`struck ${one.struck === 1 ? 'once' : `${one.struck} times`}`) : null,
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

/** Every switch as the platform describes it, with its value and how often it struck. */
function described({ values, catalogue, faults }) {
    return catalogue.items.map(({ name, group, type, minimum, maximum, default: standard, meaning }) => ({
        name,
        group,
        kind: type.toUpperCase(),
        minimum,
        maximum,
        default: standard,
        meaning,
        value: values[name],
        struck: faults.struck[name] ?? 0,
    }));
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
function told({ name, value, kind }) {
    const what = named({ name });
    if (kind === 'FLAG') {
        return `${what} ${value ? 'on' : 'off'}`;
    }
    return kind === 'SHARE' ? `${what} ${Math.round(value * 100)} %` : `${what} ${value}${unit({ kind }) ? ` ${unit({ kind })}` : ''}`;
}
