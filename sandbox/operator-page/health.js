// The processes of the demo, as they and the kernel say.

import { call } from './api.js';
import { duration } from './format.js';
import { element, update } from './parts.js';

const STATES = {
    READY: ['ready', 'good'],
    RUNS: ['runs', 'good'],
    NOT_READY: ['not ready', 'warn'],
    STOPPED: ['stands still (SIGSTOP)', 'warn'],
    ENDED: ['has ended', 'bad'],
};

export class Health extends EventTarget {
    #rows = element('tbody', {});
    #lag = element('p', { class: 'lead' }, 'Asking …');
    processes = [];

    element = element(
        'section',
        { class: 'health', 'aria-label': 'Health' },
        element('h1', {}, 'Health'),
        this.#lag,
        element('div', { class: 'table' }, element('table', {},
            element('thead', {}, element('tr', {}, ['Process', 'State', 'Pid', 'MB'].map(name => element('th', { scope: 'col' }, name)))),
            this.#rows)),
        element('p', { class: 'muted' }, 'To see what happens while one does not answer: ', element('code', {}, 'kill -STOP PID'), ', and ', element('code', {}, 'kill -CONT PID'),
            ' to let it go on. The death of any process ends the whole demo; sandbox/run --skip-build starts it again, with its data.'),
    );

    get unwell() {
        return this.processes.filter(each => !['READY', 'RUNS'].includes(each.state));
    }

    async refresh() {
        const health = await call('GET', '/api/health').catch(() => null);
        if (health === null) {
            return;
        }
        this.processes = health.processes;
        this.#lag.textContent = lag(health);
        update(this.#rows, health.processes.map(each => ({ key: each.name, is: JSON.stringify(each), make: () => row(each) })));
        this.dispatchEvent(new CustomEvent('looked'));
    }
}

function lag({ lagRecords, lagSeconds }) {
    if (lagRecords === null) {
        return 'The projector does not tell how far it is.';
    }
    return lagRecords === 0
        ? 'The read model has every record of journey-snapshots.'
        : `${lagRecords} records of journey-snapshots wait for the read model, the oldest for at most ${duration((lagSeconds ?? 0) * 1_000)}.`;
}

function row({ name, state, pid, megabytes }) {
    const [text, tone] = STATES[state] ?? [state, ''];
    return element('tr', { 'data-state': state },
        element('th', { scope: 'row' }, name),
        element('td', {}, element('span', { class: `state ${tone}` }, element('span', { class: 'dot', 'aria-hidden': 'true' }), text)),
        element('td', { class: 'number' }, String(pid)),
        element('td', { class: 'number' }, String(megabytes)));
}
