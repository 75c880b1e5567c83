// What to try, while no journey is chosen.

import { element } from './parts.js';

export function guide(addresses, switches) {
    const step = (title, ...content) => element('li', {}, element('h2', {}, title), content);
    return element(
        'section',
        { class: 'guide', 'aria-label': 'What to try' },
        element('h1', {}, 'See the system work'),
        element('p', { class: 'lead' }, 'Choose a journey to follow each of its changes from the platform to the borrower\'s device. No journey yet, or bored of it? Three things to try:'),
        element('ol', { class: 'tries' },
            step('Borrow something',
                element('p', {}, 'Open the borrower page beside this one, sign in with any customer number and start a loan. It appears here while you click.'),
                link(addresses?.borrowerPage, 'Open the borrower page')),
            step('Lose every webhook',
                element('p', {}, 'The platform stops telling. Go on with the loan: its page still moves, and here each change is found by polling.'),
                element('button', { type: 'button', class: 'button', onclick: () => switches.turn('webhooks', false) }, 'Webhooks off'),
                element('a', { class: 'button quiet', href: '#/hostile' }, 'All switches')),
            step('Stop a service',
                element('p', {}, 'Take the pid of journey-projector from ', element('a', { href: '#/health' }, 'Health'), ', and ', element('code', {}, 'kill -STOP'),
                    ' it: changes are logged and wait. ', element('code', {}, 'kill -CONT'), ': all of them arrive, in order, and none is missing.')),
        ),
        element('p', { class: 'muted' }, 'What devices are told by push is in the ', link(addresses?.pushInbox, 'push inbox', ''), '.'),
    );
}

function link(href, text, kind = 'button') {
    return href && /^https?:/.test(href) ? element('a', { class: kind || null, href, target: '_blank', rel: 'noopener' }, text) : text;
}
