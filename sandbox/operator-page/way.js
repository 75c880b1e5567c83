// How each change of one journey went through the system: a line with eight stations, times and places as text.

import { call } from './api.js';
import { clock, duration, inline, millisBetween, words } from './format.js';
import { badge, drawing, element, facts, hidden, update } from './parts.js';
import { STATIONS, station, when } from './stations.js';

/** What the legs between two stations are spent on. */
const LEGS = ['HAPPENED', 'SENT', 'RECEIVED', 'LOGGED', 'PROJECTED', 'PUBLISHED', 'SHOWN'];

const HOW = {
    WEBHOOK: ['by webhook', 'good'],
    POLL: ['by polling', 'poll'],
    REBUILD: ['mended by a rebuild', 'poll'],
};

export class WayView {
    #journeyId = null;
    #asked = 0;
    #waits = false;
    #head = element('div', { class: 'way-head' });
    #stations = element(
        'ol',
        { class: 'station-names', 'aria-hidden': 'true' },
        Object.values(STATIONS).map(({ label, long }) => element('li', { title: long }, label)),
    );
    #passages = element('ol', { class: 'passages', 'aria-label': 'Changes, the latest first' });

    element = element('section', { class: 'way', 'aria-label': 'The way of a journey' }, this.#head, this.#stations, this.#passages, legend());

    get journeyId() {
        return this.#journeyId;
    }

    /** Whether something is still to come, which nobody may tell of. */
    get waits() {
        return this.#waits;
    }

    /** @param searched what the list was searched for; changes that it names are marked */
    async show(journeyId, searched) {
        if (journeyId !== this.#journeyId) {
            this.#journeyId = journeyId;
            this.#head.replaceChildren(element('p', { class: 'note' }, 'Asking platform, topics and database …'));
            this.#passages.replaceChildren();
        }
        const asked = ++this.#asked;
        const way = await call('GET', `/api/journeys/${encodeURIComponent(journeyId)}`).catch(failure => failure);
        if (asked !== this.#asked) {
            return;
        }
        if (way instanceof Error) {
            this.#head.replaceChildren(element('h1', {}, 'Nothing to show'), element('p', { class: 'note warn' }, way.message));
            this.#passages.replaceChildren();
            return;
        }
        this.#draw(way, searched);
    }

    #draw(way, searched) {
        const stations = way.passages.flatMap(passage => passage.stations);
        this.#waits = stations.some(station => station.state === 'WAITING');
        update(this.#head, [{
            key: way.journeyId,
            is: JSON.stringify([way.status, way.nextAction, way.connectedSince, way.unreachable, way.passages.length]),
            make: () => head(way),
        }]);
        update(this.#passages, way.passages.map(passage => ({
            key: passage.eventId ?? `version ${passage.version}`,
            is: JSON.stringify([passage, named(passage, searched)]),
            make: () => drawn(passage, named(passage, searched)),
        })));
    }
}

function head(way) {
    return element(
        'div',
        {},
        element('a', { class: 'back', href: '#/' }, '← All journeys'),
        element('h1', {}, way.borrower ?? 'Journey'),
        element(
            'p',
            { class: 'lead' },
            way.type ? `${words(way.type)}: ` : '',
            element('strong', {}, words(way.status ?? 'UNKNOWN')),
            way.nextAction ? `, next ${inline(way.nextAction)}` : '',
        ),
        element('p', { class: 'muted' }, 'Journey ', element('code', {}, way.journeyId)),
        element('p', { class: 'muted' }, way.connectedSince
            ? `An app of the borrower has had a stream open since ${clock(way.connectedSince)}.`
            : 'No app of the borrower has a stream open.'),
        way.unreachable.length > 0
            ? element('p', { class: 'note warn' }, `Not answering: ${way.unreachable.join(', ')}. What only they know is missing below.`)
            : null,
    );
}

/** Whether it is this change that bears the id. */
function named(passage, id) {
    const ids = [passage.eventId, passage.correlationId, ...passage.repeats.flatMap(each => [each.eventId, each.correlationId])];
    return ids.some(each => each && each.toLowerCase() === id.toLowerCase());
}

function drawn(passage, found) {
    const lost = ['LOST', 'GIVEN_UP'].includes(passage.told?.delivery);
    return element(
        'li',
        { class: `passage ${found ? 'found' : ''}`, 'data-status': passage.status, 'data-version': passage.version, 'data-how': passage.how },
        element(
            'div',
            { class: 'passage-head' },
            element('span', { class: 'version' }, passage.version ? `v${passage.version}` : '–'),
            element('h2', {}, words(passage.status)),
            passage.nextAction ? element('span', { class: 'muted next' }, inline(passage.nextAction)) : null,
            element(
                'span',
                { class: 'badges' },
                found ? badge('searched for') : null,
                lost ? badge('webhook lost', 'bad') : null,
                passage.quarantined ? badge('webhook in quarantine', 'bad') : null,
                passage.how ? badge(...(HOW[passage.how] ?? [words(passage.how)])) : badge(...unversioned(passage)),
                total(passage) > 0 ? element('span', { class: 'total' }, duration(total(passage))) : null,
            ),
        ),
        element('ol', { class: 'track' }, passage.stations.map(station => stop(passage, station))),
        bar(passage),
        more(passage),
    );
}

