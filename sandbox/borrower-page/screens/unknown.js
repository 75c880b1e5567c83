import { text } from '../messages.js';
import { button, element, facts, heading } from '../parts.js';

/** Something that this app was not made for: it says so, shows it as it is, and loses nothing. */
export function unknown({ app, journey, step }) {
    return [
        heading(text('unknown.title'), 'question'),
        element('p', { class: 'lead' }, text('unknown.body')),
        element(
            'section',
            { class: 'card' },
            element('h2', {}, text('unknown.what')),
            facts([
                [text('unknown.status'), journey.status],
                journey.nextAction ? [text('unknown.nextAction'), journey.nextAction] : null,
                step?.actionRequired ? [text('unknown.actionRequired'), step.actionRequired] : null,
                [text('unknown.journey'), journey.journeyId],
            ]),
        ),
        button(text('unknown.again'), async () => {
            await app.journeys.refresh();
            await app.again();
        }, { kind: 'secondary', failed: failure => app.fail(failure) }),
    ];
}
