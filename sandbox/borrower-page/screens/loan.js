import { pause } from '../api.js';
import { checked, control, form, valueOf } from '../forms.js';
import { day, money } from '../format.js';
import { text, textIfKnown } from '../messages.js';
import { busily, button, element, facts, heading, note } from '../parts.js';
import { actOnLoan, readJourney, readLoan } from '../platform.js';

const FIRST_ROWS = 6;
const SETTLING_MILLIS = 1_500;
const TONES = { PAID: 'good', MISSED: 'warn' };

/** The money is there; from now on it is about paying back, first of all what was missed. */
export async function loan({ app, journey }) {
    const [whole, { repaymentSchedule, actions }] = await Promise.all([readJourney(journey.journeyId), readLoan(journey.journeyId)]);
    const offer = whole.selectedOffer;
    const settling = actions.find(action => action.status === 'PROCESSING');
    if (settling) {
        pause(SETTLING_MILLIS).then(() => app.journeyId === journey.journeyId && app.again());
    }
    const missed = repaymentSchedule.filter(each => each.status === 'MISSED');
    const open = repaymentSchedule.filter(each => each.status !== 'PAID');
    const act = async (action, amount) => {
        await actOnLoan(journey.journeyId, action, amount);
        await app.again();
    };
    const title = missed.length ? 'loan.title.missed' : open.length < repaymentSchedule.length ? 'loan.title.running' : 'loan.title';
    return [
        heading(text(title), missed.length ? 'alert' : 'check', missed.length ? 'warn' : 'good'),
        offer ? element('p', { class: 'lead' }, text('loan.body', { amount: money(offer.amount, offer), lender: offer.lender })) : null,
        settling ? note(text('loan.settling', { action: text(`loan.${settling.action}`), amount: money(settling.amount, { exact: true }) })) : null,
        missed.length ? overdue(app, missed, settling ? null : act) : null,
        element(
            'section',
            { class: 'card' },
            element('h2', {}, text('loan.summary')),
            facts([
                ...next(open.find(each => each.status === 'DUE')),
                [text('loan.left'), text('loan.leftOf', { left: open.length, all: repaymentSchedule.length })],
                [text('loan.sum'), money(sum(open), { exact: true })],
            ]),
        ),
        schedule(repaymentSchedule),
        payments(actions),
        settling || open.length === 0 ? null : manage(app, open, act),
    ];
}

function next(due) {
    return due ? [[text('loan.next'), money(due.amount, { exact: true }), true], [text('loan.column.due'), day(due.dueDate)]] : [];
}

function sum(instalments) {
    return instalments.reduce((paise, each) => paise + Math.round(Number(each.amount) * 100), 0) / 100;
}

/** What was missed, since when, and one button that puts it right. */
function overdue(app, missed, act) {
    return element(
        'section',
        { class: 'card overdue' },
        element('h2', {}, text('loan.missed')),
        element('p', {}, text('loan.missed.body')),
        facts([
            [text('loan.missed.sum'), money(sum(missed), { exact: true }), true],
            [text('loan.missed.since'), day(missed[0].dueDate)],
        ]),
        act ? button(text('loan.MISSED_EMI_PAYMENT'), () => act('MISSED_EMI_PAYMENT'), { failed: failure => app.fail(failure) }) : null,
    );
}

function schedule(instalments) {
    const rows = instalments.map((each, index) =>
        element(
            'tr',
            { hidden: index >= FIRST_ROWS },
            element('th', { scope: 'row' }, String(each.number)),
            element('td', {}, day(each.dueDate)),
            element('td', { class: 'number' }, money(each.amount, { exact: true })),
            element('td', {}, element('span', { class: `badge ${TONES[each.status] ?? ''}` }, textIfKnown(`instalment.${each.status}`) ?? each.status)),
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

/** What the borrower paid besides the schedule. */
function payments(actions) {
    const settled = actions.filter(action => action.status === 'COMPLETED');
    return settled.length === 0
        ? null
        : element(
              'section',
              { class: 'card' },
              element('h2', {}, text('loan.paid')),
              facts(settled.map(each => [textIfKnown(`loan.${each.action}`) ?? each.action, money(each.amount, { exact: true })])),
          );
}

/** What the borrower can do with the loan; each is settled by the platform and seen in the schedule. */
function manage(app, open, act) {
    const failed = failure => app.fail(failure);
    const due = open.filter(each => each.status === 'DUE');
    return element(
        'details',
        { class: 'card' },
        element('summary', {}, text('loan.manage')),
        due.length > 1 ? partly(due, act, failed) : null,
        element('p', {}, text('loan.close.body', { amount: money(sum(open), { exact: true }) })),
        closing(open, act, failed),
    );
}

function partly(due, act, failed) {
    const all = sum(due);
    const field = {
        name: 'amount',
        label: text('loan.amount'),
        hint: text('loan.part.hint', { amount: money(all, { exact: true }) }),
        required: true,
        inputmode: 'decimal',
        pattern: '[1-9]\\d{0,9}(\\.\\d{1,2})?',
    };
    const amount = control(field, String(Math.ceil(due[0].amount)));
    const pay = element('button', { type: 'submit', class: 'button secondary' }, text('loan.PRE_PART_PAYMENT'));
    const submit = () =>
        checked([amount]) && busily(pay, () => act('PRE_PART_PAYMENT', Number(valueOf(field, amount.input))), failed);
    return [element('p', {}, text('loan.part.body')), form({}, submit, amount, pay)];
}

/** Cannot be taken back, so it is asked once more. */
function closing(open, act, failed) {
    const dialog = element('dialog', { 'aria-labelledby': 'closing-title' });
    const yes = element('button', { type: 'button', class: 'button primary' }, text('loan.close.yes'));
    yes.addEventListener('click', () =>
        busily(yes, async () => {
            dialog.close();
            await act('FORECLOSURE');
        }, failed),
    );
    dialog.append(
        element('h2', { id: 'closing-title' }, text('loan.close.title')),
        element('p', {}, text('loan.close.sure')),
        facts([[text('loan.sum'), money(sum(open), { exact: true }), true]]),
        yes,
        button(text('loan.close.no'), () => dialog.close(), { kind: 'secondary' }),
    );
    return [button(text('loan.FORECLOSURE'), () => dialog.showModal(), { kind: 'secondary' }), dialog];
}
