// The stations of a change, and what each of them says.

import { clock, duration, inline, millisBetween } from './format.js';

export const STATIONS = {
    HAPPENED: { label: 'Happened', long: 'Happened at the platform' },
    SENT: { label: 'Webhook', long: 'Webhook sent by the platform' },
    RECEIVED: { label: 'Received', long: 'Received: the webhook, or the answer to a poll' },
    LOGGED: { label: 'Logged', long: 'Written to the topic journey-snapshots' },
    PROJECTED: { label: 'Projected', long: 'Version committed to the read model' },
    PUBLISHED: { label: 'Published', long: 'Version written to the topic journey-changes' },
    SHOWN: { label: 'Shown', long: 'Acknowledged by a device that has shown it' },
    PUSHED: { label: 'Pushed', long: 'Taken by a push service' },
};

/** A time, counted from the change, or why there is none. */
export function when(passage, one) {
    const begin = beginning(passage);
    if (one.at && ['DONE', 'WAITING'].includes(one.state)) {
        const text = one.at === begin ? clock(one.at) : `+${duration(Math.max(0, millisBetween(begin, one.at)))}`;
        return one.state === 'WAITING' ? `${text}, ${waiting(passage, one)}` : text;
    }
    switch (one.state) {
        case 'UNTIMED':
            return one.name === 'SHOWN' ? 'with a later one' : 'time not kept';
        case 'WAITING':
            return waiting(passage, one);
        case 'FAILED':
            return failed(passage, one);
        default:
            return skipped(passage, one);
    }
}

function waiting(passage, one) {
    const last = passage.told?.attempts.at(-1);
    if (one.name === 'SENT' && last) {
        return `refused (${last.outcome})`;
    }
    return one.name === 'SHOWN' ? 'not said yet' : 'waiting';
}

function failed(passage, one) {
    if (one.name === 'SENT') {
        return passage.told?.delivery === 'GIVEN_UP' ? 'given up' : 'lost';
    }
    return one.name === 'LOGGED' ? 'quarantined' : inline(passage.pushes.at(-1)?.outcome ?? 'failed');
}

function skipped(passage, one) {
    switch (one.name) {
        case 'HAPPENED':
        case 'SENT':
            return 'not of the platform';
        case 'PROJECTED':
            return passage.repeats.length > 0 || station(passage, 'LOGGED').state === 'DONE' ? 'changed nothing' : 'overtaken';
        case 'PUSHED':
            return passage.pushes.length > 0 ? inline(passage.pushes.at(-1).outcome ?? '') : 'none due';
        case 'SHOWN':
            return passage.version ? 'no app says so' : 'nothing to show';
        default:
            return station(passage, 'LOGGED').state === 'DONE' ? 'nothing new' : 'overtaken';
    }
}

export function station(passage, name) {
    return passage.stations.find(each => each.name === name);
}

function beginning(passage) {
    return passage.stations.find(each => each.at)?.at ?? null;
}
