import { textIfKnown, text } from '../messages.js';
import { button, element, heading, note } from '../parts.js';
import { readJourney, readSteps } from '../platform.js';
import { begin } from './home.js';

/** No lender lends now: said plainly, by how far it had come, with what can be done. */
export async function rejected(context) {
    const was = await past(context.journey);
    const { known, offer, failed } = was;
    const name = !known ? 'rejected.over' : failed ? 'rejected.step' : offer ? 'rejected.lender' : 'rejected';
    const advice = { 'rejected.over': ['ask'], rejected: ['check', 'wait', 'ask'], 'rejected.step': ['paper', 'ask'], 'rejected.lender': ['owed', 'other', 'ask'] };
    const reason = failed?.diagnostics;
    const more = reason ? note(textIfKnown(`diagnostics.${reason.code}`) ?? reason.message, 'warn') : null;
    return ended(context, name, 'alert', advice[name], was, more);
}

/** The offers, or the journey with the chosen one, ran out of time. */
export async function expired(context) {
    const was = await past(context.journey);
    return ended(context, was.offer ? 'expired.journey' : 'expired', 'clock', ['again', 'kept'], was);
}

/** The loan is paid back. */
export async function closed(context) {
    return ended(context, 'closed', 'check', ['letter'], await past(context.journey));
}

/** How far it had come; without the platform's answer only that it is over. */
async function past(journey) {
    try {
        const { type, selectedOffer: offer } = await readJourney(journey.journeyId);
        const steps = offer ? await readSteps(offer.offerID) : [];
        return { known: true, type, offer, failed: steps.find(step => step.status === 'FAILED') };
    } catch {
        return { known: false, type: journey.type };
    }
}

function ended({ app }, name, drawing, advice, { type, offer }, more = null) {
    // A first-generation webhook does not say of which type the journey is; whoever does not know lets the borrower choose.
    const again = () => (type ? begin(app, type) : app.open(null));
    return [
        heading(text(`${name}.title`), drawing, name === 'closed' ? 'good' : 'warn'),
        element('p', { class: 'lead' }, text(`${name}.body`, { lender: offer?.lender ?? '' })),
        more,
        element(
            'section',
            { class: 'card' },
            element('h2', {}, text('ended.next')),
            element('ul', {}, advice.map(each => element('li', {}, text(`${name}.${each}`)))),
        ),
        button(text('ended.again'), again, { failed: failure => app.fail(failure) }),
        button(text('ended.home'), () => app.open(null), { kind: 'secondary' }),
    ];
}
