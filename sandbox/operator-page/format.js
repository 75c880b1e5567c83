// Times and durations as an operator reads them: to the millisecond, in the browser's own time zone.

const CLOCK = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
});

export function clock(instant) {
    return CLOCK.format(new Date(instant));
}

export function duration(millis) {
    const size = Math.abs(millis);
    if (size < 1_000) {
        return `${Math.round(millis)} ms`;
    }
    if (size < 60_000) {
        return `${(millis / 1_000).toFixed(size < 10_000 ? 2 : 1).replace(/\.0+$/, '')} s`;
    }
    return size < 3_600_000 ? `${Math.round(millis / 60_000)} min` : `${(millis / 3_600_000).toFixed(1)} h`;
}

export function ago(instant, now = Date.now()) {
    const millis = now - Date.parse(instant);
    return millis < 1_500 ? 'now' : `${duration(millis < 60_000 ? Math.round(millis / 1_000) * 1_000 : millis)} ago`;
}

export function millisBetween(from, to) {
    return Date.parse(to) - Date.parse(from);
}

/** OFFERS_AVAILABLE → Offers available */
export function words(constant) {
    const text = inline(constant);
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** E_MANDATE_PENDING → e-mandate pending: in the middle of a sentence */
export function inline(constant) {
    return String(constant)
        .replaceAll('_', ' ')
        .toLowerCase()
        .replace(/\b(kyc|aa)\b/g, short => short.toUpperCase())
        .replace(/\be mandate\b/g, 'e-mandate');
}

/** delayMillis → delay millis */
export function split(name) {
    return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

export function shortened(id) {
    return id.length > 13 ? `${id.slice(0, 8)}…` : id;
}
