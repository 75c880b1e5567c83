// Calls of this page's own server, which asks the platform, the topics and the database.

const PATIENCE_MILLIS = 15_000;

export class Failure extends Error {
    constructor(status, detail) {
        super(detail ?? `status ${status}`);
        this.name = 'Failure';
        this.status = status;
    }
}

export async function call(method, path, body) {
    let answer;
    try {
        answer = await fetch(path, {
            method,
            headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
            body: body === undefined ? undefined : JSON.stringify(body),
            cache: 'no-store',
            credentials: 'omit',
            redirect: 'error',
            signal: AbortSignal.timeout(PATIENCE_MILLIS),
        });
    } catch {
        throw new Failure(0, 'The operator\'s page does not answer. Does sandbox/run still run?');
    }
    const content = await answer.json().catch(() => null);
    if (!answer.ok) {
        throw new Failure(answer.status, content?.detail ?? content?.error?.message);
    }
    return content;
}
