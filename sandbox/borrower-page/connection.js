// Keeps the journeys true. While the stream is open it tells every change; while it is not, they are read every few
// seconds; without a network nothing is asked for, and all of it is made good when it is back.

import { pause } from './api.js';
import { asBorrower } from './identity.js';

const POLL_MILLIS = 4_000;
const COMPARE_MILLIS = 30_000;
const SHORTEST_WAIT_MILLIS = 1_000;
const LONGEST_WAIT_MILLIS = 20_000;

/** State is LIVE, POLLING or OFFLINE, and told by an event `state`. */
export class Connection extends EventTarget {
    #journeys;
    #source = null;
    #attempts = 0;
    #timers = new Set();
    #running = false;
    #shown = new Map();
    state = 'POLLING';

    constructor(journeys) {
        super();
        this.#journeys = journeys;
        addEventListener('online', () => this.#again());
        addEventListener('offline', () => this.#lost());
        addEventListener('pageshow', event => event.persisted && this.#retry(0));
        document.addEventListener('visibilitychange', () => document.hidden || this.#compare());
    }

    start() {
        this.#running = true;
        this.#attempts = 0;
        this.#again();
        this.#every(POLL_MILLIS, () => this.state === 'POLLING' && this.read());
        this.#every(COMPARE_MILLIS, () => this.state === 'LIVE' && !document.hidden && this.#compare());
    }

    stop() {
        this.#running = false;
        this.#close();
        this.#timers.forEach(timer => clearInterval(timer));
        this.#timers.clear();
        this.#shown.clear();
    }

    /** Tells the notifier what the borrower has seen, so that no push repeats it. */
    async acknowledge({ journeyId, version }) {
        if (!(version > (this.#shown.get(journeyId) ?? 0))) {
            return;
        }
        this.#shown.set(journeyId, version);
        await asBorrower('POST', '/v1/stream/acknowledgements', { journeyId, version }).catch(() => {
            // A push that repeats what was seen is the worst that comes of it; the next version tells again.
        });
    }

    async #open() {
        if (!this.#running || this.#source || !navigator.onLine) {
            return;
        }
        const source = { close() {} };
        this.#source = source;
        try {
            const { ticket } = await asBorrower('POST', '/v1/stream/tickets');
            if (this.#source === source && this.#running) {
                this.#listen(ticket);
            }
        } catch {
            if (this.#source === source) {
                this.#retry();
            }
        }
    }

    #listen(ticket) {
        const source = new EventSource(`/v1/stream?ticket=${encodeURIComponent(ticket)}`);
        this.#source = source;
        const current = action => event => this.#source === source && action(event);
        source.addEventListener('journey', current(event => this.#journeys.take(JSON.parse(event.data))));
        source.addEventListener(
            'ready',
            current(() => {
                this.#attempts = 0;
                this.#become('LIVE');
            }),
        );
        source.addEventListener('closing', current(event => this.#retry(JSON.parse(event.data).reconnectAfterMillis)));
        // A ticket opens one stream, so the browser's own reconnecting would be refused.
        source.addEventListener('error', current(() => this.#retry()));
    }

    #retry(millis = Math.min(LONGEST_WAIT_MILLIS, SHORTEST_WAIT_MILLIS * 2 ** this.#attempts++)) {
        this.#close();
        this.#become(navigator.onLine ? 'POLLING' : 'OFFLINE');
        pause(millis * (0.75 + Math.random() / 2)).then(() => this.#open());
    }

    #close() {
        this.#source?.close();
        this.#source = null;
    }

    #lost() {
        this.#close();
        this.#become('OFFLINE');
    }

    #again() {
        if (!this.#running) {
            return;
        }
        this.#become(navigator.onLine ? 'POLLING' : 'OFFLINE');
        this.read();
        this.#open();
    }

    /** Reads all journeys once; the ids of those that the stream had not told. */
    async read() {
        if (!navigator.onLine) {
            return [];
        }
        return this.#journeys.refresh().catch(() => []);
    }

    /** A stream that is open and silent may be a dead one: what was read and never told gives it away. */
    async #compare() {
        if (this.#running && (await this.read()).length > 0 && this.state === 'LIVE') {
            this.#retry(0);
        }
    }

    #every(millis, action) {
        this.#timers.add(setInterval(action, millis));
    }

    #become(state) {
        if (state !== this.state) {
            this.state = state;
            this.dispatchEvent(new CustomEvent('state', { detail: state }));
        }
    }
}
