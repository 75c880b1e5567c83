// What is known of the borrower's journeys: the latest version that a stream or a read told, and, for a moment, what the
// platform answered to the borrower's own act before the stream tells it.

import { asBorrower } from './identity.js';

/** After this an answer that nothing confirmed counts no more: the stream is the truth. */
const AHEAD_MILLIS = 15_000;

export class Journeys extends EventTarget {
    #known = new Map();
    #ahead = new Map();

    /** Versions only grow; an older one, from a slower way, is dropped. */
    take(journey) {
        const before = this.#known.get(journey.journeyId);
        if (before && before.version >= journey.version) {
            return;
        }
        this.#known.set(journey.journeyId, journey);
        this.#changed(journey.journeyId);
    }

    /** The platform's answer to an act: `{journeyID, status, nextAction, updatedAt?}`. */
    answered({ journeyID, status, nextAction, updatedAt }) {
        this.#ahead.set(journeyID, { status, nextAction, updatedAt, until: Date.now() + AHEAD_MILLIS });
        setTimeout(() => this.#changed(journeyID), AHEAD_MILLIS + 100);
        this.#changed(journeyID);
    }

    find(journeyId) {
        const known = this.#known.get(journeyId);
        const ahead = this.#ahead.get(journeyId);
        if (!ahead || (known && (ahead.until < Date.now() || caughtUp(known, ahead)))) {
            this.#ahead.delete(journeyId);
            return known ?? null;
        }
        const { status, nextAction } = ahead;
        return { journeyId, version: 0, type: null, ...known, status, nextAction };
    }

    all() {
        const ids = new Set([...this.#known.keys(), ...this.#ahead.keys()]);
        return [...ids]
            .map(journeyId => this.find(journeyId))
            .filter(journey => journey)
            .sort((one, other) => (other.changedAt ?? '9').localeCompare(one.changedAt ?? '9'));
    }

    clear() {
        this.#known.clear();
        this.#ahead.clear();
    }

    /** Reads all of them; returns the ids whose version the stream had not told. */
    async refresh() {
        const told = new Map([...this.#known].map(([journeyId, journey]) => [journeyId, journey.version]));
        const late = [];
        let cursor = null;
        do {
            const query = cursor ? `?limit=100&cursor=${encodeURIComponent(cursor)}` : '?limit=100';
            const page = await asBorrower('GET', `/v1/journeys${query}`);
            for (const journey of page.items) {
                if (journey.version > (told.get(journey.journeyId) ?? 0)) {
                    late.push(journey.journeyId);
                }
                this.take(journey);
            }
            cursor = page.next;
        } while (cursor);
        return late;
    }

    #changed(journeyId) {
        this.dispatchEvent(new CustomEvent('change', { detail: journeyId }));
    }
}

function caughtUp(known, ahead) {
    return (
        (known.status === ahead.status && known.nextAction === ahead.nextAction) ||
        (ahead.updatedAt && known.platformAt && Date.parse(known.platformAt) >= Date.parse(ahead.updatedAt))
    );
}