function unversioned(passage) {
    const projected = station(passage, 'PROJECTED').state;
    return projected === 'WAITING' ? ['on its way', 'warn'] : ['no version of its own', ''];
}

function stop(passage, one) {
    const { label, long } = STATIONS[one.name];
    return element(
        'li',
        { class: `stop ${one.state.toLowerCase()}`, 'data-station': one.name, 'data-state': one.state, 'data-at': one.at, title: long },
        element('span', { class: 'label' }, label),
        element('span', { class: 'mark', 'aria-hidden': 'true' }),
        element(
            'span',
            { class: 'value' },
            element('span', { class: 'when' }, when(passage, one)),
            one.place ? element('span', { class: 'place' }, hidden(`${one.place.topic}, `), `p${one.place.partition} @ ${one.place.offset}`) : null,
        ),
    );
}

function timed(passage) {
    return passage.stations.filter(each => each.at && each.state === 'DONE' && LEGS.includes(each.name));
}

/** From the first to the last station that the device takes part in: a push is late on purpose. */
function total(passage) {
    const stops = timed(passage);
    return stops.length < 2 ? 0 : Math.max(...stops.map(each => millisBetween(stops[0].at, each.at)));
}

/** Which share of the time each leg took. */
function bar(passage) {
    const stops = timed(passage);
    const whole = Math.max(1, total(passage));
    let from = 0;
    const legs = stops.slice(1).map(each => {
        const to = Math.max(from, millisBetween(stops[0].at, each.at));
        const leg = drawing('rect', {
            class: `leg ${each.name.toLowerCase()}`,
            x: (from / whole) * 1000,
            y: 0,
            width: Math.max(to > from ? 2 : 0, ((to - from) / whole) * 1000),
            height: 10,
        });
        from = to;
        return leg;
    });
    return drawing('svg', { class: 'bar-of-legs', viewBox: '0 0 1000 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, legs);
}

function more(passage) {
    const { told } = passage;
    return element(
        'details',
        {},
        element('summary', {}, 'Facts', hidden(` of ${inline(passage.status)}`)),
        facts([
            ['Event id', passage.eventId ? element('code', {}, passage.eventId) : null],
            ['Correlation id', passage.correlationId
                ? element('a', { href: `#/search/${encodeURIComponent(passage.correlationId)}` }, passage.correlationId)
                : null],
            ['Cause at the platform', told ? `${told.trigger}, sequence ${told.sequence}` : null],
            ['Webhook', told ? webhook(told) : null],
            ['Quarantine', passage.quarantined
                ? `${passage.quarantined.reason}, ${clock(passage.quarantined.writtenAt)}, ${place(passage.quarantined.place)}`
                : null],
            ...passage.stations
                .filter(each => each.at && each.state === 'DONE')
                .map(each => [STATIONS[each.name].long, `${clock(each.at)}${each.place ? `, ${place(each.place)}` : ''}`]),
            ['Streamed', passage.version && station(passage, 'PUBLISHED').state === 'DONE'
                ? 'To every stream of the borrower as it was published; when each device read it, nothing keeps. What a device says that it has shown is the acknowledgement.'
                : null],
            ...passage.repeats.map(each => ['Said again', again(each)]),
            ...passage.pushes.map(each => ['Push', push(each)]),
        ]),
    );
}

function webhook(told) {
    const attempts = told.attempts.map(each => `${clock(each.at)} → ${each.outcome}`);
    const state = { ACKNOWLEDGED: 'acknowledged', PENDING: 'not acknowledged yet', LOST: 'lost for good', GIVEN_UP: 'given up' };
    return `${state[told.delivery] ?? told.delivery}${attempts.length > 0 ? `; attempts: ${attempts.join(', ')}` : '; no attempt'}`;
}

function again(logged) {
    const what = logged.source === 'POLL' ? 'a poll' : logged.late ? 'a late webhook' : 'a webhook';
    return `${clock(logged.receivedAt)} by ${what}, ${place(logged.place)}; it changed nothing`;
}

function push(one) {
    const outcome = one.outcome ? inline(one.outcome) : `waiting, due ${clock(one.dueAt)}`;
    return `${words(one.channel)}, device …${one.device}: ${outcome}${one.completedAt ? ` at ${clock(one.completedAt)}` : ''}, attempts ${one.attempts}`;
}

function place({ topic, partition, offset }) {
    return `${topic}-${partition} @ ${offset}`;
}

function legend() {
    return element(
        'details',
        { class: 'legend' },
        element('summary', {}, 'How to read this'),
        element('p', {}, 'Each line is one change, and each dot a station on its way; the numbers count from the change at the platform. p7 @ 12 is partition 7, offset 12. All clocks are this machine\'s.'),
        element('p', {}, 'The coloured bar shows which share of the time each leg took: ',
            LEGS.slice(1).map((name, n) => [
                n > 0 ? ', ' : '',
                drawing('svg', { class: 'key', viewBox: '0 0 10 10', 'aria-hidden': 'true' }, drawing('rect', { class: `leg ${name.toLowerCase()}`, width: 10, height: 10, rx: 2 })),
                ` until ${STATIONS[name].label.toLowerCase()}`,
            ]), '.'),
        element('p', {}, 'A webhook that is lost is no loss: session-service asks the platform by itself, and looks at the answers that it passes on. What it finds so is marked "by polling"; the webhook that comes after it then changes nothing.'),
    );
}
