// What happened so far, read from the history when the borrower opens it.

import { asBorrower } from './identity.js';
import { text, textIfKnown } from './messages.js';
import { moment } from './format.js';
import { element } from './parts.js';

/** A part that opens; `tell(journey)` lets it know of a new version. */
export function timeline(journey) {
    let version = 0;
    let asked = journey;
    const list = element('ol', { class: 'timeline' });
    const made = element('details', { class: 'card' }, element('summary', {}, text('timeline.title')), list);
    const read = async () => {
        if (!made.open || asked.version === version) {
            return;
        }
        version = asked.version;
        const entries = await history(asked.journeyId).catch(() => null);
        list.replaceChildren(
            ...(entries ? entries.reverse().map(entry) : [element('li', {}, text('timeline.away'))]),
        );
        if (!entries) {
            version = 0;
        }
    };
    made.addEventListener('toggle', read);
    made.tell = latest => {
        asked = latest;
        read();
    };
    return made;
}

async function history(journeyId) {
    const entries = [];
    let cursor = null;
    do {
        const query = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
        const page = await asBorrower('GET', `/v1/journeys/${encodeURIComponent(journeyId)}/timeline?limit=100${query}`);
        entries.push(...page.items);
        cursor = page.next;
    } while (cursor);
    return entries;
}

function entry({ after, source, changedAt }) {
    return element(
        'li',
        {},
        element('p', { class: 'what' }, textIfKnown(`status.${after.status}`) ?? after.status),
        element(
            'p',
            { class: 'when' },
            element('time', { datetime: changedAt }, moment(changedAt)),
            ` · ${textIfKnown(`source.${source}`) ?? source}`,
        ),
    );
}
