import { checked, control, form, valueOf } from '../forms.js';
import { text } from '../messages.js';
import { busily, button, element, heading, note } from '../parts.js';
import { readJourney, readProfile, saveProfile, submitProfile } from '../platform.js';
import { OUTCOME_GROUPS, OUTCOMES, sampleProfile } from '../sandbox.js';

const STATES = ['Andhra Pradesh', 'Assam', 'Bihar', 'Chhattisgarh', 'Delhi', 'Goa', 'Gujarat', 'Haryana', 'Himachal Pradesh',
    'Jammu and Kashmir', 'Jharkhand', 'Karnataka', 'Kerala', 'Madhya Pradesh', 'Maharashtra', 'Odisha', 'Puducherry', 'Punjab',
    'Rajasthan', 'Tamil Nadu', 'Telangana', 'Uttar Pradesh', 'Uttarakhand', 'West Bengal'];

/** What each section asks, in the platform's names. */
function sections() {
    const choice = (...values) => values.map(value => [value, text(`choice.${value}`)]);
    const field = (name, more) => ({ name, label: text(`field.${name}`), ...more });
    return {
        profile: [
            field('panName', { required: true, pattern: "[\\p{L} .'-]{2,100}", autocomplete: 'name', hint: text('hint.panName') }),
            field('pan', { required: true, pattern: '[A-Z]{5}\\d{4}[A-Z]', upper: true, maxlength: 10, hint: text('hint.pan'), problem: text('problem.pan') }),
            field('dob', { required: true, type: 'date', min: '1920-01-01', max: adultSince(), autocomplete: 'bday', problem: text('problem.dob') }),
            field('gender', { required: true, options: choice('female', 'male', 'transgender') }),
            field('contactNumber', { required: true, type: 'tel', inputmode: 'tel', pattern: '(\\+91[ -]?)?[6-9]\\d{9}', autocomplete: 'tel', problem: text('problem.contactNumber') }),
            field('personalemail', { required: true, type: 'email', pattern: '[^@\\s]+@[^@\\s]+\\.[^@\\s]+', autocomplete: 'email', problem: text('problem.email') }),
        ],
        workProfile: [
            field('employmentType', { required: true, options: choice('salaried', 'selfEmployed') }),
            field('companyName', { required: true, maxlength: 100, autocomplete: 'organization' }),
            field('officialemail', { type: 'email', pattern: '[^@\\s]+@[^@\\s]+\\.[^@\\s]+', problem: text('problem.email'), only: 'salaried' }),
            field('udyamNumber', { pattern: 'UDYAM-[A-Z]{2}-\\d{2}-\\d{7}', upper: true, hint: text('hint.udyamNumber'), only: 'selfEmployed' }),
            field('income', { required: true, inputmode: 'numeric', pattern: '[1-9]\\d{0,11}', problem: text('problem.income') }),
            field('incomeType', { required: true, options: choice('monthly', 'annual') }),
        ],
        address: [
            field('addressL1', { required: true, maxlength: 200, autocomplete: 'address-line1', wide: true }),
            field('addressL2', { maxlength: 200, autocomplete: 'address-line2', wide: true }),
            field('city', { required: true, maxlength: 100, autocomplete: 'address-level2' }),
            field('pincode', { required: true, inputmode: 'numeric', pattern: '[1-9]\\d{5}', maxlength: 6, autocomplete: 'postal-code', problem: text('problem.pincode') }),
            field('state', { required: true, options: STATES.map(each => [each, each]), autocomplete: 'address-level1' }),
        ],
    };
}

/** The form of the borrower's data, filled with what the platform knows already. */
export async function profile({ app, journey }) {
    const [known, { profile: completeness }] = await Promise.all([readProfile(), readJourney(journey.journeyId)]);
    const asked = sections();
    const missing = wanted(asked, known, completeness);
    const controls = new Map();
    const fieldset = section =>
        element(
            'fieldset',
            { class: 'card' },
            element('legend', {}, text(`profile.${section}`)),
            element(
                'div',
                { class: 'fields' },
                asked[section].map(field => {
                    const made = control(field, known?.[section]?.[field.name]);
                    controls.set(field.name, { field, made, section });
                    return made;
                }),
            ),
        );
    const send = element('button', { type: 'submit', class: 'button primary' }, text('profile.send'));
    const submit = () =>
        checked([...controls.values()].map(each => each.made)) &&
        busily(
            send,
            async () => {
                await saveProfile(entered(controls));
                app.answered(await submitProfile(journey.journeyId));
            },
            failure => app.fail(failure),
        );
    const made = form({}, submit, Object.keys(asked).map(fieldset), element('p', { class: 'hint' }, text('profile.privacy')), send);
    const employment = controls.get('employmentType').made.input;
    const fit = () => {
        for (const { field, made: each } of controls.values()) {
            each.hidden = Boolean(field.only && field.only !== employment.value);
        }
    };
    employment.addEventListener('change', fit);
    fit();
    return [
        heading(text(missing.length ? 'profile.title.more' : 'profile.title'), 'person'),
        missing.length
            ? note(text('profile.more'), 'warn', element('ul', {}, missing.map(field => element('li', {}, field.label))))
            : element('p', { class: 'lead' }, text('profile.lead')),
        missing.length ? null : samples(controls, fit),
        made,
    ];
}

/** What the lender wants besides, once details were sent; those fields are asked for like the others. */
function wanted(asked, known, completeness) {
    const sent = Object.keys(asked).some(section => known?.[section]);
    const names = new Set(sent ? (completeness?.missing ?? []) : []);
    const missing = Object.entries(asked).flatMap(([section, fields]) => fields.filter(field => names.has(`${section}.${field.name}`)));
    missing.forEach(field => (field.required = true));
    return missing;
}

function entered(controls) {
    const told = {};
    for (const { field, made, section } of controls.values()) {
        const value = valueOf(field, made.input);
        if (value !== '' && !made.hidden) {
            (told[section] ??= {})[field.name] = field.name === 'contactNumber' ? e164(value) : value;
        }
    }
    return told;
}

function e164(number) {
    return `+91${number.replace(/[ -]/g, '').slice(-10)}`;
}

function adultSince() {
    const day = new Date();
    day.setFullYear(day.getFullYear() - 18);
    return day.toISOString().slice(0, 10);
}

function samples(controls, fit) {
    const fill = outcome => {
        for (const [name, value] of Object.entries(sampleProfile(outcome))) {
            controls.get(name).made.input.value = value;
        }
        fit();
    };
    return element(
        'details',
        { class: 'card sandbox' },
        element('summary', {}, text('sandbox.fill')),
        element('p', {}, text('sandbox.fill.about')),
        element(
            'div',
            { class: 'stories' },
            Object.entries(OUTCOME_GROUPS).map(([group, names]) => [
                element('h3', { id: `stories-${group}` }, text(`sandbox.group.${group}`)),
                element(
                    'div',
                    { class: 'row', role: 'group', 'aria-labelledby': `stories-${group}` },
                    names.map(name =>
                        button(text(`sandbox.outcome.${name}`), () => fill(OUTCOMES.find(each => each.name === name)), {
                            kind: 'secondary small',
                            'data-outcome': name,
                        }),
                    ),
                ),
            ]),
        ),
    );
}
