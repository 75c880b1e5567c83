// Makes elements. Text goes in as text only, so nothing that a service says can become markup.

/** element('p', { class: 'note' }, 'text', otherElement): attributes that are null or false are left out, `on…` listen. */
export function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (key.startsWith('on')) {
            made.addEventListener(key.slice(2), value);
        } else {
            made.setAttribute(key, value === true ? '' : String(value));
        }
    }
    made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
    return made;
}

const SVG = 'http://www.w3.org/2000/svg';

/** A drawing of 24 by 24, which says nothing to those who do not see it. */
export function icon(name) {
    const drawing = document.createElementNS(SVG, 'svg');
    drawing.setAttribute('viewBox', '0 0 24 24');
    drawing.setAttribute('class', 'icon');
    drawing.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', ICONS[name]);
    drawing.append(path);
    return drawing;
}

const ICONS = {
    journey: 'M4 18c4 0 5-3 7-6s3-6 7-6M18 6h.01M4 18h.01',
    check: 'M5 12.5l4.5 4.5L19 7.5',
    lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z',
    clock: 'M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
    out: 'M13 5h6v6M19 5l-9 9M11 6H6v12h12v-5',
    alert: 'M12 8v5M12 16.5h.01M12 3l9.5 17h-19z',
    money: 'M7 5h10M7 9h10M15 5c0 5-3 6-8 6l7 8',
    person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c1-4 4-5.5 7.5-5.5s6.500 1.500 7.500 5.500',
    shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z',
    pen: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
    bank: 'M4 9l8-5 8 5zM6 10v7M10 10v7M14 10v7M18 10v7M4 20h16',
    question: 'M9.200 9a3 3 0 1 1 4.300 2.700c-1 .5-1.500 1.100-1.500 2.300M12 17.500h.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
};

/** Facts with their names. */
export function facts(entries, className = 'facts') {
    return element(
        'dl',
        { class: className },
        entries
            .filter(entry => entry)
            .map(([name, value, strong]) =>
                element('div', { class: strong ? 'strong' : null }, element('dt', {}, name), element('dd', {}, value)),
            ),
    );
}

export function heading(text, drawing, tone = 'calm') {
    return [
        drawing ? element('div', { class: `medal ${tone}` }, icon(drawing)) : null,
        element('h1', { tabindex: '-1' }, text),
    ];
}

export function note(text, tone = 'calm', ...more) {
    return element('div', { class: `note ${tone}` }, element('p', {}, text), ...more);
}

/** A button that is busy while what it does is under way; what it throws goes to `failed`. */
export function button(label, action, { kind = 'primary', failed, ...attributes } = {}) {
    const made = element('button', { type: 'button', class: `button ${kind}`, ...attributes }, label);
    made.addEventListener('click', () => busily(made, action, failed));
    return made;
}

export async function busily(control, action, failed = failure => Promise.reject(failure)) {
    // Not `disabled`, which would take the focus away from whoever uses a keyboard.
    if (control.getAttribute('aria-disabled') === 'true') {
        return;
    }
    control.setAttribute('aria-disabled', 'true');
    try {
        await action();
    } catch (failure) {
        await failed(failure);
    } finally {
        control.removeAttribute('aria-disabled');
    }
}
