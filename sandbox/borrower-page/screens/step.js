import { checked, control, form as formOf, valueOf } from '../forms.js';
import { text, textIfKnown } from '../messages.js';
import { busily, button, element, heading, note } from '../parts.js';
import { readStep, submitStep } from '../platform.js';
import { SAMPLE_STEP } from '../sandbox.js';
import { safe } from './offers.js';
import { unknown } from './unknown.js';
import { pulse } from './waiting.js';

const DRAWINGS = { AA_CONSENT: 'bank', KYC: 'shield', BANK_MANDATE: 'bank', E_MANDATE: 'clock', LOAN_AGREEMENT: 'pen' };

/** Words for a kind of step; one that nobody has heard of gets plain ones. */
function words(step) {
    return textIfKnown(`step.${step?.kind}.title`) ? step.kind : 'other';
}

/** A step on a page of the platform, which is opened in place of this one and comes back to it. */
export function redirect({ app, journey, step }) {
    const target = safe(step.resource?.url);
    if (!target) {
        return unknown({ app, journey, step });
    }
    return [
        heading(text(`step.${words(step)}.title`), DRAWINGS[step.kind] ?? 'out'),
        element('p', { class: 'lead' }, text(`step.${words(step)}.body`)),
        problem(step) ?? cameBack(app, step),
        element(
            'section',
            { class: 'card' },
            element('p', {}, text('step.leaving', { host: new URL(target).host })),
            button(text(`step.${words(step)}.go`), () => depart(journey), { failed: failure => app.fail(failure) }),
        ),
    ];
}

/** Reads the step once more, because its address may have expired while the borrower thought about it. */
async function depart(journey) {
    const step = await readStep(journey.journeyId, journey.nextAction);
    const address = new URL(safe(step?.resource?.url));
    const back = new URL('/', location.origin);
    back.searchParams.set('journey', journey.journeyId);
    back.searchParams.set('step', step.stepID);
    address.searchParams.set(step.resource.returnURLParameter, back.href);
    location.assign(address.href);
}

/** A step that asks for entries; which ones, the platform says. */
export function form({ app, step }) {
    const fields = (step.resource?.fields ?? []).map(field => ({
        ...field,
        label: textIfKnown(`field.${field.name}`) ?? field.label,
        hint: textIfKnown(`hint.${field.name}`) ?? '',
        upper: field.name === 'ifsc',
        inputmode: /^\\d/.test(field.pattern ?? '') ? 'numeric' : null,
    }));
    const controls = fields.map(field => control(field));
    const send = element('button', { type: 'submit', class: 'button primary' }, text(`step.${words(step)}.go`));
    const input = () =>
        Object.fromEntries(
            fields
                .map((field, index) => [field.name, valueOf(field, controls[index].input)])
                .filter(([, value]) => value !== '')
                .map(([name, value]) => [name, String(value)]),
        );
    const submit = () =>
        checked(controls) &&
        busily(
            send,
            async () => {
                await submitStep(step, input());
                await app.again();
            },
            failure => app.fail(failure),
        );
    const fill = () =>
        fields.forEach(({ name, type }, index) => {
            controls[index].input[type === 'checkbox' ? 'checked' : 'value'] = SAMPLE_STEP[name] ?? '';
        });
    return [
        heading(text(`step.${words(step)}.title`), DRAWINGS[step.kind] ?? 'pen'),
        element('p', { class: 'lead' }, text(`step.${words(step)}.body`)),
        problem(step),
        formOf({ class: 'card' }, submit, controls, send, button(text('sandbox.fill.short'), fill, { kind: 'quiet' })),
    ];
}

/** The platform looks at what the borrower did, or cannot go on with it. */
export function checking({ app, journey, step }) {
    if (step?.status === 'FAILED') {
        return [
            heading(text('step.failed.title', { step: text(`step.${words(step)}.title`) }), 'alert', 'bad'),
            element('p', { class: 'lead' }, text('step.failed.body')),
            problem(step),
            element('p', { class: 'hint' }, text('step.failed.next')),
            button(text('unknown.again'), () => app.again(), { kind: 'secondary' }),
            button(text('ended.home'), () => app.open(null), { kind: 'quiet' }),
        ];
    }
    return [
        element('div', { class: 'at-work' }, pulse(), heading(text('checking.title'))),
        element('p', { class: 'lead' }, text(`step.${words(step)}.checking`)),
        element('p', { class: 'hint centred' }, text('waiting.leave')),
    ];
}

/** Back from the page without having done it, where the platform itself says nothing of that. */
function cameBack(app, step) {
    const result = app.returned?.step === step.stepID && app.returned.result;
    return ['cancelled', 'failed'].includes(result) ? note(text(`step.back.${result}`), 'warn') : null;
}

function problem(step) {
    const { code, message, retryable } = step.diagnostics ?? {};
    return code
        ? note(
              textIfKnown(`diagnostics.${code}`) ?? message,
              retryable ? 'warn' : 'bad',
              element('p', {}, text(retryable ? 'step.retry' : 'step.noRetry')),
          )
        : null;
}
