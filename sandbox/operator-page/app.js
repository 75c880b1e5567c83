// Which part of the page is shown, and what is asked for again when something moved.

import { call } from './api.js';
import { guide } from './guide.js';
import { Health } from './health.js';
import { JourneyList } from './list.js';
import { Live } from './live.js';
import { element, hidden, update } from './parts.js';
import { Switches } from './switches.js';
import { WayView } from './way.js';

const LOOK_MILLIS = 2_000;
const SOONEST_MILLIS = 400;

const PARTS = [
    { name: 'journeys', label: 'Journeys', href: '#/' },
    { name: 'hostile', label: 'Switches', href: '#/hostile' },
    { name: 'health', label: 'Health', href: '#/health' },
];

const main = document.getElementById('main');
const nav = document.getElementById('nav');
const hostility = document.getElementById('hostility');

const list = new JourneyList();
const way = new WayView();
const switches = new Switches();
const health = new Health();
const live = new Live();
const detail = element('div', { class: 'detail' });
const split = element('div', { class: 'split' }, list.element, detail);
let addresses = null;
let shown = null;

function route() {
    const [, part = '', ...rest] = location.hash.split('/');
    const argument = decoded(rest.join('/'));
    if (part === 'hostile' || part === 'health') {
        return { part, argument: null };
    }
    return { part: 'journeys', argument, search: part === 'search', chosen: part === 'journeys' && argument ? argument : null };
}

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return '';
    }
}

async function show() {
    const { part, argument, search, chosen } = route();
    const first = shown === null;
    drawNav(part);
    document.title = `${PARTS.find(each => each.name === part).label} · Operator's page`;
    if (part !== shown) {
        shown = part;
        main.replaceChildren({ journeys: split, hostile: switches.element, health: health.element }[part]);
        if (!first) {
            main.focus({ preventScroll: true });
            scrollTo(0, 0);
        }
    }
    if (part !== 'journeys') {
        return;
    }
    if (search) {
        list.searchFor(argument);
    }
    split.classList.toggle('chosen', chosen !== null);
    list.select(chosen);
    if (chosen === null) {
        detail.replaceChildren(guide(addresses, switches));
    } else {
        detail.replaceChildren(way.element);
        await way.show(chosen, list.searched);
    }
}

function drawNav(part) {
    const unwell = health.unwell.length;
    const turned = switches.turned.length;
    const counts = { hostile: turned ? [turned, 'turned'] : null, health: unwell ? [unwell, 'unwell'] : null };
    update(nav, PARTS.map(({ name, label, href }) => ({
        key: name,
        is: `${part === name} ${counts[name]}`,
        make: () => element('a', { href, 'aria-current': part === name ? 'page' : null }, label,
            counts[name] ? element('span', { class: 'badge warn' }, String(counts[name][0]), hidden(` ${counts[name][1]}`)) : null),
    })));
}

function drawHostility() {
    const { turned } = switches;
    update(hostility, turned.length === 0 ? [] : [{
        key: 'strip',
        is: JSON.stringify(turned),
        make: () => element('div', { class: 'strip' },
            element('p', {}, element('strong', {}, 'The platform is hostile: '), turned.join(', '), '.'),
            element('button', { type: 'button', class: 'button small', onclick: () => switches.allOff() }, 'All off')),
    }]);
    drawNav(route().part);
}

/** At most one at a time and not too often, and once more if something moved meanwhile. */
function eager(action) {
    let running = false;
    let again = false;
    return async function run() {
        if (running) {
            again = true;
            return;
        }
        running = true;
        await action().catch(() => {});
        await new Promise(resolve => setTimeout(resolve, SOONEST_MILLIS));
        running = false;
        if (again) {
            again = false;
            run();
        }
    };
}

const refreshList = eager(() => list.refresh());
const refreshWay = eager(async () => {
    const { chosen } = route();
    if (chosen) {
        await way.show(chosen, list.searched);
    }
});

live.addEventListener('moved', ({ detail: ids }) => {
    if (shown === 'journeys') {
        refreshList();
        if (ids === null || ids.includes(route().chosen)) {
            refreshWay();
        }
    }
});

live.addEventListener('state', ({ detail: state }) => {
    const text = { LIVE: 'Live', AWAY: 'Not connected', CONNECTING: 'Connecting' }[state];
    document.getElementById('live').className = `connection ${state.toLowerCase()}`;
    document.getElementById('live-text').textContent = text;
});

switches.addEventListener('turned', drawHostility);
health.addEventListener('looked', () => drawNav(route().part));
addEventListener('hashchange', () => show().then(refreshList));

async function begin() {
    await show();
    live.start();
    addresses = await askAddresses();
    await Promise.all([switches.refresh(), health.refresh(), refreshList()]);
    await show();
    setInterval(look, LOOK_MILLIS);
}

/** The demo may still be starting. */
async function askAddresses() {
    while (true) {
        try {
            return await call('GET', '/api/demo');
        } catch {
            await new Promise(resolve => setTimeout(resolve, LOOK_MILLIS));
        }
    }
}

function look() {
    if (document.hidden) {
        return;
    }
    list.tick();
    health.refresh();
    switches.refresh();
    if (shown === 'journeys' && way.waits) {
        refreshWay();
    }
}

begin();
