// Calls as the contract asks for them: every mutation under one Idempotency-Key, kept for its repetitions, and every call
// under the correlation id of the flow it belongs to.

const ATTEMPTS = 3;
const PATIENCE_MILLIS = 20_000;
const LONGEST_PAUSE_MILLIS = 8_000;

/** Worth asking again for, without the borrower: a lost connection, a gateway without its service, too many calls. */
const PASSING = new Set([0, 429, 502, 503, 504]);

/** A call that was refused or lost. `status` is 0 if there was no answer. */
export class Failure extends Error {
    constructor({ status, code, detail, correlationId }) {
        super(code ?? `status ${status}`);
        this.name = 'Failure';
        this.status = status;
        this.code = code ?? null;
        this.detail = detail ?? null;
        this.correlationId = correlationId;
    }
}

let flow = crypto.randomUUID();

/** Begins another user-visible flow: what follows is found under another correlation id. */
export function beginFlow() {
    flow = crypto.randomUUID();
}

/** Keys of mutations whose outcome is not known: pressing the button again must not do the thing twice. */
const undecided = new Map();

/** The body of a 2xx answer, or a Failure. */
export async function call(method, path, { token, body, signal } = {}) {
    const correlationId = flow;
    const mutates = method !== 'GET';
    const content = body === undefined ? undefined : JSON.stringify(body);
    const operation = `${method} ${path} ${content ?? ''}`;
    if (mutates && !undecided.has(operation)) {
        undecided.set(operation, crypto.randomUUID());
    }
    const headers = {
        Accept: 'application/json',
        'X-Correlation-ID': correlationId,
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(mutates ? { 'Idempotency-Key': undecided.get(operation) } : {}),
        ...(content === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    for (let attempt = 1; ; attempt++) {
        const answer = await once(method, path, { headers, content, signal, correlationId });
        if (!answer.failure || !answer.unsure) {
            undecided.delete(operation);
        }
        if (!answer.failure) {
            return answer.body;
        }
        if (attempt === ATTEMPTS || !answer.passing || !navigator.onLine) {
            throw answer.failure;
        }
        await pause(Math.min(LONGEST_PAUSE_MILLIS, answer.retryAfter ?? 300 * 2 ** attempt));
    }
}

async function once(method, path, { headers, content, signal, correlationId }) {
    let answer;
    let text;
    try {
        answer = await fetch(path, {
            method,
            headers,
            body: content,
            cache: 'no-store',
            credentials: 'omit',
            redirect: 'error',
            signal: signal ? AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MILLIS)]) : AbortSignal.timeout(PATIENCE_MILLIS),
        });
        text = await answer.text();
    } catch (lost) {
        if (signal?.aborted) {
            throw lost;
        }
        // Who waited this long is told, and decides.
        const passing = lost.name !== 'TimeoutError';
        return { failure: new Failure({ status: 0, code: 'NO_ANSWER', correlationId }), passing, unsure: true };
    }
    const body = parsed(text);
    if (answer.ok) {
        return { body };
    }
    const code = body?.error?.code ?? body?.type?.replace('urn:borrower-journey:problem:', '');
    const running = answer.status === 409 && ['IDEMPOTENCY_IN_PROGRESS', 'idempotency-key-in-use'].includes(code);
    const seconds = Number.parseInt(answer.headers.get('Retry-After') ?? '', 10);
    return {
        failure: new Failure({
            status: answer.status,
            code,
            detail: body?.detail ?? body?.error?.message,
            correlationId: answer.headers.get('X-Correlation-ID') ?? body?.correlationID ?? correlationId,
        }),
        passing: running || PASSING.has(answer.status),
        unsure: running || answer.status >= 500,
        retryAfter: Number.isNaN(seconds) ? null : seconds * 1000,
    };
}

function parsed(text) {
    try {
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

export function pause(millis) {
    return new Promise(resolve => setTimeout(resolve, millis));
}
