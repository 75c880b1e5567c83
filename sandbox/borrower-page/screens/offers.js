import { Failure } from '../api.js';
import { moment, money, months, percent } from '../format.js';
import { text, textIfKnown } from '../messages.js';
import { busily, button, element, facts, heading, icon, note } from '../parts.js';
import { proceed, readOffers } from '../platform.js';

/** The offers side by side, each with all that it costs. */
export async function offers({ app, journey }) {
    const all = await readOffers(journey.journeyId);
    const free = all.filter(offer => offer.status === 'AVAILABLE');
    const dialog = element('dialog', { 'aria-labelledby': 'confirm-title' });
    const until = free[0]?.validUntil;
    const taken = all.find(offer => offer.status === 'PROCEEDED');
    return [
        heading(text(titleOf(free), { count: free.length }), free.length ? 'money' : 'lock'),
        element('p', { class: 'lead' }, text(leadOf(free))),
        taken ? note(text('offers.taken', { lender: taken.lender }), 'good') : null,
        until ? element('p', { class: 'since' }, icon('clock'), text('offers.until', { time: moment(until) })) : null,
        element(
            'div',
            { class: 'offers' },
            all.map(offer =>
                offerCard(offer, { name: nameOf(offer, all), best: bestOf(offer, free), choose: () => confirm(app, dialog, offer) }),
            ),
        ),
        element('p', { class: 'hint' }, text('offers.explain')),
        dialog,
    ];
}

function titleOf(free) {
    return ['offers.title.locked', 'offers.title.one'][free.length] ?? 'offers.title';
}

function leadOf(free) {
    return ['offers.lead.locked', 'offers.lead.one'][free.length] ?? 'offers.lead';
}

/** A lender with several offers is named with the time of each. */
function nameOf(offer, all) {
    const several = all.filter(each => each.lender === offer.lender).length > 1;
    return several ? text('offer.name', { lender: offer.lender, months: months(offer.tenureMonths) }) : offer.lender;
}

function bestOf(offer, free) {
    if (free.length < 2 || offer.status !== 'AVAILABLE') {
        return [];
    }
    const least = member => Math.min(...free.map(each => Number(each[member])));
    return ['emi', 'aprPercent'].filter(member => Number(offer[member]) === least(member));
}

/** One offer; without `choose` it is only shown. */
export function offerCard(offer, { name = offer.lender, best = [], choose } = {}) {
    const free = offer.status === 'AVAILABLE';
    const title = `offer-${offer.offerID}`;
    return element(
        'article',
        { class: `card offer ${offer.status.toLowerCase()}`, 'aria-labelledby': title, 'data-offer': offer.status },
        element(
            'header',
            {},
            element('h2', { id: title }, offer.lender),
            free
                ? best.map(member => element('span', { class: 'badge good' }, text(`offer.best.${member}`)))
                : element('span', { class: 'badge' }, icon(offer.status === 'PROCEEDED' ? 'check' : 'lock'), textIfKnown(`offer.${offer.status}`) ?? offer.status),
        ),
        element('p', { class: 'amount' }, money(offer.amount, offer)),
        facts([
            [text('offer.emi'), money(offer.emi, { ...offer, exact: true }), true],
            [text('offer.tenure'), months(offer.tenureMonths)],
            [text('offer.rate'), percent(offer.interestRatePercent)],
            [text('offer.apr'), percent(offer.aprPercent)],
            [text('offer.fee'), money(offer.processingFee, offer)],
            [text('offer.total'), money(offer.emi * offer.tenureMonths + Number(offer.processingFee), { ...offer, exact: true })],
        ]),
        element(
            'p',
            {},
            element('a', { href: safe(offer.keyFactsURL), target: '_blank', rel: 'noopener noreferrer' }, text('offer.keyFacts'), icon('out'),
                element('span', { class: 'visually-hidden' }, ` ${name}, ${text('offer.newTab')}`)),
        ),
        free && choose ? button(text('offer.choose', { lender: name }), choose) : null,
    );
}

/** A link of the platform's is followed only where a page can be: never a script, a file or the like. */
export function safe(address) {
    const url = URL.canParse(address) ? new URL(address) : null;
    const loopback = url && ['127.0.0.1', 'localhost'].includes(url.hostname);
    return url && (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) ? url.href : null;
}

function confirm(app, dialog, offer) {
    const take = element('button', { type: 'button', class: 'button primary' }, text('confirm.take'));
    take.addEventListener('click', () => busily(take, () => choose(app, dialog, offer)));
    dialog.replaceChildren(
        element('h2', { id: 'confirm-title' }, text('confirm.title', { lender: offer.lender })),
        element('p', {}, text('confirm.body')),
        facts([
            [text('offer.amount'), money(offer.amount, offer)],
            [text('offer.emi'), money(offer.emi, { ...offer, exact: true })],
            [text('offer.tenure'), months(offer.tenureMonths)],
        ]),
        take,
        button(text('confirm.back'), () => dialog.close(), { kind: 'secondary' }),
    );
    dialog.showModal();
}

async function choose(app, dialog, offer) {
    try {
        app.answered(await proceed(offer.offerID));
        dialog.close();
    } catch (failure) {
        dialog.close();
        if (failure instanceof Failure && failure.status === 409) {
            // Decided elsewhere, or too late: the offers as they are now say which.
            await app.again();
            await app.connection.read();
        }
        app.fail(failure);
    }
}
