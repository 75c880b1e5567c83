// Scripts of hostility: phases of turned switches, begun by one button and set right again at the end.

import { call } from './api.js';
import { clock, duration, words } from './format.js';
import { badge, element, update } from './parts.js';

export class Scripts {
    #told;
    #last = null;
    #running = element('div', { role: 'status' });
    #cards = element('div', { class: 'switches' });

    element = element('section', { class: 'scripts', 'aria-label': 'Scripts' }, element('h2', {}, 'Scripts'), this.#running, this.#cards);

    /** @param told hears of what was refused */
    constructor(told) {
        this.#told = told;
    }

    /** What runs, in a few words; null if nothing does. */
    get running() {
        return this.#last === null ? null : `script ${this.#last.script}, phase ${this.#last.phase} of ${this.#last.phases}`;
    }

    /** Ends what runs, if anything does. */
    async end() {
        if (this.#last !== null) {
            await call('DELETE', '/api/script');
        }
    }

    async refresh() {
        const answer = await call('GET', '/api/script').catch(() => null);
        if (answer === null) {
            return;
        }
        const last = answer.last?.state === 'RUNNING' ? answer.last : null;
        this.#last = last;
        update(this.#running, last === null ? [] : [{ key: 'running', is: JSON.stringify(last), make: () => this.#progress(last) }]);
        update(this.#cards, answer.ready.map(each => ({
            key: each.name,
            is: JSON.stringify([each, last !== null]),
            make: () => this.#card(each, last?.script === each.name),
        })));
    }

    #progress({ script, phase, phases, phaseName, phaseEndsAt }) {
        return element('p', { class: 'note warn' },
            element('strong', {}, `${words(script)} runs: `),
            `phase ${phase} of ${phases}, ${phaseName}${phaseEndsAt ? `, until ${clock(phaseEndsAt)}` : ''}. `,
            element('button', { type: 'button', class: 'button small', onclick: () => this.#act('DELETE') }, 'End it'));
    }

    #card({ name, about, seconds }, runs) {
        const id = `script-${name}`;
        return element('div', { class: `switch ${runs ? 'turned' : ''}` },
            element('div', { class: 'switch-head' }, element('h3', { id }, words(name.replaceAll('-', ' '))), badge(duration(seconds * 1_000))),
            element('p', { class: 'muted' }, about),
            element('div', {}, element('button', { type: 'button', class: 'button small', 'aria-describedby': id, onclick: () => this.#act('PUT', { name }) }, 'Begin')));
    }

    async #act(method, body) {
        try {
            await call(method, '/api/script', body);
        } catch (failure) {
            this.#told(failure);
        }
        await this.refresh();
    }
}
