import { text } from '../messages.js';
import { button, element, heading } from '../parts.js';
import { begin } from './home.js';

/** No lender can lend now: said plainly, with what can be done. */
export const rejected = context => ended(context, 'rejected', 'alert', ['check', 'wait', 'ask']);

/** The offers ran out of time. */
export const expired = context => ended(context, 'expired', 'clock', ['again', 'kept']);

/** The loan is paid back. */
export const closed = context => ended(context, 'closed', 'check', ['letter']);

function ended({ app, journey }, name, drawing, advice) {
    return [
        heading(text(`${name}.title`), drawing, name === 'closed' ? 'good' : 'warn'),
        element('p', { class: 'lead' }, text(`${name}.body`)),
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
