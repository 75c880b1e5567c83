import { checked, control, form, valueOf } from '../forms.js';
import { text } from '../messages.js';
import { busily, button, element, heading, icon, note } from '../parts.js';
import { newBorrower } from '../sandbox.js';

/** The sandbox's identities: a customer number and no password. */
export function signIn({ app }) {
    const field = {
        name: 'borrower',
        label: text('signIn.label'),
        hint: text('signIn.hint'),
        required: true,
        pattern: '[A-Za-z0-9_.-]{3,64}',
        problem: text('signIn.problem'),
        autocomplete: 'username',
        maxlength: 64,
    };
    const number = control(field, newBorrower());
    const go = element('button', { type: 'submit', class: 'button primary' }, text('signIn.go'));
    const submit = () =>
        checked([number]) && busily(go, () => app.enter(valueOf(field, number.input)), failure => app.fail(failure));
    return [
        element('div', { class: 'hero' }, heading(text('signIn.title')), element('p', { class: 'lead' }, text('signIn.lead'))),
        element(
            'ul',
            { class: 'promises' },
            ['clock', 'shield', 'money'].map(each =>
                element('li', {}, icon(each), element('span', {}, text(`signIn.promise.${each}`))),
            ),
        ),
        form({ class: 'card' }, submit, number, go, button(text('signIn.other'), () => {
            number.input.value = newBorrower();
        }, { kind: 'quiet' })),
        note(text('signIn.sandbox')),
    ];
}
