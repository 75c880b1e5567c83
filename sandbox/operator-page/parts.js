// Makes elements. Text goes in as text only, so nothing that a borrower or a platform says can become markup.

const SVG = 'http://www.w3.org/2000/svg';

/** element('p', { class: 'note' }, 'text', other): attributes that are null or false are left out, `on…` listen. */
export function element(name, attributes = {}, ...children) {
    return made(document.createElement(name), attributes, children);
}

export function drawing(name, attributes = {}, ...children) {
    return made(document.createElementNS(SVG, name), attributes, children);
}

function made(one, attributes, children) {
    for (const [key, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (key.startsWith('on')) {
            one.addEventListener(key.slice(2), value);
        } else {
            one.setAttribute(key, value === true ? '' : String(value));
        }
    }
    one.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
    return one;
}

export function badge(text, tone = '') {
    return element('span', { class: `badge ${tone}` }, text);
}

export function hidden(text) {
    return element('span', { class: 'visually-hidden' }, text);
}

/** Facts with their names; those without a value are left out. */
export function facts(entries) {
    return element(
        'dl',
        { class: 'facts' },
        entries
            .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
            .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
    );
}

/**
 * Puts these in place of what is there, and leaves alone what is the same, so that neither focus nor an open `details` is
 * lost to an update. Each needs a key; the same key and the same `is` mean the same element.
 */
export function update(parent, wanted) {
    const known = new Map([...parent.children].map(child => [child.dataset.key, child]));
    const children = wanted.map(({ key, is, make }) => {
        const old = known.get(key);
        if (old && old.dataset.is === is) {
            return old;
        }
        const fresh = make();
        fresh.dataset.key = key;
        fresh.dataset.is = is;
        keepOpen(old, fresh);
        return fresh;
    });
    const focused = document.activeElement?.closest('[data-key]')?.dataset.key;
    if (children.length !== parent.children.length || children.some((child, n) => child !== parent.children[n])) {
        const inside = focused && parent.contains(document.activeElement);
        const place = inside ? path(document.activeElement, known.get(focused)) : null;
        parent.replaceChildren(...children);
        if (inside) {
            at(children.find(child => child.dataset.key === focused), place)?.focus({ preventScroll: true });
        }
    }
}

function keepOpen(old, fresh) {
    const before = old ? [...old.querySelectorAll('details')] : [];
    fresh.querySelectorAll('details').forEach((each, n) => {
        each.open = before[n]?.open ?? each.open;
    });
}

/** Where below an element another one is, as places among siblings. */
function path(one, above) {
    const places = [];
    for (let each = one; each && each !== above; each = each.parentElement) {
        places.unshift([...each.parentElement.children].indexOf(each));
    }
    return places;
}

function at(above, places) {
    return places?.reduce((each, place) => each?.children[place], above) ?? above;
}
