import { pause } from '../api.js';
import { checked, control, form, valueOf } from '../forms.js';
import { day, money } from '../format.js';
import { text, textIfKnown } from '../messages.js';
import { busily, button, element, facts, heading, note } from '../parts.js';
import { actOnLoan, readJourney, readLoan } from '../platform.js';

const FIRST_ROWS = 6;
const SETTLING_MILLIS = 1_500;

/** The money is there; from now on it is about paying back. */
export async function loan({ app, journey }) {
    const [whole, { repaymentSchedule, actions }] = await Promise.all([readJourney(journey.journeyId), readLoan(journey.journeyId)]);
    const offer = whole.selectedOffer;
    const settling = actions.find(action => action.status === 'PROCESSING');
    if (settling) {
        pause(SETTLING_MILLIS).then(() => app.journeyId === journey.journeyId && app.again());
    }
    const due = repaymentSchedule.filter(instalment => instalment.status === 'DUE');
    return [
        heading(text('loan.title'), 'check', 'good'),
        offer ? element('p', { class: 'lead' }, text('loan.body', { amount: money(offer.amount, offer), lender: offer.lender })) : null,
        settling ? note(text('loan.settling', { action: text(`loan.${settling.action}`) })) : null,
        element(
            'section',
            { class: 'card' },
            element('h2', {}, text('loan.summary')),
            facts([
                due[0] ? [text('loan.next'), money(due[0].amount, { exact: true }), true] : null,
                due[0] ? [text('loan.column.due'), day(due[0].dueDate)] : null,
                [text('loan.left'), text('loan.leftOf', { left: due.length, all: repaymentSchedule.length })],
                [text('loan.sum'), money(due.reduce((sum, each) => sum + Number(each.amount), 0), { exact: true })],
            ]),
        ),
        schedule(repaymentSchedule),
        settling || due.length === 0 ? null : manage(app, journey, due[0].amount),
    ];
}

function schedule(instalments) {
    const rows = instalments.map((each, index) =>
        element(
            'tr',
            { hidden: index >= FIRST_ROWS },
            element('th', { scope: 'row' }, String(each.number)),
            element('td', {}, day(each.dueDate)),
            element('td', { class: 'number' }, money(each.amount, { exact: true })),
            element('td', {}, element('span', { class: `badge ${each.status === 'PAID' ? 'good' : ''}` }, textIfKnown(`instalment.${each.status}`) ?? each.status)),
        ),
    );
    const more = button(text('loan.all', { count: instalments.length }), () => {
        rows.forEach(row => (row.hidden = false));
        more.hidden = true;
    }, { kind: 'quiet' });
    more.hidden = instalments.length <= FIRST_ROWS;
    return element(
        'section',
        { class: 'card' },
        element('h2', { id: 'schedule-title' }, text('loan.schedule')),
        element(
            'table',
            { 'aria-labelledby': 'schedule-title' },
            element('thead', {}, element('tr', {}, ['number', 'due', 'amount', 'state'].map(each => element('th', { scope: 'col' }, text(`loan.column.${each}`))))),
            element('tbody', {}, rows),
        ),
        more,
    );
}

/** What the borrower can do with the loan; each is settled by the platform and seen in the schedule. */
function manage(app, journey, emi) {
    const act = async (action, amount) => {
        await actOnLoan(journey.journeyId, action, amount);
        await app.again();
    };
    const failed = failure => app.fail(failure);
    const field = { name: 'amount', label: text('loan.amount'), required: true, inputmode: 'numeric', pattern: '[1-9]\\d{0,9}(\\.\\d{1,2})?' };
    const amount = control(field, String(Math.ceil(emi)));
    const pay = element('button', { type: 'submit', class: 'button secondary' }, text('loan.PRE_PART_PAYMENT'));
    const submit = () =>
        checked([amount]) && busily(pay, () => act('PRE_PART_PAYMENT', Number(valueOf(field, amount.input))), failed);
    return element(
        'details',
        { class: 'card' },
        element('summary', {}, text('loan.manage')),
        form({}, submit, amount, pay),
        button(text('loan.MISSED_EMI_PAYMENT'), () => act('MISSED_EMI_PAYMENT'), { kind: 'secondary', failed }),
        button(text('loan.FORECLOSURE'), () => act('FORECLOSURE'), { kind: 'secondary', failed }),
    );
}
