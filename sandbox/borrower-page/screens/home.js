import { moment } from '../format.js';
import { asBorrower } from '../identity.js';
import { text, textIfKnown } from '../messages.js';
import { busily, element, heading, icon } from '../parts.js';
import { startJourney } from '../platform.js';

const OVER = ['REJECTED', 'EXPIRED', 'CLOSED'];

/** Everything the borrower has under way, and what can be begun. */
export function home({ app }) {
    const all = app.journeys.all();
    const open = all.filter(journey => !OVER.includes(journey.status));
    const over = all.filter(journey => OVER.includes(journey.status));
    return [
        heading(text(open.length ? 'home.title.back' : 'home.title.new')),
        element('p', { class: 'lead' }, text(open.length ? 'home.lead.back' : 'home.lead.new')),
        list(app, text('home.open'), open),
        element(
            'section',
            {},
            element('h2', {}, text('home.start')),
            element('div', { class: 'choices' }, start(app, 'PERSONAL_LOAN', 'person'), start(app, 'GOLD_LOAN', 'money')),
        ),
        list(app, text('home.over'), over),
    ];
}

/** Starts a journey; also what the screens of an ended one offer. */
export async function begin(app, type) {
    const started = await startJourney(type);
    app.answered(started);
    await app.open(started.journeyID);
}

function start(app, type, drawing) {
    const made = element(
        'button',
        { type: 'button', class: 'choice', 'data-type': type },
        icon(drawing),
        element('span', { class: 'choice-name' }, text(`type.${type}`)),
        element('span', { class: 'choice-about' }, text(`type.${type}.about`)),
    );
    made.addEventListener('click', () => busily(made, () => begin(app, type), failure => app.fail(failure)));
    return made;
}

function list(app, title, journeys) {
    return journeys.length === 0
        ? null
        : element('section', {}, element('h2', {}, title), element('ul', { class: 'journeys' }, journeys.map(each => item(app, each))));
}

function item(app, journey) {
    const made = element(
        'button',
        { type: 'button', class: 'journey' },
        element('span', { class: 'journey-name' }, textIfKnown(`type.${journey.type}`) ?? text('type.other')),
        element('span', { class: 'journey-status' }, textIfKnown(`status.${journey.status}`) ?? journey.status),
        journey.changedAt ? element('span', { class: 'journey-when' }, moment(journey.changedAt)) : null,
    );
    made.addEventListener('click', () => busily(made, () => resume(app, journey), failure => app.fail(failure)));
    return element('li', {}, made);
}

async function resume(app, journey) {
    if (!OVER.includes(journey.status)) {
        await asBorrower('PATCH', `/v1/journeys/${encodeURIComponent(journey.journeyId)}/resume`);
    }
    await app.open(journey.journeyId);
}
