// Amounts, rates and times as they are written in India.

import { current } from './messages.js';

const locale = () => `${current()}-IN`;

export function money(amount, { currency = 'INR', exact = false } = {}) {
    const digits = exact || !Number.isInteger(Number(amount)) ? 2 : 0;
    return new Intl.NumberFormat(locale(), {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
    }).format(amount);
}

export function percent(value) {
    return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(value / 100);
}

export function months(count) {
    return new Intl.NumberFormat(locale(), { style: 'unit', unit: 'month', unitDisplay: 'long' }).format(count);
}

export function day(isoDate) {
    return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(isoDate));
}

export function moment(instant) {
    return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
}

export function clock(instant) {
    return new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(new Date(instant));
}
