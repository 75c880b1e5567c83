// The words of the app in the borrower's language.

import en from './messages/en.js';
import hi from './messages/hi.js';

const LANGUAGES = { en, hi };
const KEPT = 'language';

let language = localStorage.getItem(KEPT) ?? (navigator.language.startsWith('hi') ? 'hi' : 'en');
if (!(language in LANGUAGES)) {
    language = 'en';
}

export const languages = Object.keys(LANGUAGES);

export function current() {
    return language;
}

export function speak(chosen) {
    language = chosen;
    localStorage.setItem(KEPT, chosen);
    document.documentElement.lang = chosen;
}

/** The message, with `{name}` filled in. */
export function text(key, values = {}) {
    const message = LANGUAGES[language][key] ?? LANGUAGES.en[key];
    if (message === undefined) {
        throw new Error(`${key}: no such message`);
    }
    return message.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The message if there is one: for values of the platform's open sets. */
export function textIfKnown(key) {
    return LANGUAGES[language][key] ?? null;
}
