import { clock, money } from '../format.js';
import { text, textIfKnown } from '../messages.js';
import { element, facts, heading } from '../parts.js';
import { readOffers } from '../platform.js';
import { offerPushes } from '../push.js';
import { offerCard } from './offers.js';

/** Somebody else is at work: who, since when, and that nobody has to watch. */
export async function waiting({ app, journey }) {
    const status = textIfKnown(`waiting.${journey.status}.title`) ? journey.status : 'other';
    return [
        element('div', { class: 'at-work' }, pulse(), heading(text(`waiting.${status}.title`))),
        element('p', { class: 'lead' }, text(`waiting.${status}.body`)),
        journey.changedAt ? element('p', { class: 'since' }, text('waiting.since', { time: clock(journey.changedAt) })) : null,
        element('p', { class: 'hint centred' }, text('waiting.leave')),
        ['OFFER_SELECTED', 'LENDER_PROCESSING'].includes(journey.status) ? await chosen(journey) : null,
        offerPushes(app),
    ];
}

export function pulse() {
    return element('div', { class: 'pulse', 'aria-hidden': 'true' }, element('span'), element('span'), element('span'));
}

/** The offer that was chosen; the others are shown as what they are now: locked. */
export async function chosen(journey) {
    const offers = await readOffers(journey.journeyId);
    const taken = offers.find(offer => offer.status === 'PROCEEDED');
    if (!taken) {
        return null;
    }
    const others = offers.filter(offer => offer !== taken);
    return element(
        'section',
        { class: 'card chosen' },
        element('h2', {}, text('chosen.title')),
        facts([
            [text('offer.lender'), taken.lender],
            [text('offer.amount'), money(taken.amount, taken)],
            [text('offer.emi'), money(taken.emi, { ...taken, exact: true })],
        ]),
        others.length
            ? element(
                  'details',
                  {},
                  element('summary', {}, text('chosen.others')),
                  element('div', { class: 'offers' }, others.map(offer => offerCard(offer))),
              )
            : null,
    );
}
