import { textIfKnown, text } from '../messages.js';
import { button, element, heading, note } from '../parts.js';
import { readJourney, readSteps } from '../platform.js';
import { begin } from './home.js';

/** No lender lends now: said plainly, by how far it had come, with what can be done. */
export async function rejected(context) {
    const { known, offer, failed } = await past(context.journey);
    const name = !known ? 'rejected.over' : failed ? 'rejected.step' : offer ? 'rejected.lender' : 'rejected';
    const advice = { 'rejected.over': ['ask'], rejected: ['check', 'wait', 'ask'], 'rejected.step': ['paper', 'ask'], 'rejected.lender': ['owed', 'other', 'ask'] };
    const reason = failed?.diagnostics;
    return ended(
        context,
        name,
        'alert',
        advice[name],
        reason ? note(textIfKnown(`diagnostics.${reason.code}`) ?? reason.message, 'warn') : null,
        offer?.lender,
    );
}

/** The offers, or the journey with the chosen one, ran out of time. */
export async function expired(context) {
    const { offer } = await past(context.journey);
    return ended(context, offer ? 'expired.journey' : 'expired', 'clock', ['again', 'kept'], null, offer?.lender);
}

/** The loan is paid back. */
export const closed = context => ended(context, 'closed', 'check', ['letter']);

/** How far it had come; without the platform's answer only that it is over. */
async function past(journey) {
    try {
        const offer = (await readJourney(journey.journeyId)).selectedOffer;
        const steps = offer ? await readSteps(offer.offerID) : [];
        return { known: true, offer, failed: steps.find(step => step.status === 'FAILED') };
    } catch {
        return { known: false };
    }
}

function ended({ app, journey }, name, drawing, advice, more = null, lender = '') {
    return [
        heading(text(`${name}.title`), drawing, name === 'closed' ? 'good' : 'warn'),
        element('p', { class: 'lead' }, text(`${name}.body`, { lender })),
        more,
        element(
            'section',
            { class: 'card' },
            element('h2', {}, text('ended.next')),
            element('ul', {}, advice.map(each => element('li', {}, text(`${name}.${each}`)))),
        ),
        button(text('ended.again'), () => begin(app, journey.type ?? 'PERSONAL_LOAN'), { failed: failure => app.fail(failure) }),
        button(text('ended.home'), () => app.open(null), { kind: 'secondary' }),
    ];
}
