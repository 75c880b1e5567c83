// Form fields that say what is wrong with them, beside themselves, when it helps: after the field was left, or when the
// form is sent.

import { text } from './messages.js';
import { element } from './parts.js';

/** A labelled control. `field`: `{name, label, type, required, pattern, hint, options, autocomplete, inputmode, maxlength, problem}`. */
export function control(field, value) {
    const id = `field-${field.name}`;
    const shared = {
        id,
        name: field.name,
        required: field.required,
        'aria-describedby': `${id}-hint ${id}-problem`,
        autocomplete: field.autocomplete ?? 'off',
    };
    const input = field.options
        ? element('select', shared, element('option', { value: '' }, text('form.choose')), field.options.map(option))
        : element('input', {
              ...shared,
              type: field.type ?? 'text',
              inputmode: field.inputmode,
              maxlength: field.maxlength,
              min: field.min,
              max: field.max,
              autocapitalize: field.upper ? 'characters' : null,
              spellcheck: 'false',
          });
    if (field.type === 'checkbox') {
        input.checked = value === true;
    } else {
        input.value = value ?? '';
    }
    const problem = element('p', { class: 'problem', id: `${id}-problem` });
    const check = () => show(input, problem, problemOf(field, input));
    input.addEventListener('blur', () => (input.value || input.dataset.checked) && check());
    input.addEventListener('input', () => input.dataset.checked && check());
    const label = element(
        'label',
        { for: id },
        field.label,
        field.required ? null : element('span', { class: 'optional' }, ` ${text('form.optional')}`),
    );
    const hint = element('p', { class: 'hint', id: `${id}-hint` }, field.hint ?? '');
    const made = element(
        'div',
        { class: `field ${field.type === 'checkbox' ? 'box' : ''} ${field.wide ? 'wide' : ''}` },
        field.type === 'checkbox' ? [input, label] : [label, input],
        hint,
        problem,
    );
    made.check = check;
    made.input = input;
    return made;
}

function option([value, label]) {
    return element('option', { value }, label);
}

function show(input, problem, message) {
    input.dataset.checked = 'yes';
    input.setAttribute('aria-invalid', String(message !== null));
    problem.textContent = message ?? '';
    return message === null;
}

function problemOf(field, input) {
    const value = valueOf(field, input);
    if (value === '' || value === false) {
        return field.required ? text(field.type === 'checkbox' ? 'form.tick' : 'form.required') : null;
    }
    if (field.type === 'date' && ((field.min && value < field.min) || (field.max && value > field.max))) {
        return field.problem ?? text('form.invalid');
    }
    return fitsPattern(field.pattern, String(value)) ? null : (field.problem ?? text('form.invalid'));
}

/** A pattern of the platform's is Java's; one that does not work here leaves the decision to the platform. */
function fitsPattern(pattern, value) {
    try {
        return !pattern || new RegExp(`^(?:${pattern})$`, 'u').test(value);
    } catch {
        return true;
    }
}

export function valueOf(field, input) {
    if (field.type === 'checkbox') {
        return input.checked;
    }
    const value = input.value.trim();
    return field.upper ? value.toUpperCase() : value;
}

/** Whether all fields are right; the first that is not gets the focus. */
export function checked(controls) {
    const wrong = controls.filter(each => !each.closest('[hidden]') && !each.check());
    wrong[0]?.input.focus();
    return wrong.length === 0;
}

/** A form that is never sent by the browser itself. */
export function form(attributes, submit, ...children) {
    const made = element('form', { novalidate: true, ...attributes }, ...children);
    made.addEventListener('submit', event => {
        event.preventDefault();
        submit();
    });
    return made;
}
