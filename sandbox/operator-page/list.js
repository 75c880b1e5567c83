// All journeys, the one that moved last first; what does not fit is counted and not drawn.

import { call } from './api.js';
import { ago, clock, inline, shortened, words } from './format.js';
import { badge, element, hidden, update } from './parts.js';

const SEARCH_PAUSE_MILLIS = 250;

const BECAUSE = { journey: 'by journey id', borrower: 'by borrower', event: 'by event id', correlation: 'by correlation id' };

export class JourneyList {
    #selected = null;
    #status = null;
    #asked = 0;
    #timer = null;
    #rows = element('ol', { class: 'rows', 'aria-label': 'Journeys' });
    #statuses = element('div', { class: 'chips', role: 'group', 'aria-label': 'Statuses at the platform' });
    #count = element('p', { class: 'count', role: 'status' });
    #search = element('input', {
        type: 'search',
        id: 'search',
        autocomplete: 'off',
        spellcheck: 'false',
        placeholder: 'journey, event, correlation …',
        oninput: () => this.#searched(),
    });
    #logs = element('section', { class: 'logs', 'aria-label': 'Log lines', hidden: true });
    #shownLogs = null;

    element = element(
        'section',
        { class: 'list', 'aria-label': 'All journeys' },
        element('div', { class: 'search' }, element('label', { for: 'search' }, 'Search by borrower or any id'), this.#search),
        this.#statuses,
        this.#count,
        this.#rows,
        this.#logs,
    );

    get searched() {
        return this.#search.value.trim();
    }

    searchFor(text) {
        this.#search.value = text;
        this.#status = null;
        this.refresh();
    }

    select(journeyId) {
        this.#selected = journeyId;
        this.#rows.querySelectorAll('a').forEach(link =>
            link.toggleAttribute('aria-current', link.dataset.journey === journeyId));
        this.#rows.querySelectorAll('a[aria-current]').forEach(link => link.setAttribute('aria-current', 'true'));
    }

    async refresh() {
        const asked = ++this.#asked;
        const text = this.#search.value.trim();
        const query = new URLSearchParams({ q: text, ...(this.#status ? { status: this.#status } : {}) });
        const { page, older } = await call('GET', `/api/journeys?${query}`);
        if (asked === this.#asked) {
            this.#show(page, older, text);
            await this.#showLogs(text);
        }
    }

    /** Ages are told anew now and then; nothing else of the rows changes by itself. */
    tick() {
        this.#rows.querySelectorAll('time').forEach(time => {
            time.textContent = ago(time.dateTime);
        });
    }

    #searched() {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.refresh().catch(() => {}), SEARCH_PAUSE_MILLIS);
    }

    #show(page, older, text) {
        const counts = Object.entries(page.statuses).sort((one, other) => other[1] - one[1]);
        update(this.#statuses, counts.map(([status, count]) => ({
            key: status,
            is: `${count} ${this.#status === status}`,
            make: () => this.#chip(status, count),
        })));
        this.#count.textContent = this.#counted(page, text);
        update(this.#rows, [
            ...page.items.map(({ row, because }) => ({
                key: row.journeyId,
                is: JSON.stringify([row, because, row.journeyId === this.#selected]),
                make: () => this.#row(row, because),
            })),
            ...older.map(id => ({ key: id, is: id, make: () => this.#older(id) })),
        ]);
        this.tick();
    }

    #counted(page, text) {
        const parts = [text || this.#status ? `${page.matching} of ${page.kept} found` : page.kept === 1 ? '1 journey' : `${page.kept} journeys`];
        if (page.matching > page.items.length) {
            parts.push(`the latest ${page.items.length} shown`);
        }
        if (page.behind > 0) {
            parts.push(`${page.behind} behind the platform`);
        }
        if (page.forgotten > 0) {
            parts.push('older ones not kept here');
        }
        return parts.join(', ');
    }

    #chip(status, count) {
        const pressed = this.#status === status;
        return element(
            'button',
            {
                type: 'button',
                class: 'chip',
                'aria-pressed': String(pressed),
                onclick: () => {
                    this.#status = pressed ? null : status;
                    this.refresh().catch(() => {});
                },
            },
            words(status),
            element('span', { class: 'number' }, count),
        );
    }

    #row(row, because) {
        const state = row.platform ?? row.known;
        return element(
            'li',
            {},
            element(
                'a',
                {
                    href: `#/journeys/${encodeURIComponent(row.journeyId)}`,
                    'data-journey': row.journeyId,
                    'aria-current': row.journeyId === this.#selected ? 'true' : null,
                },
                element('span', { class: 'who' }, row.borrower ?? 'borrower not known yet'),
                element('time', { datetime: state.at, title: clock(state.at) }, ago(state.at)),
                element('span', { class: 'status' }, words(state.status)),
                element('span', { class: 'badges' }, this.#step(row), because ? badge(BECAUSE[because] ?? because) : null),
                element('span', { class: 'id' }, hidden('journey '), shortened(row.journeyId)),
            ),
        );
    }

    #step(row) {
        if (!row.known) {
            return badge('not known yet', 'warn');
        }
        const version = `v${row.known.version}`;
        if (!row.inStep) {
            return badge(`${version}, behind: ${inline(row.known.status)}`, 'warn');
        }
        return badge(row.known.source === 'POLL' ? `${version} by polling` : version, row.known.source === 'POLL' ? 'poll' : 'good');
    }

    #older(id) {
        return element(
            'li',
            {},
            element('a', { href: `#/journeys/${encodeURIComponent(id)}`, 'data-journey': id },
                element('span', { class: 'who' }, id), badge('older, found in the read model')),
        );
    }

    async #showLogs(text) {
        if (text === this.#shownLogs) {
            return;
        }
        this.#shownLogs = text;
        const lines = text.length < 4 ? [] : await call('GET', `/api/logs?${new URLSearchParams({ q: text })}`).catch(() => []);
        if (text !== this.#shownLogs) {
            return;
        }
        this.#logs.hidden = text.length < 4;
        this.#logs.replaceChildren(
            element('h2', {}, lines.length === 0 ? 'No log line has it' : lines.length === 1 ? 'One log line has it' : `${lines.length} log lines have it`),
            element('ol', {}, lines.map(line => element(
                'li',
                {},
                element('p', { class: 'from' }, `${line.process}${line.level ? `, ${line.level}` : ''}${line.at ? `, ${clock(line.at)}` : ''}`),
                element('p', { class: 'message' }, line.message),
            ))),
        );
    }
}
